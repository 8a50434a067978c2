package dev.retort.evaluate;

import dev.retort.env.Env;
import dev.retort.evaluate.Evaluation.Row;
import dev.retort.figure.Glyphs;
import dev.retort.figure.Numbers;
import dev.retort.figure.TextTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** An evaluation as people read it: a summary, a box of values, one of comparisons, and notes. */
final class EvaluationText {
  private static final int LINES = 24;
  private static final int LEAST_BOX = 5;
  private static final int MOST_NOTES = 8;

  private final Evaluation evaluation;
  private final List<Row> rows;

  EvaluationText(Evaluation evaluation) {
    this.evaluation = evaluation;
    this.rows = evaluation.rows();
  }

  /** A column of a box. */
  private record Shown(String name, Function<Row, String> cell) {}

  String text(Glyphs glyphs) {
    List<String> notes = lines(glyphs);
    int left = LINES - 1 - notes.size();
    Optional<TextTable> comparisons = comparisons();
    int below =
        comparisons
            .map(box -> Math.min(box.rows().size() + 4, Math.max(LEAST_BOX + 1, left / 2)))
            .orElse(0);
    List<String> text = new ArrayList<>();
    text.add(TextTable.line(summary(), glyphs));
    text.add(box().text(left - below, glyphs));
    comparisons.ifPresent(box -> text.add(box.text(below, glyphs)));
    text.addAll(notes);
    return String.join("\n", text);
  }

  /** The notes in lines that fit a terminal, at most eight. */
  private List<String> lines(Glyphs glyphs) {
    List<String> notes = notes();
    List<String> lines =
        notes.stream().flatMap(note -> TextTable.lines(note, 80, glyphs).stream()).toList();
    if (lines.size() <= MOST_NOTES) {
      return lines;
    }
    List<String> first = new ArrayList<>(lines.subList(0, MOST_NOTES - 1));
    first.add(
        TextTable.line("… (%s notes in all; notes() gives them)".formatted(notes.size()), glyphs));
    return first;
  }

  private String summary() {
    Map<String, String> found = new LinkedHashMap<>();
    for (Row row : rows) {
      String value = Numbers.of(evaluation.headline(row).value());
      found.merge(row.policy(), row.policy() + " " + value, (all, one) -> all + " and " + value);
    }
    return evaluation.what() + ": " + String.join(", ", found.values());
  }

  /** The values; what can be missed first stands at the right, where columns fall out. */
  TextTable box() {
    List<Shown> shown = new ArrayList<>();
    shown.add(new Shown("policy", Row::policy));
    environment().ifPresent(shown::add);
    Map<Row, String> estimates = estimates();
    boolean ofRuns = evaluation.isOfRuns();
    boolean ofShares = evaluation.isOfShares();
    shown.add(
        new Shown(
            ofShares ? evaluation.by() + " [95 %]" : ofRuns ? "IQM [95 %]" : "mean [95 %]",
            estimates::get));
    if (!isOfReturns()) {
      shown.add(new Shown("return", row -> Numbers.of(row.meanReturn())));
    }
    if (any(row -> row.failures().isPresent()) && !evaluation.by().equals(Env.SUCCESS)) {
      shown.add(
          new Shown(
              "fails",
              row ->
                  row.failures().isPresent()
                      ? Numbers.percent(row.failures().getAsDouble())
                      : "–"));
    }
    if (any(row -> row.length().isPresent())) {
      shown.add(new Shown("length", row -> number(row.length().orElse(Double.NaN))));
    }
    if (ofShares) {
      return table(shown, rows); // two values have no tail, and a middle that is one of them
    }
    shown.add(new Shown("worst 10 %", row -> number(row.worstTenth())));
    shown.add(
        ofRuns
            ? new Shown("mean", row -> number(row.mean().value()))
            : new Shown("IQM", row -> number(row.iqm().value())));
    shown.add(new Shown("median", row -> number(row.median())));
    return table(shown, rows);
  }

  private boolean isOfReturns() {
    return evaluation.by().equals(Measurements.RETURN);
  }

