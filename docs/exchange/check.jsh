// Writes policies in the formats of others, and what they say of 1,000 observations, for docs/exchange.md. It is run by hand, with
// the folder that receives them: ./retort run docs/exchange/check.jsh FOLDER
import dev.retort.exchange.safetensors.PlainTensors;
import dev.retort.store.Tensors;

Path folder = java.nio.file.Files.createDirectories(Path.of(args[0]));
Env cart = env("CartPole"), pole = env("Pendulum");
Policy teacher = train(ppo().steps(20_000)).on(cart).seed(0).run();
Dataset data = collect(4_000).from(teacher).on(cart).seed(1).run();
Map<String, Policy> all = new java.util.LinkedHashMap<>();
all.put("teacher", teacher);
all.put("students", distill(teacher).from(data).into(mlp(32, 32)).members(5).epochs(5).seed(2).run());
all.put("remembering", distill(teacher).from(data).into(new Gru(16)).seeing(View.window(4)).members(1).epochs(2).seed(3).run());
all.put("squashed", train(sac().steps(2_000)).on(pole).seed(0).run());
RandomStream random = RandomStream.of(4, "observations");
for (Map.Entry<String, Policy> each : all.entrySet()) {
  Policy policy = each.getValue();
  policy.save(folder.resolve(each.getKey() + ".onnx"));
  policy.save(folder.resolve(each.getKey() + ".hub"));
  int steps = policy.memory() > 0 ? 10 : 1, rows = 1000 / steps, size = policy.observations().size(), width = policy.distribution().size();
  float[] seen = new float[1000 * size], said = new float[1000 * width], memory = new float[rows * policy.memory()];
  for (int i = 0; i < seen.length; i++) {
    seen[i] = (float) random.nextGaussian();
  }
  try (Policy.Forward forward = policy.forward(rows)) {
    for (int step = 0; step < steps; step++) {
      float[] now = java.util.Arrays.copyOfRange(seen, step * rows * size, (step + 1) * rows * size), outputs = new float[rows * width];
      forward.apply(now, memory, rows, outputs);
      System.arraycopy(outputs, 0, said, step * rows * width, outputs.length);
    }
  }
  Tensors numbers = new Tensors().put("observation", seen, steps, rows, size).put("said", said, steps, rows, width);
  PlainTensors.write(folder.resolve(each.getKey() + ".said.safetensors"), numbers);
}
