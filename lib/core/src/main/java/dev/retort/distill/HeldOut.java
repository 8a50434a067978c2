package dev.retort.distill;

import dev.retort.data.View;
import dev.retort.nn.Network;
import dev.retort.nn.Rows;
import dev.retort.random.RandomStream;
import java.util.Arrays;

/** Rows that nobody learns from, and the loss on them. */
final class HeldOut {
  private static final int BATCH = 1024;

  private final Objective objective;
  private final View.Sight sight;
  private final int size;

  HeldOut(Lesson lesson) {
    this.objective = lesson.objective();
    this.sight = lesson.view().of(lesson.data());
    this.size = lesson.data().size();
  }

  /** Writes the mean loss of each member over all rows. */
  void measure(Network network, double[] losses) {
    int width = objective.width();
    int batch = Math.min(BATCH, size);
    float[] seen = new float[batch * network.inputs()];
    float[] out = new float[network.members() * batch * width];
    float[] gradient = new float[out.length];
    RandomStream random = RandomStream.of(0, "held out");
    Arrays.fill(losses, 0);
    for (int from = 0; from < size; from += batch) {
      int count = Math.min(batch, size - from);
      for (int row = 0; row < count; row++) {
        sight.look(from + row, random, seen, row * network.inputs());
      }
      network.predict(seen, count, Rows.SHARED, out);
      for (int i = 0; i < network.members() * count; i++) {
        losses[i / count] += objective.at(from + i % count, out, i * width, 1, gradient) / size;
      }
    }
  }
}
