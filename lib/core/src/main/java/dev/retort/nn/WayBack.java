package dev.retort.nn;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The way back through a described network while its text is written, from the outputs down. */
final class WayBack {
  private final boolean parameters;
  private final boolean inputs;
  private final UnaryOperator<String> weights;
  private final UnaryOperator<String> gradients;
  private final List<String> lines;
  private final Map<Node, String> given = new HashMap<>();
  private final Map<Node, String> pieces = new HashMap<>();
  private final Set<Slice> written = new HashSet<>();
  private int sums;

  /**
   * A way that has not begun.
   *
   * @param parameters whether gradients of parameters are wanted
   * @param inputs whether those of the inputs are
   * @param weights how a parameter is called in the text, by its name
   * @param gradients how its gradient is called
   * @param lines receives the text
   */
  WayBack(
      boolean parameters,
      boolean inputs,
      UnaryOperator<String> weights,
      UnaryOperator<String> gradients,
      List<String> lines) {
    this.parameters = parameters;
    this.inputs = inputs;
    this.weights = weights;
    this.gradients = gradients;
    this.lines = lines;
  }

  /** Whether gradients of parameters are wanted. */
  boolean wantsParameters() {
    return parameters;
  }

  /** Whether the gradient of a value is wanted: for itself, or for what it comes from. */
  boolean needs(Node node) {
    return (parameters && node.isLearned()) || (inputs && node.comesFromRows());
  }

  /** Adds an expression to the gradient of a value. */
  void give(Node node, String expression) {
    if (!needs(node)) {
      return;
    }
    String before = given.get(node);
    String name = "d" + node.variable() + "_" + sums++;
    line(
        before == null
            ? name + " = " + expression
            : "%s = torch.add(%s, %s)".formatted(name, before, expression));
    given.put(node, name);
  }

  /**
   * Adds an expression to a piece of the gradient of numbers or tokens.
   *
   * @param place the piece as a view, with a place for the whole
   */
  void givePiece(Node node, String place, String expression) {
    if (!needs(node)) {
      return;
    }
    String whole = pieces.get(node);
    if (whole == null) {
      whole = "p" + node.variable();
      line("%s = torch.new_zeros(%s, %s)".formatted(whole, expression, node.sizes()));
      pieces.put(node, whole);
    }
    line("_%s = torch.add_(%s, %s)".formatted(sums++, place.replace("%s", whole), expression));
  }

  /** Begins at the outputs. */
  void begin(Node result, String gradient) {
    given.put(result, gradient);
  }

  /** Goes back through the operation of a value, if anything came to it. */
  void through(Node node) {
    if (pieces.containsKey(node)) {
      give(node, pieces.get(node));
    }
    if (given.containsKey(node) && needs(node)) {
      node.operation().back(this, node, given.get(node));
    }
  }

  /**
   * Writes the gradient of parameters, or adds to it where they were used before.
   *
   * @param expression with a place for where it goes
   */
  void gradient(Slice slice, String expression) {
    if (!parameters) {
      return;
    }
    String gradient = gradients.apply(slice.name());
    if (written.add(slice)) {
      line("_%s = %s".formatted(sums++, expression.replace("%s", gradient)));
      return;
    }
    String more = "more" + sums++;
    String room = "torch.empty_like(%s)".formatted(gradient);
    line("%s = %s".formatted(more, expression.replace("%s", room)));
    line("_%s = torch.add_(%s, %s)".formatted(sums++, gradient, more));
  }

  /** How a parameter is called. */
  String weight(Slice slice) {
    return weights.apply(slice.name());
  }

  void line(String line) {
    lines.add(line);
  }

  /** A truth value in the engine's language. */
  static String flag(boolean value) {
    return value ? "True" : "False";
  }
}
