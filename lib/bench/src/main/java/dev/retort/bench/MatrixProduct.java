package dev.retort.bench;

import dev.retort.bench.Measurement.Effort;
import dev.retort.nn.Activation;
import dev.retort.nn.Initialization;
import dev.retort.nn.Mlp;
import dev.retort.nn.Network;
import dev.retort.nn.Output;
import dev.retort.nn.Rows;
import dev.retort.nn.Trunk;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The rate of large products on one thread, to hold the others against: predictions of a network of
 * two layers of 1,024 units for 1,024 rows, whose other work is a hundredth of that.
 */
@State(Scope.Thread)
public class MatrixProduct {
  private static final int SIZE = 1_024;

  private Network network;
  private float[] x;
  private float[] y;

  static Report report() {
    return Report.here("matrix-product", List.of(peak()));
  }

  /** Measured beside what is to be held against it: machines are not always equally fast. */
  static Throughput peak() {
    double arithmetic = Arithmetic.of(SIZE, SIZE, SIZE, SIZE, 1).forward();
    return Measurement.all(MatrixProduct.class, Effort.USUAL, Map.of())
        .get(0)
        .arithmetic("products of 1024 × 1024", arithmetic);
  }

  /** Makes the network. */
  @Setup
  public void begin() {
    network =
        Network.of(
            Mlp.of(SIZE, SIZE).activation(Activation.RELU),
            List.of(SIZE),
            List.of(Output.of("y", 1)),
            Trunk.SHARED,
            Initialization.FAN_IN,
            0);
    x = new float[SIZE * SIZE];
    y = new float[SIZE];
  }

  /** Two products and what lies around them. */
  @org.openjdk.jmh.annotations.Benchmark
  public float[] predict() {
    network.predict(x, SIZE, Rows.SHARED, y);
    return y;
  }

  /** Gives the engine's memory back. */
  @TearDown
  public void end() {
    network.close();
  }
}
