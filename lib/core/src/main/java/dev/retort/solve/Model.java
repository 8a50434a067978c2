package dev.retort.solve;

import dev.retort.RetortException;
import java.util.Arrays;
import java.util.Locale;

/**
 * A finite Markov decision process: for every state and action the ways in which a step may turn
 * out, each with its probability, its reward and the state that it leads to. A terminal state has
 * no actions, and has the value 0.
 */
public final class Model {
  private static final double ROUNDING = 1e-9;

  private final int actions;
  private final double[] start;
  private final boolean[] terminal;
  private final int[] begins;
  private final int[] next;
  private final double[] probabilities;
  private final double[] rewards;

  private Model(
      int actions,
      double[] start,
      boolean[] terminal,
      int[] begins,
      int[] next,
      double[] probabilities,
      double[] rewards) {
    this.actions = actions;
    this.start = start;
    this.terminal = terminal;
    this.begins = begins;
    this.next = next;
    this.probabilities = probabilities;
    this.rewards = rewards;
  }

  /**
   * A model of full matrices.
   *
   * @param probabilities of the next state, {@code (states, actions, states)}; those of a terminal
   *     state are not looked at
   * @param rewards expected, {@code (states, actions)}
   * @param terminal {@code (states)}
   * @param start how likely an episode begins in a state, {@code (states)}
   */
  public static Model of(
      double[][][] probabilities, double[][] rewards, boolean[] terminal, double[] start) {
    int states = probabilities.length;
    if (states == 0 || probabilities[0].length == 0) {
      throw new RetortException("model: expected at least one state and one action, got none.");
    }
    Rows rows = new Rows(probabilities[0].length);
    for (int state = 0; state < states; state++) {
      if (terminal[state]) {
        rows.terminal();
        continue;
      }
      for (int action = 0; action < rows.actions; action++) {
        for (int to = 0; to < states; to++) {
          if (probabilities[state][action][to] != 0) {
            rows.outcome(probabilities[state][action][to], to, rewards[state][action]);
          }
        }
        rows.endAction();
      }
      rows.endState();
    }
    return rows.model(start);
  }

  /** How many states there are. */
  public int states() {
    return terminal.length;
  }

  /** How many actions there are in each state that is not terminal. */
  public int actions() {
    return actions;
  }

  /** How likely an episode begins in a state. */
  public double start(int state) {
    return start[state];
  }

  /** Whether an episode ends in a state. */
  public boolean isTerminal(int state) {
    return terminal[state];
  }

  /**
   * Value of an action if the values after it are known: {@code Σ p (r + γ V(s'))}.
   *
   * @param values of the states, {@code (states)}; 0 for terminal ones
   */
  public double actionValue(int state, int action, double discount, double[] values) {
    int row = state * actions + action;
    double sum = 0;
    for (int i = begins[row]; i < begins[row + 1]; i++) {
      sum += probabilities[i] * (rewards[i] + discount * values[next[i]]);
    }
    return sum;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "Model[%,d states, %d actions, %,d transitions]",
        states(),
        actions,
        next.length);
  }

  /** A model while it is written down, state by state, and in each action by action. */
  static final class Rows {
    private final int actions;
    private int states;
    private int row;
    private int count;
    private double sum;
    private boolean[] terminal = new boolean[16];
    private int[] begins = new int[16];
    private int[] next = new int[16];
    private double[] probabilities = new double[16];
    private double[] rewards = new double[16];

    Rows(int actions) {
      this.actions = actions;
    }

    /** One way in which the action at hand may turn out. */
    void outcome(double probability, int to, double reward) {
      if (!(probability > 0) || !Double.isFinite(reward) || to < 0) {
        throw new RetortException(
            "model: expected a probability above 0 and a finite reward, got %s and %s (state %s, action %s)."
                .formatted(probability, reward, states, row % actions));
      }
      if (count == next.length) {
        next = Arrays.copyOf(next, 2 * count);
        probabilities = Arrays.copyOf(probabilities, 2 * count);
        rewards = Arrays.copyOf(rewards, 2 * count);
      }
      next[count] = to;
      probabilities[count] = probability;
      rewards[count++] = reward;
      sum += probability;
    }

    void endAction() {
      if (Math.abs(sum - 1) > ROUNDING) {
        throw new RetortException(
            "model: expected probabilities that sum to 1, got %s (state %s, action %s)."
                .formatted(sum, states, row % actions));
      }
      sum = 0;
      end();
    }

    private void end() {
      if (++row == begins.length) {
        begins = Arrays.copyOf(begins, 2 * row);
      }
      begins[row] = count;
    }

    void endState() {
      if (states == terminal.length) {
        terminal = Arrays.copyOf(terminal, 2 * states);
      }
      states++;
    }

    void terminal() {
      for (int action = 0; action < actions; action++) {
        end();
      }
      endState();
      terminal[states - 1] = true;
    }

    Model model(double[] start) {
      if (start.length != states || Math.abs(Arrays.stream(start).sum() - 1) > ROUNDING) {
        throw new RetortException(
            "model: expected %s probabilities to begin that sum to 1, got %s that sum to %s."
                .formatted(states, start.length, Arrays.stream(start).sum()));
      }
      return new Model(
          actions,
          start.clone(),
          Arrays.copyOf(terminal, states),
          Arrays.copyOf(begins, row + 1),
          Arrays.copyOf(next, count),
          Arrays.copyOf(probabilities, count),
          Arrays.copyOf(rewards, count));
    }
  }
}
