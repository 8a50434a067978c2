package dev.retort.bench;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import dev.retort.RetortException;
import dev.retort.bench.ForeignFigures.Foreign;
import dev.retort.figure.Numbers;
import dev.retort.figure.TextTable;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/**
 * Our figures of a benchmark beside those of others, and how many times as fast ours are: above 1
 * ours is the faster one, whether its unit counts time or what is done in a second.
 *
 * @param benchmark whose figures they are
 * @param rows figures that have a partner
 * @param alone our figures without a partner there
 * @param unknown their figures without a partner here
 */
public record Ratios(String benchmark, List<Row> rows, List<String> alone, List<String> unknown) {
  /** Keeps copies. */
  public Ratios {
    rows = List.copyOf(rows);
    alone = List.copyOf(alone);
    unknown = List.copyOf(unknown);
  }

  /**
   * One figure here and there.
   *
   * @param figure its name
   * @param unit of both
   * @param ours our median
   * @param theirs their median
   * @param ratio how many times as fast ours is
   * @param source whose the other one is
   */
  public record Row(
      String figure, String unit, double ours, double theirs, double ratio, String source) {
    private List<String> cells() {
      return List.of(
          figure, unit, Numbers.of(ours), Numbers.of(theirs), Numbers.fixed(ratio, 2), source);
    }
  }

  /**
   * Pairs figures by their names.
   *
   * @throws RetortException if a figure of theirs has the name of one of ours in another unit
   */
  static Ratios of(Report report, List<Foreign> others) {
    List<Row> rows = new ArrayList<>();
    List<String> alone = new ArrayList<>();
    for (Throughput ours : report.figures()) {
      List<Foreign> partners =
          isComparable(ours)
              ? others.stream().filter(each -> same(each, ours)).toList()
              : List.of();
      partners.forEach(each -> rows.add(row(ours, each)));
      if (partners.isEmpty()) {
        alone.add("%s in %s".formatted(ours.name(), ours.unit()));
      }
    }
    List<String> unknown = new ArrayList<>();
    for (Foreign each : others) {
      List<Throughput> named =
          report.figures().stream()
              .filter(ours -> ours.name().equals(each.figure().name()))
              .toList();
      if (named.isEmpty()) {
        unknown.add("%s of %s".formatted(each.figure().name(), each.source()));
      } else if (named.stream().noneMatch(ours -> same(each, ours))) {
        throw otherUnit(report.name(), named, each);
      }
    }
    return new Ratios(report.name(), rows, alone, unknown);
  }

  private static boolean same(Foreign theirs, Throughput ours) {
    return theirs.figure().name().equals(ours.name())
        && plain(theirs.figure().unit()).equals(plain(ours.unit()));
  }

  /** There are two signs for micro that look alike. */
  private static String plain(String unit) {
    return Normalizer.normalize(unit, Normalizer.Form.NFKC);
  }

  private static RetortException otherUnit(
      String benchmark, List<Throughput> ours, Foreign theirs) {
    return new RetortException(
        "bench %s: expected '%s' of %s in %s, got it in %s. Give both in the same unit."
            .formatted(
                benchmark,
                theirs.figure().name(),
                theirs.source(),
                String.join(" or ", ours.stream().map(Throughput::unit).toList()),
                theirs.figure().unit()));
  }

  private static boolean isComparable(Throughput figure) {
    return isRate(figure.unit()) || isTime(figure.unit());
  }

  /** Whether more is faster, as in {@code steps/s}. */
  private static boolean isRate(String unit) {
    return unit.endsWith("/s");
  }

  /** Whether less is faster, as in {@code µs/update}. */
  private static boolean isTime(String unit) {
    return plain(unit).matches("(s|ms|\u03bcs|ns)/.+");
  }

  private static Row row(Throughput ours, Foreign theirs) {
    double times = ours.median() / theirs.figure().median();
    return new Row(
        ours.name(),
        ours.unit(),
        ours.median(),
        theirs.figure().median(),
        isRate(ours.unit()) ? times : 1 / times,
        theirs.source());
  }

  /** One line of JSON. */
  public String json() {
    Gson gson = new Gson();
    JsonObject json = new JsonObject();
    json.addProperty("benchmark", benchmark);
    json.add("ratios", gson.toJsonTree(rows));
    json.add("alone", gson.toJsonTree(alone));
    json.add("unknown", gson.toJsonTree(unknown));
    return gson.toJson(json);
  }

  @Override
  public String toString() {
    List<String> lines = new ArrayList<>();
    if (!rows.isEmpty()) {
      lines.add(benchmark + " beside others; a ratio above 1 says that ours is faster");
      List<String> header = List.of("figure", "unit", "ours", "theirs", "ratio", "whose");
      lines.addAll(TextTable.of(header, rows.stream().map(Row::cells).toList()).wide());
    }
    lines.addAll(without("without a partner there: ", alone));
    lines.addAll(without("without a partner here: ", unknown));
    return String.join("\n", lines);
  }

  private static List<String> without(String what, List<String> figures) {
    return figures.isEmpty() ? List.of() : List.of("  " + what + String.join("; ", figures));
  }
}
