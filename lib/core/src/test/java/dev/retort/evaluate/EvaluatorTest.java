package dev.retort.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.RetortException;
import dev.retort.distribution.Categorical;
import dev.retort.env.Env;
import dev.retort.policy.Policy;
import dev.retort.random.RandomStream;
import dev.retort.run.Stopped;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Space;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvaluatorTest {
  /**
   * A walk to the right from a random place; each step also draws a number, so that policies use up
   * their streams at different speeds. The starts and the contexts of all episodes are written
   * down.
   */
  private record Walk(int contexts, List<Double> starts, List<Integer> seen) implements Env {
    static Walk of(int contexts) {
      List<Double> starts = Collections.synchronizedList(new ArrayList<>());
      return new Walk(contexts, starts, new ArrayList<>());
    }

    @Override
    public Space observations() {
      return Box.of(0, 100, 1);
    }

    @Override
    public Discrete actions() {
      return new Discrete(2);
    }

    @Override
    public int horizon() {
      return 12;
    }

    @Override
    public int stateSize() {
      return 1;
    }

    @Override
    public void reset(double[] state, RandomStream random) {
      state[0] = 10 * random.nextDouble();
      starts.add(state[0]);
    }

    @Override
    public void reset(int context, double[] state, RandomStream random) {
      reset(state, random);
      seen.add(context);
    }

    @Override
    public double step(double[] state, float[] action, RandomStream random) {
      state[0] += action[0] == 1 ? 1 + random.nextDouble() : 0;
      return 1;
    }

    @Override
    public boolean terminated(double[] state) {
      return state[0] >= 10;
    }

    @Override
    public void observe(double[] state, float[] observation) {
      observation[0] = (float) state[0];
    }
  }

  /** Always, never, or from the middle on, to the right. */
  private record Rule(String name, double from, Space observations) implements Policy {
    Rule(String name, double from) {
      this(name, from, Box.of(0, 100, 1));
    }

    @Override
    public Discrete actions() {
      return new Discrete(2);
    }

    @Override
    public Categorical distribution() {
      return new Categorical(actions());
    }

    @Override
    public Forward forward(int batch) {
      return (observations, n, outputs) -> {
        for (int row = 0; row < n; row++) {
          outputs[2 * row + 1] = observations[row] >= from ? 1 : -1;
        }
      };
    }
  }

  private static final Policy RIGHT = new Rule("right", -1);
  private static final Policy STAY = new Rule("stay", 1_000);
  private static final Policy MIDDLE = new Rule("middle", 5);

  private static Evaluator playing(int episodes) {
    return new Evaluator(episodes, 3, () -> {});
  }

  @Test
  void exactlyAsManyEpisodesArePlayedAsWereAskedFor() {
    for (int episodes : new int[] {1, 7, 100, 101, 250}) {
      Scores scores = playing(episodes).evaluate(RIGHT, Walk.of(1));
      assertThat(scores.episodes()).isEqualTo(episodes);
      assertThat(scores.runs()).isEqualTo(1);
    }
  }

  @Test
  void anEpisodeThatReachesTheHorizonCountsWithItsReturnSoFar() {
    Scores scores = playing(20).evaluate(STAY, Walk.of(1));
    assertThat(scores.returns()[0]).containsOnly(12);
    assertThat(scores.meanLength()).hasValue(12);
  }

  @Test
  void anEpisodeThatTerminatesCountsWithItsOwnLength() {
    Scores scores = playing(200).evaluate(RIGHT, Walk.of(1));
    assertThat(java.util.Arrays.stream(scores.returns()[0]))
        .allMatch(length -> length >= 1 && length <= 10);
    assertThat(scores.meanLength()).hasValue(Statistics.mean(scores.returns()[0]));
  }

  @Test
  void longEpisodesAreNotLostToShortOnes() {
    Scores scores = playing(300).evaluate(MIDDLE, Walk.of(1));
    long truncated = IntStream.range(0, 300).filter(e -> scores.returns()[0][e] == 12).count();
    assertThat(truncated).as("half of all walks start left of the middle").isBetween(120L, 180L);
  }

  @Test
  void allPoliciesMeetTheSameInitialStates() {
    Walk seenByRight = Walk.of(5);
    Walk seenByStay = Walk.of(5);
    playing(230).evaluate(RIGHT, seenByRight);
    playing(230).evaluate(STAY, seenByStay);
    List<Double> first = new ArrayList<>(seenByRight.starts);
    first.retainAll(seenByStay.starts);
    assertThat(first.stream().distinct().count()).isGreaterThanOrEqualTo(230);
  }

  @Test
  void contextsAreTakenInTurn() {
    Walk walk = Walk.of(7);
    playing(210).evaluate(STAY, walk);
    assertThat(walk.seen).hasSize(210);
    for (int context = 0; context < 7; context++) {
      assertThat(Collections.frequency(walk.seen, context)).isEqualTo(30);
    }
    assertThat(walk.seen.subList(0, 9)).containsExactly(0, 1, 2, 3, 4, 5, 6, 0, 1);
  }

  @Test
  void aFamilyWithoutEndDrawsItsOwnContexts() {
    Walk walk = Walk.of(Integer.MAX_VALUE);
    playing(10).evaluate(STAY, walk);
    assertThat(walk.seen).isEmpty();
  }

  @Test
  void agreementIsTheShareOfVisitedStatesWithTheSameChoice() {
    Walk walk = Walk.of(1);
    assertThat(playing(50).evaluate(RIGHT, RIGHT, walk).agreement()).hasValue(1);
    assertThat(playing(50).evaluate(STAY, RIGHT, walk).agreement()).hasValue(0);
    assertThat(playing(50).evaluate(RIGHT, MIDDLE, walk).agreement().getAsDouble())
        .isBetween(0.3, 0.9);
    assertThat(playing(50).evaluate(RIGHT, walk).agreement()).isEmpty();
  }

  @Test
  void theSameSeedGivesTheSameReturns() {
    assertThat(playing(120).evaluate(RIGHT, Walk.of(1)).returns()[0])
        .containsExactly(playing(120).evaluate(RIGHT, Walk.of(1)).returns()[0]);
  }

  @Test
  void aStopIsHeardAtTheNextStep() {
    int[] steps = {0};
    Runnable stopAtFive =
        () -> {
          if (++steps[0] == 5) {
            throw new Stopped();
          }
        };
    assertThatThrownBy(() -> new Evaluator(100, 3, stopAtFive).evaluate(STAY, Walk.of(1)))
        .isInstanceOf(Stopped.class);
    assertThat(steps[0]).isEqualTo(5);
  }

  @Test
  void aPolicyOfAnotherEnvironmentIsRefused() {
    Policy other = new Rule("wide", 0, Box.of(0, 1, 4));
    assertThatThrownBy(() -> playing(1).evaluate(other, Walk.of(1)))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "evaluate: expected a policy from 1 number to 2 choices for Walk, got 'wide' from 4 numbers to 2 choices. Evaluate where it was trained, or wrap the environment.");
  }

  /** A corridor without chance: the return tells the context. */
  private record Plain(int contexts, boolean isMeasured) implements Env {
    Plain(int contexts) {
      this(contexts, true);
    }

    @Override
    public Space observations() {
      return Box.of(0, 100, 1);
    }

    @Override
    public Discrete actions() {
      return new Discrete(2);
    }

    @Override
    public int horizon() {
      return 5;
    }

    @Override
    public int stateSize() {
      return 2;
    }

    @Override
    public void reset(double[] state, RandomStream random) {
      reset(random.nextInt(contexts), state, random);
    }

    @Override
    public void reset(int context, double[] state, RandomStream random) {
      state[0] = 0;
      state[1] = context;
    }

    @Override
    public double step(double[] state, float[] action, RandomStream random) {
      state[0]++;
      return state[1];
    }

    @Override
    public boolean terminated(double[] state) {
      return state[0] == 3;
    }

    @Override
    public void observe(double[] state, float[] observation) {
      observation[0] = (float) state[0];
    }

    @Override
    public List<String> measures() {
      return List.of("success", "place");
    }

    @Override
    public void measure(double[] state, double[] measured) {
      measured[0] = state[1] > 0 ? 1 : 0;
      if (isMeasured) {
        measured[1] = state[0];
      }
    }
  }

  @Test
  void whatWouldOnlyRepeatIsPlayedOnce() {
    Scores scores = playing(800).evaluate(RIGHT, new Plain(8));
    assertThat(scores.returns()[0]).containsExactly(0, 3, 6, 9, 12, 15, 18, 21);
    assertThat(scores.isWhole()).isTrue();
    assertThat(scores.sampled()).isEqualTo("8 contexts");
    assertThat(scores.meanLength()).hasValue(3);
    Scores some = playing(5).evaluate(RIGHT, new Plain(8));
    assertThat(some.returns()[0]).containsExactly(0, 3, 6, 9, 12);
    assertThat(some.isWhole()).isFalse();
    Scores drawn = playing(16).stochastic(true).evaluate(RIGHT, new Plain(8));
    assertThat(drawn.episodes()).as("whose actions are drawn may act otherwise").isEqualTo(16);
    assertThat(playing(9).evaluate(RIGHT, Walk.of(1)).isWhole()).isFalse();
  }

  @Test
  void episodesAreMeasuredByTheStateInWhichTheyEnded() {
    Scores scores = playing(8).evaluate(RIGHT, new Plain(8));
    assertThat(scores.measures("success")[0]).containsExactly(0, 1, 1, 1, 1, 1, 1, 1);
    assertThat(scores.measures("place")[0]).containsOnly(3);
    assertThat(scores.failures()).hasValue(0.125);
    assertThat(Scores.of(scores.tensors()).failures()).hasValue(0.125);
    assertThat(Scores.of(scores.tensors()).isWhole()).isTrue();
    assertThatThrownBy(() -> playing(8).evaluate(RIGHT, new Plain(8, false)))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "evaluate: expected 'Plain' to write its measure 'place', got none. Override measure(state, measured) beside measures().");
  }

  @Test
  void theEpisodesOfOneRunAreNotThoseOfAnother() {
    Walk walk = Walk.of(1);
    playing(10).evaluate(RIGHT, walk);
    List<Double> first = List.copyOf(walk.starts);
    walk.starts.clear();
    playing(10).ofRun(1).evaluate(RIGHT, walk);
    assertThat(walk.starts).doesNotContainAnyElementsOf(first);
    double[] all = playing(30).evaluate(RIGHT, Walk.of(1)).returns()[0];
    double[] rest = playing(30).from(10, 30).evaluate(RIGHT, Walk.of(1)).returns()[0];
    assertThat(rest).isEqualTo(java.util.Arrays.copyOfRange(all, 10, 30));
  }
}
