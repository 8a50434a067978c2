package dev.retort.bench;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.retort.RetortException;
import dev.retort.store.TextFile;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Figures that another program gave, read from a file, to hold our own against.
 *
 * <p>The file holds one JSON object, or a list of them, or one a line. Each is of the form that
 * {@link Report#json()} writes, with {@code source} beside it, which says in any words whose
 * figures they are; of a figure only {@code name}, {@code unit} and {@code median} are read:
 *
 * <pre>{@code
 * {"benchmark": "td3-pendulum", "source": "Another 2.8.0",
 *  "figures": [{"name": "1 seed, one core", "unit": "steps/s", "median": 133.0}]}
 * }</pre>
 *
 * <p>A figure that is given several times was measured several times: the median of all counts.
 */
public final class ForeignFigures {
  private static final int MOST_BYTES = 16 << 20;
  private static final String FORM =
      "{\"benchmark\": \"td3-pendulum\", \"source\": \"Another 2.8.0\", \"figures\": [{\"name\": \"1 seed, one core\", \"unit\": \"steps/s\", \"median\": 133.0}]}";

  private final List<Foreign> figures;

  private ForeignFigures(List<Foreign> figures) {
    this.figures = figures;
  }

  /** One figure of another program. */
  record Foreign(String source, String benchmark, Throughput figure) {}

  /** An object of the file, of which anything may be missing. */
  private record Told(String benchmark, String source, List<Throughput> figures) {}

  /**
   * Reads a file.
   *
   * @throws RetortException if there is none, or it holds anything but such figures
   */
  public static ForeignFigures read(Path file) {
    try {
      List<Foreign> measured = new ArrayList<>();
      for (JsonElement each : objects(TextFile.read(file, MOST_BYTES))) {
        add(new Gson().fromJson(each, Told.class), file, measured);
      }
      return new ForeignFigures(medians(measured));
    } catch (IOException | JsonParseException | IllegalArgumentException e) {
      throw new RetortException(
          "bench: expected figures such as %s in '%s', got %s. What ./retort bench NAME --json prints is of that form."
              .formatted(FORM, file, briefly(e)),
          e);
    }
  }

  /** All objects of a text: it is one, a list of them, or has one a line. */
  private static List<JsonElement> objects(String text) throws IOException {
    if (text.isBlank()) {
      throw new JsonParseException("nothing");
    }
    try {
      JsonElement whole = parse(text);
      return whole.isJsonArray() ? whole.getAsJsonArray().asList() : List.of(whole);
    } catch (JsonParseException | IOException whole) {
      List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
      if (!lines.get(0).trim().endsWith("}")) {
        throw whole;
      }
      List<JsonElement> all = new ArrayList<>();
      for (String line : lines) {
        all.add(parse(line));
      }
      return all;
    }
  }

  private static JsonElement parse(String text) throws IOException {
    try (JsonReader reader = new JsonReader(new StringReader(text))) {
      reader.setStrictness(Strictness.STRICT);
      JsonElement element = JsonParser.parseReader(reader);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new JsonParseException("text after the end");
      }
      return element;
    }
  }

  private static void add(Told told, Path file, List<Foreign> measured) {
    if (told == null || told.benchmark == null || told.figures == null) {
      throw new JsonParseException("an object without \"benchmark\" or \"figures\"");
    }
    String source = told.source == null ? String.valueOf(file.getFileName()) : told.source;
    for (Throughput figure : told.figures) {
      if (figure == null || figure.name() == null || figure.unit() == null) {
        throw new JsonParseException("a figure without \"name\" or \"unit\"");
      }
      if (!(figure.median() > 0) || Double.isInfinite(figure.median())) {
        throw new JsonParseException(
            "a median of %s of '%s', where one above 0 is needed"
                .formatted(figure.median(), figure.name()));
      }
      measured.add(new Foreign(source, told.benchmark, figure));
    }
  }

  private static List<Foreign> medians(List<Foreign> measured) {
    Map<List<String>, List<Foreign>> same = new LinkedHashMap<>();
    for (Foreign each : measured) {
      List<String> key =
          List.of(each.source, each.benchmark, each.figure.name(), each.figure.unit());
      same.computeIfAbsent(key, k -> new ArrayList<>()).add(each);
    }
    return same.values().stream()
        .map(
            all -> {
              Foreign first = all.get(0);
              Throughput median =
                  Throughput.of(
                      first.figure.name(),
                      first.figure.unit(),
                      all.stream().map(each -> each.figure.median()));
              return new Foreign(first.source, first.benchmark, median);
            })
        .toList();
  }

  /** What the parser says, without its advice to its own users and the names of its classes. */
  private static String briefly(Exception e) {
    return String.valueOf(e.getMessage())
        .replaceAll("Use JsonReader\\S* to accept malformed JSON", "other text")
        .replaceAll("\\s*See https\\S+", "")
        .replaceAll("(?:\\w+\\.)+\\w*Exception: ", "");
  }

  /** The benchmarks of which there are figures, those of this project and others. */
  public Set<String> benchmarks() {
    Set<String> names = new LinkedHashSet<>();
    figures.forEach(each -> names.add(each.benchmark));
    return names;
  }

  /** Our figures of a benchmark beside those of the file. */
  public Ratios against(Report report) {
    return Ratios.of(
        report, figures.stream().filter(each -> each.benchmark.equals(report.name())).toList());
  }

  @Override
  public String toString() {
    return "figures of %s of %s"
        .formatted(benchmarks(), figures.stream().map(Foreign::source).distinct().toList());
  }
}
