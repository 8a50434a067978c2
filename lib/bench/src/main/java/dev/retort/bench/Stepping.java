package dev.retort.bench;

import dev.retort.bench.Measurement.Effort;
import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.env.VectorEnv;
import dev.retort.random.RandomStream;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * How fast environments step on one core, resets included, with actions drawn beforehand so that
 * only stepping is measured.
 */
@State(Scope.Thread)
public class Stepping {
  private static final int COPIES = 64;
  private static final int ROWS = 128;

  /** Which environment. */
  @Param("CartPole")
  public String environment;

  private VectorEnv envs;
  private float[][] actions;

  static Report cartPole() {
    return report("env-cartpole", List.of("CartPole"));
  }

  /** Those that are no family of another one's. */
  static Report every() {
    return report(
        "environments",
        Environments.all().stream().map(Env::name).filter(name -> !name.contains("-")).toList());
  }

  private static Report report(String name, List<String> environments) {
    return Report.here(
        name,
        Measurement.all(Stepping.class, Effort.USUAL, Map.of("environment", environments)).stream()
            .map(each -> each.rate(each.get("environment") + ", 64 copies", "steps/s", 1))
            .toList());
  }

  /** Draws the actions. */
  @Setup
  public void draw() {
    Env env = Environments.get(environment);
    RandomStream random = RandomStream.of(0, "actions");
    int size = env.actions().size();
    actions = new float[ROWS][COPIES * size];
    for (float[] row : actions) {
      for (int copy = 0; copy < COPIES; copy++) {
        env.actions().sample(random, row, copy * size);
      }
    }
    envs = new VectorEnv(env, COPIES, copy -> RandomStream.of(0, "bench", copy));
    envs.reset();
  }

  /** Takes every drawn action once. */
  @org.openjdk.jmh.annotations.Benchmark
  @OperationsPerInvocation(ROWS * COPIES)
  public VectorEnv steps() {
    for (float[] row : actions) {
      envs.step(row);
    }
    return envs;
  }
}
