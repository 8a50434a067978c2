package dev.retort.run;

import dev.retort.figure.Glyphs;
import dev.retort.figure.Numbers;
import dev.retort.figure.TextTable;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** A line for every run, which prints as a table of 80 columns. */
public final class RunTable extends AbstractList<RunSummary> {
  private final List<RunSummary> runs;

  /** These runs, in this order. */
  public RunTable(List<RunSummary> runs) {
    this.runs = List.copyOf(runs);
  }

  @Override
  public RunSummary get(int at) {
    return runs.get(at);
  }

  @Override
  public int size() {
    return runs.size();
  }

  /** The table; there is a column for messages where a run has one. */
  public TextTable box() {
    List<String> header =
        new ArrayList<>(List.of("run", "what", "settings", "state", "steps", "time"));
    List<Function<RunSummary, String>> cells =
        new ArrayList<>(
            List.of(
                RunSummary::name,
                RunSummary::title,
                RunSummary::details,
                run -> run.state().name().toLowerCase(Locale.ROOT),
                RunTable::steps,
                run -> Numbers.duration(run.seconds())));
    if (runs.stream().anyMatch(run -> !run.message().isEmpty())) {
      header.add("message");
      cells.add(RunSummary::message);
    }
    return TextTable.of(
        header,
        runs.stream().map(run -> cells.stream().map(cell -> cell.apply(run)).toList()).toList());
  }

  /** How many there were, and of how many where some are left. */
  private static String steps(RunSummary run) {
    String done = Numbers.count(run.step());
    return run.step() == run.total() ? done : done + " of " + Numbers.count(run.total());
  }

  @Override
  public String toString() {
    return runs.isEmpty() ? "[]" : box().text(Integer.MAX_VALUE, Glyphs.current());
  }
}
