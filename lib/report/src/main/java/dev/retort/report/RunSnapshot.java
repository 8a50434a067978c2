package dev.retort.report;

import dev.retort.RetortException;
import dev.retort.report.Card.State;
import dev.retort.run.Curve;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A run at one moment, all that its card needs.
 *
 * @param id the run's name, such as {@code 0007}; empty where it has none
 * @param title what it does, such as {@code PPO on CartPole, 10 seeds}
 * @param details algorithm or loss, seeds and settings, as far as the title does not say them
 * @param state how it is going
 * @param step how many steps are done
 * @param total how many there are
 * @param unit what a step is, in the plural
 * @param seconds how long it has been at work
 * @param columns the names of the curve's columns; the first two are {@code step} and {@code
 *     member}
 * @param rows the curve so far, one list a record, one number a column; NaN where there is none
 * @param message what to say at the end: an error, or how to resume; empty where there is nothing
 */
public record RunSnapshot(
    String id,
    String title,
    String details,
    State state,
    long step,
    long total,
    String unit,
    double seconds,
    List<String> columns,
    List<List<Double>> rows,
    String message) {
  /** Checks that every row has a number for each column. */
  public RunSnapshot {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<Double> row : rows) {
      if (row.size() != columns.size()) {
        throw new RetortException(
            "snapshot of run '%s': expected %s numbers for %s, got %s."
                .formatted(id, columns.size(), columns, row.size()));
      }
    }
  }

  /** A run whose curve is being written; what was recorded until now is copied. */
  public static RunSnapshot of(
      String id,
      String title,
      String details,
      State state,
      long step,
      long total,
      String unit,
      double seconds,
      Curve curve,
      String message) {
    double[] values = curve.values();
    int wide = curve.columns().size();
    List<List<Double>> rows = new ArrayList<>();
    for (int at = 0; at + wide <= values.length; at += wide) {
      rows.add(Arrays.stream(values, at, at + wide).boxed().toList());
    }
    return new RunSnapshot(
        id, title, details, state, step, total, unit, seconds, curve.columns(), rows, message);
  }
}
