package dev.retort.evaluate;

import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.store.Tensors;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures episodes: what their environment says of the state in which one ended, and the steps of
 * those that ended as they should.
 */
final class Measuring {
  /** No environment means this number; NaN is one that it may mean. */
  private static final double UNWRITTEN = Double.NEGATIVE_INFINITY;

  private final Env env;
  private final List<String> names;
  private final boolean needsPaths;
  private final int[] shortest;
  private final double[] measured;
  private final double[][] values;

  /**
   * Nothing measured yet.
   *
   * @param env what is played
   * @param copies how many episodes are played at a time
   * @param episodes how many there will be
   */
  Measuring(Env env, int copies, int episodes) {
    this.env = env;
    this.names = Measurements.named(env);
    this.needsPaths = names.contains(Env.LENGTH_RATIO);
    this.shortest = new int[copies];
    this.measured = new double[names.size()];
    this.values = new double[names.size()][episodes];
  }

  /** Takes note of the state in which a copy begins an episode. */
  void begin(int copy, double[] state) {
    shortest[copy] = needsPaths ? env.shortestPath(state) : -1;
  }

  /** Measures the episode of a copy by the state in which it ended after so many steps. */
  void end(int copy, int episode, double[] state, long steps) {
    if (names.isEmpty()) {
      return;
    }
    Arrays.fill(measured, UNWRITTEN);
    env.measure(state, measured);
    int success = names.indexOf(Env.SUCCESS);
    double taken = success >= 0 && measured[success] == 1 ? steps : Double.NaN;
    count(Env.STEPS_TO_SUCCESS, taken);
    count(Env.LENGTH_RATIO, shortest[copy] > 0 ? taken / shortest[copy] : Double.NaN);
    for (int i = 0; i < measured.length; i++) {
      if (Double.isInfinite(measured[i])) {
        throw new RetortException(
            "evaluate: expected '%s' to write its measure '%s', got %s. Override measure(state, measured) beside measures()."
                .formatted(
                    env.name(), names.get(i), measured[i] == UNWRITTEN ? "none" : measured[i]));
      }
      values[i][episode] = measured[i];
    }
  }

  /** Writes a number that the environment left to whoever plays it. */
  private void count(String name, double value) {
    int at = names.indexOf(name);
    if (at >= 0 && measured[at] == UNWRITTEN) {
      measured[at] = value;
    }
  }

  /** The measures of the first so many episodes, {@code (1, count)} each. */
  Map<String, double[][]> first(int count) {
    Map<String, double[][]> all = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      all.put(names.get(i), new double[][] {Arrays.copyOf(values[i], count)});
    }
    return all;
  }

  /** Writes all measures. */
  void save(Tensors into) {
    into.put("measured", Statistics.pooled(values));
  }

  /** Whether saved measures are these ones: a checkpoint of before may have fewer. */
  boolean fits(Tensors saved) {
    return saved.has("measured")
        && saved.doubles("measured").length == (long) values.length * episodes();
  }

  private int episodes() {
    return values.length == 0 ? 0 : values[0].length;
  }

  /** Goes on from what {@link #save} wrote. */
  void restore(Tensors saved) {
    double[] all = saved.doubles("measured");
    for (int i = 0; i < values.length; i++) {
      System.arraycopy(all, i * episodes(), values[i], 0, episodes());
    }
  }
}
