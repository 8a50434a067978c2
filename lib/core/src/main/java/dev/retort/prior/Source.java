package dev.retort.prior;

import dev.retort.store.Tensors;
import dev.retort.table.QTable;

/**
 * What is kept of one solved task.
 *
 * @param task its name
 * @param score the mean return of whoever solved it: weak sources give weak priors
 * @param parameters of the network that the table stands for; 0 where it was a table
 * @param lowest the least reward that was met
 * @param highest the largest reward that was met
 * @param table what actions were worth, and how often their cell was visited
 */
record Source(
    String task, double score, long parameters, double lowest, double highest, QTable table) {
  /** The least value that a return can have. */
  double low(double discount) {
    return Math.min(0, lowest) / (1 - discount);
  }

  /** The largest value that a return can have. */
  double high(double discount) {
    return Math.max(0, highest) / (1 - discount);
  }

  /** With all values within those that a return can have. */
  Source clipped(double discount) {
    QTable clipped = table.copy();
    for (int state = 0; state < clipped.states(); state++) {
      for (int action = 0; action < clipped.actions(); action++) {
        double value =
            Math.max(low(discount), Math.min(high(discount), table.value(state, action)));
        clipped.set(state, action, value, table.visits(state, action));
      }
    }
    return new Source(task, score, parameters, lowest, highest, clipped);
  }

  Tensors save() {
    return new Tensors()
        .describe("task", task)
        .put("numbers", new double[] {score, parameters, lowest, highest})
        .putAll("table", table.save());
  }

  static Source of(Tensors saved) {
    double[] numbers = saved.doubles("numbers");
    return new Source(
        saved.described("task"),
        numbers[0],
        (long) numbers[1],
        numbers[2],
        numbers[3],
        QTable.of(saved.part("table")));
  }
}
