package dev.retort.nn;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The way back through a described network while its text is written, from the outputs down. */
final class WayBack {
  private final boolean parameters;
  private final boolean inputs;
  private final UnaryOperator<String> weights;
  private final UnaryOperator<String> gradients;
  private final List<String> lines;
  private final Map<Node, String> given = new HashMap<>();
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

  /** Begins at the outputs. */
  void begin(Node result, String gradient) {
    given.put(result, gradient);
  }

  /** Goes back through the operation of a value, if anything came to it. */
  void through(Node node) {
    if (given.containsKey(node) && needs(node)) {
      node.operation().back(this, node, given.get(node));
    }
  }

  /**
   * Writes the gradient of parameters.
   *
   * @param expression with a place for where it goes
   */
  void gradient(Slice slice, String expression) {
    if (parameters) {
      line("_" + sums++ + " = " + expression.replace("%s", gradients.apply(slice.name())));
    }
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
