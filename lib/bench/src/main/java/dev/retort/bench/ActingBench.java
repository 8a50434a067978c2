package dev.retort.bench;

import dev.retort.bench.Measurement.Effort;
import dev.retort.distribution.Categorical;
import dev.retort.nn.Initialization;
import dev.retort.nn.Mlp;
import dev.retort.nn.Network;
import dev.retort.nn.Output;
import dev.retort.nn.Trunk;
import dev.retort.policy.Actor;
import dev.retort.policy.NetworkPolicy;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What the greedy actions of a 64 × 64 policy cost, from Java arrays to Java arrays. */
@State(Scope.Thread)
public class ActingBench {
  /** Observations in a call. */
  @Param("1")
  public int batch;

  private Actor actor;
  private float[] obs;
  private float[] actions;

  static Report report() {
    return Report.here(
        "acting",
        Measurement.all(
                ActingBench.class, Effort.USUAL, Map.of("batch", List.of("1", "16", "64", "1024")))
            .stream()
            .flatMap(
                each -> {
                  String name = "batch " + each.get("batch");
                  return Stream.of(
                      each.time(name, "call"), each.rate(name, "actions/s", each.whole("batch")));
                })
            .toList());
  }

  /** Makes the policy. */
  @Setup
  public void begin() {
    Mlp mlp = Mlp.of(64, 64);
    try (Network network =
        Network.of(
            mlp,
            List.of(8),
            List.of(Output.of("logits", 4)),
            Trunk.SHARED,
            Initialization.FAN_IN,
            0)) {
      actor =
          new NetworkPolicy(
                  "acting",
                  Box.of(-1, 1, 8),
                  new Categorical(new Discrete(4)),
                  mlp,
                  network.member(0))
              .actor(batch);
    }
    obs = new float[batch * 8];
    actions = new float[batch];
  }

  /** One call. */
  @org.openjdk.jmh.annotations.Benchmark
  public float[] act() {
    return actor.greedy(obs, actions);
  }

  /** Gives the policy's memory back. */
  @TearDown
  public void end() {
    actor.close();
  }
}
