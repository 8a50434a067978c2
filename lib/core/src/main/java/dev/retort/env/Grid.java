package dev.retort.env;

import java.util.function.ToIntFunction;

/**
 * The grid that a task takes place in.
 *
 * @param rows how many rows of cells there are, from top to bottom
 * @param columns how many cells a row has, from left to right
 * @param cell where the agent is in a state, {@code row * columns + column}
 */
public record Grid(int rows, int columns, ToIntFunction<double[]> cell) {}
