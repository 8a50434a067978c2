package dev.retort.teach;

import static dev.retort.Retort.warmStart;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.data.View;
import dev.retort.env.Env;
import dev.retort.evaluate.Evaluator;
import dev.retort.nn.Architecture;
import dev.retort.nn.Gru;
import dev.retort.nn.Mlp;
import dev.retort.nn.Transformer;
import dev.retort.policy.Actor;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.run.Session;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Learners from rollouts that see the last steps of an episode, and not the present one alone. */
class WindowLearnersTest {
  private static final long[] SEEDS = {4, 5};
  private static final int COPIES = 4;
  private static final int ROLLOUT = 16;
  private static final Ppo PPO =
      new Ppo()
          .steps(768)
          .hidden(8)
          .environments(COPIES)
          .rollout(ROLLOUT)
          .batchSize(16)
          .epochs(2)
          .seeing(View.window(3))
          .criticSeeing(View.window(3));

  /** Walks to the right: place and clock are the steps so far, ten to an episode. */
  private static final Env CLOCK = new Windy(true, true);

  private static final Session SESSION = Session.unwatched(PPO.columns());

  private static Ppo.Learning learner(Ppo ppo, Env env) {
    ppo.require(env);
    return (Ppo.Learning) ppo.learner(env, SEEDS);
  }

  static List<Architecture> networks() {
    return List.of(Mlp.of(16), new Gru(16), new Transformer(16, 1, 2));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void whatIsNeededLaterIsRememberedByAWindowThatReachesBackToIt(Architecture network) {
    Ppo ppo = new Ppo().network(network).rollout(32).batchSize(64).steps(8_192);
    Ppo learning = ppo.epochs(8).learningRate(0.005).gamma(0.95);
    assertThat(score(learning, Recall.STEPS)).isGreaterThan(0.95);
    assertThat(score(learning, Recall.STEPS - 1)).isBetween(0.35, 0.65);
  }

  /** How often a policy that sees so many steps is right. */
  private static double score(Ppo ppo, int steps) {
    View view = View.window(steps);
    Ppo watching = ppo.seeing(view).criticSeeing(view);
    Policy policy = watching.train(new Recall(), new long[] {7}, SESSION).get(0);
    double[] returns = new Evaluator(200, 3, () -> {}).evaluate(policy, new Recall()).returns()[0];
    return Arrays.stream(returns).average().orElseThrow();
  }

  @Test
  void whatIsLearnedFromIsTheWindowOfEachRowAcrossRolloutsAndNotAcrossEpisodes() {
    Ppo ppo = PPO.normalized().criticSeeing(View.window(5, "clock"));
    try (Ppo.Learning learner = learner(ppo, new Windy(false, false))) {
      int copies = SEEDS.length * COPIES;
      float[][] windows = new float[copies][3 * 4];
      float[][] critics = new float[copies][5 * 2];
      int begun = 0;
      for (int i = 0; i < 4; i++) {
        learner.iterate(SESSION);
        Rollout played = learner.rollout;
        Seen seen = played.seenBy(learner.network);
        Seen critic = played.seenBy(learner.networks.critic().orElseThrow());
        for (int row = 0; row < played.rows; row++) {
          int copy = row / ROLLOUT;
          float[] observed = Arrays.copyOfRange(played.obs, 3 * row, 3 * row + 3);
          shift(windows[copy], 3, observed);
          shift(critics[copy], 5, observed[2]);
          assertThat(rowOf(seen, row)).containsExactly(windows[copy]);
          assertThat(rowOf(critic, row)).containsExactly(critics[copy]);
          if (played.ended[row]) {
            windows[copy] = new float[windows[copy].length];
            critics[copy] = new float[critics[copy].length];
            begun++;
          }
        }
      }
      assertThat(begun).isGreaterThan(copies);
    }
  }

  /** Moves the steps of a window up by one. */
  private static void shift(float[] window, int steps, float... last) {
    int width = last.length;
    System.arraycopy(window, width, window, 0, (steps - 1) * width);
    System.arraycopy(last, 0, window, (steps - 1) * width, width);
    System.arraycopy(window, steps * width + 1, window, steps * width, steps - 1);
    window[window.length - 1] = 1;
  }

  private static float[] rowOf(Seen seen, int row) {
    return Arrays.copyOfRange(seen.rows, row * seen.size, (row + 1) * seen.size);
  }

  @Test
  void whatFollowsOnARolloutOrACutOffEpisodeIsValuedByTheWindowThatWouldBeSeenNext() {
    try (Ppo.Learning learner = learner(PPO, CLOCK)) {
      Rollout played = learner.rollout;
      played.play(SESSION);
      float[] ahead = played.nextValue.clone();
      float[] cutOff = new float[SEEDS.length];
      float[] both = {8, 8, 9, 9, 10, 10, 1, 1, 1, 8, 8, 9, 9, 10, 10, 1, 1, 1};
      learner.networks.values(both, 1, cutOff);
      for (int copy = 0; copy < SEEDS.length * COPIES; copy++) {
        int tenth = copy * ROLLOUT + 9;
        assertThat(played.ended[tenth]).isTrue();
        assertThat(played.nextValue[tenth]).isCloseTo(cutOff[copy / COPIES], within(1e-5f));
      }
      played.play(SESSION);
      for (int copy = 0; copy < SEEDS.length * COPIES; copy++) {
        float first = played.value[copy * ROLLOUT];
        assertThat(ahead[(copy + 1) * ROLLOUT - 1]).isCloseTo(first, within(1e-5f));
      }
    }
  }

  @Test
  void aLearnerBeginsWithAPolicyOfTheSameWindowAndNoOther() {
    NetworkPolicy source = (NetworkPolicy) PPO.train(CLOCK, SEEDS, SESSION).get(0);
    Ppo warm = PPO.guidedBy(warmStart(source));
    try (Ppo.Learning learner = learner(warm, CLOCK)) {
      assertThat(learner.policy(1).parameters()).containsExactly(source.parameters());
    }
    View shorter = View.window(2);
    assertThatThrownBy(() -> warm.seeing(shorter).criticSeeing(shorter).require(CLOCK))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("that see window:2 all")
        .hasMessageContaining("that see window:3 all");
  }

  @ParameterizedTest
  @MethodSource("networks")
  void aTrainedPolicySaysAlongAnEpisodeWhatItSaidWhenItPlayed(Architecture network) {
    try (Ppo.Learning learner = learner(PPO.network(network), CLOCK)) {
      learner.iterate(SESSION);
      learner.rollout.play(SESSION);
      Rollout played = learner.rollout;
      NetworkPolicy policy = learner.policy(1);
      assertThat(policy.perception()).hasToString("window:3 all");
      try (Actor actor = policy.actor(1)) {
        int compared = 0;
        for (int copy = COPIES; copy < 2 * COPIES; copy++) {
          boolean isWhole = false;
          for (int row = copy * ROLLOUT; row < (copy + 1) * ROLLOUT; row++) {
            if (isWhole) {
              float[] said = actor.outputs(Arrays.copyOfRange(played.obs, 2 * row, 2 * row + 2));
              float[] then = Arrays.copyOfRange(played.outputs, 2 * row, 2 * row + 2);
              assertThat(said).containsExactly(then, within(1e-5f));
              compared++;
            }
            if (played.ended[row]) {
              isWhole = true;
              actor.begin(0);
            }
          }
        }
        assertThat(compared).isGreaterThan(4 * COPIES);
      }
    }
  }
}
