package dev.retort.space;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The first thing in which two spaces differ, in words that differ too.
 *
 * <pre>{@code
 * Difference.of(Box.of(-1, 1, 2), Box.of(-1, 2, 2)).get();   // number 0 in [-1.0, 2.0]
 * }</pre>
 *
 * @param expected what one of them has
 * @param got what the other has instead
 */
public record Difference(String expected, String got) {
  private static final int AROUND = 24;

  /** The first difference; empty where the spaces are equal. */
  public static Optional<Difference> of(Space expected, Space got) {
    if (expected.equals(got)) {
      return Optional.empty();
    }
    if (expected instanceof Box one && got instanceof Box other) {
      return one.shape().equals(other.shape())
          ? Optional.of(bounds(one, other))
          : Optional.of(new Difference(one.summary(), other.summary()));
    }
    if (expected instanceof Group one && got instanceof Group other) {
      return parts(one, other);
    }
    return Optional.of(new Difference(expected.summary(), got.summary()));
  }

  /** The difference of two texts; empty where they are alike. */
  public static Optional<Difference> of(String expected, String got) {
    return expected.equals(got) ? Optional.empty() : Optional.of(new Difference(expected, got));
  }

  /**
   * The difference of two values by their short texts, and where these are alike by the first place
   * at which all that they say differs.
   */
  public static Optional<Difference> of(
      String expected, String got, Object allExpected, Object allGot) {
    if (allExpected.equals(allGot)) {
      return Optional.empty();
    }
    String one = allExpected.toString();
    String other = allGot.toString();
    int same = 0;
    while (same < Math.min(one.length(), other.length())
        && one.charAt(same) == other.charAt(same)) {
      same++;
    }
    int at = same;
    return of(expected, got)
        .or(
            () ->
                Optional.of(
                    new Difference(
                        "%s (%s)".formatted(expected, stretch(one, at)),
                        "%s (%s)".formatted(got, stretch(other, at)))));
  }

  /** The text around the place at which it begins to differ. */
  private static String stretch(String text, int at) {
    int from = Math.max(0, at - AROUND);
    int to = Math.min(text.length(), at + AROUND);
    return (from > 0 ? "…" : "") + text.substring(from, to) + (to < text.length() ? "…" : "");
  }

  /** The same of a part of the whole. */
  Difference of(String what) {
    return new Difference(what + " of " + expected, what + " of " + got);
  }

  private static Difference bounds(Box one, Box other) {
    int i = 0;
    while (one.low().get(i).equals(other.low().get(i))
        && one.high().get(i).equals(other.high().get(i))) {
      i++;
    }
    String of = one.summary() + " with number " + i + " ";
    return new Difference(of + one.bounds(i), of + other.bounds(i));
  }

  private static Optional<Difference> parts(Group one, Group other) {
    List<String> names = new ArrayList<>(one.parts().keySet());
    List<String> others = new ArrayList<>(other.parts().keySet());
    if (!names.equals(others)) {
      return Optional.of(new Difference("parts " + names, "parts " + others));
    }
    return names.stream()
        .flatMap(
            name ->
                of(one.parts().get(name), other.parts().get(name))
                    .map(part -> part.of("part '" + name + "'"))
                    .stream())
        .findFirst();
  }
}
