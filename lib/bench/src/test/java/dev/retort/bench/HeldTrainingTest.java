package dev.retort.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.env.Env;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Space;
import dev.retort.teach.Algorithm;
import dev.retort.teach.Dqn;
import dev.retort.teach.Ppo;
import dev.retort.teach.Sac;
import dev.retort.teach.Td3;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A held training plays and learns by turns. */
class HeldTrainingTest {
  /** Counts its steps. */
  private record Counting(Space actions, AtomicInteger steps) implements Env {
    @Override
    public Space observations() {
      return Box.of(-1, 1, 1);
    }

    @Override
    public int horizon() {
      return 10;
    }

    @Override
    public int stateSize() {
      return 1;
    }

    @Override
    public void reset(double[] state, RandomStream random) {
      state[0] = 0;
    }

    @Override
    public double step(double[] state, float[] action, RandomStream random) {
      steps.incrementAndGet();
      return 1;
    }

    @Override
    public boolean terminated(double[] state) {
      return false;
    }

    @Override
    public void observe(double[] state, float[] observation) {
      observation[0] = 0;
    }
  }

  static Stream<Arguments> algorithms() {
    Space numbers = Box.of(-1, 1, 1);
    Space choices = new Discrete(2);
    return Stream.of(
        Arguments.of(
            new Ppo().environments(2).rollout(4).batchSize(8).steps(10_000), choices, 8, 8),
        Arguments.of(new Dqn().warmUp(9).trainEvery(1).updates(3).batchSize(4), choices, 9, 1),
        Arguments.of(new Td3().warmUp(7).updates(3).batchSize(4), numbers, 7, 1),
        Arguments.of(new Sac().warmUp(5).updates(3).batchSize(4), numbers, 5, 1));
  }

  @ParameterizedTest
  @MethodSource("algorithms")
  void noStepIsTakenWhileUpdatesAreMeasured(
      Algorithm algorithm, Space actions, int first, int later) throws InterruptedException {
    AtomicInteger steps = new AtomicInteger();
    int played = algorithm instanceof Ppo ? 4 : 1;
    HeldTraining training = new HeldTraining(algorithm, new Counting(actions, steps), played);
    assertThat(steps).hasValue(0);
    for (int block = 0; block < 3; block++) {
      training.goOn();
      assertThat(steps).hasValue(first + block * later);
      training.goOn();
      assertThat(steps).hasValue(first + block * later);
    }
    training.end();
    assertThat(steps).hasValue(first + 2 * later);
  }
}