  private String number(double value) {
    return isShare() ? Numbers.fixed(value, 3) : Numbers.of(value);
  }

  Optional<TextTable> comparisons() {
    List<Row> others = rows.stream().filter(row -> row.improvement().isPresent()).toList();
    if (others.isEmpty()) {
      return Optional.empty();
    }
    List<Shown> shown = new ArrayList<>();
    shown.add(new Shown("against " + rows.get(0).policy(), Row::policy));
    environment().ifPresent(shown::add);
    boolean ofShares =
        others.stream().allMatch(row -> row.improvement().get().difference().isPresent());
    shown.add(
        ofShares
            ? new Shown(
                "difference [95 %]", row -> share(row.improvement().get().difference().get()))
            : new Shown("P(better) [95 %]", row -> share(row.improvement().get().probability())));
    shown.add(new Shown("p", row -> chance(row.improvement().get())));
    if (others.stream().anyMatch(row -> row.agreement().isPresent())) {
      shown.add(
          new Shown("same action", row -> Numbers.percent(row.agreement().orElse(Double.NaN))));
    }
    return Optional.of(table(shown, others));
  }

  static String chance(Improvement improvement) {
    if (improvement.chance().isEmpty()) {
      return "–";
    }
    double chance = improvement.chance().getAsDouble();
    return chance < 0.001 ? "<0.001" : Numbers.fixed(chance, 3);
  }

  private static TextTable table(List<Shown> shown, List<Row> rows) {
    return TextTable.of(
        shown.stream().map(Shown::name).toList(),
        rows.stream()
            .map(row -> shown.stream().map(column -> column.cell.apply(row)).toList())
            .toList());
  }

  private Optional<Shown> environment() {
    if (evaluation.oneEnv()) {
      return Optional.empty();
    }
    return Optional.of(new Shown("environment", this::where));
  }

  /** The environment of a row, without what all of them share. */
  String where(Row row) {
    return row.env().substring(commonPath());
  }

  List<String> notes() {
    List<String> notes = new ArrayList<>();
    boolean known = any(row -> evaluation.headline(row).interval().isKnown());
    notes.add(
        (known ? "95 % intervals over " : "No intervals over ")
            + evaluation.samples()
            + (known && evaluation.isOfShares() ? ", by Wilson; of differences by Newcombe" : "")
            + (evaluation.better() == Metric.Better.LOWER ? "; lower is better" : "")
            + ".");
    partly().ifPresent(notes::add);
    spreadless().ifPresent(notes::add);
    uncompared().ifPresent(notes::add);
    widened().ifPresent(notes::add);
    long comparisons =
        rows.stream()
            .flatMap(row -> row.improvement().stream())
            .filter(improvement -> improvement.chance().isPresent())
            .count();
    if (comparisons > 1) {
      notes.add("p: corrected by Holm for %s comparisons.".formatted(comparisons));
    }
    notes.addAll(evaluation.remarks());
    return notes;
  }

  /** Of how many episodes a measure is that not all of them have, such as steps to success. */
  private Optional<String> partly() {
    List<String> counts = new ArrayList<>();
    boolean all = true;
    for (int i = 0; i < rows.size(); i++) {
      Scores scores = evaluation.scores().get(i);
      int had = scores.measuredEpisodes();
      int played = scores.runs() * scores.episodes();
      all &= had == played;
      counts.add(
          "%s %s of %s".formatted(rows.get(i).policy(), Numbers.count(had), Numbers.count(played)));
    }
    return all
        ? Optional.empty()
        : Optional.of(
            "Not every episode has %s: %s.".formatted(evaluation.by(), String.join(", ", counts)));
  }

