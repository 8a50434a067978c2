// Makes a dataset of 10 GB in pieces of 100 MB, distills from it, and says how much heap that took: JAVA_TOOL_OPTIONS=-Xmx2g ./retort run docs/larger-than-memory.jsh
// It needs 11 GB of disk where it is started, in large.columns, which it leaves there. The action is the sign of the first of a thousand numbers.
import dev.retort.random.RandomStream;
import java.nio.file.Files;

int width = 1_000;
Path large = Path.of("large.columns");
for (int piece = 0; piece < 100 && !Files.exists(large.resolve("whole")); piece++) {
  RandomStream random = RandomStream.of(piece, "numbers");
  Recorder recorder = new Recorder(Box.of(-1, 1, width), new Discrete(2), Supervision.of(new Categorical(new Discrete(2))));
  float[] seen = new float[width];
  for (int step = 1; step <= 25_000; step++) {
    for (int k = 0; k < width; k++) { seen[k] = (float) (2 * random.nextDouble() - 1); }
    float right = seen[0] > 0 ? 1 : 0;
    recorder.step(seen, 0, new float[] {right}, 0, right, new float[] {0, 8 * right - 4}, 0);
    if (step % 1_000 == 0) { recorder.end(seen, 0, End.TASK, 0); }
  }
  recorder.dataset("signs").appendTo(large);
}
Files.write(large.resolve("whole"), new byte[0]);
Dataset data = dataset(large);
System.out.println(data + "\n" + Files.size(large.resolve("observations")) + " bytes of observations");
long before = System.nanoTime();
Ensemble student = distill(data).into(mlp(16)).members(1).epochs(1).batchSize(256).run();
Runtime heap = Runtime.getRuntime();
System.out.printf("distilled in %.0f s with a heap of at most %,d MB%n", (System.nanoTime() - before) / 1e9, heap.maxMemory() >> 20);
