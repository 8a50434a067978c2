package dev.retort.exchange.onnx;

import dev.retort.RetortException;
import dev.retort.env.normalize.Normalization;
import dev.retort.exchange.onnx.OnnxGraph.Attribute;
import dev.retort.exchange.onnx.OnnxGraph.Element;
import dev.retort.space.Box;
import dev.retort.space.Perception;
import dev.retort.space.Selection;
import dev.retort.space.Space;
import dev.retort.space.Trajectory;
import dev.retort.space.Window;
import dev.retort.store.Tensors;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What a policy's network sees, from the observation on: normalized, selected, in a window. */
final class OnnxSight {
  /** Name of what is put in. */
  static final String OBSERVATION = "observation";

  /** Name of what is remembered of the step before. */
  static final String MEMORY = "memory";

  /** Name of what the next step has to be given as its memory. */
  static final String NEXT_MEMORY = "next-memory";

  private final OnnxGraph graph;

  OnnxSight(OnnxGraph graph) {
    this.graph = graph;
  }

  /** The shape in which an observation is put in: its own, or that of its numbers side by side. */
  static List<Integer> shape(Space observations) {
    return observations instanceof Box box ? box.shape() : List.of(observations.size());
  }

  /** What networks see of a row, {@code (batch, size)}. */
  String see(Perception perception, Optional<Normalization> normalization) {
    String input = graph.input(OBSERVATION, Element.FLOAT, shape(perception.whole()));
    int size = perception.whole().size();
    String rows = graph.node("Reshape", List.of(input, graph.wholes(-1, size)));
    String normal = normalization.map(each -> normalize(rows, each)).orElse(rows);
    if (perception instanceof Trajectory) {
      throw new RetortException(
          "onnx: expected a network that sees an observation or a window of them, got one that is told returns-to-go, which an ONNX file has no place for. Distill it first.");
    }
    return perception instanceof Window window
        ? window(window, normal)
        : select((Selection) perception, normal);
  }

  /**
   * {@code clip((x − mean) / deviation)}, where a mean is told by two numbers in single precision,
   * of which the first is taken away without error where x is near.
   */
  private String normalize(String x, Normalization normalization) {
    Tensors told = normalization.tensors();
    double[] mean = told.doubles("mean");
    double[] deviation = told.doubles("deviation");
    float[] near = new float[mean.length];
    float[] rest = new float[mean.length];
    float[] inverse = new float[mean.length];
    for (int i = 0; i < mean.length; i++) {
      near[i] = (float) mean[i];
      rest[i] = (float) (mean[i] - near[i]);
      inverse[i] = (float) (1 / deviation[i]);
    }
    List<Integer> shape = List.of(mean.length);
    String centered =
        graph.node(
            "Sub",
            List.of(
                graph.node("Sub", List.of(x, graph.floats("mean", shape, near))),
                graph.floats("rest of mean", shape, rest)));
    String scaled =
        graph.node("Mul", List.of(centered, graph.floats("inverse of deviation", shape, inverse)));
    double clip = told.doubles("clip")[0];
    return graph.node("Clip", List.of(scaled, graph.number(-clip), graph.number(clip)));
  }

  private String select(Selection selection, String x) {
    if (selection.isAll()) {
      return x;
    }
    String places = graph.wholes(places(selection));
    return graph.node("Gather", List.of(x, places), Attribute.whole("axis", 1));
  }

  /** Places of what is selected, found by selecting of the places of all. */
  private static long[] places(Selection selection) {
    float[] all = new float[selection.whole().size()];
    IntStream.range(0, all.length).forEach(i -> all[i] = i);
    float[] seen = new float[selection.sees().size()];
    selection.take(all, 0, seen, 0);
    return IntStream.range(0, seen.length).mapToLong(i -> (long) seen[i]).toArray();
  }

  /** Steps and mask move up by one, and the present step stands behind them. */
  private String window(Window window, String x) {
    int width = window.each().sees().size();
    int steps = window.steps();
    String memory = graph.input(MEMORY, Element.FLOAT, List.of(window.memory()));
    String present = select(window.each(), x);
    String one = graph.everywhere(graph.floats("one", List.of(1, 1), 1), x);
    List<String> seen =
        steps == 1
            ? List.of(present, one)
            : List.of(
                slice(memory, width, (steps - 1) * width),
                present,
                slice(memory, steps * width + 1, steps - 1),
                one);
    String next = graph.node("Concat", seen, Attribute.whole("axis", 1));
    graph.output(NEXT_MEMORY, next, Element.FLOAT, List.of(window.memory()));
    return next;
  }

  private String slice(String x, int from, int count) {
    return graph.node(
        "Slice",
        List.of(x, graph.wholes(from), graph.wholes((long) from + count), graph.wholes(1)));
  }
}
