package dev.retort.solve;

import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.env.EnvException;
import dev.retort.env.Environments;
import dev.retort.env.Outcome;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The model of an environment that says how its steps may turn out: all states that can be reached,
 * found by walking from every beginning through every outcome.
 *
 * <p>Horizons are left out: the model goes on where an episode is truncated, as the values of a
 * learner do. All contexts of a family are in one model, each equally likely at the beginning.
 */
public final class EnvModel {
  private static final int MOST_STATES = 5_000_000;

  private final Env env;
  private final Model model;
  private final List<double[]> states;

  private EnvModel(Env env, Model model, List<double[]> states) {
    this.env = env;
    this.model = model;
    this.states = states;
  }

  /** Reads the model of an environment. */
  public static EnvModel of(Env env) {
    Walk walk = new Walk(env);
    try {
      return walk.all();
    } catch (Throwable thrown) {
      throw EnvException.thrown(
          env.name(), "beginnings(..), outcomes(..) and terminated(..)", walk.place, thrown);
    }
  }

  /** Where it was read. */
  public Env env() {
    return env;
  }

  /** The model in numbers. */
  public Model model() {
    return model;
  }

  /** A state of the model as a state of the environment, {@code (stateSize)}; not to be changed. */
  public double[] state(int state) {
    return states.get(state);
  }

  /** One walk through an environment, first come, first gone through. */
  private static final class Walk {
    private final Env env;
    private final List<double[]> states = new ArrayList<>();
    private final Map<DoubleBuffer, Integer> numbers = new HashMap<>();
    private String place = "";

    Walk(Env env) {
      this.env = env;
    }

    EnvModel all() {
      if (env.contexts() == Integer.MAX_VALUE) {
        throw new RetortException(
            "solve: expected a finite set of tasks, got the whole family %s. Narrow it: train(20), or train(20).task(0)."
                .formatted(env.name()));
      }
      if (!(env.actions() instanceof Discrete actions) || env.beginnings(0).isEmpty()) {
        throw new RetortException(
            "solve: expected an environment that says how its steps may turn out, got %s. Those are %s, parts of families of such tasks, and your own with beginnings(..) and outcomes(..).%s"
                .formatted(
                    env.name(),
                    String.join(
                        ", ",
                        Environments.all().stream()
                            .filter(known -> !known.beginnings(0).isEmpty())
                            .map(Env::name)
                            .toList()),
                    isNumbers()
                        ? " Or cut what is observed into bins: bins(40), an approximation."
                        : ""));
      }
      Map<Integer, Double> begun = new HashMap<>();
      for (int context = 0; context < env.contexts(); context++) {
        for (Outcome beginning : env.beginnings(context)) {
          if (env.terminated(beginning.state())) {
            throw EnvException.overAtOnce(env.name(), "context " + context + ", step 0");
          }
          double share = beginning.probability() / env.contexts();
          begun.merge(number(beginning.state()), share, Double::sum);
        }
      }
      Model.Rows rows = new Model.Rows(actions.n());
      for (int state = 0; state < states.size(); state++) {
        place = "state " + state;
        write(rows, states.get(state), actions.n());
      }
      double[] start = new double[states.size()];
      begun.forEach((state, probability) -> start[state] = probability);
      return new EnvModel(env, rows.model(start), List.copyOf(states));
    }

    /** Whether bins could be an answer: choices, and observations that are as many numbers. */
    private boolean isNumbers() {
      return env.actions() instanceof Discrete
          && env.observations() instanceof Box box
          && box.size() <= env.stateSize();
    }

    private void write(Model.Rows rows, double[] state, int actions) {
      if (env.terminated(state)) {
        rows.terminal();
        return;
      }
      for (int action = 0; action < actions; action++) {
        for (Outcome outcome : env.outcomes(state, action)) {
          rows.outcome(outcome.probability(), number(outcome.state()), outcome.reward());
        }
        rows.endAction();
      }
      rows.endState();
    }

    private int number(double[] state) {
      Integer known = numbers.putIfAbsent(DoubleBuffer.wrap(state), states.size());
      if (known != null) {
        return known;
      }
      if (states.size() == MOST_STATES) {
        throw new RetortException(
            String.format(
                Locale.ROOT,
                "solve: expected at most %,d states, got more (%s). Take fewer tasks, or a smaller one.",
                MOST_STATES,
                env.name()));
      }
      states.add(state);
      return states.size() - 1;
    }
  }

  @Override
  public String toString() {
    return "model of %s: %s states".formatted(env.title(), states.size());
  }
}
