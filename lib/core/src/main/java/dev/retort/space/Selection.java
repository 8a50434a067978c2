package dev.retort.space;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Some of the numbers of a space: parts of a group by their names, or numbers by their places.
 *
 * <pre>{@code
 * Space seen = Group.of("position", Box.of(-1, 1, 2)).and("goal", Box.of(-1, 1, 2)).and("mass", Box.of(0, 9, 1));
 * Selection blind = Selection.parts(seen, List.of("position", "goal"));
 * blind.sees().size();                       // 4
 * blind.take(observation, 0, seenByIt, 0);
 * }</pre>
 */
public final class Selection implements Perception {
  private static final String ALL = "all";
  private static final String PARTS = "parts:";
  private static final String NUMBERS = "numbers:";

  private final Space whole;
  private final Space sees;
  private final int[] places;
  private final String text;

  private Selection(Space whole, Space sees, int[] places, String text) {
    this.whole = whole;
    this.sees = sees;
    this.places = places;
    this.text = text;
  }

  /** The whole of a space. */
  public static Selection all(Space whole) {
    return new Selection(whole, whole, new int[0], ALL);
  }

  /**
   * Parts of a group, in the order in which they are named. One part alone keeps its shape, so that
   * a picture stays one; several are a group again.
   */
  public static Selection parts(Space whole, List<String> names) {
    requireSome(names, "the name of a part");
    if (!(whole instanceof Group group)) {
      throw new RetortException(
          "seeing: expected observations of named parts for '%s', got %s without names. Say View.numbers(0, 1), which counts them from 0."
              .formatted(String.join(", ", names), whole.summary()));
    }
    Map<String, Space> parts = new LinkedHashMap<>();
    for (String name : names) {
      if (name == null || !group.parts().containsKey(name)) {
        throw UnknownNameException.in(
            "seeing", "part of the observations", name, group.parts().keySet());
      }
      if (parts.put(name, group.parts().get(name)) != null) {
        throw new RetortException(
            "seeing: expected each part once, got '%s' twice.".formatted(name));
      }
    }
    int[] places =
        parts.entrySet().stream()
            .flatMapToInt(
                part -> {
                  int from = group.offset(part.getKey());
                  return IntStream.range(from, from + part.getValue().size());
                })
            .toArray();
    Space sees = parts.size() == 1 ? parts.values().iterator().next() : new Group(parts);
    return new Selection(whole, sees, places, PARTS + String.join(",", names));
  }

  /** Numbers of any space by their places in the flat value, counted from 0. */
  public static Selection numbers(Space whole, List<Integer> places) {
    requireSome(places, "the place of a number");
    Box flat = Box.flat(whole);
    for (int place : places) {
      if (place < 0 || place >= whole.size()) {
        throw new RetortException(
            "seeing: expected places from 0 to %s in %s, got %s."
                .formatted(whole.size() - 1, whole.summary(), place));
      }
    }
    if (places.stream().distinct().count() < places.size()) {
      throw new RetortException(
          "seeing: expected each number once, got the places %s.".formatted(places));
    }
    Box sees =
        new Box(
            places.stream().map(flat.low()::get).toList(),
            places.stream().map(flat.high()::get).toList(),
            List.of(places.size()));
    String text = places.stream().map(String::valueOf).collect(Collectors.joining(","));
    return new Selection(
        whole, sees, places.stream().mapToInt(place -> place).toArray(), NUMBERS + text);
  }

  private static void requireSome(List<?> chosen, String what) {
    if (chosen.isEmpty()) {
      throw new RetortException(
          "seeing: expected %s at least, got none: who sees nothing learns nothing."
              .formatted(what));
    }
  }

  /** Reads what {@link #toString} gave. */
  public static Selection read(Space whole, String text) {
    if (text.equals(ALL)) {
      return all(whole);
    }
    if (text.startsWith(PARTS)) {
      return parts(whole, words(text, PARTS).toList());
    }
    if (text.startsWith(NUMBERS)) {
      try {
        return numbers(whole, words(text, NUMBERS).map(Integer::valueOf).toList());
      } catch (NumberFormatException e) {
        throw unread(text, e);
      }
    }
    throw unread(text, null);
  }

  private static Stream<String> words(String text, String kind) {
    return Arrays.stream(text.substring(kind.length()).split(",", -1));
  }

  private static RetortException unread(String text, Throwable cause) {
    String shown = text.length() > 100 ? text.substring(0, 100) + "…" : text;
    return new RetortException(
        "seeing: expected all, parts:position,goal or numbers:0,1, got '%s'.".formatted(shown),
        cause);
  }

  /** What it is a selection of. */
  @Override
  public Space whole() {
    return whole;
  }

  /** Space of what is selected. */
  @Override
  public Space sees() {
    return sees;
  }

  /** Whether nothing is left out. */
  @Override
  public boolean isAll() {
    return text.equals(ALL);
  }

  @Override
  public int memory() {
    return 0;
  }

  @Override
  public float[] see(float[] observations, float[] memory, int rows) {
    return of(observations, rows);
  }

  /**
   * Copies what is selected of one value.
   *
   * @param from the whole, {@code from[i .. i + whole().size())}
   * @param to receives {@code to[j .. j + sees().size())}
   */
  public void take(float[] from, int i, float[] to, int j) {
    if (isAll()) {
      System.arraycopy(from, i, to, j, whole.size());
      return;
    }
    for (int k = 0; k < places.length; k++) {
      to[j + k] = from[i + places[k]];
    }
  }

  /**
   * What is selected of many values, {@code (rows, sees().size())}; the array itself where nothing
   * is left out.
   *
   * @param from the wholes, {@code (rows, whole().size())}
   */
  public float[] of(float[] from, int rows) {
    if (isAll()) {
      return from;
    }
    float[] to = new float[rows * places.length];
    for (int row = 0; row < rows; row++) {
      take(from, row * whole.size(), to, row * places.length);
    }
    return to;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Selection that && text.equals(that.text) && whole.equals(that.whole);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** Such as {@code all}, {@code parts:position,goal} or {@code numbers:0,1}. */
  @Override
  public String toString() {
    return text;
  }
}
