package dev.retort.prior;

import dev.retort.distribution.ActionValues;
import dev.retort.env.Env;
import dev.retort.env.VectorEnv;
import dev.retort.evaluate.Evaluator;
import dev.retort.evaluate.Statistics;
import dev.retort.policy.Actor;
import dev.retort.policy.Policy;
import dev.retort.random.RandomStream;
import dev.retort.run.Resumable;
import dev.retort.run.Session;
import dev.retort.store.Tensors;
import java.util.Arrays;

/**
 * Whoever solved a task at play on it, now and then at random: observations, the values of the
 * actions there, and rewards. It can be saved at every step and go on later.
 */
final class SolverPlay {
  private static final int COPIES = 8;
  private static final int EPISODES = 20;

  private final Policy solver;
  private final Env task;
  private final int steps;
  private final double epsilon;
  private final long seed;
  private final int copies;
  private final int numbers;
  private final ActionValues distribution;
  private final int actions;
  private final VectorEnv envs;
  private final RandomStream random;
  private final Resumable state;
  private float[] observations = {};
  private float[] values = {};
  private int rows;
  private double low = Double.POSITIVE_INFINITY;
  private double high = Double.NEGATIVE_INFINITY;
  private double score = Double.NaN;

  /**
   * Prepares the play.
   *
   * @param solver who plays, with action values
   * @param task what it solved
   * @param number of the task, which names its chance
   * @param steps how many environment steps are played
   * @param epsilon share of random actions
   * @param seed names all chance
   */
  SolverPlay(Policy solver, Env task, int number, int steps, double epsilon, long seed) {
    this.solver = solver;
    this.task = task;
    this.steps = steps;
    this.epsilon = epsilon;
    this.seed = seed;
    this.copies = Math.min(COPIES, steps);
    this.numbers = task.observations().size();
    this.distribution = (ActionValues) solver.distribution();
    this.actions = distribution.actions().n();
    this.envs =
        new VectorEnv(task, copies, copy -> RandomStream.of(seed, "environment", number, copy));
    this.random = RandomStream.of(seed, "exploration", number);
    this.state =
        new Resumable()
            .part("environments", envs::save, envs::restore)
            .longs("random", () -> new long[] {random.state()}, saved -> random.restore(saved[0]))
            .part("seen", this::seen, this::restoreSeen);
  }

  private Tensors seen() {
    return new Tensors()
        .put("observations", observations())
        .put("values", values())
        .put("earned", new double[] {low, high, score});
  }

  private void restoreSeen(Tensors saved) {
    observations = saved.floats("observations");
    values = saved.floats("values");
    rows = observations.length / numbers;
    double[] returns = saved.doubles("earned");
    low = returns[0];
    high = returns[1];
    score = returns[2];
  }

  /** All that there is to know. */
  Resumable state() {
    return state;
  }

  /** Begins the first episodes. */
  void begin() {
    envs.reset();
  }

  /** Whether it has been played to its end, and scored. */
  boolean isOver() {
    return !Double.isNaN(score);
  }

  /**
   * Plays on to the end.
   *
   * @param session may stop it
   * @param boundary called after every step
   */
  void run(Session session, Runnable boundary) {
    float[] chosen = new float[copies];
    try (Actor actor = solver.actor(envs)) {
      while (rows < steps) {
        session.check();
        float[] values = actor.greedy(envs.observations(), chosen);
        distribution.combine(values, copies);
        int now = Math.min(copies, steps - rows);
        for (int copy = 0; copy < now; copy++) {
          add(envs.observations(), copy * numbers, values, copy * actions);
        }
        for (int copy = 0; copy < copies; copy++) {
          if (random.nextDouble() < epsilon) {
            chosen[copy] = random.nextInt(actions);
          }
        }
        envs.step(chosen);
        for (int copy = 0; copy < now; copy++) {
          low = Math.min(low, envs.rewards()[copy]);
          high = Math.max(high, envs.rewards()[copy]);
        }
        boundary.run();
      }
    }
    score =
        Statistics.mean(
            new Evaluator(EPISODES, seed, session::check).evaluate(solver, task).returns()[0]);
  }

  private void add(float[] observation, int at, float[] from, int fromAt) {
    if (observations.length < (rows + 1) * numbers) {
      int room = Math.min(steps, Math.max(256, 2 * rows));
      observations = Arrays.copyOf(observations, room * numbers);
      values = Arrays.copyOf(values, room * actions);
    }
    System.arraycopy(observation, at, observations, rows * numbers, numbers);
    System.arraycopy(from, fromAt, values, rows * actions, actions);
    rows++;
  }

  /** Who played. */
  Policy solver() {
    return solver;
  }

  /** What was played. */
  Env task() {
    return task;
  }

  /** How many states were seen. */
  int rows() {
    return rows;
  }

  /** What was seen, {@code (rows, numbers)}; a copy. */
  float[] observations() {
    return Arrays.copyOf(observations, rows * numbers);
  }

  /** The action values there, {@code (rows, actions)}; a copy. */
  float[] values() {
    return Arrays.copyOf(values, rows * actions);
  }

  /** The least reward. */
  double low() {
    return low;
  }

  /** The largest reward. */
  double high() {
    return high;
  }

  /** The mean return of the solver's greedy actions. */
  double score() {
    return score;
  }
}
