package dev.retort.paper.geomagnetic;

import static dev.retort.Retort.gru;
import static dev.retort.Retort.mlp;
import static dev.retort.paper.geomagnetic.Navigation.FIXED;

import dev.retort.data.View;
import dev.retort.nn.Activation;
import dev.retort.nn.Architecture;
import dev.retort.paper.Scale;

/** What a student sees, and by what network. */
enum Sight {
  /** What its teachers see: the field itself, by which source areas can be learned by heart. */
  ABSOLUTE("absolute field"),
  /** No field, but the last heading and what it changed. */
  MOVE("last move"),
  /** The last moves. */
  WINDOW("window of moves"),
  /**
   * The last move and a running estimate of the Jacobian, by which the controller of Broyden
   * steers.
   */
  JACOBIAN("running Jacobian"),
  /** The last moves, by a recurrent network. */
  RECURRENT("GRU over moves");

  private final String words;

  Sight(String words) {
    this.words = words;
  }

  View view(Scale scale) {
    int window = FIXED.count("window", scale);
    return switch (this) {
      case ABSOLUTE -> View.parts("goal", "field", "move");
      case MOVE -> View.parts("goal", "move");
      case JACOBIAN -> View.parts("goal", "move", "jacobian");
      case WINDOW, RECURRENT -> View.window(window, "goal", "move");
    };
  }

  Architecture network(Scale scale) {
    int width = FIXED.count("width", scale);
    return this == RECURRENT
        ? gru(FIXED.count("width of the GRU", scale))
        : mlp(width, width).activation(Activation.RELU);
  }

  /** Students of one population. */
  int students(Scale scale) {
    return FIXED.count(this == RECURRENT ? "students of a GRU" : "students", scale);
  }

  @Override
  public String toString() {
    return words;
  }
}
