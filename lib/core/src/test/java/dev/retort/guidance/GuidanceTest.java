package dev.retort.guidance;

import static dev.retort.Retort.dqInit;
import static dev.retort.Retort.dqn;
import static dev.retort.Retort.env;
import static dev.retort.Retort.jumpStart;
import static dev.retort.Retort.kickstart;
import static dev.retort.Retort.qPrior;
import static dev.retort.Retort.solve;
import static dev.retort.Retort.train;
import static dev.retort.Retort.warmStart;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.distribution.ActionValues;
import dev.retort.env.Env;
import dev.retort.nn.Blueprint;
import dev.retort.nn.Mlp;
import dev.retort.nn.Trunk;
import dev.retort.plan.Curves;
import dev.retort.plan.Training;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.policy.TabularPolicy;
import dev.retort.prior.QPrior;
import dev.retort.random.RandomStream;
import dev.retort.run.Curve;
import dev.retort.run.Session;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Space;
import dev.retort.store.Tensors;
import dev.retort.table.QTable;
import dev.retort.teach.Dqn;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuidanceTest {
  private static final Env VALLEYS = env("MountainCar-varied");
  private static final QPrior PRIOR =
      qPrior(solve(VALLEYS.train(1).task(0)).tolerance(1e-3).bins(40).run().policy())
          .on(VALLEYS.train(1))
          .steps(200)
          .job()
          .execute(Session.unwatched("return"));
  private static final Env TARGETS = VALLEYS.test(2).eachTask();

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

  private static Curves run(Dqn dqn, Env env, int seeds) {
    return train(dqn).on(env).seeds(seeds).job().execute(Session.unwatched(dqn.columns()));
  }

  private static float[] parameters(Curves curves, int member) {
    return ((NetworkPolicy) curves.policy(member)).parameters();
  }

  /** Values of three states with two actions each, of which one is unknown. */
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
        .on(new Line())
        .discount(0.5)
        .steps(10)
        .job()
        .execute(Session.unwatched("return"));
  }

  /** Three states in a row, −3 a step. */
  record Line() implements Env {
    @Override
    public Space observations() {
      return Box.of(0, 2, 1);
    }

    @Override
    public Space actions() {
      return new Discrete(2);
    }

    @Override
    public int horizon() {
      return 5;
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
      state[0] = Math.min(2, state[0] + action[0]);
      return -3;
    }

    @Override
    public boolean terminated(double[] state) {
      return state[0] == 2;
    }

    @Override
    public void observe(double[] state, float[] observation) {
      observation[0] = (float) state[0];
    }
  }

  private static Companion guide(Guidance guidance) {
    ActionValues values = new ActionValues(new Discrete(2));
    Blueprint network = new Blueprint(Mlp.of(4), List.of(1), values.outputs(), Trunk.SHARED);
    return guidance.companion(
        new Guidance.Learners(
            new Guidance.Learning("DQN", new Line(), values, network, 1, false),
            List.of(7L),
            1,
            100,
            String::valueOf,
            String::valueOf));
  }

  @Test
  void theMixtureIsTheFormulaByHand() {
    DqInit init = dqInit(small()).knownAfter(4).auxiliary(true);
    try (Companion guide = guide(init)) {
      float[] values = {10, 20};
      guide.act(0, new float[] {1}, values);
      assertThat(values).containsExactly(-1, -5); // nothing is known: the prior alone
      for (int visit = 0; visit < 3; visit++) {
        guide.took(new float[] {1}, new float[] {0}, null, new float[1]);
      }
      values = new float[] {10, 20};
      guide.act(3, new float[] {1}, values);
      assertThat(values[0]).isCloseTo(0.75f * 10 + 0.25f * -1, within(1e-6f));
      assertThat(values[1]).isEqualTo(-5);
      guide.took(new float[] {1}, new float[] {0}, null, new float[1]);
      values = new float[] {10, 20};
      guide.act(4, new float[] {1}, values);
      assertThat(values[0]).isEqualTo(10); // known exactly at the fourth visit
      float[] next = {7, 8, 9, 6};
      guide.target(new float[] {2, 1}, 2, next);
      assertThat(next).containsExactly(-2, 8, 9, -5); // the unknown (2, 1) is the network's
      float[] slope = new float[4];
      guide.learn(
          new LearningBatch(
              4,
              2,
              2,
              new float[] {0, 1},
              new float[] {1, 0},
              new int[0],
              new double[2],
              new float[] {0, 3, 9, 9},
              2,
              slope));
      // Only (0, 1) is drawn, towards −5 from 3, at the clipped slope over the batch.
      assertThat(slope).containsExactly(0, 0.5f, 0, 0);
      assertThat(guide.believed(0)).isEqualTo(1); // (1, 1) was believed every time
    }
  }

  @Test
  void knownnessNeverFalls() {
    for (Knownness how :
        List.of(
            new Knownness.Counts(7),
            new Knownness.States(7),
            new Knownness.Hashes(7, 8),
            new Knownness.Decay(40))) {
      DqInit init = dqInit(small()).knownness(how);
      try (Companion guide = guide(init)) {
        float[] last = {-1, -5};
        for (int step = 0; step < 60; step++) {
          float[] values = {100, 100};
          guide.act(step, new float[] {1}, values);
          for (int action = 0; action < 2; action++) {
            assertThat(values[action])
                .as("%s, step %d", how, step)
                .isGreaterThanOrEqualTo(last[action]);
          }
          last = values;
          guide.took(new float[] {1}, new float[] {step % 2}, null, new float[1]);
        }
        assertThat(last).containsExactly(100, 100);
      }
    }
  }

  static List<Dqn> kinds() {
    return List.of(
        SHORT.target(Dqn.Target.SINGLE), SHORT.target(Dqn.Target.DOUBLE), SHORT.dueling());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whoAlwaysKnowsIsTheLearnerWithoutAPriorBitForBit(Dqn plain) {
    Curves vanilla = run(plain, TARGETS, 2);
    for (DqInit init :
        List.of(
            dqInit(PRIOR).knownness(new Knownness.Always()),
            dqInit(PRIOR).knownness(new Knownness.Always()).auxiliary(true))) {
      Curves same = run(plain.guidedBy(init), TARGETS, 2);
      assertThat(parameters(same, 0)).isEqualTo(parameters(vanilla, 0));
      assertThat(parameters(same, 1)).isEqualTo(parameters(vanilla, 1));
    }
    Curves other = run(plain.guidedBy(dqInit(PRIOR)), TARGETS, 2);
    assertThat(parameters(other, 0)).isNotEqualTo(parameters(vanilla, 0));
  }

  @Test
  void thePriorAloneActsByItselfAndLearnsNothing() {
    Curves table = run(SHORT.steps(2_000).guidedBy(dqInit(PRIOR).tableOnly()), TARGETS, 2);
    assertThat(table.policy(0)).isInstanceOf(TabularPolicy.class);
    double[] returns = table.curve().column("return");
    assertThat(Arrays.stream(returns).average().orElseThrow()).isGreaterThan(-150);
    assertThat(Arrays.stream(table.curve().column("believed"))).allMatch(share -> share > 0.9);
    Curves vanilla = run(SHORT.steps(2_000), TARGETS, 2);
    assertThat(Arrays.stream(vanilla.curve().column("return")).average().orElseThrow())
        .isLessThan(-190);
  }

  static List<Guidance> guidances() {
    Policy source =
        train(SHORT.steps(300))
            .on(VALLEYS.train(1).task(0))
            .seed(9)
            .job()
            .execute(Session.unwatched("return", "length"));
    return List.of(
        dqInit(PRIOR).knownAfter(5).auxiliary(true),
        dqInit(PRIOR).knownness(new Knownness.Hashes(5, 12)),
        dqInit(PRIOR).knownness(new Knownness.Distilled()).auxiliary(true),
        dqInit(PRIOR).knownness(new Knownness.Disagreement(3)),
        dqInit(PRIOR).knownness(new Knownness.Decay(300)).act(false),
        warmStart(source),
        jumpStart(PRIOR.policy()).horizon(50).levels(3).patience(1),
        kickstart(source).weight(0.5).temperature(2));
  }

  /** Goes on from a state, and remembers the one at a step. */
  static final class Halfway implements Session {
    private final Optional<Tensors> from;
    private final long at;
    private final Curve curve;
    private Tensors saved = new Tensors();

    Halfway(Optional<Tensors> from, long at, String... columns) {
      this.from = from;
      this.at = at;
      this.curve = new Curve(columns);
    }

    @Override
    public Optional<Tensors> resumed() {
      return from;
    }

    @Override
    public void check() {}

    @Override
    public void boundary(long step, Supplier<Tensors> state) {
      if (step == at) {
        saved = state.get();
      }
    }

    @Override
    public Curve curve() {
      return curve;
    }

    Tensors saved() {
      return saved;
    }
  }

  @ParameterizedTest
  @MethodSource("guidances")
  void everyGuidanceLearnsResumesAndIsReadBack(Guidance guidance) {
    Dqn guided = SHORT.guidedBy(guidance);
    Training.Population plan = train(guided).on(TARGETS).seeds(2);
    Dqn again = SHORT.withInputs(guided.inputs());
    assertThat(again.inputs().all().keySet()).isEqualTo(guided.inputs().all().keySet());
    assertThat(again.toString()).isEqualTo(guided.toString());
    Halfway first = new Halfway(Optional.empty(), 300, guided.columns());
    Curves whole = plan.job().execute(first);
    assertThat(parameters(whole, 0)).doesNotContain(Float.NaN);
    Curves resumed = plan.job().execute(new Halfway(Optional.of(first.saved), 0, guided.columns()));
    assertThat(parameters(resumed, 0)).isEqualTo(parameters(whole, 0));
    assertThat(parameters(resumed, 1)).isEqualTo(parameters(whole, 1));
    Curves readBack = run(again, TARGETS, 2);
    assertThat(parameters(readBack, 1)).isEqualTo(parameters(whole, 1));
  }

  @Test
  void aWarmStartBeginsWithItsSource() {
    Policy source =
        train(SHORT.steps(200))
            .on(VALLEYS.train(1).task(0))
            .seed(9)
            .job()
            .execute(Session.unwatched("return", "length"));
    Dqn begun = SHORT.steps(2).warmUp(1).learningRate(1e-9).guidedBy(warmStart(source));
    float[] after = parameters(run(begun, TARGETS, 1), 0);
    float[] before = ((NetworkPolicy) source).parameters();
    for (int i = 0; i < after.length; i++) {
      assertThat(after[i]).isCloseTo(before[i], within(1e-6f));
    }
    assertThatThrownBy(() -> train(begun.hidden(8)).on(TARGETS))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("expected networks");
  }

  @Test
  void aGuideWithoutStepsAndAKickWithoutWeightAreTheLearnerAlone() {
    float[] alone = parameters(run(SHORT, TARGETS, 1), 0);
    Dqn guided = SHORT.guidedBy(jumpStart(PRIOR.policy()).horizon(0));
    assertThat(parameters(run(guided, TARGETS, 1), 0)).isEqualTo(alone);
    Dqn kicked = SHORT.guidedBy(kickstart(PRIOR.policy()).weight(0));
    assertThat(parameters(run(kicked, TARGETS, 1), 0)).isEqualTo(alone);
  }

  @Test
  void theKickIsTheSlopeOfTheCrossEntropy() {
    Kickstart kick = kickstart(small().policy()).weight(2).temperature(4).until(1);
    try (Companion guide = guide(kick)) {
      float[] slope = new float[2];
      guide.learn( // half of the weight is left
          new LearningBatch(
              50,
              1,
              1,
              new float[] {1},
              new float[] {0},
              new int[0],
              new double[1],
              new float[] {3, 1},
              2,
              slope));
      double wanted = 1 / (1 + Math.exp((-5.0 - -1) / 4));
      double own = 1 / (1 + Math.exp((1.0 - 3) / 4));
      assertThat(slope[0]).isCloseTo((float) ((own - wanted) / 4), within(1e-6f));
      assertThat(slope[1]).isCloseTo((float) ((wanted - own) / 4), within(1e-6f));
    }
  }

  @Test
  void aPriorOfOtherTasksOrAnotherDiscountIsRefused() {
    assertThatThrownBy(() -> train(SHORT.guidedBy(dqInit(PRIOR))).on(env("CartPole")))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "dqInit: expected a prior of tasks from 4 numbers to 2 choices for CartPole, got one of tasks from 2 numbers to 3 choices. Extract it from tasks of the same family.");
    assertThatThrownBy(() -> train(SHORT.gamma(0.9).guidedBy(dqInit(PRIOR))).on(TARGETS))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("γ of 0.99, got 0.9");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "counts:50",
        "states:50",
        "hashes:50,16",
        "rnd",
        "disagreement:5",
        "decay:5000",
        "never",
        "always"
      })
  void waysToKnowAreText(String text) {
    assertThat(Knownness.type().read("test", "knownness", text).toString()).isEqualTo(text);
  }

  @Test
  void aTeacherAndAGuideOfOtherTasksAreRefusedInTheirOwnWords() {
    Policy valley = PRIOR.policy();
    assertThatThrownBy(() -> train(SHORT.guidedBy(kickstart(valley))).on(env("CartPole")))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "kickstart: expected a teacher from 4 numbers to 2 choices for CartPole, got 'prior' from 2 numbers to 3 choices. Take a teacher of tasks like this one, or wrap the environment.");
    assertThatThrownBy(() -> train(SHORT.guidedBy(jumpStart(valley))).on(env("CartPole")))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "jumpStart: expected a guide from 4 numbers to 2 choices for CartPole, got 'prior' from 2 numbers to 3 choices. Take a guide of tasks like this one, or wrap the environment.");
    assertThatThrownBy(() -> kickstart(null)).hasMessageContaining("expected a teacher, got null");
    assertThatThrownBy(() -> jumpStart((Policy) null))
        .hasMessageContaining("expected a guide, got null");
    assertThatThrownBy(() -> warmStart((Policy) null))
        .hasMessageContaining("expected networks, got null");
  }

  @Test
  void seedsHaveTheirTasksAndNothingElseIsDealtOut() {
    Env tasks = VALLEYS.test(3).eachTask();
    assertThat(tasks.ofSeed(4).name()).isEqualTo("MountainCar-varied/test-3/task-1");
    assertThat(tasks.ofSeed(-1).name()).isEqualTo("MountainCar-varied/test-3/task-2");
    assertThat(tasks.frameStack(2).ofSeed(0).name())
        .isEqualTo("MountainCar-varied/test-3/task-0/frameStack-2");
    assertThat(env("MountainCar-varied/test-3/eachTask").name()).isEqualTo(tasks.name());
    assertThat(env("CartPole").ofSeed(3)).isEqualTo(env("CartPole"));
    assertThatThrownBy(() -> env("CartPole").eachTask()).isInstanceOf(RetortException.class);
  }
}
