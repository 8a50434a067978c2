package dev.retort.exchange.onnx;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.retort.RetortException;
import dev.retort.distribution.Distribution;
import dev.retort.nn.Output;
import dev.retort.option.Traits;
import dev.retort.option.Type;
import dev.retort.policy.Ensemble;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.policy.Provenance;
import dev.retort.space.Space;
import dev.retort.space.SpaceText;
import java.util.List;
import java.util.Map;

/** Words in the metadata of a file, by which a policy of ours is known again. */
final class OnnxText {
  static final String OURS = "retort.";
  static final String NAME = OURS + "name";
  static final String OBSERVATIONS = OURS + "observations";
  static final String ACTIONS = OURS + "actions";
  static final String DISTRIBUTION = OURS + "distribution";
  static final String HOME = OURS + "home";
  static final String ORIGIN = OURS + "origin";
  static final String DISCOUNT = OURS + "discount";
  private static final String NETWORK = OURS + "network";
  private static final String SEES = OURS + "sees";
  private static final String MEMBERS = OURS + "members";

  private OnnxText() {}

  /** Says what a policy is. */
  static void write(Policy policy, OnnxGraph graph) {
    graph.describe(NAME, policy.name());
    graph.describe(OBSERVATIONS, SpaceText.write(policy.observations()).toString());
    graph.describe(ACTIONS, SpaceText.write(policy.actions()).toString());
    graph.describe(DISTRIBUTION, OnnxWriter.read(policy.distribution()).kind());
    graph.describe(ORIGIN, policy.origin().traits().json().toString());
    graph.describe(HOME, policy.origin().written());
    policy.discount().ifPresent(gamma -> graph.describe(DISCOUNT, String.valueOf(gamma)));
    NetworkPolicy first =
        policy instanceof Ensemble ensemble ? ensemble.members().get(0) : (NetworkPolicy) policy;
    int members = policy instanceof Ensemble ensemble ? ensemble.members().size() : 1;
    graph.describe(MEMBERS, String.valueOf(members));
    graph.describe(SEES, first.perception().toString());
    graph.describe(NETWORK, first.architecture().toString());
  }

  /** The policy that {@link #write} said. */
  static Policy read(OnnxFile file) {
    Map<String, String> said = file.metadata();
    String owner = "policy '%s'".formatted(OnnxFile.shown(said.getOrDefault(NAME, "")));
    Space observations = SpaceText.read(said.getOrDefault(OBSERVATIONS, ""));
    Space actions = SpaceText.read(said.getOrDefault(ACTIONS, ""));
    Distribution distribution = Distribution.of(owner, said.get(DISTRIBUTION), actions);
    List<String> acting = Output.names(distribution.outputs());
    Onnx model = Onnx.of(file).on(observations, actions).from(origin(owner, said));
    try (OnnxSession session = new OnnxSession(file)) {
      if (session.inputs().containsKey(OnnxSight.MEMORY)) {
        model = model.remembering(OnnxSight.MEMORY, OnnxSight.NEXT_MEMORY);
      }
      for (String output : session.outputs().keySet()) {
        if (!acting.contains(output) && !OnnxActions.isDerived(output)) {
          model = model.saying(output, output);
        }
      }
    }
    if (said.containsKey(DISCOUNT)) {
      model = model.discounting(Type.real(0, 1).read(owner, "discount", said.get(DISCOUNT)));
    }
    return model.policy(distribution, acting, OnnxPolicy.Reading.PLAIN);
  }

  private static Provenance origin(String owner, Map<String, String> said) {
    Provenance home = Provenance.read(said.getOrDefault(HOME, ""));
    try {
      String traits = said.getOrDefault(ORIGIN, "{}");
      return home.with(Traits.of(JsonParser.parseString(traits).getAsJsonObject()));
    } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
      throw new RetortException(
          "%s: expected its origin as JSON, got '%s'. Take another copy of the file."
              .formatted(owner, OnnxFile.shown(said.get(ORIGIN))),
          e);
    }
  }
}
