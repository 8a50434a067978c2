package dev.retort.guidance;

import static dev.retort.Retort.dqInit;
import static dev.retort.Retort.dqn;
import static dev.retort.Retort.env;
import static dev.retort.Retort.qPrior;
import static dev.retort.Retort.solve;
import static dev.retort.Retort.train;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.distribution.ActionValues;
import dev.retort.env.Env;
import dev.retort.figure.Line;
import dev.retort.figure.Lines;
import dev.retort.figure.Panels;
import dev.retort.nn.Blueprint;
import dev.retort.nn.Mlp;
import dev.retort.nn.Trunk;
import dev.retort.plan.Curves;
import dev.retort.policy.Actor;
import dev.retort.policy.Policy;
import dev.retort.policy.TabularPolicy;
import dev.retort.prior.QPrior;
import dev.retort.run.Session;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.table.QTable;
import dev.retort.teach.Dqn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Residuals on a prior, priors that act in turn, states that are known as a whole. */
class DqInitVariantsTest {
  private static final Env VALLEYS = env("MountainCar-varied");
  private static final QPrior PRIOR =
      qPrior(solve(VALLEYS.train(1).task(0)).tolerance(1e-3).bins(40).run().policy())
          .on(VALLEYS.train(1))
          .steps(200)
          .job()
          .execute(Session.unwatched("return"));
  private static final Env TARGETS = VALLEYS.test(2).eachTask();

  /** Three states in a row, of which the action 1 of the last is unknown; the mean is −2.6. */
  private static final QPrior SMALL = small();

  private static final Dqn SHORT =
      dqn()
          .hidden(16, 16)
          .steps(600)
          .warmUp(1)
          .trainEvery(1)
          .updates(1)
          .batchSize(16)
          .gamma(0.99)
          .targetEvery(50)
          .exploreUntil(0)
          .epsilon(0.05);

  private static QPrior small() {
    QTable table = new QTable(1, 2, 0, Optional.empty());
    for (int state = 0; state < 3; state++) {
      table.state(new float[] {state}, 0);
      table.learn(state, 0, -state, 1);
      if (state < 2) {
        table.learn(state, 1, -5, 1);
      }
    }
    TabularPolicy policy = new TabularPolicy("s", Box.of(0, 2, 1), new Discrete(2), table);
    return qPrior(policy)
        .on(new GuidanceTest.Line())
        .discount(0.5)
        .steps(10)
        .job()
        .execute(Session.unwatched("return"));
  }

  private static Companion guide(DqInit init) {
    ActionValues values = new ActionValues(new Discrete(2));
    Env line = new GuidanceTest.Line();
    Blueprint network = new Blueprint(Mlp.of(4), List.of(1), values.outputs(), Trunk.SHARED);
    return init.companion(
        new Guidance.Learners(
            new Guidance.Learning("DQN", line, values, network, 0.5, false),
            List.of(7L),
            1,
            100,
            String::valueOf,
            String::valueOf));
  }

  private static float[] acted(Companion guide, long step, float state, float... values) {
    float[] changed = values.clone();
    guide.act(step, new float[] {state}, changed);
    return changed;
  }

  private static void visit(Companion guide, float state, float action, int times) {
    for (int i = 0; i < times; i++) {
      guide.took(new float[] {state}, new float[] {action}, null, new float[1]);
    }
  }

  private static Curves run(Dqn dqn, Env env, int seeds) {
    return train(dqn).on(env).seeds(seeds).job().execute(Session.unwatched(dqn.columns()));
  }

  private static float[] values(Policy policy, float... observation) {
    try (Actor actor = policy.actor(1)) {
      return Arrays.copyOf(actor.values(observation), ((Discrete) policy.actions()).n());
    }
  }

  @Test
  void aStateIsKnownByItsVisitsWhateverWasDoneThere() {
    try (Companion guide = guide(dqInit(SMALL).actingOnly(4))) {
      assertThat(acted(guide, 0, 1, 10, 20)).containsExactly(-1, -5);
      visit(guide, 1, 0, 2);
      // κ = 1/2 for both actions, of which only the first was taken.
      assertThat(acted(guide, 2, 1, 10, 20)).containsExactly(4.5f, 7.5f);
      visit(guide, 1, 0, 2);
      assertThat(acted(guide, 4, 1, 10, 20)).containsExactly(10, 20);
      assertThat(acted(guide, 4, 0, 10, 20)).containsExactly(0, -5); // elsewhere as before
    }
  }

