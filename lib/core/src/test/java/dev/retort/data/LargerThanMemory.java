package dev.retort.data;

import dev.retort.Retort;
import dev.retort.policy.Ensemble;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Makes a dataset of 400 MB in pieces of 10 MB, and distills from it; {@link ColumnFolderTest} runs
 * it in a process whose heap is a third of that.
 */
final class LargerThanMemory {
  private static final int WIDTH = 1000;
  private static final int PIECES = 40;
  private static final int EPISODES = 10;
  private static final int STEPS = 250;

  private LargerThanMemory() {}

  /** Runs in the folder that is named. */
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    for (int piece = 0; piece < PIECES; piece++) {
      ColumnFolderTest.signs(piece, EPISODES, STEPS, WIDTH).appendTo(folder);
    }
    Dataset data = Retort.dataset(folder);
    Ensemble student =
        Retort.distill(data)
            .into(Retort.mlp(8))
            .members(1)
            .epochs(1)
            .batchSize(100)
            .learningRate(0.01)
            .quiet()
            .run();
    Dataset fresh = ColumnFolderTest.signs(PIECES, EPISODES, STEPS, WIDTH);
    float[] seen = new float[WIDTH];
    int agreed = 0;
    try (var actor = student.actor(1)) {
      for (int row = 0; row < fresh.size(); row++) {
        fresh.column(Dataset.OBSERVATION).read(row, seen, 0);
        float[] outputs = actor.outputs(seen);
        agreed += (outputs[1] > outputs[0] ? 1 : 0) == (int) fresh.taken()[row] ? 1 : 0;
      }
    }
    System.out.printf(Locale.ROOT, "agreement %.2f%n", (double) agreed / fresh.size());
    System.exit(0);
  }
}
