package dev.retort.exchange.tensorboard;

import com.google.gson.JsonObject;
import dev.retort.random.RandomStream;
import dev.retort.run.Job;
import dev.retort.run.Session;
import dev.retort.store.Tensors;

/** Two members walk at random: a row a step for each, and weights that follow from the step. */
final class Walking implements Job<float[]> {
  private static final int WEIGHTS = 100;

  /** How many of these are of the first layer. */
  static final int FIRST = 60;

  private final long steps;
  private final long moment;
  private final Runnable deed;

  Walking(long steps) {
    this(steps, -1, () -> {});
  }

  private Walking(long steps, long moment, Runnable deed) {
    this.steps = steps;
    this.moment = moment;
    this.deed = deed;
  }

  /** The same, with something that happens before one step. */
  Walking stoppingAt(long step, Runnable what) {
    return new Walking(steps, step, what);
  }

  static float[] weightsAt(long step, int member) {
    RandomStream random = RandomStream.of(step, "weights", member);
    float[] weights = new float[WEIGHTS];
    for (int i = 0; i < WEIGHTS; i++) {
      weights[i] = (float) random.nextGaussian();
    }
    return weights;
  }

  private static Tensors state(long step) {
    float[] both = new float[2 * WEIGHTS];
    int second = WEIGHTS - FIRST;
    for (int member = 0; member < 2; member++) {
      float[] own = weightsAt(step, member);
      System.arraycopy(own, 0, both, member * FIRST, FIRST);
      System.arraycopy(own, FIRST, both, 2 * FIRST + member * second, second);
    }
    return new Tensors()
        .put("step", new long[] {step})
        .put("groups", new long[] {2})
        .put("group0.actor", both)
        .describe("group0.actor.sections", "actor 0 2\nin.weight 60\nin.bias 40")
        .put("group0.target", both)
        .put("replay.obs", new float[] {1, 2, 3});
  }

  @Override
  public String kind() {
    return "train";
  }

  @Override
  public String title() {
    return "walk";
  }

  @Override
  public JsonObject spec() {
    JsonObject settings = new JsonObject();
    settings.addProperty("rate", 0.25);
    settings.addProperty("network", "mlp:64");
    settings.addProperty("discount", "0.98");
    settings.addProperty("clips", true);
    settings.add("deeper", new JsonObject());
    JsonObject spec = new JsonObject();
    spec.addProperty("steps", steps);
    spec.add("settings", settings);
    return spec;
  }

  @Override
  public String[] columns() {
    return new String[] {"return", "loss"};
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
    long step = session.resumed().map(saved -> saved.longs("step")[0]).orElse(0L);
    while (step < steps) {
      step++;
      if (step == moment) {
        deed.run();
      }
      for (int member = 0; member < 2; member++) {
        double value = RandomStream.of(step, "walk", member).nextGaussian();
        session.curve().add(step, member, value, step % 3 == 0 ? Double.NaN : value * value);
      }
      long now = step;
      session.boundary(step, () -> state(now));
    }
    return weightsAt(steps, 0);
  }

  @Override
  public Tensors keep(float[] result) {
    return new Tensors().put("parameters", result, 1, result.length);
  }
}
