package dev.retort.teach;

import dev.retort.env.Env;
import dev.retort.option.Given;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.prior.QPrior;
import dev.retort.store.Tensors;
import dev.retort.table.Cutting;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * An algorithm that learns a table, and what is set alike in all of them. A table may begin with
 * what solved tasks say.
 *
 * @param <A> the algorithm itself
 */
public sealed interface Tabular<A extends Tabular<A>> extends Algorithm
    permits QLearning, DelayedQ, RMax {
  /**
   * The options of a table.
   *
   * @param steps environment steps of each seed
   * @param gamma discount factor γ
   * @param initial what an action is worth before it is known; infinite for the largest return
   * @param cutting how observations are cut
   */
  record TableOptions(
      Option<Long> steps, Option<Double> gamma, Option<Double> initial, Cutting cutting) {
    /**
     * Declares them in an algorithm's schema.
     *
     * @param gamma by default
     * @param mostGamma at most
     * @param initial declares what an action is worth before it is known
     */
    static TableOptions in(
        Schema schema,
        long steps,
        double gamma,
        double mostGamma,
        Function<Schema, Option<Double>> initial) {
      return new TableOptions(
          schema.whole("steps", steps, 1, "environment steps", "how long each seed trains"),
          schema.real("gamma", gamma, 0, mostGamma, "", "discount factor γ"),
          initial.apply(schema),
          Cutting.in(schema, "exact", "space"));
    }
  }

  /** The options of the table. */
  TableOptions table();

  /** What solved tasks say, where the table begins with it. */
  Optional<QPrior> prior();

  /** The same algorithm with other settings, beginning with something else. */
  A with(Settings other, Optional<QPrior> solved);

  @Override
  default A with(Settings other) {
    return with(other, prior());
  }

  /**
   * Begins with what solved tasks say, and at {@code initial} where these know nothing; their
   * values must discount by this gamma.
   */
  default A initializedBy(QPrior solved) {
    return with(settings(), Optional.of(Given.given(name(), "a prior", solved)));
  }

  @Override
  default Tensors inputs() {
    return prior().map(QPrior::tensors).orElseGet(Tensors::new);
  }

  @Override
  default A withInputs(Tensors inputs) {
    return with(
        settings(), inputs.all().isEmpty() ? Optional.empty() : Optional.of(QPrior.of(inputs)));
  }

  @Override
  default List<String> cautions(Env env) {
    return prior().map(solved -> solved.cautions(env)).orElse(List.of());
  }

  @Override
  default long steps() {
    return get(table().steps());
  }

  /** How many environment steps each seed trains. */
  default A steps(long steps) {
    return with(settings().with(table().steps(), steps));
  }

  /** Discount factor γ. */
  default A gamma(double gamma) {
    return with(settings().with(table().gamma(), gamma));
  }

  /** What an action is worth before it is known, where the prior knows nothing of it. */
  default A initial(double value) {
    return with(settings().with(table().initial(), value));
  }

  /** Into how many bins each number of an observation is cut; a single count holds for all. */
  default A bins(int... counts) {
    return with(
        settings().with(table().cutting().bins(), Given.given(name(), "numbers of bins", counts)));
  }

  /** Where the first bins begin; the bounds of the observations, unless said. */
  default A low(double... bounds) {
    return with(settings().with(table().cutting().low(), Arrays.stream(bounds).boxed().toList()));
  }

  /** Where the last bins end; the bounds of the observations, unless said. */
  default A high(double... bounds) {
    return with(settings().with(table().cutting().high(), Arrays.stream(bounds).boxed().toList()));
  }

  @Override
  default void require(Env env) {
    FreshTable.of(this).require(env);
  }

  @Override
  default Optional<Budget> budget(Env env) {
    return Optional.empty();
  }
}
