package dev.retort.run;

import com.google.gson.JsonObject;
import dev.retort.random.RandomStream;
import dev.retort.run.PhaseMarker.Phase;
import dev.retort.store.Tensors;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * A small deterministic computation with all that a training has: chance, steps, updates, a curve.
 */
final class ToyJob implements Job<float[]> {
  private final long seed;
  private final long steps;
  private final int work;
  private final Consumer<Phase> phases;
  private final LongConsumer beforeStep;

  private final float[] weights = new float[64];
  private RandomStream random;
  private double position;
  private long step;

  ToyJob(long seed, long steps) {
    this(seed, steps, 1, phase -> {}, step -> {});
  }

  private ToyJob(long seed, long steps, int work, Consumer<Phase> phases, LongConsumer beforeStep) {
    this.seed = seed;
    this.steps = steps;
    this.work = work;
    this.phases = phases;
    this.beforeStep = beforeStep;
    this.random = RandomStream.of(seed, "toy");
  }

  /** The same, calling somebody before each step. */
  ToyJob before(LongConsumer step) {
    return new ToyJob(seed, steps, work, phases, step);
  }

  /** The same, with something that happens before one step. */
  ToyJob at(long step, Runnable deed) {
    return before(
        next -> {
          if (next == step) {
            deed.run();
          }
        });
  }

  /** The same, with more to do in each phase, and telling which it is in. */
  ToyJob marking(int more, Consumer<Phase> marker) {
    return new ToyJob(seed, steps, more, marker, beforeStep);
  }

  @Override
  public String kind() {
    return "train";
  }

  @Override
  public String title() {
    return "toy, seed " + seed;
  }

  @Override
  public JsonObject spec() {
    JsonObject optimizer = new JsonObject();
    optimizer.addProperty("rate", 0.1);
    JsonObject spec = new JsonObject();
    spec.addProperty("seed", seed);
    spec.addProperty("steps", steps);
    spec.add("optimiser", optimizer);
    return spec;
  }

  @Override
  public String[] columns() {
    return new String[] {"position", "norm", "spread"};
  }

  @Override
  public long total() {
    return steps;
  }

  @Override
  public String unit() {
    return "steps";
  }

  @Override
  public float[] execute(Session session) {
    session.resumed().ifPresent(this::restore);
    while (step < steps) {
      beforeStep.accept(step + 1);
      session.check();
      phases.accept(Phase.STEP);
      for (int i = 0; i < work * weights.length; i++) {
        position = 0.9 * position + random.nextDouble() - 0.5;
      }
      session.check();
      phases.accept(Phase.UPDATE);
      for (int i = 0; i < work; i++) {
        for (int j = 0; j < weights.length; j++) {
          weights[j] += 0.1f * ((float) (position * random.nextDouble()) - weights[j]);
        }
      }
      step++;
      if (step % 3 == 0) {
        session.curve().add(step, 0, position, norm(), step % 2 == 0 ? Double.NaN : 1e-9 / step);
      }
      session.boundary(step, this::state);
      phases.accept(Phase.UPDATE);
    }
    return weights.clone();
  }

  private double norm() {
    double sum = 0;
    for (float weight : weights) {
      sum += weight * weight;
    }
    return Math.sqrt(sum);
  }

  private Tensors state() {
    return new Tensors()
        .put("weights", weights)
        .put("position", new double[] {position})
        .put("random", new long[] {random.state()})
        .put("step", new long[] {step})
        .describe("algorithm", "toy");
  }

  private void restore(Tensors state) {
    System.arraycopy(state.floats("weights"), 0, weights, 0, weights.length);
    position = state.doubles("position")[0];
    random = RandomStream.at(state.longs("random")[0]);
    step = state.longs("step")[0];
  }

  @Override
  public Tensors keep(float[] result) {
    return new Tensors().put("weights", result, 8, 8).describe("title", title());
  }
}
