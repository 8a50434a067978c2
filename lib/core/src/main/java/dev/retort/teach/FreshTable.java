package dev.retort.teach;

import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.option.Type;
import dev.retort.policy.Fit;
import dev.retort.prior.QPrior;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.table.Bins;
import dev.retort.table.Discretization;
import dev.retort.table.QTable;
import java.util.List;
import java.util.Optional;

/**
 * What a table says before anything is learned: how observations are discretized, and what actions
 * are worth at first. That is what a prior knows of them, and elsewhere the same for all.
 *
 * @param owner who learns, for messages
 * @param bins into how many bins numbers are cut; none takes observations as they are
 * @param low where the first bins begin
 * @param high where the last bins end
 * @param gamma γ of the learner, which the prior's must equal
 * @param initial what an action is worth of which the prior knows nothing
 * @param prior what solved tasks say
 */
record FreshTable(
    String owner,
    List<Integer> bins,
    List<Double> low,
    List<Double> high,
    double gamma,
    double initial,
    Optional<QPrior> prior) {
  /** Discounts of those who learn from optimism, whose largest return is {@code 1 / (1 − γ)}. */
  static final Type<Double> BELOW_ONE = Type.real(0, 0.999999);

  /** Initial values of the same: a number, or the prior's largest, or the largest return. */
  static final Type<Double> OPTIMISTIC =
      Type.orWord(Type.real(), "optimistic", Double.POSITIVE_INFINITY);

  static FreshTable of(Tabular<?> algorithm) {
    Optional<QPrior> prior = algorithm.prior();
    double gamma = algorithm.gamma();
    double set = algorithm.initial();
    double highest = prior.map(QPrior::high).orElse(1 / (1 - gamma));
    return new FreshTable(
        algorithm.settings().schema().owner(),
        algorithm.bins(),
        algorithm.low(),
        algorithm.high(),
        gamma,
        Double.isInfinite(set) ? highest : set,
        prior);
  }

  /** Settings in words, and the prior's. */
  static String text(Tabular<?> algorithm) {
    return algorithm.settings()
        + algorithm.prior().map(known -> "\nfrom: " + known.summary()).orElse("");
  }

  /** Refuses an environment that no table can hold, or that the prior says nothing of. */
  void require(Env env) {
    if (!(env.actions() instanceof Discrete)) {
      throw new RetortException(
          "%s: expected an environment with discrete choices, got %s with %s."
              .formatted(owner, env.name(), env.actions().summary()));
    }
    boolean endless =
        env.observations() instanceof Box box
            && (box.low().stream().anyMatch(bound -> bound.isInfinite())
                || box.high().stream().anyMatch(bound -> bound.isInfinite()));
    if (endless && bins.isEmpty()) {
      throw new RetortException(
          "%s: expected finitely many observations, got %s with %s without bounds. Cut them into bins within bounds: bins(12).low(-1).high(1)."
              .formatted(owner, env.name(), env.observations().summary()));
    }
    if (bins.isEmpty() && !(low.isEmpty() && high.isEmpty())) {
      throw new RetortException(
          "%s: expected bins with the bounds of bins, got none. Say how many: bins(12)."
              .formatted(owner));
    }
    cells(env);
    prior.ifPresent(known -> fit(known, env));
  }

  private void fit(QPrior known, Env env) {
    Fit.spaces(env)
        .require(
            owner,
            "a prior of tasks",
            "for " + env.name(),
            "one of tasks",
            known.spaces(),
            "Extract it from tasks of the same family.");
    if (known.discount() != gamma) {
      throw new RetortException(
          "%s: expected a prior that discounts by gamma, %s, got one that discounts by %s. Set gamma(%s), or solve and extract the sources with a discount of %s."
              .formatted(owner, gamma, known.discount(), known.discount(), gamma));
    }
    if (!(initial >= known.low() && initial <= known.high())) {
      throw new RetortException(
          "%s: expected an initial value that a return can have, from %s to %s as the prior says, got %s. Set initial(%s), the largest, to stay optimistic."
              .formatted(owner, known.low(), known.high(), initial, known.high()));
    }
  }

  /** How the observations of an environment are cut; empty where they are taken as they are. */
  private Optional<Discretization> cells(Env env) {
    return bins.isEmpty()
        ? Optional.empty()
        : Optional.of(Bins.of(env.observations(), bins, low, high));
  }

  /** A table with all states that a prior of the same cells knows; states of others come later. */
  QTable of(Env env) {
    int actions = ((Discrete) env.actions()).n();
    QTable table = new QTable(env.observations().size(), actions, initial, cells(env));
    if (prior.isPresent() && prior.get().cells().equals(table.cells())) {
      QTable known = prior.get().table();
      for (int state = 0; state < known.states(); state++) {
        begin(table, table.adopt(known, state));
      }
    }
    return table;
  }

  /** The state that is seen; a new one is worth what the prior says. */
  int state(QTable table, float[] observations, int at) {
    int known = table.states();
    int state = table.state(observations, at);
    if (table.states() > known) {
      begin(table, state);
    }
    return state;
  }

  /** Values of a state that is new; where observations are cut they are those of its middle. */
  private void begin(QTable table, int state) {
    if (prior.isEmpty()) {
      return;
    }
    float[] seen = new float[table.numbers()];
    double[] known = new double[table.actions()];
    table.observation(state, seen);
    prior.get().values(seen, 0, known);
    for (int action = 0; action < known.length; action++) {
      if (!Double.isNaN(known[action])) {
        table.set(state, action, known[action], 0);
      }
    }
  }
}
