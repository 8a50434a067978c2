package dev.retort.teach;

import dev.retort.env.Env;
import dev.retort.option.Given;
import dev.retort.option.Inner;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.prior.QPrior;
import dev.retort.store.Tensors;
import dev.retort.table.BinOptions;
import java.util.List;
import java.util.Optional;

/**
 * An algorithm that learns a table, and what is set alike in all of them. A table may begin with
 * what solved tasks say.
 *
 * @param <A> the algorithm itself
 */
public interface Tabular<A extends Tabular<A>> extends Evaluated<A> {
  // spotless:off
  /** Options of a table: how observations are discretized, and what it begins with. */
  Schema TABLE = new Schema("table").endingWith(EVALUATION);

  Option<Long>          STEPS   = TABLE.whole("steps", 100_000L).from(1).in("environment steps").says("length of each seed's training");
  Option<Double>        GAMMA   = TABLE.real("gamma", 0.95).from(0, 1).says("discount factor γ");
  Option<Double>        INITIAL = TABLE.real("initial", 0).says("value of an action before it is known; high values make curious");
  Option<List<Integer>> BINS    = TABLE.option("bins", BinOptions.bins("exact"), List.of()).in("bins a number").says("how observations are discretized");
  Option<List<Double>>  LOW     = TABLE.option("low", BinOptions.bounds("space"), List.of()).says("where the first bins begin");
  Option<List<Double>>  HIGH    = TABLE.option("high", BinOptions.bounds("space"), List.of()).says("where the last bins end");

  /** Environment steps of each seed. */
  @Override default A steps(long steps) { return with(STEPS, steps); }
  @Override default long steps() { return get(STEPS); }

  /** Discount factor γ. */
  default A gamma(double gamma) { return with(GAMMA, gamma); }
  default double gamma() { return get(GAMMA); }

  /** Value of an action before it is known, where the prior knows nothing of it. */
  default A initial(double value) { return with(INITIAL, value); }
  default double initial() { return get(INITIAL); }

  /** Numbers of bins, one for each number of an observation; a single one holds for all. */
  default A bins(int... counts) { return with(BINS, Given.given(name(), "numbers of bins", counts)); }
  default List<Integer> bins() { return get(BINS); }

  /** Where the first bins begin; the bounds of the observations, unless said. */
  default A low(double... bounds) { return with(LOW, Given.given(name(), "bounds of bins", bounds)); }
  default List<Double> low() { return get(LOW); }

  /** Where the last bins end; the bounds of the observations, unless said. */
  default A high(double... bounds) { return with(HIGH, Given.given(name(), "bounds of bins", bounds)); }
  default List<Double> high() { return get(HIGH); }
  // spotless:on

  /** What solved tasks say, where the table begins with it. */
  Optional<QPrior> prior();

  /** The same algorithm with other settings, beginning with something else. */
  @Inner
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
  default void require(Env env) {
    FreshTable.of(this).require(env);
  }

  @Override
  default Optional<Budget> budget(Env env) {
    return Optional.empty();
  }
}
