package dev.retort.solve;

import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.env.EnvException;
import dev.retort.policy.Provenance;
import dev.retort.policy.TabularPolicy;
import dev.retort.random.RandomStream;
import dev.retort.run.DivergedException;
import dev.retort.run.Finite;
import dev.retort.space.Discrete;
import dev.retort.table.Bins;
import dev.retort.table.Discretization;
import dev.retort.table.QTable;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is best to do in a continuous task, as far as bins can tell: the task is taken for one whose
 * states are the cells, from each of which a step leads where it leads from states drawn uniformly
 * within the cell.
 *
 * <p>That is an approximation, and the coarser the bins the coarser: the bound of the error of its
 * {@link #values()} holds for the task of cells, and says nothing of how far this is from the task
 * that was cut. It takes an environment whose observation is its state, such as MountainCar and
 * CartPole.
 */
public final class BinnedSolution {
  /** How many states are drawn within each cell. */
  public static final int SAMPLES = 16;

  private static final int MOST_CELLS = 2_000_000;

  private final Env env;
  private final Bins bins;
  private final Values values;

  private BinnedSolution(Env env, Bins bins, Values values) {
    this.env = env;
    this.bins = bins;
    this.values = values;
  }

  /** Solves a discretized task. */
  public static BinnedSolution of(Env env, Bins bins, ValueIteration iteration) {
    Sampling sampling = new Sampling(env, bins);
    Model model;
    try {
      model = sampling.model();
    } catch (Throwable thrown) {
      throw EnvException.thrown(
          env.name(),
          "reset(..), step(..), terminated(..) and observe(..)",
          sampling.place(),
          thrown);
    }
    return new BinnedSolution(env, bins, iteration.solve(model).ofModelOnly());
  }

  /** The values of the cells; a last state stands for all in which the task is over. */
  public Values values() {
    return values;
  }

  /** The policy that does the best everywhere, with the action values that say so. */
  public TabularPolicy policy() {
    Discrete actions = (Discrete) env.actions();
    Optional<Discretization> cells = Optional.of(bins);
    QTable table = new QTable(bins.numbers(), actions.n(), 0, cells);
    float[] middle = new float[bins.numbers()];
    for (int cell = 0; cell < bins.count(); cell++) {
      if (values.model().isTerminal(cell)) {
        continue;
      }
      bins.middle(bins.cell(cell), middle);
      int state = table.state(middle, 0);
      for (int action = 0; action < actions.n(); action++) {
        table.learn(state, action, values.value(cell, action), 1);
      }
    }
    return new TabularPolicy("binned", env.observations(), actions, table)
        .discounting(values.discount())
        .made(Provenance.in(env));
  }

  @Override
  public String toString() {
    return "%s in %s solved: %s".formatted(env.title(), bins.summary(), values.summary());
  }

  /** The task as steps from states within cells turn it out. */
  private static final class Sampling {
    private final Env env;
    private final Bins bins;
    private final int cells;
    private final double[] state;
    private final float[] seen;
    private int cell;

    Sampling(Env env, Bins bins) {
      if (env.contexts() > 1) {
        throw new RetortException(
            "solve: expected one task to discretize, got %s %s. Narrow it: %s."
                .formatted(
                    env.contexts() == Integer.MAX_VALUE
                        ? "the whole family"
                        : env.contexts() + " tasks,",
                    env.name(),
                    env.contexts() == Integer.MAX_VALUE ? "train(20).task(0)" : "task(0)"));
      }
      if (!(env.actions() instanceof Discrete)) {
        throw new RetortException(
            "solve: expected an environment with discrete choices, got %s with %s."
                .formatted(env.name(), env.actions().summary()));
      }
      if (bins.count() > MOST_CELLS) {
        throw new RetortException(
            String.format(
                Locale.ROOT,
                "solve: expected at most %,d cells, got %,d. Cut more coarsely.",
                MOST_CELLS,
                bins.count()));
      }
      this.env = env;
      this.bins = bins;
      this.cells = (int) bins.count();
      this.state = new double[env.stateSize()];
      this.seen = new float[bins.numbers()];
    }

    String place() {
      return "cell " + cell;
    }

    Model model() {
      int choices = ((Discrete) env.actions()).n();
      RandomStream random = RandomStream.of(0, "samples");
      Model.Rows rows = new Model.Rows(choices);
      for (cell = 0; cell < cells; cell++) {
        double[][] within = within(cell, random);
        if (within.length == 0) {
          rows.terminal();
          continue;
        }
        for (int action = 0; action < choices; action++) {
          write(rows, within, action, random);
        }
        rows.endState();
      }
      rows.terminal();
      return rows.model(beginnings(random));
    }

    /** States drawn within a cell in which the task is not over. */
    private double[][] within(int cell, RandomStream random) {
      float[] name = bins.cell(cell);
      double[][] drawn = new double[SAMPLES][];
      int open = 0;
      for (int sample = 0; sample < SAMPLES; sample++) {
        env.reset(state, random);
        for (int i = 0; i < Math.min(seen.length, state.length); i++) {
          state[i] = bins.within(i, name[i], random.nextDouble());
        }
        if (!shows()) {
          throw new RetortException(
              "solve: expected an environment whose observation is its state, such as MountainCar or CartPole, got %s. Learn it: train(dqn()).on(..)."
                  .formatted(env.name()));
        }
        if (!env.terminated(state)) {
          drawn[open++] = state.clone();
        }
      }
      return Arrays.copyOf(drawn, open);
    }

    /** Whether the observation is what was put into the state. */
    private boolean shows() {
      env.observe(state, seen);
      int odd = Finite.first(seen, 0, seen.length);
      requireFinite("observation", Math.max(0, odd), odd < 0 ? 0 : seen[odd], 0);
      for (int i = 0; i < seen.length; i++) {
        if (i >= state.length || seen[i] != (float) state[i]) {
          return false;
        }
      }
      return true;
    }

    private void write(Model.Rows rows, double[][] within, int action, RandomStream random) {
      TreeMap<Integer, Integer> led = new TreeMap<>();
      double rewards = 0;
      float[] chosen = {action};
      for (double[] from : within) {
        System.arraycopy(from, 0, state, 0, state.length);
        double reward = env.step(state, chosen, random);
        requireFinite("reward", 0, reward, 1);
        rewards += reward;
        led.merge(env.terminated(state) ? cells : cellOf(state), 1, Integer::sum);
      }
      for (var each : led.entrySet()) {
        double probability = (double) each.getValue() / within.length;
        rows.outcome(probability, each.getKey(), rewards / within.length);
      }
      rows.endAction();
    }

    private void requireFinite(String quantity, int index, double value, int step) {
      if (!(Math.abs(value) <= Float.MAX_VALUE)) {
        throw DivergedException.met(
            env.name(),
            quantity,
            index,
            value,
            place() + ", step " + step,
            step,
            "The environment gave it: EnvContract.check(env, 0) shows where.");
      }
    }

    private int cellOf(double[] where) {
      env.observe(where, seen);
      return bins.index(bins.cell(seen, 0, 0));
    }

    private double[] beginnings(RandomStream random) {
      double[] start = new double[cells + 1];
      int draws = 1_000;
      for (int i = 0; i < draws; i++) {
        env.reset(state, random);
        if (env.terminated(state)) {
          throw EnvException.overAtOnce(env.name(), "episode " + i + ", step 0");
        }
        start[cellOf(state)] += 1.0 / draws;
      }
      return start;
    }
  }
}
