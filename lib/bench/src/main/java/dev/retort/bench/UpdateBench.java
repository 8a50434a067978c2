package dev.retort.bench;

import dev.retort.bench.Measurement.Effort;
import dev.retort.env.Environments;
import dev.retort.teach.Algorithm;
import dev.retort.teach.Dqn;
import dev.retort.teach.OffPolicy;
import dev.retort.teach.Ppo;
import dev.retort.teach.Sac;
import dev.retort.teach.Td3;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What one update of one seed costs: sampling, forward and backward passes, losses, clipping and
 * Adam. PPO and DQN learn CartPole, TD3 and SAC Pendulum, in their published sizes.
 */
@State(Scope.Thread)
public class UpdateBench {
  private static final int BLOCK = 32;
  private static final long ENDLESS = 1_000_000_000;
  private static final int COPIES = 8;
  private static final int ROLLOUT = 32;

  /** Which algorithm. */
  @Param("ppo")
  public String algorithm;

  private HeldTraining training;

  static Report report() {
    List<Throughput> figures = new ArrayList<>();
    for (Measurement each :
        Measurement.all(
            UpdateBench.class,
            Effort.USUAL,
            Map.of("algorithm", List.of("ppo", "dqn", "td3", "sac")))) {
      String name = each.get("algorithm");
      figures.add(each.time(name, "update"));
      figures.add(each.rate(name, "updates/s", 1));
      figures.add(each.arithmetic(name, arithmetic(name)));
    }
    figures.add(MatrixProduct.peak());
    return Report.here("updates", figures);
  }

  /**
   * Additions and multiplications of an update, as its formula has them: DQN's target network is
   * asked once for a transition that is drawn several times, which is counted as often.
   */
  static double arithmetic(String algorithm) {
    Arithmetic actor = Arithmetic.of(256, 3, 256, 256, algorithm.equals("sac") ? 2 : 1);
    Arithmetic critic = Arithmetic.of(256, 4, 256, 256, 1);
    double critics = 2 * critic.forward() + 2 * critic.update();
    return switch (algorithm) {
      case "ppo" ->
          Arithmetic.of(256, 4, 64, 64, 2).update() + Arithmetic.of(256, 4, 64, 64, 1).update();
      case "dqn" -> {
        Arithmetic q = Arithmetic.of(64, 4, 256, 256, 2);
        yield 2 * q.forward() + q.update();
      }
      // the actor learns every other time, and from the first critic alone
      case "td3" -> actor.forward() + critics + (critic.ascent() + actor.update()) / 2;
      default -> actor.forward() + critics + 2 * critic.ascent() + actor.update();
    };
  }

  /** Makes a training. */
  @Setup
  public void begin() {
    training =
        switch (algorithm) {
          case "ppo" ->
              held(
                  new Ppo()
                      .hidden(64, 64)
                      .environments(COPIES)
                      .rollout(ROLLOUT)
                      .epochs(BLOCK)
                      .batchSize(COPIES * ROLLOUT)
                      .steps(ENDLESS),
                  "CartPole",
                  ROLLOUT);
          case "dqn" -> held(remembering(new Dqn().hidden(256, 256), 64), "CartPole", 1);
          case "td3" -> held(remembering(new Td3().hidden(256, 256), 256), "Pendulum", 1);
          default -> held(remembering(new Sac().hidden(256, 256), 256), "Pendulum", 1);
        };
  }

  private static <A extends OffPolicy<A>> A remembering(A learner, int batch) {
    return learner
        .steps(ENDLESS)
        .memory(10_000)
        .warmUp(1_000)
        .trainEvery(1)
        .updates(BLOCK)
        .batchSize(batch);
  }

  private static HeldTraining held(Algorithm algorithm, String task, int played) {
    return new HeldTraining(algorithm, Environments.get(task), played);
  }

  /** Plays until the next block. */
  @Setup(Level.Invocation)
  public void play() {
    training.goOn();
  }

  /** One block of updates. */
  @org.openjdk.jmh.annotations.Benchmark
  @OperationsPerInvocation(BLOCK)
  public void update() {
    training.goOn();
  }

  /** Ends the training. */
  @TearDown
  public void end() throws InterruptedException {
    training.end();
  }
}
