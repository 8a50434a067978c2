package dev.retort.bench;

import dev.retort.nn.Adam;
import dev.retort.nn.Initialization;
import dev.retort.nn.Mlp;
import dev.retort.nn.Network;
import dev.retort.nn.Output;
import dev.retort.nn.Rows;
import dev.retort.nn.Torso;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What one update of a population of 64 × 64 students costs, by members and batch size: forward,
 * loss gradient, backward and Adam. Sizes alternate, so that a busy moment hits all alike.
 */
final class Ensembles {
  private static final int[] MEMBERS = {1, 10, 50};
  private static final int[] BATCHES = {32, 256};
  private static final int RUNS = 15;
  private static final int UPDATES = 40;

  private Ensembles() {}

  static Report update() {
    List<Figure> figures = new ArrayList<>();
    for (int batch : BATCHES) {
      double[][] micros = new double[MEMBERS.length][RUNS];
      List<Student> students = new ArrayList<>();
      for (int members : MEMBERS) {
        students.add(new Student(members, batch));
      }
      for (int run = -3; run < RUNS; run++) {
        for (int i = 0; i < MEMBERS.length; i++) {
          double each = students.get(i).micros();
          if (run >= 0) {
            micros[i][run] = each;
          }
        }
      }
      students.forEach(Student::close);
      for (int i = 0; i < MEMBERS.length; i++) {
        figures.add(
            Figure.of("%d members, batch %d".formatted(MEMBERS[i], batch), "µs/update", micros[i]));
      }
      double[] shares = new double[RUNS];
      for (int run = 0; run < RUNS; run++) {
        shares[run] = micros[2][run] / MEMBERS[2] / micros[0][run];
      }
      figures.add(Figure.of("a member of 50 to one alone, batch " + batch, "ratio", shares));
    }
    return Report.here("distill-ensemble", figures);
  }

  /** A population under way. */
  private static final class Student implements AutoCloseable {
    private final int batch;
    private final Network network;
    private final Adam adam;
    private final float[] x;
    private final float[] out;

    Student(int members, int batch) {
      this.batch = batch;
      long[] seeds = new long[members];
      Arrays.setAll(seeds, i -> i);
      this.network =
          Network.of(
              Mlp.of(64, 64),
              List.of(8),
              List.of(Output.of("q", 4)),
              Torso.SHARED,
              Initialization.PYTORCH,
              seeds);
      this.adam = new Adam(network.parameters().length, 1e-8);
      this.x = new float[members * batch * 8];
      this.out = new float[members * batch * 4];
      for (int i = 0; i < x.length; i++) {
        x[i] = (float) Math.sin(i);
      }
    }

    double micros() {
      long from = System.nanoTime();
      for (int i = 0; i < UPDATES; i++) {
        network.forward(x, batch, Rows.PER_MEMBER, out);
        for (int k = 0; k < out.length; k++) {
          out[k] = (out[k] - 0.5f) * (2f / batch);
        }
        network.backward(out);
        adam.step(network.parameters(), network.gradients(), 1e-4);
        network.parametersChanged();
      }
      return (System.nanoTime() - from) / 1e3 / UPDATES;
    }

    @Override
    public void close() {
      network.close();
    }
  }
}
