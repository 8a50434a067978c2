package dev.retort.bench;

import dev.retort.bench.Measurement.Effort;
import dev.retort.env.Dealing;
import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.env.VectorEnv;
import dev.retort.random.RandomStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What it brings to deal copies to cores where a step is dear, and what it costs to ask whether one
 * is where it is cheap.
 */
@State(Scope.Thread)
public class Dealt {
  private static final String DEAR = "Acrobot/actionRepeat-100";
  private static final String CHEAP = "CartPole";

  /** A robot of 17 bodies, two steps of the physics each. */
  private static final String BODIES = "UniLegs/train-5/task-4";

  private static final int COPIES = 16;
  private static final int ROWS = 16;

  /** Which environment. */
  @Param(DEAR)
  public String environment;

  /** When copies are dealt. */
  @Param("ALWAYS")
  public Dealing dealing;

  private VectorEnv envs;
  private float[][] actions;

  static Report report() {
    return Report.here(
        "env-dealt",
        Stream.of(
                figures(DEAR, Dealing.ALWAYS),
                figures(BODIES, Dealing.ALWAYS),
                figures(CHEAP, Dealing.WHERE_DEAR))
            .flatMap(List::stream)
            .toList());
  }

  /** The rates on one core, and where copies may be dealt. */
  private static List<Throughput> figures(String environment, Dealing dealing) {
    List<String> ways = List.of(Dealing.NEVER.name(), dealing.name());
    return Measurement.all(
            Dealt.class, Effort.USUAL, Map.of("environment", List.of(environment), "dealing", ways))
        .stream()
        .map(each -> each.rate(name(environment, each.get("dealing")), "steps/s", 1))
        .toList();
  }

  private static String name(String environment, String dealing) {
    String how =
        switch (Dealing.valueOf(dealing)) {
          case NEVER -> "one core";
          case ALWAYS -> "dealt to all";
          case WHERE_DEAR -> "dealt where dear";
        };
    return "%s, %s copies, %s".formatted(environment, COPIES, how);
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
    envs = new VectorEnv(env, COPIES, copy -> RandomStream.of(0, "bench", copy)).dealing(dealing);
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
