package dev.retort.paper;

import dev.retort.env.Env;
import dev.retort.evaluate.Estimate;
import dev.retort.evaluate.Evaluator;
import dev.retort.evaluate.Intervals;
import dev.retort.evaluate.Shares;
import dev.retort.evaluate.Statistics;
import dev.retort.figure.Dot;
import dev.retort.figure.Numbers;
import dev.retort.policy.Policy;
import dev.retort.run.Parallel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * One quantity of several policies or groups of them, on its way to become a {@link Finding}.
 *
 * @param name what was measured
 * @param quantity what the numbers are
 * @param values one a policy, a group, or a pair
 * @param published what others report
 * @param how what was set
 */
public record Measured(
    String name,
    String quantity,
    List<Double> values,
    OptionalDouble published,
    Map<String, String> how) {
  /** Keeps copies. */
  public Measured {
    values = List.copyOf(values);
    how = Map.copyOf(how);
  }

  /** A quantity with its values. */
  public static Measured of(String name, String quantity, double... values) {
    return new Measured(
        name, quantity, Arrays.stream(values).boxed().toList(), OptionalDouble.empty(), Map.of());
  }

  /** The values as an array. */
  public double[] numbers() {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Beside what others report. */
  public Measured published(double value) {
    return new Measured(name, quantity, values, OptionalDouble.of(value), how);
  }

  /** With something that was set, or came out beside it. */
  public Measured how(String what, Object value) {
    Map<String, String> more = new TreeMap<>(how);
    more.put(what, String.valueOf(value));
    return new Measured(name, quantity, values, published, more);
  }

  /** The mean of the values. */
  public double mean() {
    return Statistics.mean(numbers());
  }

  /** The mean with its interval, see {@link Intervals}. */
  public Estimate estimate() {
    return Intervals.mean(numbers());
  }

  /** A number that is only reported. */
  public Finding reported() {
    return finding(estimate(), Optional.empty());
  }

  /** A share of zeros and ones that is only reported; it has a width where all are alike too. */
  public Finding reportedShare() {
    return finding(Shares.of(numbers()), Optional.empty());
  }

  /**
   * A number that is held against something that is not its own value or interval, unless the size
   * is too small for that.
   */
  public Finding judged(Scale scale, String criterion, boolean met) {
    return finding(
        estimate(),
        Optional.of(
            scale.isJudged()
                ? Finding.Criterion.judged(criterion, met)
                : Finding.Criterion.notJudged(criterion)));
  }

  /** A number that is held against what was fixed before, unless the size is too small for that. */
  public Finding judged(Scale scale, Bound bound) {
    return judged(scale, bound.words(), bound.isMet(estimate()));
  }

  /**
   * A claim that is held against what was fixed before and of which every value counts: void where
   * one of them is no number, or where there is none.
   *
   * @param otherwise why it says nothing where it is void, in words
   */
  public Finding judged(Scale scale, Bound bound, String otherwise) {
    return known().judged(scale, bound).provided(isKnown(), otherwise);
  }

  /** The same where all its values are numbers, and else of no number at all. */
  public Measured known() {
    return isKnown() ? this : new Measured(name, quantity, List.of(Double.NaN), published, how);
  }

  private boolean isKnown() {
    return !values.isEmpty() && values.stream().allMatch(Double::isFinite);
  }

  /** The mean with its interval in a figure, under a name that fits there. */
  public Dot dot(String label) {
    Estimate estimate = estimate();
    return new Dot(label, estimate.value(), estimate.interval().low(), estimate.interval().high());
  }

  private Finding finding(Estimate estimate, Optional<Finding.Criterion> criterion) {
    Measured all = this;
    if (values.size() > 1) {
      all = how("standard deviation", Numbers.of(Statistics.deviation(numbers())));
    }
    return new Finding(name, quantity, estimate, published, criterion, values, all.how);
  }

  /** A number of each policy, on all cores. */
  public static <P extends Policy> double[] each(List<P> policies, ToDoubleFunction<P> number) {
    double[] numbers = new double[policies.size()];
    Parallel.all(
        IntStream.range(0, numbers.length)
            .mapToObj(i -> (Runnable) () -> numbers[i] = number.applyAsDouble(policies.get(i)))
            .toList());
    return numbers;
  }

  /** The mean return of greedy actions, one episode from each context of a family. */
  public static double returnOf(Policy policy, Env family) {
    return Statistics.mean(returns(policy, family));
  }

  /** The returns of greedy actions, one episode from each context of a family. */
  public static double[] returns(Policy policy, Env family) {
    return new Evaluator(family.contexts(), 0, () -> {}).evaluate(policy, family).returns()[0];
  }

  /** The same of each policy, on all cores. */
  public static double[][] returns(List<? extends Policy> policies, Env family) {
    double[][] returns = new double[policies.size()][];
    Parallel.all(
        IntStream.range(0, returns.length)
            .mapToObj(i -> (Runnable) () -> returns[i] = returns(policies.get(i), family))
            .toList());
    return returns;
  }
}
