package dev.retort.report;

import dev.retort.figure.Line;
import dev.retort.figure.Lines;
import dev.retort.figure.Numbers;
import dev.retort.figure.TextTable;
import dev.retort.report.Card.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The card of a run: how far it is, how fast, when it will be done, its latest records and its
 * curve.
 *
 * <p>Members of a population are shown as thin lines around their mean, and as means in the table.
 */
public final class LiveCard {
  private static final int LATEST = 5;
  private static final int STEP = 0;
  private static final int MEMBER = 1;

  private LiveCard() {}

  /** The card of a run at one moment. */
  public static Card of(RunSnapshot run) {
    String title = run.id().isEmpty() ? run.title() : run.title() + " · run " + run.id();
    Card card =
        Card.titled(title)
            .details(run.details())
            .state(run.state())
            .progress(Math.max(0, run.step()), Math.max(1, run.total()), run.unit())
            .key("elapsed", Numbers.duration(run.seconds()));
    boolean running = run.state() == State.RUNNING;
    if (run.step() > 0 && run.seconds() > 0) {
      double rate = run.step() / run.seconds();
      if (running && run.step() < run.total()) {
        card = card.key("left", Numbers.duration((run.total() - run.step()) / rate));
      }
      card = card.key(run.unit() + " a second", Numbers.of(threeDigits(rate)));
    }
    NavigableMap<Double, double[]> means = means(run);
    OptionalInt column = shown(run);
    if (column.isPresent()) {
      int shown = column.getAsInt();
      card =
          card.key(run.columns().get(shown), Numbers.of(last(means, shown)))
              .figure(curve(run, shown, means))
              .table(latest(run.columns(), means));
    }
    return card.note(run.message());
  }

  /**
   * The column that the curve shows: the return where somebody has one, else the first that has a
   * number; none before there is any.
   */
  private static OptionalInt shown(RunSnapshot run) {
    int named = run.columns().indexOf("return");
    return IntStream.concat(IntStream.of(named), IntStream.range(2, run.columns().size()))
        .filter(column -> column > MEMBER)
        .filter(column -> run.rows().stream().anyMatch(row -> Double.isFinite(row.get(column))))
        .findFirst();
  }

  /** The newest number of a column. */
  private static double last(NavigableMap<Double, double[]> means, int column) {
    return means.descendingMap().values().stream()
        .mapToDouble(row -> row[column])
        .filter(Double::isFinite)
        .findFirst()
        .orElse(Double.NaN);
  }

  /**
   * For each step the mean over members of every column that somebody has a number in then.
   *
   * <p>Members speak at different steps, so each counts with its last number; there is no mean
   * before all of them have one.
   */
  private static NavigableMap<Double, double[]> means(RunSnapshot run) {
    int wide = run.columns().size();
    TreeMap<Double, List<List<Double>>> steps = new TreeMap<>();
    run.rows()
        .forEach(row -> steps.computeIfAbsent(row.get(STEP), step -> new ArrayList<>()).add(row));
    TreeMap<Double, double[]> means = new TreeMap<>();
    steps.keySet().forEach(step -> means.put(step, new double[wide]));
    for (int column = 0; column < wide; column++) {
      int at = column;
      long members =
          run.rows().stream()
              .filter(row -> Double.isFinite(row.get(at)))
              .map(row -> row.get(MEMBER))
              .distinct()
              .count();
      TreeMap<Double, Double> last = new TreeMap<>();
      steps.forEach(
          (step, rows) -> {
            List<List<Double>> said =
                rows.stream().filter(row -> Double.isFinite(row.get(at))).toList();
            said.forEach(row -> last.put(row.get(MEMBER), row.get(at)));
            boolean all = !said.isEmpty() && last.size() == members;
            double mean = last.values().stream().mapToDouble(one -> one).average().orElse(0);
            means.get(step)[at] = at == STEP ? step : all ? mean : Double.NaN;
          });
    }
    return means;
  }

  private static Lines curve(RunSnapshot run, int shown, NavigableMap<Double, double[]> means) {
    String name = run.columns().get(shown);
    double[] x = means.keySet().stream().mapToDouble(Double::doubleValue).toArray();
    TreeSet<Double> members = new TreeSet<>();
    run.rows().forEach(row -> members.add(row.get(MEMBER)));
    Line line = Line.of(name, x, means.values().stream().mapToDouble(row -> row[shown]).toArray());
    if (members.size() > 1) {
      double[][] thin = new double[members.size()][x.length];
      for (double[] member : thin) {
        Arrays.fill(member, Double.NaN);
      }
      List<Double> order = new ArrayList<>(members);
      for (List<Double> row : run.rows()) {
        int place = Arrays.binarySearch(x, row.get(STEP));
        thin[order.indexOf(row.get(MEMBER))][place] = row.get(shown);
      }
      line = line.members(thin);
    }
    List<Line> lines = new ArrayList<>(List.of(line));
    int evaluation = run.columns().indexOf("evaluation");
    double[] evaluated =
        means.keySet().stream()
            .filter(step -> evaluation > MEMBER && Double.isFinite(means.get(step)[evaluation]))
            .mapToDouble(Double::doubleValue)
            .toArray();
    if (evaluated.length > 0) {
      double[] scores = Arrays.stream(evaluated).map(step -> means.get(step)[evaluation]).toArray();
      lines.add(Line.of("evaluation", evaluated, scores));
    }
    String title = members.size() > 1 ? name + ", mean of " + members.size() + " members" : name;
    return new Lines(title, run.unit(), name, lines);
  }

  private static TextTable latest(List<String> columns, NavigableMap<Double, double[]> means) {
    List<Integer> kept =
        IntStream.range(0, columns.size()).filter(column -> column != MEMBER).boxed().toList();
    List<double[]> rows = new ArrayList<>(means.descendingMap().values());
    List<double[]> latest = new ArrayList<>(rows.subList(0, Math.min(LATEST, rows.size())));
    java.util.Collections.reverse(latest);
    List<List<String>> cells =
        kept.stream()
            .map(
                column -> Numbers.column(latest.stream().mapToDouble(row -> row[column]).toArray()))
            .toList();
    return TextTable.of(
        kept.stream().map(columns::get).toList(),
        IntStream.range(0, latest.size())
            .mapToObj(row -> cells.stream().map(column -> column.get(row)).toList())
            .toList());
  }

  private static double threeDigits(double rate) {
    double unit = Math.pow(10, Math.floor(Math.log10(rate)) - 2);
    return Math.rint(rate / unit) * unit;
  }
}
