package dev.retort.run;

import dev.retort.figure.Glyphs;
import dev.retort.figure.Numbers;
import dev.retort.figure.TextTable;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.InstantColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** A line for every run, which prints as a table of 80 columns. */
public final class RunTable extends AbstractList<RunSummary> {
  private static final int COLUMNS = 80;
  private static final int MESSAGES = 5;

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

  /** The same as numbers and words, for whoever goes on computing with them. */
  public Table table() {
    return Table.create(
        "runs",
        IntColumn.create("run", runs.stream().mapToInt(RunSummary::id).toArray()),
        words("kind", RunSummary::kind),
        words("what", RunSummary::title),
        words("settings", RunSummary::details),
        words("state", RunTable::state),
        LongColumn.create("step", runs.stream().mapToLong(RunSummary::step).toArray()),
        LongColumn.create("total", runs.stream().mapToLong(RunSummary::total).toArray()),
        words("unit", RunSummary::unit),
        InstantColumn.create("started", runs.stream().map(RunSummary::started).toList()),
        DoubleColumn.create("seconds", runs.stream().mapToDouble(RunSummary::seconds).toArray()),
        words("message", RunSummary::message));
  }

  private StringColumn words(String name, Function<RunSummary, String> word) {
    return StringColumn.create(name, runs.stream().map(word).toList());
  }

  private static String state(RunSummary run) {
    return run.state().name().toLowerCase(Locale.ROOT);
  }

  /** The table of a page; there is a column for messages where a run has one. */
  public TextTable box() {
    return box(runs.stream().anyMatch(run -> !run.message().isEmpty()));
  }

  private TextTable box(boolean withMessages) {
    List<String> header =
        new ArrayList<>(List.of("run", "what", "settings", "state", "steps", "time"));
    List<Function<RunSummary, String>> cells =
        new ArrayList<>(
            List.of(
                RunSummary::name,
                RunSummary::title,
                RunSummary::details,
                RunTable::state,
                RunTable::steps,
                run -> Numbers.duration(run.seconds())));
    if (withMessages) {
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

  /** The newest messages, each in lines of their own below the table of a text. */
  private List<String> messages(Glyphs glyphs) {
    List<RunSummary> telling = runs.stream().filter(run -> !run.message().isEmpty()).toList();
    int left = Math.max(0, telling.size() - MESSAGES);
    List<String> lines = new ArrayList<>();
    if (left > 0) {
      lines.add(
          glyphs.draw("… " + Numbers.count(left) + " older message" + (left == 1 ? "" : "s")));
    }
    for (RunSummary run : telling.subList(left, telling.size())) {
      String whose = "run " + run.name();
      String message = run.message().startsWith(whose) ? "" : whose + ": ";
      lines.addAll(TextTable.lines(message + run.message(), COLUMNS, glyphs));
    }
    return lines;
  }

  @Override
  public String toString() {
    if (runs.isEmpty()) {
      return "[]";
    }
    Glyphs glyphs = Glyphs.current();
    List<String> lines = new ArrayList<>(List.of(box(false).text(Integer.MAX_VALUE, glyphs)));
    lines.addAll(messages(glyphs));
    return String.join("\n", lines);
  }
}
