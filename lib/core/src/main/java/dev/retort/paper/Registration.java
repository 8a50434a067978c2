package dev.retort.paper;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.run.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What of a study is fixed before anything is trained: its sizes, its constants, and what its
 * outcomes are held against.
 *
 * <p>It is a table beside the study's class, {@code registration.tsv}: a row for each constant with
 * its name, its value at {@code unit}, {@code cpu} and {@code gpu} size, and what it says. An empty
 * value is the one before it; lines that begin with {@code #} are remarks. The study reads its
 * constants from there and nowhere else, and {@code summary.json} keeps the hash of the file: who
 * changes a number changes the hash, and findings that were made by another one can be told.
 */
public final class Registration {
  /** The name of the table, beside the class of the study. */
  public static final String FILE = "registration.tsv";

  private static final List<String> HEADER = List.of("what", "unit", "cpu", "gpu", "says");

  private final String place;
  private final String text;
  private final Map<String, Map<Scale, String>> rows = new LinkedHashMap<>();

  private Registration(String place, String text) {
    this.place = place;
    this.text = text;
    List<List<String>> lines =
        text.lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(line -> Arrays.asList(line.split("\t", -1)))
            .toList();
    if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
      throw wrong("the header %s".formatted(HEADER), lines.isEmpty() ? "no line" : lines.get(0));
    }
    lines.subList(1, lines.size()).forEach(this::add);
  }

  private void add(List<String> line) {
    if (line.size() != HEADER.size() || line.get(1).isBlank()) {
      throw wrong("five columns, of which the first three values begin at unit size", line);
    }
    Map<Scale, String> values = new EnumMap<>(Scale.class);
    String before = "";
    for (Scale scale : Scale.values()) {
      String value = line.get(HEADER.indexOf(scale.toString()));
      before = value.isBlank() ? before : value;
      values.put(scale, before);
    }
    if (rows.put(line.get(0), values) != null) {
      throw wrong("every name once", line.get(0) + " twice");
    }
  }

  private RetortException wrong(String expected, Object got) {
    return new RetortException(
        "registration '%s': expected %s, got %s.".formatted(place, expected, got));
  }

  /** The table beside a class. */
  public static Registration of(Class<?> study) {
    return of(study, FILE);
  }

  /** The table beside a class, where several studies stand side by side. */
  public static Registration of(Class<?> study, String name) {
    try (InputStream file = study.getResourceAsStream(name)) {
      if (file == null) {
        throw new RetortException(
            "registration: expected a resource '%s' beside %s, got none. Fix what its outcomes are held against before anything is trained."
                .formatted(name, study.getName()));
      }
      return of(
          study.getPackageName() + "/" + name,
          new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new RetortException(
          "registration: expected to read '%s' beside %s, got %s."
              .formatted(name, study.getName(), e.getMessage()),
          e);
    }
  }

  /**
   * The table in a text.
   *
   * @param place where it stands, for messages
   */
  static Registration of(String place, String text) {
    return new Registration(place, text);
  }

  /** The SHA-256 of the file, in 64 hexadecimal digits. */
  public String sha256() {
    return Json.sha256(text);
  }

  /** The whole table. */
  public String text() {
    return text;
  }

  /** Whether there is a row of that name. */
  public boolean has(String name) {
    return rows.containsKey(name);
  }

  /** A value as it is written. */
  public String words(String name, Scale scale) {
    Map<Scale, String> values = rows.get(name);
    if (values == null) {
      throw new UnknownNameException("constant of the registration", name, rows.keySet());
    }
    return values.get(scale);
  }

  /** A value that is the same at every size, as it is written. */
  public String words(String name) {
    String words = words(name, Scale.UNIT);
    if (rows.get(name).values().stream().anyMatch(each -> !each.equals(words))) {
      throw wrong("'%s' to be the same at every size".formatted(name), rows.get(name).values());
    }
    return words;
  }

  /** A whole number. */
  public int count(String name, Scale scale) {
    return count(name, words(name, scale));
  }

  /** A whole number that is the same at every size. */
  public int count(String name) {
    return count(name, words(name));
  }

  private int count(String name, String word) {
    double number = number(name, word);
    if (number != (int) number) {
      throw wrong("a whole number of '%s'".formatted(name), "'" + word + "'");
    }
    return (int) number;
  }

  /** A number that is the same at every size. */
  public double number(String name) {
    return number(name, words(name));
  }

  /** Several numbers, with blanks between them. */
  public double[] numbers(String name, Scale scale) {
    return Arrays.stream(words(name, scale).split(" ", -1))
        .mapToDouble(word -> number(name, word))
        .toArray();
  }

  private double number(String name, String word) {
    try {
      return Double.parseDouble(word);
    } catch (NumberFormatException e) {
      throw wrong("a number of '%s'".formatted(name), "'" + word + "'");
    }
  }

  /** What an outcome is held against. */
  public Bound bound(String name, Scale scale) {
    return bound(name, words(name, scale));
  }

  /** The same where it is one at every size. */
  public Bound bound(String name) {
    return bound(name, words(name));
  }

  private Bound bound(String name, String words) {
    return Bound.of(words)
        .orElseThrow(
            () ->
                wrong(
                    "a bound such as '≥ 1.15', '> 0' or 'interval above 0' of '%s'".formatted(name),
                    "'" + words + "'"));
  }

  @Override
  public String toString() {
    return text.stripTrailing();
  }
}
