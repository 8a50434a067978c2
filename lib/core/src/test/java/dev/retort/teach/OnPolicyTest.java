package dev.retort.teach;

import static dev.retort.Retort.warmStart;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.data.View;
import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.nn.Gru;
import dev.retort.nn.Oracle;
import dev.retort.nn.Parameter;
import dev.retort.nn.Transformer;
import dev.retort.nn.Trunk;
import dev.retort.policy.NetworkPolicy;
import dev.retort.random.RandomStream;
import dev.retort.run.Session;
import dev.retort.space.Box;
import dev.retort.space.Group;
import dev.retort.space.Space;
import dev.retort.store.Tensors;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be set of every learner from rollouts, by hand and against what it comes from. */
class OnPolicyTest {
  private static final Env WINDY = new Windy(false, false);
  private static final Env SWING = Environments.get("Pendulum");
  private static final long[] SEEDS = {4, 5};
  private static final Ppo PPO =
      new Ppo().steps(768).hidden(8).environments(4).rollout(16).batchSize(16).epochs(2);

  private static Ppo.Learning learner(Ppo ppo, Env env, long... seeds) {
    ppo.require(env);
    return (Ppo.Learning) ppo.learner(env, seeds);
  }

  private static void iterate(Learner learner, Algorithm algorithm, int times) {
    for (int i = 0; i < times; i++) {
      learner.iterate(Session.unwatched(algorithm.columns()));
    }
  }

  private static Tensors after(Algorithm algorithm, Env env, int iterations) {
    algorithm.require(env);
    try (Learner learner = algorithm.learner(env, SEEDS)) {
      iterate(learner, algorithm, iterations);
      return learner.state().save();
    }
  }

  private static float[] parameters(Algorithm algorithm, Env env) {
    Session session = Session.unwatched(algorithm.columns());
    return ((NetworkPolicy) algorithm.train(env, SEEDS, session).get(0)).parameters();
  }

  // Clipped values

  @Test
  void theSlopeOfTheClippedValueLossIsThatOfTheLargerSquare() {
    assertThat(Ppo.valueError(1.5, 1, 3, 0)).isEqualTo(-1.5);
    assertThat(Ppo.valueError(1.1, 1, 3, 0.2)).isEqualTo(1.1 - 3);
    assertThat(Ppo.valueError(1.5, 1, 3, 0.2)).isZero(); // nearer to 3 than 1.2 is
    assertThat(Ppo.valueError(0.5, 1, 3, 0.2)).isEqualTo(-2.5); // further off than 0.8
    RandomStream random = RandomStream.of(6, "values");
    int flat = 0;
    for (int trial = 0; trial < 2000; trial++) {
      double old = random.nextGaussian();
      double value = old + 0.4 * random.nextGaussian();
      double target = old + random.nextGaussian();
      double clipped = old + Math.max(-0.3, Math.min(0.3, value - old)) - target;
      double further = Math.abs(value - target) - Math.abs(clipped);
      boolean beyond = Math.abs(value - old) > 0.3;
      boolean kink =
          Math.abs(Math.abs(value - old) - 0.3) < 1e-3 || (beyond && Math.abs(further) < 1e-3);
      if (kink) {
        continue; // has no derivative
      }
      double[] expected =
          Oracle.centralDifferences(new double[] {value}, x -> clippedLoss(x[0], old, target, 0.3));
      double slope = 2 * Ppo.valueError(value, old, target, 0.3);
      assertThat(slope).isCloseTo(expected[0], within(1e-6));
      flat += slope == 0 ? 1 : 0;
    }
    assertThat(flat).isBetween(100, 1900);
  }

  private static double clippedLoss(double value, double old, double target, double bound) {
    double near = old + Math.max(-bound, Math.min(bound, value - old));
    return Math.max((value - target) * (value - target), (near - target) * (near - target));
  }

  @Test
  void aBoundThatNoValueReachesChangesNoBitAndANarrowOneDoes() {
    for (OnPolicy<?> algorithm : List.of(PPO, dna(), iter())) {
      float[] usual = after(algorithm, WINDY, 3).floats("parameters");
      assertThat(after(algorithm.valueClip(1e6), WINDY, 3).floats("parameters")).isEqualTo(usual);
      assertThat(after(algorithm.valueClip(1e-4), WINDY, 3).floats("parameters"))
          .as(algorithm.name())
          .isNotEqualTo(usual);
    }
  }