  @Test
  void actingOnlyLeavesTargetsAndTheLossAlone() {
    for (DqInit init :
        List.of(dqInit(SMALL).actingOnly(4), dqInit(SMALL).actingOnly(4).takingTurns(true))) {
      try (Companion guide = guide(init)) {
        float[] next = {7, 8, 9, 6};
        guide.target(new float[] {2, 1}, 2, next);
        guide.value(new float[] {2, 1}, 2, next);
        assertThat(next).containsExactly(7, 8, 9, 6);
        float[] slope = new float[4];
        guide.learn(lesson(slope));
        assertThat(slope).containsOnly(0);
      }
    }
  }

  private static LearningBatch lesson(float[] slope) {
    float[] outputs = {0, 3, 9, 9};
    return new LearningBatch(
        4,
        2,
        2,
        new float[] {0, 1},
        new float[] {1, 0},
        new int[0],
        new double[2],
        outputs,
        2,
        slope);
  }

  @Test
  void aFadedResidualActsByThePriorAndAFadingPartOfWhatWasLearned() {
    try (Companion guide = guide(dqInit(SMALL).fadedResidual(4))) {
      assertThat(acted(guide, 0, 1, 10, 20)).containsExactly(-1, -5);
      visit(guide, 1, 1, 1);
      assertThat(acted(guide, 1, 1, 10, 20)).containsExactly(-1 + 2.5f, -5 + 5);
      visit(guide, 1, 0, 3);
      assertThat(acted(guide, 4, 1, 10, 20)).containsExactly(-1 + 10, -5 + 20);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 9})
  void aTargetOfAResidualIsPriorAndNetworkWhateverIsKnown(int visits) {
    for (DqInit init : List.of(dqInit(SMALL).fadedResidual(4), dqInit(SMALL).residualInTurns(4))) {
      try (Companion guide = guide(init)) {
        visit(guide, 1, 0, visits);
        float[] next = {7, 8, 9, 6};
        guide.target(new float[] {2, 1}, 2, next);
        // P̃ is −2 and, where nothing is known, the mean −2.6 in state 2; −1 and −5 in state 1.
        assertThat(next).containsExactly(7 - 2, 8 - 2.6f, 9 - 1, 6 - 5);
        float[] now = {7, 8, 9, 6};
        guide.value(new float[] {2, 1}, 2, now);
        assertThat(now).isEqualTo(next);
      }
    }
  }

