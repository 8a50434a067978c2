package dev.retort.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.dagger.Dagger;
import dev.retort.data.Dataset;
import dev.retort.data.End;
import dev.retort.data.Recorder;
import dev.retort.data.Supervision;
import dev.retort.distribution.ActionValues;
import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.loss.Mse;
import dev.retort.nn.Gru;
import dev.retort.nn.Initialization;
import dev.retort.nn.Mlp;
import dev.retort.nn.Network;
import dev.retort.nn.Rows;
import dev.retort.option.Schedule;
import dev.retort.policy.Ensemble;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Scripted;
import dev.retort.random.RandomStream;
import dev.retort.run.Session;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import java.util.List;
import org.junit.jupiter.api.Test;

class CenteredTest {
  private static final int ROWS = 60;
  private static final Discrete CHOICES = new Discrete(3);
  private static final Distillation PLAIN =
      new Distillation()
          .into(Mlp.of(8, 6))
          .members(2)
          .minimizing(Loss.of(new Mse()))
          .batchSize(20)
          .epochs(40)
          .learningRate(Schedule.constant(0.003));

  private static Session session() {
    return Session.unwatched("loss", "agreement");
  }

  /** Rows of two numbers with a teacher's action values, {@code (rows, 3)}. */
  private static Dataset data(float[] values) {
    Recorder recorder =
        new Recorder(Box.of(-1, 1, 2), CHOICES, Supervision.of(new ActionValues(CHOICES)));
    for (int row = 0; row < ROWS; row++) {
      float[] own = {values[3 * row], values[3 * row + 1], values[3 * row + 2]};
      float[] seen = {seen()[2 * row], seen()[2 * row + 1]};
      recorder.step(seen, 0, new float[] {0}, 0, 0, own, 0);
    }
    recorder.end(new float[2], 0, End.TASK);
    return recorder.dataset("values");
  }

  private static float[] seen() {
    return numbers("seen", 2 * ROWS);
  }

  private static float[] numbers(String name, int count) {
    RandomStream random = RandomStream.of(4, name);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) (2 * random.nextDouble() - 1);
    }
    return numbers;
  }

  /** What a policy of values gives, {@code (rows, 3)}. */
  private static float[] outputs(NetworkPolicy policy) {
    float[] out = new float[3 * ROWS];
    try (Network network = Network.of(policy.blueprint(), List.of(policy.parameters()))) {
      network.predict(seen(), ROWS, Rows.SHARED, out);
    }
    return out;
  }

  /** What the members of a seed give before they learn, by a step too small to change anything. */
  private static List<float[]> atFirst(Dataset data, long seed) {
    Ensemble fresh =
        PLAIN.epochs(1).learningRate(Schedule.constant(1e-30)).run(data, seed, session());
    return fresh.members().stream().map(CenteredTest::outputs).toList();
  }

  /** f − f₀ near t is f near t + f₀. */
  @Test
  void itLearnsWhatAPlainStudentOfShiftedTargetsLearns() {
    float[] targets = numbers("targets", 3 * ROWS);
    Ensemble centered = PLAIN.centered(true).run(data(targets), 9, session());
    List<float[]> before = atFirst(data(targets), 9);
    for (int member = 0; member < 2; member++) {
      float[] shifted = targets.clone();
      for (int i = 0; i < shifted.length; i++) {
        shifted[i] += before.get(member)[i];
      }
      Ensemble plain = PLAIN.run(data(shifted), 9, session());
      float[] expected = outputs(plain.members().get(member));
      float[] got = outputs(centered.members().get(member));
      for (int i = 0; i < got.length; i++) {
        assertThat(got[i]).isCloseTo(expected[i] - before.get(member)[i], within(2e-4f));
      }
    }
    assertThat(outputs(centered.members().get(0)))
        .isNotEqualTo(outputs(PLAIN.run(data(targets), 9, session()).members().get(0)));
  }

  @Test
  void itBeginsAtZeroHoweverItIsDrawn() {
    for (Initialization drawn : List.of(Initialization.FAN_IN, Initialization.FAN_OUT)) {
      Ensemble fresh =
          PLAIN
              .into(Mlp.of(8, 6).initialized(drawn))
              .centered(true)
              .epochs(1)
              .learningRate(Schedule.constant(1e-30))
              .run(data(numbers("targets", 3 * ROWS)), 9, session());
      assertThat(outputs(fresh.members().get(1))).containsOnly(new float[3 * ROWS], within(1e-6f));
    }
  }

  @Test
  void whatCannotBeCenteredIsRefusedInWords() {
    Dataset data = data(new float[3 * ROWS]);
    Ensemble plain = PLAIN.epochs(1).run(data, 1, session());
    assertThatThrownBy(() -> PLAIN.centered(true).run(data, plain, 1, session()))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("expected fresh students where they are centered");
    assertThatThrownBy(() -> PLAIN.into(new Gru(4)).centered(true).require(data))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("expected a perceptron such as mlp(64, 64)");
    Env pole = Environments.get("CartPole");
    Dagger rounds = new Dagger().rounds(2).by(PLAIN.centered(true));
    assertThatThrownBy(
            () -> rounds.require(Scripted.of("left", pole, (seen, action) -> action[0] = 0), pole))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("expected students that are not centered");
  }
}
