package dev.retort.bench;

import dev.retort.bench.Measurement.Effort;
import dev.retort.data.Dataset;
import dev.retort.data.End;
import dev.retort.data.Recorder;
import dev.retort.data.Supervision;
import dev.retort.distill.Distillation;
import dev.retort.distill.Loss;
import dev.retort.distribution.Categorical;
import dev.retort.loss.BehaviorCloning;
import dev.retort.nn.Mlp;
import dev.retort.policy.Ensemble;
import dev.retort.random.RandomStream;
import dev.retort.run.Session;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** How many samples a second behavior cloning learns from: one 32 × 32 student, batches of 32. */
@State(Scope.Thread)
public class Cloning {
  private static final int ROWS = 8_192;
  private static final Distillation CLONING =
      new Distillation()
          .into(Mlp.of(32, 32))
          .members(1)
          .minimizing(Loss.of(new BehaviorCloning()))
          .batchSize(32)
          .epochs(1);

  private Dataset data;

  static Report report() {
    List<Measurement> all = Measurement.all(Cloning.class, Effort.TRAINING, Map.of());
    double updates = CLONING.updates(ROWS);
    double arithmetic = updates * Arithmetic.of(32, 4, 32, 32, 2).update();
    return Report.here(
        "cloning",
        all.stream()
            .flatMap(
                each ->
                    Stream.of(
                        each.rate("behavior cloning", "samples/s", ROWS),
                        each.rate("behavior cloning", "updates/s", updates),
                        each.arithmetic("behavior cloning", arithmetic)))
            .toList());
  }

  /** Draws the data. */
  @Setup
  public void draw() {
    data = data();
  }

  /** One pass over the data, and what begins and ends a distillation. */
  @org.openjdk.jmh.annotations.Benchmark
  public Ensemble distill() {
    return CLONING.run(data, 0, Session.unwatched("loss", "agreement"));
  }

  private static Dataset data() {
    RandomStream random = RandomStream.of(0, "data");
    Recorder recorder =
        new Recorder(
            Box.of(-1, 1, 4), new Discrete(2), Supervision.of(new Categorical(new Discrete(2))));
    float[] obs = new float[4];
    for (int row = 0; row < ROWS; row++) {
      for (int i = 0; i < obs.length; i++) {
        obs[i] = (float) (2 * random.nextDouble() - 1);
      }
      float[] outputs = {obs[0], obs[1]};
      recorder.step(obs, 0, new float[] {obs[0] > obs[1] ? 0 : 1}, 0, 0, outputs, 0);
      if (row % 128 == 127) {
        recorder.end(obs, 0, End.HORIZON);
      }
    }
    return recorder.dataset("random");
  }
}
