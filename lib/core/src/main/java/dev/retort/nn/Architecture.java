package dev.retort.nn;

import dev.retort.RetortException;
import dev.retort.option.Type;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a network looks like between its inputs and the linear layers of its outputs. One of your
 * own is a record, and works as it stands; {@link Architectures#register} makes its name known
 * before.
 */
public interface Architecture {
  /**
   * Describes the network from the observation up.
   *
   * @param graph gives the observation, and the operations
   * @return the features on which the linear layers of the outputs sit; of any shape, which is
   *     flattened
   */
  Node write(Graph graph);

  /** How many features the network has below its outputs. */
  default int features(InputShape inputShape) {
    return Described.of(this, inputShape).features().size();
  }

  /** Whether it can be written for observations of such a shape. */
  default boolean takes(InputShape inputShape) {
    try {
      return features(inputShape) > 0;
    } catch (RetortException e) {
      return false;
    }
  }

  /** This network as a perceptron, if it is one: members are then computed together. */
  default Optional<Mlp> perceptron() {
    return Optional.empty();
  }

  /**
   * How parameters are drawn, in place of what an algorithm usually takes; empty where the
   * algorithm decides.
   */
  default Optional<Initialization> initialization() {
    return Optional.empty();
  }

  /** How many hidden layers a network may have. */
  int MOST_LAYERS = 100;

  /**
   * How many parameters a network with one group of outputs has.
   *
   * @param inputShape what it sees of a row
   * @param outputs how many numbers it gives
   * @return the count, or {@code Long.MAX_VALUE} where it is beyond all memory
   */
  default long parameters(InputShape inputShape, int outputs) {
    try {
      Described below = Described.of(this, inputShape);
      long all = Math.multiplyExact(below.features().size() + 1L, outputs);
      for (Slice slice : below.graph().slices()) {
        all = Math.addExact(all, slice.count());
      }
      return all;
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }

  /** Refuses more hidden layers than a network may have. */
  static void requireFew(String kind, List<Integer> hidden) {
    if (hidden.size() > MOST_LAYERS) {
      throw new RetortException(
          "%s: expected at most %s hidden layers, got %s."
              .formatted(kind, MOST_LAYERS, hidden.size()));
    }
  }

  /**
   * How architectures are written: {@code mlp:64,64}, {@code mlp:64,64:relu:x0.1}, {@code
   * mlp:64,64:fan-out}, {@code cnn:64:512,256}; blanks may stand for colons and commas. Others are
   * written by their names and components, such as {@code transformer:64:2:4}, {@code gru:64} or,
   * one of your own, {@code highway:64}; what is left out is as usual.
   */
  static Type<Architecture> type() {
    return new Type<>(
        "a network such as mlp:64,64 or mlp:64,64:relu or cnn:64:512,256 or transformer:32:2:2 or gru:64",
        Architecture::parse,
        Architectures::text,
        List.of(
            "mlp:16,16",
            "mlp:64,64",
            "mlp:64,64:relu",
            "cnn:64:512,256",
            "image:16,32,32:128",
            "transformer:32:2:2",
            "gru:64"));
  }

  private static Architecture parse(String text) {
    List<String> words = List.of(text.trim().toLowerCase(Locale.ROOT).split("[:,\\s]+", -1));
    Type.require(!words.contains(""));
    if (!List.of("mlp", "cnn").contains(words.get(0))) {
      return Architectures.named(text);
    }
    Type.require(words.size() >= 2);
    if (words.get(0).equals("cnn")) {
      List<Integer> widths = widths(words.subList(1, words.size()));
      return new ResidualCnn(widths.get(0), widths.subList(1, widths.size()));
    }
    Mlp mlp = Mlp.of();
    int layers = 1;
    while (layers < words.size() && Character.isDigit(words.get(layers).charAt(0))) {
      layers++;
    }
    if (layers == 1) {
      Type.require(words.get(layers++).equals("linear"));
    } else {
      mlp = new Mlp(widths(words.subList(1, layers)), mlp.activation(), mlp.scale());
    }
    for (String word : words.subList(layers, words.size())) {
      mlp = with(mlp, word);
    }
    return mlp;
  }

  /** A perceptron with a further word: a scale, an initialization, or an activation. */
  private static Mlp with(Mlp mlp, String word) {
    if (word.matches("x\\d.*")) {
      return mlp.scaled(Double.parseDouble(word.substring(1)));
    }
    return Initialization.isNamed(word)
        ? mlp.initialized(Initialization.type().reader().apply(word))
        : mlp.activation(Type.choice(Activation.class).reader().apply(word));
  }

  private static List<Integer> widths(List<String> words) {
    return words.stream().map(Integer::valueOf).toList();
  }
}
