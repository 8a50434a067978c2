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
  private final Held there;
  private final Held held;
  private final List<String> lines;
  private final Map<Node, String> given = new HashMap<>();
  private final Map<Node, String> pieces = new HashMap<>();
  private final Set<Node> own = new HashSet<>();
  private final Set<Slice> written = new HashSet<>();
  private int sums;

  /**
   * A way that has not begun.
   *
   * @param parameters whether gradients of parameters are wanted
   * @param inputs whether those of the inputs are
   * @param weights how a parameter is called in the text, by its name
   * @param gradients how its gradient is called
   * @param there what was laid out for the way there
   * @param held receives what is laid out once
   * @param lines receives the text
   */
  WayBack(
      boolean parameters,
      boolean inputs,
      UnaryOperator<String> weights,
      UnaryOperator<String> gradients,
      Held there,
      Held held,
      List<String> lines) {
    this.parameters = parameters;
    this.inputs = inputs;
    this.weights = weights;
    this.gradients = gradients;
    this.there = there;
    this.held = held;
    this.lines = lines;
  }

  /** What was laid out for the way there. */
  Held there() {
    return there;
  }

  /** What is laid out once for the way back. */
  Held held() {
    return held;
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
    own.remove(node);
  }

  /**
   * Adds to the gradient of numbers or tokens what has a place of its own there; where it is all of
   * it, it may be written into.
   *
   * @param room as {@link #room} laid it out
   */
  void giveRoom(Node node, String room) {
    give(node, room);
    own.add(node);
  }

  /** Lays out memory for the gradient of numbers or tokens. */
  String room(Node node) {
    String name = "d%s_%s".formatted(node.variable(), sums++);
    return held.hold(name, "torch.new_zeros(x, %s)".formatted(node.sizes()));
  }

  /** Whether the gradient of a value is nobody else's, and may be written into. */
  boolean isOwn(Node node) {
    return own.contains(node);
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

  /** Goes back through an operation as which a value is written, if anything came to it. */
  void through(Node node, Operation operation) {
    if (pieces.containsKey(node)) {
      give(node, pieces.get(node));
    }
    if (given.containsKey(node) && needs(node)) {
      operation.back(this, node, given.get(node));
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

  /** Numbers or tokens with rows and columns turned. */
  String turned(Node x) {
    String v = x.variable();
    String expression = "torch.transpose(%s, 1, 2)";
    return there.has(v)
        ? held.hold(v + "_t", expression.replace("%s", there.place(v)))
        : expression.replace("%s", v);
  }

  /** A linear layer's weights, turned. */
  String turned(Slice weight) {
    return held.hold(weight.name() + "_t", "torch.transpose(%s, 1, 2)".formatted(weight(weight)));
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
