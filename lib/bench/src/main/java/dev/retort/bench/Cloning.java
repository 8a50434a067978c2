package dev.retort.bench;

import dev.retort.data.Dataset;
import dev.retort.data.Recorder;
import dev.retort.distill.Distillation;
import dev.retort.distill.Loss;
import dev.retort.nn.Mlp;
import dev.retort.policy.Head;
import dev.retort.random.RandomStream;
import dev.retort.run.Session;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import java.util.List;

/** How many samples a second behaviour cloning learns from: one 32 × 32 student, batches of 32. */
final class Cloning {
  private static final int ROWS = 8_192;
  private static final int EPOCHS = 5;
  private static final int RUNS = 9;

  private Cloning() {}

  static Report run() {
    Dataset data = data();
    Distillation cloning =
        new Distillation()
            .network(Mlp.of(32, 32))
            .members(1)
            .loss(new Loss.BehaviourCloning())
            .batchSize(32)
            .epochs(EPOCHS);
    double[] rates = new double[RUNS];
    for (int run = -2; run < RUNS; run++) {
      long from = System.nanoTime();
      cloning.run(data, 0, Session.unwatched("loss", "agreement"));
      double seconds = (System.nanoTime() - from) / 1e9;
      if (run >= 0) {
        rates[run] = (double) EPOCHS * ROWS / seconds;
      }
    }
    return Report.here("cloning", List.of(Figure.of("behaviour cloning", "samples/s", rates)));
  }

  private static Dataset data() {
    RandomStream random = RandomStream.of(0, "data");
    Recorder recorder = new Recorder(Box.of(-1, 1, 4), new Discrete(2), Head.LOGITS);
    float[] obs = new float[4];
    for (int row = 0; row < ROWS; row++) {
      for (int i = 0; i < obs.length; i++) {
        obs[i] = (float) (2 * random.nextDouble() - 1);
      }
      float[] outputs = {obs[0], obs[1]};
      recorder.step(obs, 0, new float[] {obs[0] > obs[1] ? 0 : 1}, 0, 0, outputs, 0);
      if (row % 128 == 127) {
        recorder.end(obs, 0, false);
      }
    }
    return recorder.dataset("random");
  }
}
