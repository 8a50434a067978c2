package dev.retort.plan;

import dev.retort.RetortException;
import dev.retort.figure.Figure;
import dev.retort.figure.Line;
import dev.retort.figure.Lines;
import dev.retort.option.Given;
import dev.retort.option.Labels;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.option.Type;
import dev.retort.run.Curve;
import dev.retort.run.RunFolder;
import dev.retort.run.RunSummary;
import dev.retort.run.Runs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The plan to plot the curves of runs, each run as a line: the mean over its members.
 *
 * <pre>{@code
 * plot(3, 4).metric("loss").smooth(10).run();
 * }</pre>
 *
 * @param settings what is plotted, and how smooth
 * @param runs their numbers
 */
public record Plotting(Settings settings, List<Integer> runs) {
  private static final String FIRST = "first";
  private static final Type<String> COLUMN =
      Type.text("a column of the curve, such as return or loss")
          .suggesting(List.of("return", "length", "loss", "agreement"));

  // spotless:off
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("plot");

  public static final Option<String>  METRIC = OPTIONS.option("metric", COLUMN, FIRST).says("column that is plotted: the first that the run has, unless said");
  public static final Option<Integer> SMOOTH = OPTIONS.whole("smooth", 1).from(1).in("records").says("records that a point is the mean of");

  /** Column that is plotted. */
  public Plotting metric(String column) { return with(METRIC, column); }

  /** Records that a point is the mean of. */
  public Plotting smooth(int records) { return with(SMOOTH, records); }
  // spotless:on

  /** Keeps a copy. */
  public Plotting {
    runs = List.copyOf(runs);
    if (runs.isEmpty()) {
      throw new RetortException("plot: expected at least 1 run, got none. runs() lists them.");
    }
  }

  /** The curves of these runs. */
  public static Plotting of(int... runs) {
    return new Plotting(OPTIONS.standard(), Given.given("plot", "the numbers of runs", runs));
  }

  private <T> Plotting with(Option<T> option, T value) {
    return new Plotting(settings.with(option, value), runs);
  }

  /** Reads the curves and draws them. */
  public Figure run() {
    List<Line> lines = new ArrayList<>();
    String column = "";
    String unit = "";
    List<String> labels = labels();
    for (int id : runs) {
      RunFolder folder = Runs.open(id);
      Curve curve = folder.curve();
      column = column(curve);
      unit = folder.summary().unit();
      lines.add(line(labels.get(lines.size()), curve, column));
    }
    String title = runs.size() == 1 ? Runs.open(runs.get(0)).title() : column;
    return Lines.of(title, unit, column, lines.toArray(Line[]::new));
  }

  @Override
  public String toString() {
    String said = settings.get(METRIC);
    return Plan.text(
        () ->
            "plot the %s of %s %s"
                .formatted(
                    said.equals(FIRST) ? "curve" : said,
                    runs.size() == 1 ? "run" : "runs",
                    String.join(", ", runs.stream().map(String::valueOf).toList())),
        "");
  }

  /** Their numbers, with what differs between them. */
  private List<String> labels() {
    List<RunSummary> summaries = runs.stream().map(id -> Runs.open(id).summary()).toList();
    List<String> differences =
        Labels.differences(summaries.stream().map(RunSummary::traits).toList());
    return IntStream.range(0, runs.size())
        .mapToObj(at -> Labels.with("run " + summaries.get(at).name(), differences.get(at)))
        .toList();
  }

  private String column(Curve curve) {
    String said = settings.get(METRIC);
    return said.equals(FIRST)
        ? curve.columns().stream()
            .skip(2)
            .filter(each -> Arrays.stream(curve.column(each)).anyMatch(Double::isFinite))
            .filter(each -> !each.equals("episodes"))
            .findFirst()
            .orElse(curve.columns().get(2))
        : said;
  }

  private Line line(String name, Curve curve, String column) {
    double[] step = curve.column("step");
    double[] value = curve.column(column);
    NavigableMap<Double, double[]> sums = new TreeMap<>();
    for (int row = 0; row < step.length; row++) {
      if (Double.isFinite(value[row])) {
        double[] sum = sums.computeIfAbsent(step[row], at -> new double[2]);
        sum[0] += value[row];
        sum[1]++;
      }
    }
    if (sums.isEmpty()) {
      throw new RetortException(
          "plot %s: expected recorded values of '%s', got none. Wait for the first record."
              .formatted(name, column));
    }
    double[] x = sums.keySet().stream().mapToDouble(Double::doubleValue).toArray();
    double[] y = sums.values().stream().mapToDouble(sum -> sum[0] / sum[1]).toArray();
    return Line.of(name, x, smoothed(y, settings.get(SMOOTH)));
  }

  /** Each point becomes the mean of itself and those before it. */
  private static double[] smoothed(double[] y, int records) {
    double[] smooth = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      int from = Math.max(0, i - records + 1);
      smooth[i] = Arrays.stream(y, from, i + 1).average().orElse(y[i]);
    }
    return smooth;
  }
}
