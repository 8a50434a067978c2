package dev.retort.prior;

import dev.retort.RetortException;
import dev.retort.option.Type;
import dev.retort.policy.Provenance;
import dev.retort.space.Discrete;
import dev.retort.space.Space;
import dev.retort.store.Tensors;
import dev.retort.table.QTable;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * What is kept of one solved task.
 *
 * @param task its name
 * @param origin the task itself, where that is known
 * @param score the mean return of whoever solved it: weak sources give weak priors
 * @param parameters of the network that the table stands for; 0 where it was a table
 * @param lowest the least reward that was met
 * @param highest the largest reward that was met
 * @param discount γ, by which whoever solved it says that its values discount
 * @param clipped how many values were clipped to those that a return can have
 * @param table action values, and how often their cell was visited
 */
record Source(
    String task,
    Provenance origin,
    double score,
    long parameters,
    double lowest,
    double highest,
    OptionalDouble discount,
    long clipped,
    QTable table) {
  private static final Type<Double> DISCOUNT = Type.real(0, 1);
  private static final String HOME = "environment";

  /** The least value that a return can have. */
  double low(double gamma) {
    return Math.min(0, lowest) / (1 - gamma);
  }

  /** The largest value that a return can have. */
  double high(double gamma) {
    return Math.max(0, highest) / (1 - gamma);
  }

  /** With all values within those that a return can have. */
  Source clipped(double gamma) {
    QTable within = table.copy();
    long count = 0;
    for (int state = 0; state < within.states(); state++) {
      for (int action = 0; action < within.actions(); action++) {
        double value = Math.max(low(gamma), Math.min(high(gamma), table.value(state, action)));
        count += table.isSeen(state, action) && value != table.value(state, action) ? 1 : 0;
        within.set(state, action, value, table.visits(state, action));
      }
    }
    return new Source(task, origin, score, parameters, lowest, highest, discount, count, within);
  }

  Tensors save() {
    Tensors saved =
        new Tensors()
            .describe("task", task)
            .put("numbers", new double[] {score, parameters, lowest, highest, clipped})
            .putAll("table", table.save());
    if (!origin.homes().isEmpty()) {
      saved.describe(HOME, origin.written());
    }
    discount.ifPresent(gamma -> saved.describe("discount", String.valueOf(gamma)));
    return saved;
  }

  /** Refuses a table of other observations or actions. */
  void require(Space observations, Discrete actions) {
    if (table.numbers() != observations.size() || table.actions() != actions.n()) {
      throw new RetortException(
          "open prior: expected tables of %s numbers and %s actions, got one of %s and %s (%s)."
              .formatted(observations.size(), actions.n(), table.numbers(), table.actions(), task));
    }
  }

  /**
   * Reads what {@link #save()} gave; older files say nothing of discounts, of clipping and of the
   * task but its name.
   */
  static Source of(Tensors saved) {
    double[] numbers = saved.doubles("numbers");
    if (numbers.length < 4 || Arrays.stream(numbers).anyMatch(x -> !Double.isFinite(x))) {
      throw new RetortException(
          "open prior: expected score, parameters, rewards and clips of a source, got %s."
              .formatted(Arrays.toString(Arrays.copyOf(numbers, Math.min(5, numbers.length)))));
    }
    String gamma = saved.metadata().get("discount");
    return new Source(
        saved.described("task"),
        Provenance.read(saved.metadata().getOrDefault(HOME, "")),
        numbers[0],
        (long) numbers[1],
        numbers[2],
        numbers[3],
        gamma == null
            ? OptionalDouble.empty()
            : OptionalDouble.of(DISCOUNT.read("open prior", "discount", gamma)),
        numbers.length > 4 ? (long) numbers[4] : 0,
        QTable.of(saved.part("table")));
  }
}
