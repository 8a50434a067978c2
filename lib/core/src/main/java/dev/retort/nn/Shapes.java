package dev.retort.nn;

import dev.retort.RetortException;
import dev.retort.option.Given;
import java.util.List;

/** What operations ask of the shapes that they are given, in words. */
final class Shapes {
  private Shapes() {}

  static int product(List<Integer> shape) {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  /** How many tokens, as a list of one; an empty one of numbers without tokens. */
  static List<Integer> tokens(Node node) {
    return node.shape().subList(0, node.shape().size() - 1);
  }

  /** Sizes of numbers, of tokens or of a picture. */
  static List<Integer> require(String what, int... shape) {
    List<Integer> wanted = Given.given("network", "a shape", shape);
    if (wanted.isEmpty() || wanted.size() > 3 || wanted.stream().anyMatch(size -> size < 1)) {
      throw new RetortException(
          "network: expected one to three sizes of at least 1 for %s, got %s."
              .formatted(what, wanted));
    }
    return wanted;
  }

  static void requireNumbers(String what, Node x) {
    if (x.shape().size() != 1) {
      throw new RetortException(
          "network: expected numbers for %s, got %s. Say flatten(..) first."
              .formatted(what, x.shape()));
    }
  }

  static void requireTokens(String what, Node x) {
    if (x.shape().size() != 2) {
      throw new RetortException(
          "network: expected tokens (tokens, width) for %s, got %s. Say reshape(..) first."
              .formatted(what, x.shape()));
    }
  }

  static void requireEach(String what, Node tokens, Node numbers) {
    if (!numbers.shape().equals(List.of(tokens.tokens()))) {
      throw new RetortException(
          "network: expected one number for each of %s tokens as %s, got %s."
              .formatted(tokens.tokens(), what, numbers.shape()));
    }
  }

  static void requireRows(String what, Node x) {
    if (x.shape().size() > 2) {
      throw new RetortException(
          "network: expected numbers or tokens for %s, got a picture %s. Say flatten(..) first."
              .formatted(what, x.shape()));
    }
  }

  static void requirePicture(String what, Node x) {
    if (x.shape().size() != 3) {
      throw new RetortException(
          "network: expected a picture (planes, height, width) for %s, got %s."
              .formatted(what, x.shape()));
    }
  }

  static void requirePositive(String what, String of, int number) {
    if (number < 1) {
      throw new RetortException(
          "network: expected a %s of at least 1 for %s, got %s.".formatted(of, what, number));
    }
  }

  /** Refuses a value whose numbers a layer has no weights for. */
  static void requireSame(Node layer, Node before, Node now) {
    int from = before.shape().size() == 3 ? 0 : before.shape().size() - 1;
    boolean isSame =
        layer.operation() instanceof Sequences.Positions
            ? before.shape().equals(now.shape())
            : before.shape().size() == now.shape().size()
                && before.shape().get(from).equals(now.shape().get(from));
    if (!isSame) {
      throw new RetortException(
          "network: expected a value like %s for the layer %s again, got %s."
              .formatted(before.shape(), layer, now.shape()));
    }
  }
}
