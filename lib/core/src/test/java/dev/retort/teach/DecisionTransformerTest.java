package dev.retort.teach;

import static dev.retort.Retort.collect;
import static dev.retort.Retort.decisionTransformer;
import static dev.retort.Retort.kl;
import static dev.retort.Retort.mse;
import static dev.retort.Retort.nll;
import static dev.retort.Retort.policy;
import static dev.retort.Retort.train;
import static dev.retort.Retort.uniform;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.data.AgentData;
import dev.retort.data.Dataset;
import dev.retort.distribution.Product;
import dev.retort.env.Env;
import dev.retort.env.agents.FillIn;
import dev.retort.evaluate.Evaluator;
import dev.retort.nn.Blueprint;
import dev.retort.nn.CausalTransformer;
import dev.retort.nn.Initialization;
import dev.retort.nn.Network;
import dev.retort.nn.Output;
import dev.retort.nn.Rows;
import dev.retort.nn.Trunk;
import dev.retort.plan.Curves;
import dev.retort.policy.Actor;
import dev.retort.policy.Joint;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.policy.RandomPolicy;
import dev.retort.random.RandomStream;
import dev.retort.run.Session;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Space;
import dev.retort.teach.DecisionTransformer.Agents;
import dev.retort.teach.DecisionTransformer.Mapping;
import dev.retort.teach.DecisionTransformer.Told;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecisionTransformerTest {
  private static final DecisionTransformer SMALL =
      decisionTransformer().window(4).width(8).layers(1).batchSize(8).learningRate(0.003);
  private static final Env CELLS = new FillIn(3, 4, 1, 0, 8).lastAction();
  private static final Dataset WALKS = walks();
  private static final Policy TEACHER = train(SMALL.from(WALKS).steps(64)).on(CELLS).seed(3).run();
  private static final Dataset LESSONS = WALKS.labeledBy("teacher", TEACHER, List.of("features"));

  /** What three agents see and do who walk at random, with their own rewards. */
  private static Dataset walks() {
    Env all = new FillIn(3, 4, 1, 1, 8).lastAction();
    Dataset data = collect(800).from(RandomPolicy.of(all)).on(all).exploring(uniform()).run();
    return AgentData.seenByAgents(AgentData.withOwnRewards(data));
  }

  private static DecisionTransformer of(Agents how) {
    return SMALL.from(LESSONS).agents(how);
  }

  /** Every kind of network, and every term. */
  private static List<DecisionTransformer> kinds() {
    DecisionTransformer apart = of(Agents.APART);
    DecisionTransformer taught = apart.imitation(1).distance(kl(0.5)).told(Told.TARGET).action(0);
    return List.of(
        of(Agents.TOGETHER).ownReturns(true).tokensApart(true),
        of(Agents.SHARED),
        apart,
        taught,
        taught.relation(0.5),
        taught.featureDistance(0.1),
        taught.relation(0.5).mapping(Mapping.ONE),
        of(Agents.SHARED).imitation(1).distance(nll()).relation(1).mapping(Mapping.NONE));
  }

  /** As many steps as one may choose 0 or 1, of which the second is rewarded. */
  private record Coins() implements Env {
    @Override
    public Space observations() {
      return Box.of(0, 1, 1);
    }

    @Override
    public Space actions() {
      return new Discrete(2);
    }

    @Override
    public int horizon() {
      return 4;
    }

    @Override
    public int stateSize() {
      return 1;
    }

    @Override
    public void reset(double[] state, RandomStream random) {
      state[0] = 0.5;
    }

    @Override
    public double step(double[] state, float[] action, RandomStream random) {
      return action[0];
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

  private static double mean(Policy policy, Env env) {
    double[][] returns = new Evaluator(8, 1, () -> {}).evaluate(policy, env).returns();
    return Arrays.stream(returns[0]).average().orElseThrow();
  }

  /** Half of what was done earned nothing: who clones it gets half of what there is. */
  @Test
  void itDoesWhatItIsToldToAimAt() {
    Env coins = new Coins().lastAction().lastReward();
    Dataset data = collect(2_000).from(RandomPolicy.of(coins)).on(coins).exploring(uniform()).run();
    DecisionTransformer learning = SMALL.from(data).steps(400).learningRate(0.01);
    for (boolean apart : new boolean[] {false, true}) {
      DecisionTransformer own = learning.tokensApart(apart);
      assertThat(mean(train(own.quantile(1)).on(coins).run(), coins)).isEqualTo(4);
      assertThat(mean(train(own.quantile(0)).on(coins).run(), coins)).isZero();
      assertThat(mean(train(own.quantile(1).falling(true)).on(coins).run(), coins)).isEqualTo(4);
    }
  }

  @Test
  void aCentralPolicyActsByOneNetworkAndAgentsApartByOneEach() {
    assertThat(TEACHER.distribution()).isInstanceOf(Product.class);
    Policy apart = train(of(Agents.APART).steps(1)).on(CELLS).run();
    assertThat(apart).isInstanceOf(Joint.class);
    assertThat(mean(apart, CELLS)).isNegative();
    assertThat(mean(apart.tempered(0.5), CELLS)).isNegative();
  }

  private static float[] outputs(Policy policy, float[][] episode) {
    float[] last = {};
    try (Actor actor = policy.actor(1)) {
      actor.begin(0);
      for (float[] seen : episode) {
        last = actor.outputs(seen).clone();
      }
    }
    return last;
  }

  private static float[][] episode(Dataset data, int number, int steps) {
    int size = data.observations().size();
    float[][] seen = new float[steps][size];
    for (int step = 0; step < steps; step++) {
      data.column(Dataset.OBSERVATION).read(data.start(number) + step, seen[step], 0);
    }
    return seen;
  }

  /** What others see and do reaches nobody but the central policy. */
  @Test
  void noAgentKnowsWhatOthersSeeOrDo() {
    int part = CELLS.observations().size() / 3;
    for (Agents how : Agents.values()) {
      Policy trained = train(of(how).steps(32)).on(CELLS).run();
      float[][] seen = episode(WALKS, 0, 6);
      float[][] others = episode(WALKS, 0, 6);
      float[][] swapped = episode(WALKS, 5, 6);
      for (int step = 0; step < 6; step++) {
        System.arraycopy(swapped[step], part, others[step], part, 2 * part);
      }
      float[] first = Arrays.copyOf(outputs(trained, seen), 5);
      float[] same = Arrays.copyOf(outputs(trained, others), 5);
      if (how == Agents.TOGETHER) {
        assertThat(same).isNotEqualTo(first);
      } else {
        assertThat(same).isEqualTo(first);
        assertThat(outputs(trained, others)).isNotEqualTo(outputs(trained, seen));
      }
    }
  }

  /** Of a window whose last step is that of another episode, the tokens of all steps before. */
  @Test
  void whatComesLaterChangesNoTokenBefore() {
    for (boolean apart : new boolean[] {false, true}) {
      DecisionTransformer spec = SMALL.from(WALKS).tokensApart(apart);
      SequenceData data = SequenceData.of(spec, CELLS);
      int step = 3 * spec.width();
      Blueprint tokens =
          new Blueprint(
                  data.network(),
                  NetworkPolicy.shape(data.trajectory(0).sees()),
                  List.of(),
                  Trunk.SHARED)
              .upTo(List.of(Output.of(CausalTransformer.TOKENS, 4 * step)));
      int size = data.trajectory(0).size();
      float[] x = new float[2 * size];
      for (int place = 0; place < 4; place++) {
        data.put(0, WALKS.start(0) + place, place, x, 0, place);
        data.put(0, WALKS.start(place == 3 ? 5 : 0) + place, place, x, size, place);
      }
      float[] features = new float[2 * 4 * step];
      try (Network network = Network.of(tokens, Initialization.FAN_IN, 1)) {
        network.forward(x, 2, Rows.PER_MEMBER, features);
      }
      float[] own = Arrays.copyOfRange(features, 0, 4 * step);
      float[] other = Arrays.copyOfRange(features, 4 * step, 8 * step);
      assertThat(Arrays.copyOf(other, 3 * step)).containsExactly(Arrays.copyOf(own, 3 * step));
      assertThat(Arrays.copyOfRange(other, 3 * step, 4 * step))
          .isNotEqualTo(Arrays.copyOfRange(own, 3 * step, 4 * step));
    }
  }

  @Test
  void aLearnerThatWasSavedGoesOnWithTheSameBits() {
    for (DecisionTransformer kind : kinds()) {
      Session session = Session.unwatched(kind.columns());
      try (Learner one = kind.learner(CELLS, new long[] {4});
          Learner other = kind.learner(CELLS, new long[] {8})) {
        one.iterate(session);
        other.state().restore(one.state().save());
        one.iterate(session);
        other.iterate(session);
        for (String name : List.of("trunk", "head", "mapping", "teacherMapping")) {
          if (one.state().save().has(name)) {
            assertThat(other.state().save().floats(name))
                .as("%s of %s", name, kind)
                .isEqualTo(one.state().save().floats(name));
          }
        }
        assertThat(one.column("loss", 0)).isPositive().isEqualTo(other.column("loss", 0));
      }
    }
  }

  @Test
  void seedsOfAPopulationAreWhatTheyAreAlone() {
    float[][] seen = episode(WALKS, 1, 3);
    for (DecisionTransformer kind : kinds()) {
      Session session = Session.unwatched(kind.columns());
      DecisionTransformer once = kind.steps(1);
      try (Learner both = once.learner(CELLS, new long[] {4, 5});
          Learner second = once.learner(CELLS, new long[] {5})) {
        both.iterate(session);
        second.iterate(session);
        assertThat(outputs(both.given(1), seen))
            .as("%s", kind)
            .containsExactly(outputs(second.given(0), seen), within(1e-5f));
        assertThat(outputs(both.given(0), seen)).isNotEqualTo(outputs(both.given(1), seen));
      }
    }
    assertThat(SMALL.groups(3)).containsExactly(1, 1, 1);
  }

  @Test
  void whatIsSavedActsTheSame(@TempDir Path folder) {
    float[][] seen = episode(WALKS, 2, 7);
    for (DecisionTransformer kind : kinds().subList(0, 3)) {
      Policy trained = train(kind.steps(3)).on(CELLS).run();
      Path file = folder.resolve("policy.safetensors");
      trained.save(file);
      assertThat(outputs(policy(file), seen)).isEqualTo(outputs(trained, seen));
    }
  }

  /** A row's label is what the teacher says who acts along the episode. */
  @Test
  void aTeacherIsAskedAtItsGoalOrAtWhatCame() {
    float[][] seen = episode(WALKS, 3, 6);
    int row = WALKS.start(3) + 5;
    float[] said = outputs(TEACHER, seen);
    float[] target = new float[5];
    float[] logged = new float[5];
    LESSONS.column("teacher.agent1.logits").read(row, target, 0);
    assertThat(target).containsExactly(Arrays.copyOf(said, 5), within(1e-5f));
    Dataset at = DecisionTransformer.labeled(WALKS, TEACHER);
    at.column("teacher.agent1.logits").read(row, logged, 0);
    assertThat(logged).isNotEqualTo(target);
    assertThat(at.column("teacher.features").width()).isEqualTo(3 * 8);
    assertThat(LESSONS.column("teacher.features").width()).isEqualTo(3 * 8);
    Policy told = train(SMALL.from(WALKS).told(Told.TARGET).steps(1)).on(CELLS).run();
    assertThatThrownBy(() -> DecisionTransformer.labeled(WALKS, RandomPolicy.of(CELLS)))
        .isInstanceOf(RetortException.class)
        .hasMessageStartingWith("labeled: expected a decision transformer of one network");
    assertThat(told.memory()).isPositive();
  }

  /** The more a student imitates, the nearer it comes; at the same return both are told. */
  @Test
  void aStudentComesNearToItsTeacher() {
    DecisionTransformer lesson =
        of(Agents.APART).imitation(1).action(0).told(Told.TARGET).learningRate(0.01);
    Session session = Session.unwatched(lesson.columns());
    try (Learner student = lesson.learner(CELLS, new long[] {1})) {
      student.iterate(session);
      double before = student.column("divergence", 0);
      for (int i = 0; i < 4; i++) {
        student.iterate(session);
      }
      assertThat(student.column("divergence", 0)).isLessThan(0.7 * before);
    }
  }

  @Test
  void theTeachersMappingLearnsInEveryFourthUpdateAndTheStudentsInEach() {
    DecisionTransformer lesson = of(Agents.APART).relation(1);
    float[][] teachers = new float[6][];
    float[][] students = new float[6][];
    float[] teacher = LESSONS.column("teacher.features").floats().clone();
    for (int updates = 1; updates < 6; updates++) {
      try (Learner learner = lesson.steps(updates).learner(CELLS, new long[] {2})) {
        float[] first = learner.state().save().floats("teacherMapping");
        learner.iterate(Session.unwatched(lesson.columns()));
        teachers[updates] = learner.state().save().floats("teacherMapping");
        students[updates] = learner.state().save().floats("mapping");
        assertThat(teachers[updates]).isNotEqualTo(first);
      }
      assertThat(students[updates]).isNotEqualTo(students[updates - 1]);
    }
    assertThat(teachers[4]).isEqualTo(teachers[3]).isEqualTo(teachers[2]).isEqualTo(teachers[1]);
    assertThat(teachers[5]).isNotEqualTo(teachers[4]);
    assertThat(LESSONS.column("teacher.features").floats()).isEqualTo(teacher);
  }

  @Test
  void whatItCannotLearnIsRefusedInWords() {
    assertThatThrownBy(() -> SMALL.require(CELLS))
        .isInstanceOf(RetortException.class)
        .hasMessage("decisionTransformer: expected data to learn from, got none. Say .from(data).");
    assertThatThrownBy(() -> SMALL.from(WALKS).action(0).require(CELLS))
        .hasMessageContaining("Say imitation(1) or action(1).");
    assertThatThrownBy(() -> train(SMALL.from(WALKS).imitation(1)).on(CELLS).run())
        .hasMessageContaining("a column 'teacher.agent1.logits'");
    assertThatThrownBy(() -> train(of(Agents.APART).imitation(1).distance(mse())).on(CELLS).run())
        .hasMessageContaining("expected a distance of choices");
    assertThatThrownBy(() -> of(Agents.APART).ownReturns(true).require(CELLS))
        .hasMessageContaining("expected agents together");
    assertThatThrownBy(() -> of(Agents.APART).falling(true).require(CELLS))
        .hasMessageContaining("env.lastReward()");
    assertThatThrownBy(() -> SMALL.from(WALKS).require(new Coins()))
        .hasMessageStartingWith("decisionTransformer: expected data");
    assertThatThrownBy(() -> SMALL.from(WALKS).width(6).heads(4).require(CELLS))
        .hasMessage(
            "decisionTransformer: expected heads that divide the width, got width 6 and 4 heads. Say width 8, or 3 heads.");
    assertThat(SMALL.from(WALKS).unit()).isEqualTo("updates");
    assertThat(train(SMALL.from(WALKS)).on(CELLS).explain()).contains("2,000 updates");
  }

  @Test
  void curvesTellTheLossOfWhoNeverActsAndThenWhatEvaluationsFound() {
    DecisionTransformer plain = of(Agents.APART).steps(192);
    Curves losses = train(plain).on(CELLS).seeds(2).run();
    assertThat(losses.table().rowCount()).isEqualTo(2 * 3);
    assertThat(losses.table().doubleColumn("loss").asList())
        .allMatch(loss -> loss > 0 && Double.isFinite(loss));
    assertThat(losses.toString()).contains(": last loss ", "(mean of 2)");
    assertThat(losses.plot().toString()).contains("loss");
    Curves seen = train(plain.evaluateEvery(64).evaluateEpisodes(2)).on(CELLS).seeds(2).run();
    double[] found = seen.table().doubleColumn("evaluation").asDoubleArray();
    assertThat(found)
        .hasSize(6)
        .satisfies(all -> assertThat(Arrays.stream(all)).allMatch(Double::isFinite));
    assertThat(seen.group("evaluated").returns()[1]).endsWith(found[5]).startsWith(Double.NaN);
    assertThat(seen.toString()).contains(": last evaluation ");
  }
}
