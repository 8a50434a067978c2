package dev.retort.loss;

import dev.retort.RetortException;
import dev.retort.code.Imprint;
import java.util.Arrays;
import java.util.Optional;

/**
 * A distance of the user's own under its name, by which files and magics know it. Each row is
 * looked at: a loss or a gradient that is no number, or that was not written, is refused where it
 * arises.
 *
 * @param name its text, one word such as {@code pinball} or {@code pinball:0.9}
 * @param distance what it does
 */
public record OwnDistance(String name, Distance distance) implements Distance {
  /** What the code of the distance does and holds. */
  public Imprint imprint() {
    return imprint(distance);
  }

  static Imprint imprint(Distance distance) {
    return Imprint.of(distance, Distance.class, method -> true, value -> Optional.empty());
  }

  @Override
  public Compares compares() {
    return distance.compares();
  }

  @Override
  public int targets(int n) {
    return distance.targets(n);
  }

  @Override
  public int prepared(int n) {
    return distance.prepared(n);
  }

  @Override
  public void prepareRow(float[] t, int from, int n, float[] prepared, int j) {
    distance.prepareRow(t, from, n, prepared, j);
  }

  /** Prepares the targets, and refuses a distance that leaves its row for the first of them. */
  @Override
  public float[] prepare(float[] t, int rows, int n) {
    float[] prepared = distance.prepare(t, rows, n);
    int size = prepared(n);
    if (prepared.length != (long) rows * size) {
      throw new RetortException(
          "loss '%s': expected %s prepared targets (%s rows of %s), got %s. Mend prepared(..) or prepare(..)."
              .formatted(name, (long) rows * size, rows, size, prepared.length));
    }
    if (rows > 0) {
      Trial trial = new Trial(distance, new float[n], Arrays.copyOf(prepared, size));
      trial
          .fault()
          .ifPresent(
              fault -> {
                throw new RetortException("loss '%s': %s. Mend at(..).".formatted(name, fault));
              });
    }
    return prepared;
  }

  @Override
  public double at(float[] z, int i, float[] t, int j, int n, float[] dz) {
    Arrays.fill(dz, i, i + n, Trial.UNWRITTEN);
    double loss;
    try {
      loss = distance.at(z, i, t, j, n, dz);
    } catch (RetortException e) {
      throw e;
    } catch (RuntimeException e) {
      throw refusal("to return", e.toString(), z, i, t, j, n, e);
    }
    int k = 0;
    while (k < n && Float.isFinite(dz[i + k])) {
      k++;
    }
    if (k < n && areFinite(z, i, n)) {
      String got = Trial.isUnwritten(dz[i + k]) ? "none, dz[i + %s]".formatted(k) : "" + dz[i + k];
      throw refusal("a finite gradient by output " + k, got, z, i, t, j, n, null);
    }
    if (!Double.isFinite(loss) && areFinite(z, i, n)) {
      throw refusal("a finite loss", "" + loss, z, i, t, j, n, null);
    }
    return loss;
  }

  /** Whether outputs are such that a loss of them can be asked for. */
  private static boolean areFinite(float[] z, int i, int n) {
    for (int k = i; k < i + n; k++) {
      if (!Float.isFinite(z[k])) {
        return false;
      }
    }
    return true;
  }

  private RetortException refusal(
      String expected, String got, float[] z, int i, float[] t, int j, int n, Throwable cause) {
    int size = prepared(n);
    return new RetortException(
        "loss '%s': expected at(..) %s%s, got %s (row %s: outputs %s, targets %s). Mend it; DistanceContract.check(..) finds more."
            .formatted(
                name,
                expected.startsWith("to ") ? "" : "to give ",
                expected,
                got,
                size == 0 ? 0 : j / size,
                Arrays.toString(Arrays.copyOfRange(z, i, i + n)),
                Arrays.toString(Arrays.copyOfRange(t, j, j + size))),
        cause);
  }

  @Override
  public String toString() {
    return name;
  }
}
