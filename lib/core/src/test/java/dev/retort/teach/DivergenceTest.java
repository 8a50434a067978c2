package dev.retort.teach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.plan.Training;
import dev.retort.policy.Policy;
import dev.retort.run.CheckpointInterval;
import dev.retort.run.DivergedException;
import dev.retort.run.Registry;
import dev.retort.run.Run;
import dev.retort.run.RunOptions;
import dev.retort.run.Session;
import dev.retort.store.TensorFile;
import dev.retort.store.Tensors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A number that is none stops the training where it appears, and does not reach the weights. */
class DivergenceTest {
  private static final Env CART_POLE = Environments.get("CartPole");
  private static final Ppo PPO =
      new Ppo().steps(2_048).hidden(8).environments(4).rollout(16).batchSize(32).epochs(2);
  private static final Dqn DQN =
      new Dqn().steps(4_000).hidden(8).warmUp(100).trainEvery(50).updates(5);

  @TempDir Path scratch;

  @ParameterizedTest
  @EnumSource(Poisoned.Where.class)
  void trainingStopsAndTheLastCheckpointIsSound(Poisoned.Where where) throws Exception {
    int id = 0;
    for (Algorithm algorithm : List.of(PPO, DQN)) {
      for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
        Env env = new Poisoned(CART_POLE, where, bad, 444);
        Run<Policy> run =
            Registry.at(scratch.resolve("runs"))
                .start(
                    new Training(algorithm, env, 1).job(),
                    RunOptions.standard().saving(new CheckpointInterval.EveryBoundaries(2)));
        DivergedException told = diverged(run);
        id++;
        assertThat(told.quantity())
            .isEqualTo(where == Poisoned.Where.REWARD ? "reward" : "observation");
        assertThat(told.step()).isBetween(300L, 444L);
        assertThat(told)
            .hasMessageContaining("expected finite numbers in '%s', got %s", told.quantity(), bad);
        checkpointsAreSound(
            scratch.resolve("runs").resolve(String.format(Locale.ROOT, "%04d", id)));
      }
    }
  }

  private static DivergedException diverged(Run<?> run) {
    Throwable thrown = catchThrowableOfType(RuntimeException.class, run::await);
    while (thrown != null && !(thrown instanceof DivergedException)) {
      thrown = thrown.getCause();
    }
    assertThat(thrown).isNotNull();
    return (DivergedException) thrown;
  }

  private static void checkpointsAreSound(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> checkpoints =
          files.filter(file -> file.getFileName().toString().startsWith("checkpoint-")).toList();
      assertThat(checkpoints).isNotEmpty();
      for (Path checkpoint : checkpoints) {
        Tensors tensors = TensorFile.read(checkpoint);
        int floats = 0;
        for (Tensors.Tensor tensor : tensors.all().values()) {
          if (tensor.array() instanceof float[] values) {
            for (float value : values) {
              assertThat(value).isFinite();
              floats++;
            }
          }
        }
        assertThat(floats).isPositive();
      }
    }
  }

  @Test
  void aStepSizeWithoutMeasureIsStoppedByTheGradientOrTheDifferenceItLeadsTo() {
    assertThatThrownBy(
            () ->
                DQN.learningRate(1e38)
                    .train(CART_POLE, new long[] {1}, Session.unwatched("return", "length")))
        .isInstanceOf(DivergedException.class)
        .hasMessageMatching(".*'(temporal difference|gradient norm)'.*");
    assertThatThrownBy(
            () ->
                PPO.learningRate(1e38)
                    .train(CART_POLE, new long[] {1}, Session.unwatched("return", "length")))
        .isInstanceOf(DivergedException.class)
        .hasMessageMatching(".*'(value|advantage|gradient norm)'.*");
  }
}
