package dev.retort.exchange.source;

import dev.retort.RetortException;
import dev.retort.distribution.ActionValues;
import dev.retort.distribution.Categorical;
import dev.retort.distribution.Distribution;
import dev.retort.distribution.Normal;
import dev.retort.distribution.Point;
import dev.retort.distribution.SquashedNormal;
import dev.retort.distribution.SquashedPoint;
import dev.retort.env.normalize.Normalization;
import dev.retort.nn.Activation;
import dev.retort.nn.Blueprint;
import dev.retort.nn.Mlp;
import dev.retort.nn.Output;
import dev.retort.nn.Parameter;
import dev.retort.policy.Ensemble;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Selection;
import dev.retort.store.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A policy as the text of a class: its layers as rows of decimal numbers, which are read back to
 * the bit, and the loops over them. Sums are in double precision.
 */
final class JavaSource {
  private static final int MOST_PARAMETERS = 100_000;
  private static final int WIDEST = 2_000;

  private final String type;
  private final Policy policy;
  private final List<NetworkPolicy> members;
  private final NetworkPolicy first;
  private final Mlp mlp;
  private final Output output;

  /**
   * A class of a name.
   *
   * @throws RetortException if the policy is no small perceptron, nor an ensemble of such
   */
  JavaSource(String type, Policy policy) {
    this.type = type;
    this.policy = policy;
    this.members =
        policy instanceof Ensemble ensemble
            ? ensemble.members()
            : policy instanceof NetworkPolicy network ? List.of(network) : List.of();
    if (members.isEmpty()) {
      throw refused(policy.getClass().getSimpleName());
    }
    this.first = members.get(0);
    if (!(first.architecture() instanceof Mlp perceptron)
        || perceptron.activation() == Activation.GELU) {
      throw refused(first.architecture().toString());
    }
    if (!(first.perception() instanceof Selection)) {
      throw refused("one that remembers a window");
    }
    if (first.distribution().kind().equals("product")) {
      throw refused("one of several actions");
    }
    this.mlp = perceptron;
    this.output = first.distribution().outputs().get(0);
    int size = members.size() * first.size();
    int widest = Math.max(first.observations().size(), output.size());
    widest = Math.max(widest, mlp.hidden().stream().mapToInt(width -> width).max().orElse(0));
    if (size > MOST_PARAMETERS || widest > WIDEST) {
      throw refused("%s parameters in layers of up to %s numbers".formatted(size, widest));
    }
  }

  private RetortException refused(String got) {
    return new RetortException(
        "save policy '%s' as Java: expected a perceptron with tanh, relu or sigmoid of at most %s parameters in layers of at most %s numbers, or an ensemble of such, got %s. Save it as .onnx."
            .formatted(policy.name(), MOST_PARAMETERS, WIDEST, got));
  }

  String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        /**
         * %s: from %s to %s, %s.
         */
        public final class %s {
        """
            .formatted(
                words(policy.name()),
                policy.observations().summary(),
                policy.actions().summary(),
                words(first.architecture().toString()),
                type));
    constants(text);
    text.append("\n  private %s() {}\n".formatted(type));
    acting(text);
    text.append(SEEING.formatted(seeing()));
    text.append(LAYERS.formatted(activation()));
    for (int i = 0; i < members.size(); i++) {
      network(i, text);
    }
    return text.append("}\n").toString();
  }

  /** A text that ends no comment. */
  private static String words(String text) {
    return text.replaceAll("[^A-Za-z0-9 .,:()+-]", "_");
  }

  private void constants(StringBuilder text) {
    String networks =
        IntStream.range(0, members.size())
            .mapToObj(i -> "network" + i + "()")
            .collect(Collectors.joining(", "));
    text.append(
        """
          /** How many numbers an observation has. */
          public static final int OBSERVATION = %s;

