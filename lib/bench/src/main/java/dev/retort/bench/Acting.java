package dev.retort.bench;

import dev.retort.nn.Initialization;
import dev.retort.nn.Mlp;
import dev.retort.nn.Network;
import dev.retort.nn.Output;
import dev.retort.nn.Torso;
import dev.retort.policy.Actor;
import dev.retort.policy.Head;
import dev.retort.policy.NetworkPolicy;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import java.util.ArrayList;
import java.util.List;

/** What the preferred actions of a 64 × 64 policy cost, from Java arrays to Java arrays. */
final class Acting {
  private static final int[] BATCHES = {1, 16, 64, 1024};
  private static final int RUNS = 15;

  private Acting() {}

  static Report run() {
    NetworkPolicy policy = policy();
    List<Figure> figures = new ArrayList<>();
    for (int batch : BATCHES) {
      float[] obs = new float[batch * 8];
      float[] actions = new float[batch];
      int calls = Math.max(50, 20_000 / batch);
      double[] micros = new double[RUNS];
      try (Actor actor = policy.actor(batch)) {
        for (int run = -5; run < RUNS; run++) {
          long from = System.nanoTime();
          for (int call = 0; call < calls; call++) {
            actor.greedy(obs, actions);
          }
          if (run >= 0) {
            micros[run] = (System.nanoTime() - from) / 1e3 / calls;
          }
        }
      }
      figures.add(Figure.of("batch " + batch, "µs", micros));
    }
    return Report.here("acting", figures);
  }

  private static NetworkPolicy policy() {
    Mlp mlp = Mlp.of(64, 64);
    try (Network network =
        Network.of(
            mlp,
            List.of(8),
            List.of(Output.of("logits", 4)),
            Torso.SHARED,
            Initialization.PYTORCH,
            0)) {
      return new NetworkPolicy(
          "acting", Box.of(-1, 1, 8), new Discrete(4), Head.LOGITS, mlp, network.member(0));
    }
  }
}
