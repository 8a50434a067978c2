package dev.retort.figure;

import dev.retort.RetortException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Places in a plane under one name, in an order: a cloud of a {@link Scatter}, or a way of {@link
 * Tracks}.
 *
 * @param name what the legend calls it
 * @param x how far to the right; what is not finite and at most 1e100 from zero is not drawn, and
 *     parts a way
 * @param y how far up, one a place
 */
public record Trace(String name, List<Double> x, List<Double> y) {
  /** Checks that each place has both its numbers. */
  public Trace {
    x = List.copyOf(x);
    y = List.copyOf(y);
    if (x.size() != y.size()) {
      throw new RetortException(
          "trace '%s': expected as many numbers across as up, got %s and %s."
              .formatted(name, x.size(), y.size()));
    }
  }

  /** The places of two arrays, {@code (n)} each. */
  public static Trace of(String name, double[] x, double[] y) {
    return new Trace(name, Arrays.stream(x).boxed().toList(), Arrays.stream(y).boxed().toList());
  }

  /** Whether a picture can show a place. */
  public boolean shows(int place) {
    return Figure.shows(x.get(place)) && Figure.shows(y.get(place));
  }

  /** How many places a picture can show. */
  public int shown() {
    return (int) IntStream.range(0, x.size()).filter(this::shows).count();
  }

  /** The same with at most so many places, evenly chosen, the first and the last among them. */
  public Trace thinned(int places) {
    int n = x.size();
    if (n <= places || places < 2) {
      return this;
    }
    int[] chosen =
        IntStream.range(0, places)
            .map(i -> (int) Math.round((double) i * (n - 1) / (places - 1)))
            .toArray();
    return new Trace(
        name,
        Arrays.stream(chosen).mapToObj(x::get).toList(),
        Arrays.stream(chosen).mapToObj(y::get).toList());
  }
}
