package dev.retort.nn;

import ai.djl.ndarray.NDArray;
import dev.retort.option.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What a network looks like between its inputs and the linear layers of its outputs. */
public sealed interface Architecture permits Mlp, ResidualCnn {
  /** The parameters of the trunk, in the order in which {@code trunk} uses them. */
  List<Slice> slices(List<Integer> inputShape);

  /** How many features the trunk ends in. */
  int features(List<Integer> inputShape);

  /**
   * Computes the features of a batch.
   *
   * @param weight the parameters by name, each with the member axis first (convolutions: members
   *     folded into outputs)
   * @param x {@code (members or 1, batch, in)}
   * @param members how many members the weights have
   * @return {@code (members, batch, features)}; {@code (1, batch, in)} only if there is no layer
   */
  NDArray trunk(Function<String, NDArray> weight, NDArray x, List<Integer> inputShape, int members);

  /**
   * How architectures are written: {@code mlp:64,64}, {@code mlp:64,64:relu}, {@code
   * cnn:64:512,256}.
   */
  static Type<Architecture> type() {
    return new Type<>(
        "a network such as mlp:64,64 or mlp:64,64:relu or cnn:64:512,256",
        Architecture::parse,
        Architecture::toString);
  }

  private static Architecture parse(String text) {
    String[] words = text.trim().toLowerCase(Locale.ROOT).split("[:\\s]+", -1);
    Type.require(words.length >= 2);
    if (words[0].equals("cnn")) {
      Type.require(words.length <= 3);
      return new ResidualCnn(
          Integer.parseInt(words[1]), words.length == 3 ? widths(words[2]) : List.of());
    }
    Type.require(words[0].equals("mlp"));
    Mlp mlp = new Mlp(widths(words[1]), Activation.TANH, 1);
    for (int i = 2; i < words.length; i++) {
      boolean number = !words[i].isEmpty() && Character.isDigit(words[i].charAt(0));
      mlp =
          number
              ? mlp.scaled(Double.parseDouble(words[i]))
              : mlp.activation(Type.choice(Activation.class).reader().apply(words[i]));
    }
    return mlp;
  }

  private static List<Integer> widths(String text) {
    return text.equals("linear")
        ? List.of()
        : Arrays.stream(text.split(",", -1)).map(Integer::valueOf).toList();
  }
}