  private static Dna dna() {
    return new Dna().steps(768).hidden(8).environments(4).rollout(16).batchSize(16);
  }

  private static Iter iter() {
    return new Iter().agent(PPO).period(128);
  }

  // Step sizes

  @Test
  void aStepSizeFallsBeyondTwiceTheTargetAndRisesBelowHalfOfItWithinItsBounds() {
    assertThat(StepSizes.adapted(0.003, 0.0201, 0.01)).isEqualTo(0.002);
    assertThat(StepSizes.adapted(0.003, 0.0199, 0.01)).isEqualTo(0.003);
    assertThat(StepSizes.adapted(0.003, 0.0051, 0.01)).isEqualTo(0.003);
    assertThat(StepSizes.adapted(0.003, 0.0049, 0.01)).isCloseTo(0.0045, within(1e-15));
    assertThat(StepSizes.adapted(0.009, 0, 0.01)).isEqualTo(0.01);
    assertThat(StepSizes.adapted(1.2e-5, 1, 0.01)).isEqualTo(1e-5);
  }

  @Test
  void everyMinibatchButTheFirstOfARolloutMovesTheStepSize() {
    // 64 steps in minibatches of 16, twice: 8 minibatches, of which 7 say something
    Ppo always = PPO.learningRate(0.0001).adaptiveRate(1e9);
    assertThat(after(always, WINDY, 1).doubles("stepSizes")[0])
        .isCloseTo(0.0001 * Math.pow(1.5, 7), within(1e-12));
    assertThat(after(always, WINDY, 3).doubles("stepSizes")).containsExactly(0.01, 0.01);
    Ppo never = PPO.learningRate(0.005).adaptiveRate(1e-12);
    assertThat(after(never, WINDY, 1).doubles("stepSizes")[1])
        .isCloseTo(0.005 / Math.pow(1.5, 7), within(1e-12));
    assertThat(
            after(dna().policyEpochs(1).learningRate(0.0001).adaptiveRate(1e9), WINDY, 1)
                .doubles("stepSizes")[0])
        .isCloseTo(0.0001 * Math.pow(1.5, 3), within(1e-12));
  }

  @Test
  void aMembersStepSizeIsItsOwnAndThatOfTheSameSeedAlone() {
    Ppo ppo = PPO.learningRate(0.003).adaptiveRate(0.001);
    long[] four = {1, 2, 3, 4};
    try (Learner together = ppo.learner(WINDY, four)) {
      iterate(together, ppo, 4);
      double[] sizes = together.state().save().doubles("stepSizes");
      assertThat(Arrays.stream(sizes).distinct().count()).isGreaterThan(1);
      for (int member = 0; member < four.length; member++) {
        try (Learner alone = ppo.learner(WINDY, new long[] {four[member]})) {
          iterate(alone, ppo, 4);
          assertThat(alone.state().save().doubles("stepSizes")).containsExactly(sizes[member]);
          assertThat(((NetworkPolicy) alone.policy(0)).parameters())
              .isEqualTo(((NetworkPolicy) together.policy(member)).parameters());
        }
      }
    }
  }

  // Deviations

