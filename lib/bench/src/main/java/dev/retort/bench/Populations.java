package dev.retort.bench;

import dev.retort.data.Dataset;
import dev.retort.data.End;
import dev.retort.data.Recorder;
import dev.retort.data.Supervision;
import dev.retort.distill.Distillation;
import dev.retort.distribution.Categorical;
import dev.retort.nn.Mlp;
import dev.retort.random.RandomStream;
import dev.retort.run.Curve;
import dev.retort.run.Session;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.store.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whole distillations of 1 to 10,000 students of 64 × 64 units, on the GPU where one is used: what
 * an update takes, gathering, losses and Adam included. Each epoch but the first is a measurement.
 */
final class Populations {
  private static final int[] MEMBERS = {1, 100, 1_000, 10_000};
  private static final int ROWS = 2_048;
  private static final int BATCH = 256;
  private static final int EPOCHS = 6;

  private Populations() {}

  static Report report() {
    Dataset data = data();
    List<Throughput> figures = new ArrayList<>();
    for (int members : MEMBERS) {
      Distillation distillation =
          new Distillation().into(Mlp.of(64, 64)).members(members).batchSize(BATCH).epochs(EPOCHS);
      Clock clock = new Clock();
      distillation.run(data, 0, clock);
      double updates = (double) distillation.updates(ROWS) / EPOCHS;
      double arithmetic = members * Arithmetic.of(BATCH, 8, 64, 64, 4).update();
      String name = String.format(Locale.ROOT, "members %,d, batch %d", members, BATCH);
      List<Double> seconds = clock.between.stream().map(each -> each / updates).toList();
      figures.add(Throughput.of(name, "µs/update", seconds.stream().map(each -> each * 1e6)));
      figures.add(
          Throughput.of(name, "GFLOP/s", seconds.stream().map(each -> arithmetic / each / 1e9)));
    }
    return Report.here("populations", figures);
  }

  /** Takes the time between boundaries, which are the ends of epochs. */
  private static final class Clock implements Session {
    private final List<Double> between = new ArrayList<>();
    private final Curve curve = new Curve("loss", "agreement");
    private long last;

    @Override
    public Optional<Tensors> resumed() {
      return Optional.empty();
    }

    @Override
    public void check() {}

    @Override
    public void boundary(long step, Supplier<Tensors> state) {
      long now = System.nanoTime();
      if (last != 0) {
        between.add((now - last) / 1e9);
      }
      last = now;
    }

    @Override
    public Curve curve() {
      return curve;
    }
  }

  private static Dataset data() {
    RandomStream random = RandomStream.of(0, "data");
    Recorder recorder =
        new Recorder(
            Box.of(-1, 1, 8), new Discrete(4), Supervision.of(new Categorical(new Discrete(4))));
    float[] obs = new float[8];
    for (int row = 0; row < ROWS; row++) {
      for (int i = 0; i < obs.length; i++) {
        obs[i] = (float) (2 * random.nextDouble() - 1);
      }
      float[] logits = {obs[0], obs[1], obs[2], obs[3]};
      recorder.step(obs, 0, new float[] {0}, 0, 0, logits, 0);
    }
    recorder.end(obs, 0, End.HORIZON);
    return recorder.dataset("random");
  }
}
