package dev.retort.bench;

import dev.retort.nn.Activation;
import dev.retort.nn.Initialization;
import dev.retort.nn.Mlp;
import dev.retort.nn.Network;
import dev.retort.nn.Output;
import dev.retort.nn.Rows;
import dev.retort.nn.Torso;
import java.util.List;

/**
 * The rate of large products on one thread: predictions of a network of two layers of 1,024 units
 * for 1,024 rows, whose other work is a hundredth of that.
 */
final class MatrixProduct {
  private static final int SIZE = 1_024;
  private static final int RUNS = 15;

  private MatrixProduct() {}

  static Report run() {
    double[] rates = new double[RUNS];
    try (Network network =
        Network.of(
            Mlp.of(SIZE, SIZE).activation(Activation.RELU),
            List.of(SIZE),
            List.of(Output.of("y", 1)),
            Torso.SHARED,
            Initialization.PYTORCH,
            0)) {
      float[] x = new float[SIZE * SIZE];
      float[] y = new float[SIZE];
      for (int run = -3; run < RUNS; run++) {
        long from = System.nanoTime();
        network.predict(x, SIZE, Rows.SHARED, y);
        double seconds = (System.nanoTime() - from) / 1e9;
        if (run >= 0) {
          rates[run] = 2 * 2.0 * SIZE * SIZE * SIZE / seconds / 1e9;
        }
      }
    }
    return Report.here("matrix-product", List.of(Figure.of("1024 × 1024", "GFLOP/s", rates)));
  }
}
