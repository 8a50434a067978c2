package dev.retort.loss;

import dev.retort.random.RandomStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One run of {@link DistanceContract#check}. */
final class DistanceInspection {
  private static final int DRAWS = 64;
  private static final float STEP = 0x1p-8f;
  private static final double TOLERANCE = 2e-3;

  private final Distance distance;
  private final String name;
  private final int n;
  private final RandomStream random = RandomStream.of(0, "distance contract");
  private final Map<String, String> findings = new LinkedHashMap<>();

  DistanceInspection(Distance distance, int outputs) {
    OwnDistance own = distance instanceof OwnDistance named ? named : null;
    this.distance = own == null ? distance : own.distance();
    this.name = Distances.known(distance).toString();
    this.n = outputs;
  }

  DistanceContract inspect() {
    for (int draw = 0; draw < DRAWS; draw++) {
      try {
        compare(draw);
      } catch (RuntimeException e) {
        findings.putIfAbsent("call", "expected a row to be compared, got " + e);
      }
    }
    return new DistanceContract(name, DRAWS, n, List.copyOf(findings.values()));
  }

  private void compare(int draw) {
    float[] z = numbers(n);
    float[] t = distance.prepare(targets(), 1, n);
    new Trial(distance, z, t).fault().ifPresent(fault -> findings.putIfAbsent("row", fault));
    float[] dz = new float[n];
    double loss = distance.at(z, 0, t, 0, n, dz);
    if (!Double.isFinite(loss)) {
      find("loss", "a finite loss", loss, draw, z, t);
      return;
    }
    if (among(z, t) != loss) {
      find(
          "place",
          "the same loss of a row wherever it stands, %s".formatted(loss),
          among(z, t),
          draw,
          z,
          t);
    }
    for (int k = 0; k < n; k++) {
      double above = slope(z, t, k, loss, STEP);
      double below = slope(z, t, k, loss, -STEP);
      double tolerance = TOLERANCE * (1 + Math.abs(above) + Math.abs(loss));
      boolean isBetween =
          dz[k] >= Math.min(above, below) - tolerance
              && dz[k] <= Math.max(above, below) + tolerance;
      if (!isBetween) {
        String expected =
            String.format(
                Locale.ROOT,
                "a gradient of %.4g by output %s, by which the loss changes",
                (above + below) / 2,
                k);
        find("gradient", expected, dz[k], draw, z, t);
      }
    }
  }

  /** The loss of the same row behind another one. */
  private double among(float[] z, float[] t) {
    float[] outputs = Arrays.copyOf(z, 2 * n);
    System.arraycopy(z, 0, outputs, n, n);
    Arrays.fill(outputs, 0, n, 1);
    float[] targets = Arrays.copyOf(t, 2 * t.length);
    System.arraycopy(t, 0, targets, t.length, t.length);
    Arrays.fill(targets, 0, t.length, 1);
    return distance.at(outputs, n, targets, t.length, n, new float[2 * n]);
  }

  /** How the loss changes with an output, to one side. */
  private double slope(float[] z, float[] t, int k, double loss, float step) {
    float[] moved = z.clone();
    moved[k] += step;
    double other = distance.at(moved, 0, t, 0, n, new float[n]);
    return (other - loss) / ((double) moved[k] - z[k]);
  }

  private float[] targets() {
    float[] targets = numbers(distance.targets(n));
    if (distance.compares() == Distance.Compares.TAKEN) {
      targets[0] = random.nextInt(n);
    }
    return targets;
  }

  private float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  private void find(String kind, String expected, double got, int draw, float[] z, float[] t) {
    findings.putIfAbsent(
        kind,
        String.format(
            Locale.ROOT,
            "expected %s, got %s (draw %s: outputs %s, prepared targets %s)",
            expected,
            (float) got,
            draw,
            Arrays.toString(z),
            Arrays.toString(t)));
  }
}
