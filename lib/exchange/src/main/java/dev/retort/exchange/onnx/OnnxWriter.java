package dev.retort.exchange.onnx;

import com.google.protobuf.ByteString;
import dev.retort.RetortException;
import dev.retort.distribution.ActionValues;
import dev.retort.distribution.Categorical;
import dev.retort.distribution.Distribution;
import dev.retort.distribution.Point;
import dev.retort.distribution.SquashedPoint;
import dev.retort.exchange.onnx.OnnxActions.Said;
import dev.retort.exchange.onnx.OnnxGraph.Element;
import dev.retort.nn.Output;
import dev.retort.policy.Ensemble;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Policies as graphs of ONNX: what they see, their networks, what they say and do. */
final class OnnxWriter {
  private final OnnxGraph graph = new OnnxGraph();
  private final OnnxActions actions = new OnnxActions(graph);

  private OnnxWriter() {}

  /**
   * The file of a policy.
   *
   * @throws RetortException if it is neither a network nor an ensemble of networks
   */
  static ByteString write(Policy policy) {
    return new OnnxWriter().bytes(policy);
  }

  private ByteString bytes(Policy policy) {
    if (policy instanceof Ensemble ensemble) {
      ensemble(ensemble);
    } else if (policy instanceof NetworkPolicy network) {
      network(network);
    } else {
      throw new RetortException(
          "save policy '%s' as ONNX: expected a network, or an ensemble of networks of one kind, got %s. Distill it first."
              .formatted(policy.name(), policy.getClass().getSimpleName()));
    }
    OnnxText.write(policy, graph);
    return graph.bytes(policy.name(), policy.toString());
  }

  private void network(NetworkPolicy policy) {
    String seen = new OnnxSight(graph).see(policy.perception(), policy.normalization());
    Map<String, String> numbers =
        policy.blueprint().translate(policy.parameters(), new OnnxTranslation(graph, "", seen));
    give(actions.say(policy.distribution(), numbers));
    List<String> acting = Output.names(policy.distribution().outputs());
    for (Output output : policy.blueprint().outputs()) {
      if (!acting.contains(output.name())) {
        List<Integer> shape = List.of(output.size());
        graph.output(output.name(), numbers.get(output.name()), Element.FLOAT, shape);
      }
    }
  }

  private void give(List<Said> all) {
    all.forEach(said -> graph.output(said.name(), said.value(), said.element(), said.shape()));
  }

  /** The means over members that {@link Ensemble} takes. */
  private void ensemble(Ensemble ensemble) {
    NetworkPolicy first = ensemble.members().get(0);
    String seen = new OnnxSight(graph).see(first.perception(), Optional.empty());
    List<Output> acting = first.blueprint().outputs();
    acting = acting.subList(0, first.distribution().outputs().size());
    List<String> shares = new ArrayList<>();
    for (int i = 0; i < ensemble.members().size(); i++) {
      float[] own = first.blueprint().parametersOf(acting, ensemble.members().get(i).parameters());
      OnnxTranslation to = new OnnxTranslation(graph, "member" + i + ".", seen);
      Map<String, String> numbers = first.blueprint().of(acting).translate(own, to);
      shares.add(share(ensemble.distribution(), first.distribution(), numbers));
    }
    give(actions.say(ensemble.distribution(), means(ensemble.distribution(), shares)));
  }

  /** What a member gives to the mean. */
  private String share(Distribution mean, Distribution own, Map<String, String> numbers) {
    if (mean instanceof Categorical) {
      return actions.probabilities(own, numbers, "");
    }
    return own instanceof ActionValues values
        ? actions.values(values, numbers, "")
        : actions.greedy(own, numbers, "");
  }

  private Map<String, String> means(Distribution mean, List<String> shares) {
    String all = graph.node("Mean", shares);
    if (mean instanceof Categorical) {
      String some = graph.node("Max", List.of(all, graph.number(Float.MIN_NORMAL)));
      return Map.of("logits", graph.node("Log", List.of(some)));
    }
    return Map.of(mean.outputs().get(0).name(), all);
  }

  /** What reads a file's outputs: actions that were squashed stand there within their bounds. */
  static Distribution read(Distribution distribution) {
    if (distribution instanceof SquashedPoint point) {
      return new Point(point.actions());
    }
    return distribution instanceof ActionValues values
        ? new ActionValues(values.actions())
        : distribution;
  }
}