  @Test
  void inTurnsThePriorChoosesAsOftenAsTheStateIsUnknown() {
    DqInit init = dqInit(SMALL).residualInTurns(4);
    try (Companion guide = guide(init)) {
      assertThat(acted(guide, 0, 1, 10, 20)).containsExactly(-1, -5);
      assertThat(acted(guide, 0, 2, 10, 20)).containsExactly(-2, Float.NEGATIVE_INFINITY);
      visit(guide, 1, 0, 1);
      guide.believed(0);
      int decisions = 4_000;
      for (int step = 0; step < decisions; step++) {
        float[] values = acted(guide, step, 1, 10, 20);
        assertThat(values).isIn(new float[] {-1, -5}, new float[] {9, 15});
      }
      // Three quarters of 4,000 draws; four standard errors are 0.0274.
      assertThat(guide.believed(0)).isCloseTo(0.75, within(0.0274));
      visit(guide, 1, 0, 3);
      assertThat(acted(guide, 4, 1, 10, 20)).containsExactly(9, 15);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aResidualBeginsAsThePriorToTheLetter(boolean dueling) {
    Dqn first = SHORT.steps(2).learningRate(1e-30).dueling(dueling);
    Policy begun = run(first.guidedBy(dqInit(PRIOR).fadedResidual(100)), TARGETS, 2).policy(1);
    double[] known = new double[3];
    int states = 0;
    for (float place = -1.15f; place < 0.55f; place += 0.05f) {
      float[] seen = {place, 0.01f};
      PRIOR.values(seen, 0, known);
      if (!Double.isNaN(known[0])) {
        states++;
        assertThat(values(begun, seen))
            .containsExactly((float) known[0], (float) known[1], (float) known[2]);
      }
    }
    assertThat(states).isGreaterThan(5);
  }

  /**
   * By hand: Q(1, right) = −3; Q(0, right) = −3 + ½ · −3; Q(1, left) the same; Q(0, left) = −5.25.
   */
  @ParameterizedTest
  @MethodSource("residuals")
  void whatAResidualLearnsInTheEndIsTheTaskAndNotThePrior(DqInit init) {
    Dqn learner = SHORT.steps(4_000).gamma(0.5).epsilon(0.5).learningRate(3e-3).guidedBy(init);
    Policy learned = run(learner, new GuidanceTest.Line(), 1).policy(0);
    assertThat(values(learned, 0)[0]).isCloseTo(-5.25f, within(0.2f));
    assertThat(values(learned, 0)[1]).isCloseTo(-4.5f, within(0.2f));
    assertThat(values(learned, 1)[0]).isCloseTo(-4.5f, within(0.2f));
    assertThat(values(learned, 1)[1]).isCloseTo(-3f, within(0.2f));
  }

  static List<DqInit> residuals() {
    return List.of(
        dqInit(SMALL).fadedResidual(20),
        dqInit(SMALL).residualInTurns(20),
        dqInit(SMALL).fadedResidual(20).act(false));
  }

  static List<DqInit> variants() {
    return List.of(
        dqInit(PRIOR).fadedResidual(5).handoverEvery(100),
        dqInit(PRIOR).residualInTurns(5).handoverEvery(90),
        dqInit(PRIOR).actingOnly(5),
        dqInit(PRIOR).actingOnly(5).takingTurns(true),
        dqInit(PRIOR).fadedResidual(5).act(false),
        dqInit(PRIOR).knownAfter(5).handoverEvery(100));
  }

  /** What a policy says all over the valley. */
  private static List<Float> learned(Policy policy) {
    List<Float> all = new ArrayList<>();
    for (float place = -1.1f; place < 0.5f; place += 0.1f) {
      for (float speed = -0.06f; speed < 0.07f; speed += 0.02f) {
        for (float value : values(policy, place, speed)) {
          all.add(value);
        }
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("variants")
  void everyVariantResumesExactlyAndIsReadBack(DqInit init) {
    Dqn guided = SHORT.guidedBy(init);
    Dqn again = SHORT.withInputs(guided.inputs());
    assertThat(again.toString()).isEqualTo(guided.toString());
    GuidanceTest.Halfway first = new GuidanceTest.Halfway(Optional.empty(), 300, guided.columns());
    Curves whole = train(guided).on(TARGETS).seeds(2).job().execute(first);
    GuidanceTest.Halfway second =
        new GuidanceTest.Halfway(Optional.of(first.saved()), 0, guided.columns());
    Curves resumed = train(again).on(TARGETS).seeds(2).job().execute(second);
    assertThat(learned(resumed.policy(0))).isEqualTo(learned(whole.policy(0)));
    assertThat(learned(resumed.policy(1))).isEqualTo(learned(whole.policy(1)));
    double[] last = second.curve().values();
    double[] all = first.curve().values();
    assertThat(last).isNotEmpty();
    assertThat(Arrays.copyOfRange(all, all.length - last.length, all.length)).isEqualTo(last);
  }

  @ParameterizedTest
  @MethodSource("variants")
  void aMemberLearnsTheSameInAnyPopulation(DqInit init) {
    Dqn guided = SHORT.steps(300).guidedBy(init);
    Policy alone =
        train(guided).on(TARGETS).seed(1).job().execute(Session.unwatched(guided.columns()));
    assertThat(learned(run(guided, TARGETS, 3).policy(1))).isEqualTo(learned(alone));
  }

  @Test
  void theHandoverIsCountedByHand() {
    DqInit init = dqInit(SMALL).knownAfter(2).handoverEvery(4);
    try (Companion guide = guide(init)) {
      assertThat(guide.column("differ", 0)).isNaN();
      // Step 0: nothing is known, the prior's 0 is done where the learner prefers 1.
      acted(guide, 0, 1, 10, 20);
      visit(guide, 1, 0, 1);
      // Step 1: κ of action 0 is ½: 4.5 against −5.
      acted(guide, 1, 1, 10, 20);
      visit(guide, 1, 0, 1);
      // Step 2: action 0 is known, and all agree.
      acted(guide, 2, 1, 10, -20);
      // Step 3: the learner's −10 for action 0 against the prior's −5 for action 1.
      acted(guide, 3, 1, -10, -20);
      // κ is 1 and 0 in state 1, 0 and 0 in state 0.
      float[] next = {-3, -9, 8, 9};
      guide.target(new float[] {1, 0}, 2, next);
      assertThat(guide.column("differ", 0)).isNaN();
      acted(guide, 4, 1, 0, 0);
      assertThat(guide.column("differ", 0)).isEqualTo(3.0 / 4);
      // Only at step 3 is done what neither prefers: the prior prefers 0, and so does the learner.
      assertThat(guide.column("neither", 0)).isEqualTo(1.0 / 4);
      // Of the preferred: 0, ½, 1, 0; of the others: 0, 0, 0, 1.
      assertThat(guide.column("known-greedy-50", 0)).isZero();
      assertThat(guide.column("known-greedy-90", 0)).isEqualTo(1);
      assertThat(guide.column("known-other-50", 0)).isZero();
      assertThat(guide.column("known-other-90", 0)).isEqualTo(1);
      // The first target's largest is the learner's own −3, the second's the prior's 0.
      assertThat(guide.column("targets-by-prior", 0)).isEqualTo(0.5);
      // |−5 + 9| of the first, |0 − 8| + |−5 − 9| of the second.
      assertThat(guide.column("prior-in-targets", 0)).isEqualTo((4 + 8 + 14) / 2.0);
      assertThat(guide.column("queries", 0)).isNaN();
    }
  }

  @Test
  void theHandoverIsDrawnFromTheColumnsOfACurve() {
    Dqn guided = SHORT.guidedBy(dqInit(PRIOR).knownAfter(5).handoverEvery(100));
    assertThat(guided.columns()).contains("believed", "neither", "known-other-50");
    Curves curves = run(guided, TARGETS, 2);
    Panels drawn = (Panels) PriorHandover.plot("handover", curves.curve(), 100);
    assertThat(drawn.panels()).hasSize(4);
    Lines known = (Lines) drawn.panels().get(0);
    assertThat(known.lines()).hasSize(6);
    assertThat(known.lines().stream().map(Line::name))
        .containsExactly(
            "preferred, 10 %",
            "preferred, median",
            "preferred, 90 %",
            "others, 10 %",
            "others, median",
            "others, 90 %");
    assertThat(((Lines) drawn.panels().get(1)).lines().stream().map(Line::name))
        .containsExactly("not all prefer the same", "neither prefers what is done");
    assertThat(known.lines().get(0).x()).isNotEmpty().allMatch(step -> step % 100 == 0);
    assertThat(SHORT.guidedBy(dqInit(PRIOR)).columns()).doesNotContain("neither");
  }

  @Test
  void aPlanSaysWhatIsActedByAndLearnedFrom() {
    assertThat(explained(dqInit(PRIOR)))
        .contains("acts by κ Q + (1 − κ) P, targets by the largest κ Q + (1 − κ) P, drawn to P");
    assertThat(explained(dqInit(PRIOR).actingOnly(100)))
        .contains("knownness states:100")
        .contains("acts by κ Q + (1 − κ) P, targets by the largest Q");
    assertThat(explained(dqInit(PRIOR).fadedResidual(100)))
        .contains("acts by P̃ + κ f, targets by the largest P̃ + f");
    assertThat(explained(dqInit(PRIOR).residualInTurns(100)))
        .contains(
            "acts by P with probability 1 − κ and by P̃ + f otherwise, targets by the largest P̃");
    assertThat(explained(dqInit(PRIOR).fadedResidual(100).act(false))).contains("acts by P̃ + f,");
    assertThat(explained(dqInit(PRIOR).tableOnly())).contains("acts by P, learns nothing");
  }

  private static String explained(DqInit init) {
    return train(SHORT.guidedBy(init)).on(TARGETS).explain();
  }

  @Test
  void aResidualThatWouldNotBeginAsThePriorIsRefused() {
    assertThatThrownBy(
            () -> train(SHORT.guidedBy(dqInit(PRIOR).fadedResidual(9).pretraining(5))).on(TARGETS))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "dqInit: expected a residual, which begins as the prior, without pretraining, got 5 updates. Leave one of them out.");
    QPrior tiles =
        qPrior(PRIOR.policy())
            .on(VALLEYS.train(1))
            .tiles(2, 6)
            .steps(100)
            .job()
            .execute(Session.unwatched("return"));
    assertThatThrownBy(() -> train(SHORT.guidedBy(dqInit(tiles).fadedResidual(9))).on(TARGETS))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "dqInit: expected a prior of one layer of cells for a residual, got 2. Cut it by bins, quantiles or clusters.");
  }
}
