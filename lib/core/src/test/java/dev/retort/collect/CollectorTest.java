package dev.retort.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.Retort;
import dev.retort.RetortException;
import dev.retort.data.Dataset;
import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.policy.Policy;
import dev.retort.policy.Scripted;
import dev.retort.random.RandomStream;
import dev.retort.run.Session;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Space;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CollectorTest {
  private static final int HORIZON = 30;

  /** A walk that shows how long it has been going on, and where it is. */
  private record Walk() implements Env {
    @Override
    public Space observations() {
      return Box.of(-100, 100, 2);
    }

    @Override
    public Space actions() {
      return new Discrete(3);
    }

    @Override
    public int horizon() {
      return HORIZON;
    }

    @Override
    public int stateSize() {
      return 2;
    }

    @Override
    public void reset(double[] state, RandomStream random) {
      Arrays.fill(state, 0);
    }

    @Override
    public double step(double[] state, float[] action, RandomStream random) {
      state[0]++;
      state[1] += action[0] - 1;
      return action[0];
    }

    @Override
    public boolean terminated(double[] state) {
      return false;
    }

    @Override
    public void observe(double[] state, float[] observation) {
      observation[0] = (float) state[0];
      observation[1] = (float) state[1];
    }
  }

  private static final Env WALK = new Walk();
  private static final Policy STILL = Scripted.of("still", WALK, (seen, action) -> action[0] = 1);

  static List<Behavior> behaviors() {
    return List.of(
        new Behavior.Greedy(),
        new Behavior.Stochastic(),
        new Behavior.Epsilon(0.3),
        new Behavior.Noisy(List.of(0.2, 0.9)),
        new Behavior.Styled(),
        new Behavior.ExploreGo(10),
        new Behavior.Uniform());
  }

  private static Dataset collected(Behavior behavior, int steps) {
    return new Collector(STILL, WALK, behavior, steps, 3)
        .run(Session.unwatched("return", "length"));
  }

  @ParameterizedTest
  @MethodSource("behaviors")
  void exactlySoManyStepsAreRecorded(Behavior behavior) {
    for (int steps : new int[] {1, 7, 8, 9, 1003}) {
      assertThat(collected(behavior, steps).size()).as("%s", behavior).isEqualTo(steps);
    }
  }

  @ParameterizedTest
  @MethodSource("behaviors")
  void targetsAreTheTeachersWhoeverActed(Behavior behavior) {
    Dataset data = collected(behavior, 500);
    for (int row = 0; row < data.size(); row++) {
      assertThat(data.column("teacher.action").at(row, 0)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("behaviors")
  void rowsOfAnEpisodeFollowEachOther(Behavior behavior) {
    Dataset data = collected(behavior, 1003);
    for (int episode = 0; episode < data.episodes(); episode++) {
      assertThat(data.terminated(episode)).isFalse();
      for (int row = data.start(episode); row < data.end(episode); row++) {
        boolean last = row + 1 == data.end(episode);
        float[] next = last ? data.finals() : data.obs();
        int at = last ? 2 * episode : 2 * (row + 1);
        assertThat(next[at]).isEqualTo(data.obs()[2 * row] + 1);
        assertThat(next[at + 1]).isEqualTo(data.obs()[2 * row + 1] + data.taken()[row] - 1);
        assertThat(data.rewards()[row]).isEqualTo(data.taken()[row]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.5, 1})
  void epsilonActsRandomlyInItsShare(double epsilon) {
    Dataset data = collected(new Behavior.Epsilon(epsilon), 20_000);
    int[] counts = data.actionCounts();
    // A random one of three choices is the teacher's own in a third of the cases; 0.0145 is more
    // than four standard deviations of 20,000 draws.
    assertThat(counts[0] / 20_000.0).isCloseTo(epsilon / 3, within(0.0145));
    assertThat(counts[2] / 20_000.0).isCloseTo(epsilon / 3, within(0.0145));
    assertThat(counts[1] / 20_000.0).isCloseTo(1 - epsilon * 2 / 3, within(0.0145));
  }

  @Test
  void exploreGoRecordsNothingOfItsSilentSteps() {
    Dataset data = collected(new Behavior.ExploreGo(10), 8_000);
    int[] starts = new int[10];
    for (int episode = 0; episode < data.episodes(); episode++) {
      starts[(int) data.obs()[2 * data.start(episode)]]++;
    }
    // k is uniform over 0 to 9; some 300 episodes.
    assertThat(starts).doesNotContain(0);
    assertThat(IntStream.of(starts).max().orElseThrow()).isLessThan(data.episodes() / 5);
    // The teacher stands still: whatever moves was silent.
    assertThat(data.taken()).containsOnly(1);
    double whole = 0;
    for (int episode = 0; episode < data.episodes(); episode++) {
      whole += data.finals()[2 * episode] == HORIZON ? 1 : 0;
    }
    assertThat(whole).isGreaterThanOrEqualTo(data.episodes() - 8);
  }

  @Test
  void exploreGoBeginsWiderThanTheTeacher() {
    assertThat(spreadOfStarts(new Behavior.Stochastic())).isZero();
    assertThat(spreadOfStarts(new Behavior.ExploreGo(10))).isGreaterThan(1.5);
    // On average k is 4.5 and each step moves by ±1 in two of three cases: variance 3.
    assertThat(spreadOfStarts(new Behavior.ExploreGo(10))).isCloseTo(Math.sqrt(3), within(0.25));
  }

  private static double spreadOfStarts(Behavior behavior) {
    Dataset data = collected(behavior, 20_000);
    double square = 0;
    for (int episode = 0; episode < data.episodes(); episode++) {
      square += Math.pow(data.obs()[2 * data.start(episode) + 1], 2);
    }
    return Math.sqrt(square / data.episodes());
  }

  @Test
  void aTrainedExplorerTakesTheSilentSteps() {
    Policy right = Scripted.of("right", WALK, (seen, action) -> action[0] = 2);
    Behavior.ExploreGo go = new Behavior.ExploreGo(10).by(right);
    assertThat(go).hasToString("explore-go:10 by right");
    Session session = Session.unwatched("return", "length", "hidden");
    Dataset data = new Collector(STILL, WALK, go, 2_000, 3).run(session);
    long silent = 0;
    for (int episode = 0; episode < data.episodes(); episode++) {
      int start = 2 * data.start(episode);
      assertThat(data.obs()[start + 1])
          .as("each silent step went right")
          .isEqualTo(data.obs()[start]);
      silent += (long) data.obs()[start];
    }
    assertThat(data.taken()).containsOnly(1);
    double[] hidden = session.curve().column("hidden");
    double[] lengths = session.curve().column("length");
    assertThat(hidden).isSorted();
    // At the last row up to eight further episodes have begun, with up to nine steps each.
    assertThat(hidden[hidden.length - 1]).isBetween(silent - 72.0, silent + 72.0);
    assertThat(Arrays.stream(lengths).min().orElseThrow()).isGreaterThan(HORIZON - 10);
  }

  @Test
  void anExplorerRemembersTheSilentStepsOfItsEpisode() {
    Policy everyOther =
        Scripted.of(
            "every other",
            WALK,
            1,
            (seen, memory, action) -> {
              action[0] = memory[0] == 0 ? 2 : 1;
              memory[0] = 1 - memory[0];
            });
    Dataset data = collected(new Behavior.ExploreGo(10).by(everyOther), 2_000);
    assertThat(data.episodes()).isGreaterThan(60);
    for (int episode = 0; episode < data.episodes(); episode++) {
      int start = 2 * data.start(episode);
      int silent = (int) data.obs()[start];
      assertThat((int) data.obs()[start + 1]).isEqualTo((silent + 1) / 2);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 1})
  void inAMixtureTheTeacherActsInItsShareAndLabelsEveryState(double share) {
    Policy right = Scripted.of("right", WALK, (seen, action) -> action[0] = 2);
    Dataset data = collected(new Behavior.Mixture(right, share), 20_000);
    int[] counts = data.actionCounts();
    assertThat(counts[0]).isZero();
    // 0.013 is four standard deviations of 20,000 draws.
    assertThat(counts[1] / 20_000.0).isCloseTo(share, within(share % 1 == 0 ? 0 : 0.013));
    assertThat(data.column("teacher.action").floats()).containsOnly(1);
    if (share % 1 != 0) {
      long turns =
          IntStream.range(1, data.size())
              .filter(row -> data.taken()[row] != data.taken()[row - 1])
              .count();
      assertThat(turns / 20_000.0)
          .as("who acts is drawn anew at every step")
          .isCloseTo(2 * share * (1 - share), within(0.015));
    }
  }

  @Test
  void aMixtureNeedsAShareAndAStudentThatFits() {
    assertThatThrownBy(() -> new Behavior.Mixture(STILL, 1.1))
        .isInstanceOf(RetortException.class)
        .hasMessage("mixture: expected a teacher's share from 0 to 1, got 1.1.");
    Env cart = Environments.get("CartPole");
    Policy teacher = Scripted.of("cart", cart, (seen, action) -> {});
    assertThatThrownBy(() -> new Collector(teacher, cart, new Behavior.Mixture(STILL, 0.5), 10, 0))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "collect: expected a student from 4 numbers to 2 choices for CartPole, got 'still' from 2 numbers to 3 choices.");
    assertThatThrownBy(
            () ->
                Retort.collect(10).from(STILL).on(WALK).exploring(new Behavior.Mixture(STILL, 0.5)))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "collect: expected a behavior of the teacher, got mixture:0.5 with still. Say distill(teacher).on(env), in whose rounds students act.");
  }

  @Test
  void theSameSeedCollectsTheSameData() {
    Dataset one = collected(new Behavior.ExploreGo(5), 500);
    Dataset again = collected(new Behavior.ExploreGo(5), 500);
    assertThat(again.obs()).containsExactly(one.obs());
    assertThat(again.taken()).containsExactly(one.taken());
  }

  /** Moves by what is done, and shows where it is. */
  private record Line() implements Env {
    @Override
    public Space observations() {
      return Box.of(-1000, 1000, 1);
    }

    @Override
    public Box actions() {
      return new Box(List.of(-5f, 0f), List.of(5f, 1f), List.of(2));
    }

    @Override
    public int horizon() {
      return HORIZON;
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
      state[0] += action[0];
      return 0;
    }

    @Override
    public boolean terminated(double[] state) {
      return false;
    }

    @Override
    public void observe(double[] state, float[] observation) {
      observation[0] = (float) state[0];
    }
  }

  private static final Env LINE = new Line();
  private static final Policy HALF =
      Scripted.of(
          "half",
          LINE,
          (seen, action) -> {
            action[0] = 0.5f;
            action[1] = 0.5f;
          });

  private static Dataset drifting(int steps) {
    return new Collector(HALF, LINE, new Behavior.OrnsteinUhlenbeck(0.15, 0.3), steps, 5)
        .run(Session.unwatched("return", "length"));
  }

  @Test
  void noiseDriftsAsOrnsteinAndUhlenbeckSayAndBeginsAnewWithEveryEpisode() {
    Dataset data = drifting(24_000);
    double squares = 0;
    double products = 0;
    double innovations = 0;
    int pairs = 0;
    double first = 0;
    for (int episode = 0; episode < data.episodes(); episode++) {
      double before = 0;
      for (int row = data.start(episode); row < data.end(episode); row++) {
        double x = data.column("action").at(row, 0) - 0.5;
        double added = x - 0.85 * before;
        innovations += added * added;
        if (row == data.start(episode)) {
          first += x * x;
        } else {
          squares += before * before;
          products += before * x;
          pairs++;
        }
        before = x;
      }
    }
    assertThat(products / squares).as("1 − θ").isCloseTo(0.85, within(0.01));
    assertThat(Math.sqrt(innovations / data.size())).as("σ").isCloseTo(0.3, within(0.006));
    assertThat(Math.sqrt(first / data.episodes())).as("σ alone").isCloseTo(0.3, within(0.03));
    double longAfter = 0.09 / (1 - 0.85 * 0.85); // and less where the episode has just begun
    assertThat(squares / pairs).isBetween(0.7 * longAfter, longAfter);
    assertThat(data.column("teacher.action").floats()).as("labels are clean").containsOnly(0.5f);
    for (int row = 0; row < data.size(); row++) {
      assertThat(data.column("action").at(row, 1)).as("within the bounds").isBetween(0f, 1f);
    }
  }

  @Test
  void noiseOnChoicesAndNoiseThatGrowsAreRefused() {
    Behavior drift = new Behavior.OrnsteinUhlenbeck(0.15, 0.3);
    assertThatThrownBy(() -> new Collector(STILL, WALK, drift, 10, 0))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("expected continuous actions for ornstein-uhlenbeck:0.15:0.3");
    assertThat(Behavior.type().read("collect", "exploring", drift.toString())).isEqualTo(drift);
    assertThatThrownBy(() -> new Behavior.OrnsteinUhlenbeck(1.5, 0.3))
        .hasMessage(
            "ornsteinUhlenbeck: expected θ above 0 and at most 1, and σ above 0, got 1.5 and 0.3.");
  }

  @Test
  void everyBehaviorIsReadBackFromItsText() {
    for (Behavior behavior : behaviors()) {
      assertThat(Behavior.type().read("collect", "exploring", behavior.toString()))
          .isEqualTo(behavior);
    }
    assertThatThrownBy(() -> Behavior.type().read("collect", "exploring", "epsilon"))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "collect: expected greedy, stochastic, uniform, styled, epsilon:0.1, noisy:0.2:0.5, ornstein-uhlenbeck:0.15:0.3 or explore-go:50 for 'exploring', got 'epsilon'.");
    assertThatThrownBy(() -> Behavior.type().read("collect", "exploring", "epsilon:-0.1"))
        .isInstanceOf(RetortException.class)
        .hasMessage("epsilon: expected a share from 0 to 1, got -0.1.");
    assertThatThrownBy(() -> new Behavior.ExploreGo(0))
        .isInstanceOf(RetortException.class)
        .hasMessage("explore-go: expected at least 1 step to draw from, got 0.");
  }

  @Test
  void aTeacherOfAnotherEnvironmentIsRefused() {
    assertThatThrownBy(
            () -> new Collector(STILL, Environments.get("CartPole"), new Behavior.Greedy(), 10, 0))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "collect: expected a teacher from 4 numbers to 2 choices for CartPole, got 'still' from 2 numbers to 3 choices.");
    assertThatThrownBy(
            () ->
                new Collector(
                    Scripted.of("cart", Environments.get("CartPole"), (seen, action) -> {}),
                    Environments.get("CartPole"),
                    new Behavior.ExploreGo(5).by(STILL),
                    10,
                    0))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "collect: expected an explorer from 4 numbers to 2 choices for CartPole, got 'still' from 2 numbers to 3 choices.");
  }
}
