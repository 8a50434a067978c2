package dev.retort.nn;

import java.util.function.UnaryOperator;

/** An operation whose results lie where they lay for the last batch of the size. */
interface Placed extends Operation {
  /**
   * Its lines in the engine's language.
   *
   * @param y whose operation it is
   * @param w how a parameter is called, by its name
   * @param held receives what is laid out once
   */
  String forward(Node y, UnaryOperator<String> w, Held held);
}