          /** Each network: its layers, each a row of weights for each input, and the biases behind. */
          private static final float[][][][] NETWORKS = {%s};
        """
            .formatted(first.observations().size(), networks));
    normalization()
        .ifPresent(
            told -> {
              text.append(array("double[] MEAN", text(told.doubles("mean"))));
              text.append(array("double[] DEVIATION", text(told.doubles("deviation"))));
            });
    if (!((Selection) first.perception()).isAll()) {
      text.append(array("int[] SEEN", Arrays.toString(places())));
    }
    if (policy.actions() instanceof Box box) {
      text.append(array("float[] LOW", bounds(box.low())));
      text.append(array("float[] HIGH", bounds(box.high())));
    }
  }

  private static String array(String name, String values) {
    String inner = values.substring(1, values.length() - 1);
    return "  private static final %s = {%s};\n".formatted(name, inner);
  }

  private static String text(double[] values) {
    return Arrays.toString(values);
  }

  private static String bounds(List<Float> values) {
    return values.stream()
        .map(
            bound ->
                bound.isInfinite()
                    ? "Float.%s_INFINITY".formatted(bound > 0 ? "POSITIVE" : "NEGATIVE")
                    : bound + "f")
        .toList()
        .toString();
  }

  private Optional<Tensors> normalization() {
    return first.normalization().map(Normalization::tensors);
  }

  /** Places of what is selected, found by selecting of the places of all. */
  private int[] places() {
    Selection selection = (Selection) first.perception();
    float[] all = new float[selection.whole().size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = i;
    }
    float[] seen = new float[selection.sees().size()];
    selection.take(all, 0, seen, 0);
    int[] places = new int[seen.length];
    for (int i = 0; i < places.length; i++) {
      places[i] = (int) seen[i];
    }
    return places;
  }

  private void acting(StringBuilder text) {
    Distribution distribution = first.distribution();
    boolean isChoosing = policy.actions() instanceof Discrete;
    String name = policy.distribution() instanceof Categorical ? "probabilities" : "values";
    if (isChoosing) {
      text.append(CHOOSING.formatted(name, name.equals("values") ? "Values" : "Probabilities"));
    } else {
      text.append(DOING);
    }
    text.append(MEANS.formatted(isChoosing ? name : "act", read(distribution)));
    text.append(isChoosing && policy.distribution() instanceof Categorical ? SOFTMAX : "");
  }

  /** What becomes of the numbers of a network, in place. */
  private String read(Distribution distribution) {
    if (distribution instanceof Categorical) {
      return "softmax(z);";
    }
    if (distribution instanceof SquashedNormal || distribution instanceof SquashedPoint) {
      return """
      for (int i = 0; i < z.length; i++) {
              z[i] = LOW[i] + (Math.tanh(z[i]) + 1) / 2 * ((double) HIGH[i] - LOW[i]);
            }\
      """;
    }
    if (distribution instanceof Normal) {
      return """
      for (int i = 0; i < z.length; i++) {
              z[i] = Math.min(HIGH[i], Math.max(LOW[i], z[i]));
            }\
      """;
    }
    boolean isPlain =
        (distribution instanceof ActionValues values && !values.isDueling())
            || (distribution instanceof Point && policy.actions() instanceof Box);
    if (!isPlain) {
      throw refused("a distribution that is " + distribution.kind());
    }
    return "// as they are";
  }

  private String seeing() {
    List<String> lines = new ArrayList<>();
    lines.add("double[] x = new double[OBSERVATION];");
    lines.add("for (int i = 0; i < x.length; i++) {");
    lines.add(
        normalization()
            .map(
                told ->
                    "  x[i] = Math.max(-%1$s, Math.min(%1$s, (observation[i] - MEAN[i]) / DEVIATION[i]));"
                        .formatted(told.doubles("clip")[0]))
            .orElse("  x[i] = observation[i];"));
    lines.add("}");
    if (!((Selection) first.perception()).isAll()) {
      lines.add("double[] all = x;");
      lines.add("x = new double[SEEN.length];");
      lines.add("for (int i = 0; i < x.length; i++) {");
      lines.add("  x[i] = all[SEEN[i]];");
      lines.add("}");
    }
    if (mlp.scale() != 1) {
      lines.add("for (int i = 0; i < x.length; i++) {");
      lines.add("  x[i] *= %s;".formatted(mlp.scale()));
      lines.add("}");
    }
    lines.add("return x;");
    return String.join("\n    ", lines);
  }

  private String activation() {
    return switch (mlp.activation()) {
      case RELU -> "Math.max(0, y[j])";
      case SIGMOID -> "1 / (1 + Math.exp(-y[j]))";
      default -> "Math.tanh(y[j])";
    };
  }

  private void network(int i, StringBuilder text) {
    Blueprint blueprint = first.blueprint().of(List.of(output));
    float[] own = first.blueprint().parametersOf(List.of(output), members.get(i).parameters());
    List<Parameter> all = blueprint.named(own);
    List<String> layers = new ArrayList<>();
    for (int layer = 0; layer < all.size() / 2; layer++) {
      String name = "network%slayer%s".formatted(i, layer);
      layers.add(name + "()");
      text.append("\n  private static float[][] %s() {\n    return layer(".formatted(name));
      text.append(rows(all.get(2 * layer), all.get(2 * layer + 1)));
      text.append(");\n  }\n");
    }
    text.append(
        "\n  private static float[][][] network%s() {\n    return new float[][][] {%s};\n  }\n"
            .formatted(i, String.join(", ", layers)));
  }

  private static String rows(Parameter weight, Parameter bias) {
    int width = bias.values().length;
    List<String> rows = new ArrayList<>();
    for (int from = 0; from < weight.values().length; from += width) {
      rows.add(row(weight.values(), from, width));
    }
    rows.add(row(bias.values(), 0, width));
    return "\n        " + String.join(",\n        ", rows);
  }

  private static String row(float[] values, int from, int width) {
    StringBuilder row = new StringBuilder("\"");
    for (int i = from; i < from + width; i++) {
      row.append(i == from ? "" : " ").append(values[i]);
    }
    return row.append('"').toString();
  }

  private static final String CHOOSING =
      """