  /** Why there is a dash in the place of an interval. */
  private Optional<String> spreadless() {
    List<Row> dashes =
        rows.stream().filter(row -> !evaluation.headline(row).interval().isKnown()).toList();
    if (dashes.isEmpty()) {
      return Optional.empty();
    }
    Row first = dashes.get(0);
    Scores scores = evaluation.scores().get(rows.indexOf(first));
    int n = scores.sample().length;
    if (scores.isWhole()) {
      return Optional.of(
          "– exact: nothing is left to chance, and "
              + (scores.unit().equals("contexts") && n > 1
                  ? "every context was played."
                  : "one episode is all there is."));
    }
    if (n < Intervals.LEAST) {
      return Optional.of(
          "– fewer than %s %s show no spread. Take more."
              .formatted(Intervals.LEAST, scores.unit()));
    }
    return Optional.of(
        "– all %s alike: no spread. Of others up to %s may differ."
            .formatted(first.sample(), Numbers.percent(Intervals.share(0, n).high())));
  }

  /** Why a probability has a dash where a single policy meets a population. */
  private Optional<String> uncompared() {
    boolean alone =
        any(row -> row.runs() == 1)
            && any(row -> row.runs() > 1)
            && any(row -> row.improvement().filter(p -> p.chance().isEmpty()).isPresent());
    return alone
        ? Optional.of("P(better) is of runs: a single policy is one, and one shows no spread.")
        : Optional.empty();
  }

  /** How much of the intervals over runs is due to the choice of episodes. */
  private Optional<String> widened() {
    List<Row> populations = rows.stream().filter(row -> row.widening().isPresent()).toList();
    if (populations.isEmpty()) {
      return Optional.empty();
    }
    double most =
        populations.stream().mapToDouble(row -> row.widening().getAsDouble()).max().orElse(0);
    String episodes =
        populations.stream()
            .map(row -> Numbers.count(row.episodes()))
            .distinct()
            .collect(Collectors.joining(" or "));
    return Optional.of(
        Double.isInfinite(most)
            ? "Runs differ by no more than their episodes do (%s a run).".formatted(episodes)
            : "The choice of episodes (%s a run) adds %s to the width."
                .formatted(episodes, Numbers.percent(most)));
  }

  private boolean any(Predicate<Row> is) {
    return rows.stream().anyMatch(is);
  }

  /**
   * How much of their names the environments share, up to a slash: what a narrow column can spare.
   */
  private int commonPath() {
    String first = rows.get(0).env();
    int common = first.length();
    for (Row row : rows) {
      int same = 0;
      while (same < Math.min(common, row.env().length())
          && row.env().charAt(same) == first.charAt(same)) {
        same++;
      }
      common = same;
    }
    return first.lastIndexOf('/', common - 1) + 1;
  }

  private double[] numbers() {
    return rows.stream()
        .map(evaluation::headline)
        .flatMapToDouble(
            each -> DoubleStream.of(each.value(), each.interval().low(), each.interval().high()))
        .toArray();
  }

  /** Whether the numbers are shares such as those of successes, whose fourth digit says nothing. */
  private boolean isShare() {
    if (evaluation.isOfShares()) {
      return true;
    }
    double largest =
        DoubleStream.of(numbers()).filter(Double::isFinite).map(Math::abs).max().orElse(0);
    return 0.1 <= largest && largest < 1;
  }

  /** The estimates with their intervals, all with the same count of decimals. */
  private Map<Row, String> estimates() {
    double[] numbers = numbers();
    List<String> texts =
        isShare()
            ? DoubleStream.of(numbers).mapToObj(x -> Numbers.fixed(x, 3)).toList()
            : Numbers.column(numbers);
    Map<Row, String> estimates = new HashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      List<String> own = texts.subList(3 * i, 3 * i + 3);
      estimates.put(
          rows.get(i),
          evaluation.headline(rows.get(i)).interval().isKnown()
              ? "%s [%s, %s]".formatted(own.get(0), own.get(1), own.get(2))
              : own.get(0) + " –");
    }
    return estimates;
  }

  /** A probability, a share or a difference of shares with its interval, to two decimals. */
  static String share(Estimate p) {
    if (!p.interval().isKnown()) {
      return Numbers.fixed(p.value(), 2) + " –";
    }
    return "%s [%s, %s]"
        .formatted(
            Numbers.fixed(p.value(), 2),
            Numbers.fixed(p.interval().low(), 2),
            Numbers.fixed(p.interval().high(), 2));
  }
}