  @Test
  void continuousActionsAreDrawnWithTheDeviationThatIsSaid() {
    Ppo narrow = PPO.initialDeviation(0.05);
    try (Ppo.Learning learner = learner(narrow, SWING, SEEDS)) {
      learner.rollout.play(Session.unwatched(narrow.columns()));
      double squares = 0;
      int width = learner.rollout.width;
      for (int row = 0; row < learner.rollout.rows; row++) {
        float mean = learner.rollout.outputs[row * width];
        assertThat(learner.rollout.outputs[row * width + 1]).isEqualTo((float) Math.log(0.05));
        squares += Math.pow(learner.rollout.actions[row] - mean, 2) / learner.rollout.rows;
      }
      assertThat(Math.sqrt(squares)).isBetween(0.03, 0.07);
    }
    assertThatThrownBy(() -> narrow.require(WINDY))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "ppo: expected continuous actions for an initial deviation, got 2 choices (%s). Leave initialDeviation(..) out."
                .formatted(WINDY.name()));
  }

  // Time-outs

  @Test
  void atATimeOutTheLastObservationIsValuedUnlessTimeOutsEndTheTask() {
    int end = Windy.HORIZON - 1;
    for (boolean bootstraps : new boolean[] {true, false}) {
      Ppo ppo = PPO.epochs(1).bootstrapTimeOuts(bootstraps);
      try (Ppo.Learning learner = learner(ppo, WINDY, SEEDS)) {
        iterate(learner, ppo, 1);
        Rollout played = learner.rollout;
        float[] advantage = played.advantages(ppo.gamma(), ppo.lambda());
        assertThat(played.ended[end]).isTrue();
        assertThat(played.nextValue[end]).isNotZero();
        double following = bootstraps ? ppo.gamma() * played.nextValue[end] : 0;
        assertThat((double) advantage[end])
            .isCloseTo(played.reward[end] + following - played.value[end], within(1e-6));
        int last = ppo.rollout() - 1; // the rollout's end is no end of an episode
        assertThat((double) advantage[last])
            .isCloseTo(
                played.reward[last] + ppo.gamma() * played.nextValue[last] - played.value[last],
                within(1e-6));
      }
    }
  }

  @Test
  void everyTimeOutIsValuedByWhatIsSeenThereHoweverManyThereAre() {
    // The value sees the clock alone, and 4 copies have 3 or more time-outs each in 40 steps.
    Ppo ppo = PPO.rollout(40).batchSize(40).stagger(9).criticSeeing("clock");
    for (long[] seeds : new long[][] {SEEDS, {SEEDS[1]}}) {
      try (Ppo.Learning learner = learner(ppo, WINDY, seeds)) {
        learner.rollout.play(Session.unwatched(ppo.columns()));
        Rollout played = learner.rollout;
        float[] next = new float[played.rows]; // the clock a step later
        for (int row = 0; row < played.rows; row++) {
          next[row] = played.obs[3 * row + 2] + 1;
        }
        float[] values = new float[played.rows];
        learner.networks.values(next, played.perMember, values);
        int ends = 0;
        for (int row = 0; row < played.rows; row++) {
          if (played.ended[row] || row % 40 == 39) {
            assertThat(played.nextValue[row]).isNotZero().isCloseTo(values[row], within(1e-6f));
            ends++;
          }
        }
        assertThat(ends).isGreaterThan(12 * seeds.length);
      }
    }
  }

  // Staggered first episodes

  @Test
  void theFirstEpisodeOfEachCopyBeginsSomewhereAndEndsAtTheTimeLimit() {
    Ppo ppo = PPO.environments(8).rollout(32).batchSize(32).stagger(7);
    try (Ppo.Learning learner = learner(ppo, WINDY, SEEDS)) {
      Set<Integer> opened = new HashSet<>();
      long hidden = 0;
      for (int copy = 0; copy < 16; copy++) {
        int k = RandomStream.of(SEEDS[copy / 8], "prologue", copy % 8).nextInt(7);
        assertThat(learner.envs.observations()[3 * copy + 2]).as("clock of %s", copy).isEqualTo(k);
        opened.add(k);
        hidden += copy < 8 ? k : 0;
      }
      assertThat(opened).hasSizeGreaterThan(3);
      assertThat(learner.column("hidden", 0)).isEqualTo((double) hidden);
      iterate(learner, ppo, 1);
      for (int copy = 0; copy < 16; copy++) {
        int first = copy * 32;
        int k = (int) learner.rollout.obs[3 * first + 2];
        int[] ends = IntStream.range(0, 32).filter(t -> learner.rollout.ended[first + t]).toArray();
        assertThat(ends).startsWith(9 - k, 19 - k, 29 - k);
      }
      assertThat(learner.column("hidden", 0)).isEqualTo((double) hidden);
    }
    assertThat(ppo.columns()).contains("hidden");
    assertThat(PPO.columns()).doesNotContain("hidden");
  }

  @Test
  void timeLimitsOfWrappersHoldForStaggeredEpisodesToo() {
    Ppo ppo = PPO.stagger(3);
    for (Env env :
        List.of(WINDY.timeLimit(4), WINDY.actionRepeat(2), WINDY.timeLimit(7).actionRepeat(2))) {
      int horizon = env.horizon();
      int size = env.observations().size();
      int clock = size - 1;
      int each = env.name().contains("actionRepeat") ? 2 : 1;
      try (Ppo.Learning learner = learner(ppo, env, SEEDS)) {
        iterate(learner, ppo, 1);
        for (int copy = 0; copy < 8; copy++) {
          int first = copy * 16;
          int k = (int) learner.rollout.obs[size * first + clock] / each;
          int[] ends =
              IntStream.range(0, 16).filter(t -> learner.rollout.ended[first + t]).toArray();
          assertThat(ends).as(env.name()).startsWith(horizon - 1 - k);
        }
      }
    }
  }

  @Test
  void alongWithExploreGoFurtherEpisodesBeginAsThatSays() {
    Ppo ppo = PPO.stagger(9).exploreGo(2);
    try (Ppo.Learning learner = learner(ppo, WINDY, SEEDS)) {
      boolean[] beyond = new boolean[2];
      for (int i = 0; i < 6; i++) {
        boolean isFirst = i == 0;
        for (int copy = 0; copy < 8; copy++) {
          float clock = learner.envs.observations()[3 * copy + 2];
          beyond[isFirst ? 0 : 1] |= learner.envs.isFresh(copy) && clock > 1;
        }
        iterate(learner, ppo, 1);
      }
      assertThat(beyond).containsExactly(true, false);
    }
  }

  // What actor and critic see

  @Test
  void aPolicyActsByItsPartAloneAndItsValueByItsOwn() {
    Ppo ppo = PPO.seeing("place", "clock").criticSeeing("wind").normalized();
    try (Ppo.Learning learner = learner(ppo, WINDY, SEEDS)) {
      iterate(learner, ppo, 3);
      NetworkPolicy policy = learner.policy(0);
      assertThat(policy.perception()).hasToString("parts:place,clock");
      assertThat(policy.outputs()).extracting(output -> output.name()).doesNotContain("value");
      float[] seen = {1, 0.5f, 3, -2, -0.25f, 7};
      float[] otherWind = {1, -0.75f, 3, -2, 0.125f, 7};
      float[] otherPlace = {2, 0.5f, 3, 5, -0.25f, 7};
      assertThat(logits(policy, otherWind)).isEqualTo(logits(policy, seen));
      assertThat(logits(policy, otherPlace)).isNotEqualTo(logits(policy, seen));
      assertThat(values(learner, otherPlace)).isEqualTo(values(learner, seen));
      assertThat(values(learner, otherWind)).isNotEqualTo(values(learner, seen));
    }
  }

  private static float[] logits(NetworkPolicy policy, float[] seen) {
    try (var actor = policy.actor(2)) {
      return actor.outputs(seen).clone();
    }
  }

  private static float[] values(Ppo.Learning learner, float[] seen) {
    float[] values = new float[2];
    float[] shown = learner.networks.criticSees().see(seen, new float[0], 2);
    learner.networks.values(shown, 1, values);
    return values;
  }

  static List<OnPolicy<?>> algorithms() {
    return List.of(PPO, PPO.trunk(Trunk.SHARED).normalized(), dna(), iter());
  }

  @ParameterizedTest
  @MethodSource("algorithms")
  void whoSeesAPartLearnsWhatIsLearnedWhereThereIsNothingElseToSee(OnPolicy<?> algorithm) {
    OnPolicy<?> blind = algorithm.seeing("place", "clock").criticSeeing("place", "clock");
    assertThat(parameters(blind, WINDY)).isEqualTo(parameters(algorithm, new Windy(true, false)));
  }

  @Test
  void aCriticThatSeesTheWindKnowsTheReturnOfAPolicyThatDoesNot() {
    // Walks to the right always: with γ = 0 the value is the wind itself.
    Ppo ppo = PPO.seeing("place").gamma(0).lambda(1).learningRate(0.01).epochs(8).entropy(0);
    assertThat(error(ppo)).isLessThan(0.2);
    assertThat(error(ppo.criticSeeing("place"))).isGreaterThan(0.4);
  }

  private static double error(Ppo ppo) {
    try (Ppo.Learning learner = learner(ppo, new Windy(false, true), SEEDS)) {
      iterate(learner, ppo, 12);
      Rollout played = learner.rollout;
      return IntStream.range(0, played.rows)
          .mapToDouble(row -> Math.abs(played.value[row] - played.reward[row]) / played.rows)
          .sum();
    }
  }

  @Test
  void viewsByWhichNobodyCanActOrShareLayersAreRefused() {
    assertThatThrownBy(() -> PPO.seeing(View.window(4, View.window(2))).require(WINDY))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "ppo: expected numbers of the observation or a window of them for seeing, got window:4"
                + " window:2 all, by which a policy cannot act. Say View.parts(..) or"
                + " View.window(8).");
    assertThatThrownBy(() -> PPO.network(new Gru(4)).seeing(View.window(4, "place")).require(WINDY))
        .hasMessage(
            "ppo: expected a network for what the value sees too, got gru:4, which takes window:4"
                + " parts:place and not all. Say criticSeeing(..) as seeing(..).");
    assertThatThrownBy(() -> PPO.network(new Gru(4)).require(WINDY))
        .hasMessageContaining(
            "gru: expected a window of steps, as seeing(View.window(8)) shows it");
    assertThatThrownBy(() -> PPO.trunk(Trunk.SHARED).seeing("place").require(WINDY))
        .hasMessage(
            "ppo: expected policy and value to see the same where they share layers, got"
                + " parts:place and all. Say trunk(Trunk.SEPARATE).");
    assertThatThrownBy(() -> iter().seeing("place").require(WINDY))
        .hasMessage(
            "iter: expected policy and value to see the same, got parts:place and all: a successor"
                + " takes over both.");
    assertThatThrownBy(() -> PPO.seeing("plaice").require(WINDY)).hasMessageContaining("place");
  }

  // Actions that there are not

  /** A pendulum with a second torque that there is not, where it says so. */
  private record TwoTorques(boolean says) implements Env {
    @Override
    public Space observations() {
      return Group.of("pendulum", SWING.observations()).and("there", Box.of(0, 1, 2));
    }

    @Override
    public Space actions() {
      return Box.within(2, 2);
    }

    @Override
    public int horizon() {
      return SWING.horizon();
    }

    @Override
    public int stateSize() {
      return SWING.stateSize();
    }

    @Override
    public void reset(double[] state, RandomStream random) {
      SWING.reset(state, random);
    }

    @Override
    public double step(double[] state, float[] action, RandomStream random) {
      return SWING.step(state, action, random);
    }

    @Override
    public boolean terminated(double[] state) {
      return false;
    }

    @Override
    public void observe(double[] state, float[] observation) {
      SWING.observe(state, observation);
      observation[3] = 1;
      observation[4] = says ? 0 : 1;
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsNotThereIsNeverDrawnAndNothingIsLearnedOfIt(boolean absent) {
    Ppo ppo =
        PPO.seeing("pendulum").maskedBy("there").normalized().entropy(0.01).adaptiveRate(0.01);
    Env env = new TwoTorques(absent);
    try (Ppo.Learning learner = learner(ppo, env, SEEDS)) {
      float[] before = learner.policy(1).parameters();
      iterate(learner, ppo, 3);
      NetworkPolicy policy = learner.policy(1);
      float[] after = policy.parameters();
      List<Parameter> named = policy.blueprint().named(after);
      List<Parameter> begun = policy.blueprint().named(before);
      int looked = 0;
      for (int i = 0; i < named.size(); i++) {
        float[] now = named.get(i).values();
        float[] then = begun.get(i).values();
        String name = named.get(i).name();
        if (name.contains("hidden") || name.startsWith("value")) {
          continue;
        }
        boolean[] same = {true, true}; // of the first number, and of the second
        for (int k = 0; k < now.length; k++) {
          same[k % 2] &= now[k] == then[k];
        }
        assertThat(same).as(name).containsExactly(false, absent);
        looked++;
      }
      assertThat(looked).isEqualTo(3);
      int zeros = 0;
      for (int row = 0; row < learner.rollout.rows; row++) {
        zeros += learner.rollout.actions[2 * row + 1] == 0 ? 1 : 0;
        assertThat(learner.rollout.logProbability[row]).isFinite();
      }
      assertThat(zeros).isEqualTo(absent ? learner.rollout.rows : 0);
    }
  }

  @Test
  void whereEverythingIsThereAMaskChangesNoBit() {
    Env env = new TwoTorques(false);
    for (OnPolicy<?> algorithm : List.of(PPO, dna())) {
      OnPolicy<?> blind = algorithm.seeing("pendulum").criticSeeing("pendulum");
      assertThat(parameters(blind.maskedBy("there"), env)).isEqualTo(parameters(blind, env));
    }
  }

  @Test
  void masksThatSayNothingOfTheActionsAreRefused() {
    Env env = new TwoTorques(true);
    assertThatThrownBy(() -> PPO.maskedBy("their").require(env)).hasMessageContaining("there");
    assertThatThrownBy(() -> PPO.maskedBy("pendulum").require(env))
        .hasMessage(
            "ppo: expected a part of 2 numbers for maskedBy(..), one for each of an action, got"
                + " 'pendulum' of 3 (TwoTorques).");
    assertThatThrownBy(() -> PPO.maskedBy("there").require(SWING))
        .hasMessage(
            "ppo: expected observations of named parts for maskedBy(\"there\"), got 3 numbers"
                + " (Pendulum).");
    assertThatThrownBy(() -> PPO.maskedBy("wind").require(WINDY))
        .hasMessageContaining("ppo: expected continuous actions to mask, got 2 choices");
  }

  @Test
  void observationsThatTellTypesOfTokensAreNotNormalized() {
    Ppo typed = PPO.network(new Transformer(4, 1, 1).types(2));
    Env tokens = new AsTokens(SWING, 2);
    typed.normalizeRewards(true).require(tokens);
    PPO.network(new Transformer(4, 1, 1)).normalized().require(tokens);
    assertThatThrownBy(() -> typed.normalized().require(tokens))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "ppo: expected observations as they are for transformer:4:1:1:2, which reads choices"
                + " among them such as types of tokens, got normalized ones. Say"
                + " normalizeObservations(false).");
  }

  // Resuming

  static List<OnPolicy<?>> everything() {
    NetworkPolicy source = trained(PPO.normalized().seeing("place", "clock"), WINDY);
    Ppo ppo = all(PPO).guidedBy(warmStart(source).zeroed(true)).normalized();
    View window = View.window(3, "place", "clock");
    return List.of(
        ppo,
        all(dna()).normalized(),
        all(iter()).criticSeeing("place", "clock"),
        all(PPO).seeing(window).criticSeeing(View.window(2)).normalized(),
        all(dna()).network(new Gru(4)).seeing(window).criticSeeing(window),
        all(iter()).seeing(window).criticSeeing(window));
  }

  private static <A extends OnPolicy<A>> A all(A algorithm) {
    return algorithm
        .adaptiveRate(0.005)
        .valueClip(0.1)
        .bootstrapTimeOuts(false)
        .stagger(6)
        .seeing("place", "clock");
  }

  private static NetworkPolicy trained(Algorithm algorithm, Env env) {
    Session session = Session.unwatched(algorithm.columns());
    return (NetworkPolicy) algorithm.train(env, SEEDS, session).get(0);
  }

  @ParameterizedTest
  @MethodSource("everything")
  void withEverythingOnALearnerGoesOnBitForBit(OnPolicy<?> algorithm) {
    Tensors whole = after(algorithm, WINDY, 5);
    Tensors half = after(algorithm, WINDY, 2);
    try (Learner resumed = algorithm.learner(WINDY, SEEDS)) {
      resumed.state().restore(half);
      iterate(resumed, algorithm, 3);
      Resumed.same(resumed.state().save(), whole);
    }
  }
}