        /** The choice that it prefers, counted from 0. */
        public static int act(float[] observation) {
          double[] all = %1$s(observation);
          int best = 0;
          for (int i = 1; i < all.length; i++) {
            best = all[i] > all[best] ? i : best;
          }
          return best;
        }

        /** %2$s of all choices. */
      """;

  private static final String DOING =
      """

        /** The action, within its bounds. */
      """;

  private static final String MEANS =
      """
        public static double[] %s(float[] observation) {
          double[] x = see(observation);
          double[] mean = new double[NETWORKS[0][NETWORKS[0].length - 1][0].length];
          for (float[][][] network : NETWORKS) {
            double[] z = apply(network, x);
            %s
            for (int i = 0; i < mean.length; i++) {
              mean[i] += z[i] / NETWORKS.length;
            }
          }
          return mean;
        }
      """;

  private static final String SOFTMAX =
      """

        private static void softmax(double[] z) {
          double most = Double.NEGATIVE_INFINITY;
          for (double each : z) {
            most = Math.max(most, each);
          }
          double sum = 0;
          for (int i = 0; i < z.length; i++) {
            z[i] = Math.exp(z[i] - most);
            sum += z[i];
          }
          for (int i = 0; i < z.length; i++) {
            z[i] /= sum;
          }
        }
      """;

  private static final String SEEING =
      """

        private static double[] see(float[] observation) {
          %s
        }
      """;

  private static final String LAYERS =
      """

        private static double[] apply(float[][][] network, double[] x) {
          double[] y = linear(network[0], x);
          for (int layer = 1; layer < network.length; layer++) {
            for (int j = 0; j < y.length; j++) {
              y[j] = %s;
            }
            y = linear(network[layer], y);
          }
          return y;
        }

        private static double[] linear(float[][] layer, double[] x) {
          double[] y = new double[layer[0].length];
          for (int j = 0; j < y.length; j++) {
            y[j] = layer[x.length][j];
          }
          for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < y.length; j++) {
              y[j] += x[i] * layer[i][j];
            }
          }
          return y;
        }

        private static float[][] layer(String... rows) {
          float[][] layer = new float[rows.length][];
          for (int i = 0; i < rows.length; i++) {
            String[] numbers = rows[i].split(" ");
            layer[i] = new float[numbers.length];
            for (int j = 0; j < numbers.length; j++) {
              layer[i][j] = Float.parseFloat(numbers[j]);
            }
          }
          return layer;
        }
      """;
}
