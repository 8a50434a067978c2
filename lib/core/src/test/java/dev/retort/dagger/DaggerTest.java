package dev.retort.dagger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.collect.Behavior;
import dev.retort.collect.Collector;
import dev.retort.data.Dataset;
import dev.retort.data.View;
import dev.retort.distill.Distillation;
import dev.retort.distill.Loss;
import dev.retort.distribution.Categorical;
import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.loss.BehaviorCloning;
import dev.retort.loss.Mse;
import dev.retort.loss.Nll;
import dev.retort.loss.NormalKl;
import dev.retort.nn.Mlp;
import dev.retort.option.Schedule;
import dev.retort.policy.Ensemble;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.policy.PolicyFile;
import dev.retort.policy.Scripted;
import dev.retort.random.RandomStream;
import dev.retort.run.Session;
import dev.retort.space.Discrete;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DaggerTest {
  private static final Env CART = Environments.get("CartPole");
  private static final NetworkPolicy TEACHER = teacher();
  private static final Distillation STUDENTS =
      new Distillation().into(Mlp.of(8)).members(3).epochs(3).batchSize(32);

  private static NetworkPolicy teacher() {
    float[] parameters = new float[4 * 8 + 8 + 8 * 2 + 2];
    RandomStream random = RandomStream.of(7, "teacher");
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = (float) random.nextGaussian();
    }
    Categorical choices = new Categorical(new Discrete(2));
    return new NetworkPolicy("teacher", CART.observations(), choices, Mlp.of(8), parameters);
  }

  private static Session session() {
    return Session.unwatched(Dagger.COLUMNS.toArray(String[]::new));
  }

  private static float[][] parameters(Ensemble ensemble) {
    return ensemble.members().stream().map(NetworkPolicy::parameters).toArray(float[][]::new);
  }

  private static Dataset visited(Policy teacher, Env env, Behavior behavior, int n, long seed) {
    return new Collector(teacher, env, behavior, n, seed)
        .run(Session.unwatched("return", "length"));
  }

  @Test
  void oneRoundIsACollectionAndADistillationOfTheSameSeedBitForBit() {
    Dagger dagger = new Dagger().rounds(1).stepsEach(300).by(STUDENTS);
    Dataset data = visited(TEACHER, CART, new Behavior.Greedy(), 300, 4);
    Ensemble alone = STUDENTS.run(data, 4, Session.unwatched("loss", "agreement"));
    for (double share : new double[] {0, 1}) {
      Session session = session();
      Ensemble students = dagger.mixing(Schedule.constant(share)).run(TEACHER, CART, 4, session);
      assertThat(parameters(students)).isDeepEqualTo(parameters(alone));
      assertThat(session.curve().column("agreement")).containsExactly(Double.NaN);
    }
  }

  @Test
  void roundsOfTheTeacherAloneAreCollectionsAndWarmStartsBitForBit() {
    Dagger dagger = new Dagger().rounds(2).stepsEach(300).mixing(Schedule.constant(1)).by(STUDENTS);
    Dataset first = visited(TEACHER, CART, new Behavior.Greedy(), 300, 4);
    long next = Dagger.seed(4, 1);
    Dataset more = visited(TEACHER, CART, new Behavior.Greedy(), 300, next);
    assertThat(more.obs()).isNotEqualTo(first.obs());
    Session learning = Session.unwatched("loss", "agreement");
    Ensemble begun = STUDENTS.run(first, 4, learning);
    Ensemble expected = STUDENTS.run(first.and(more), begun, next, learning);
    Ensemble students = dagger.run(TEACHER, CART, 4, session());
    assertThat(parameters(students)).isDeepEqualTo(parameters(expected));
  }

  @Test
  void studentsLearnWhatToDoWhereTheirMistakesLead() {
    Drift chain = new Drift(20, 5);
    Policy teacher = chain.teacher();
    Distillation how =
        new Distillation()
            .into(Mlp.of(16))
            .members(3)
            .minimizing(Loss.of(new Nll()))
            .epochs(1)
            .batchSize(32)
            .learningRate(Schedule.constant(0.003));
    Dagger dagger = new Dagger().rounds(8).stepsEach(400).by(how);
    Session session = session();
    Ensemble students = dagger.run(teacher, chain, 1, session);

    Dataset labels = visited(teacher, chain, new Behavior.Greedy(), dagger.steps(), 1);
    assertThat(IntStream.range(0, labels.size()).map(row -> row * 25))
        .as("the teacher is never off the chain")
        .noneMatch(at -> chain.isOff(labels.obs(), at));
    Session cloning = Session.unwatched("loss", "agreement");
    Ensemble clones = how.run(labels, 1, cloning);
    int epochs = Math.toIntExact(dagger.updates() / how.updates(labels.size()));
    Ensemble longer = how.epochs(epochs).run(labels, 1, cloning);
    String beside =
        "of %s labels; cloning of as many: %s; with as many updates: %s"
            .formatted(
                dagger.steps(), drift(clones, teacher, chain), drift(longer, teacher, chain));
    assertThat(session.curve().column("agreement")[1])
        .as("the first students leave the chain and do not find back")
        .isLessThan(0.9);
    assertThat(agreement(students, teacher, chain)).as(beside).isGreaterThanOrEqualTo(0.99);
    assertThat(sampled(students, teacher, chain)).as(beside).isGreaterThanOrEqualTo(0.99);
  }

  /** Share of the states that students visit, by their greedy actions, at which they agree. */
  private static double agreement(Ensemble students, Policy teacher, Env env) {
    Behavior own = new Behavior.Mixture(students, 0);
    return Agreement.of(students, visited(teacher, env, own, 2_400, 9));
  }

  /** The same where their actions are drawn, so that they err now and then. */
  private static double sampled(Ensemble students, Policy teacher, Env env) {
    Dataset own = visited(students, env, new Behavior.Stochastic(), 2_400, 9);
    return Agreement.of(students, own.labeledBy(teacher));
  }

  private static String drift(Ensemble students, Policy teacher, Env env) {
    return "agreement %s, where actions are drawn %s"
        .formatted(agreement(students, teacher, env), sampled(students, teacher, env));
  }

  @Test
  void queriesOfTheTeacherAreTheRecordedSteps() {
    AtomicInteger asked = new AtomicInteger();
    Policy rule =
        Scripted.of(
            "rule",
            CART,
            (seen, action) -> {
              asked.incrementAndGet();
              action[0] = seen[2] > 0 ? 1 : 0;
            });
    Session session = session();
    new Dagger()
        .rounds(3)
        .stepsEach(80)
        .mixing(new Schedule(1, 0))
        .by(STUDENTS.minimizing(Loss.of(new Nll())))
        .run(rule, CART, 0, session);
    assertThat(session.curve().column("step")).containsExactly(80, 160, 240);
    assertThat(session.curve().column("queries")).containsExactly(80, 160, 240);
    assertThat(asked).as("80 steps are ten of each of eight copies").hasValue(240);
  }

  /** Pushes against the mean angle of the episode so far. */
  private static Policy averaging() {
    return Scripted.of(
        "averaging",
        CART,
        1,
        (seen, memory, action) -> {
          memory[0] = 0.9f * memory[0] + 0.1f * seen[2];
          action[0] = seen[2] > memory[0] ? 1 : 0;
        });
  }

  private static List<Arguments> whoTeachesAndWhatStudentsSee() {
    return List.of(
        Arguments.of(TEACHER, View.all()),
        Arguments.of(TEACHER, View.window(3, View.numbers(0, 2))),
        Arguments.of(averaging(), View.all()),
        Arguments.of(averaging(), View.window(4)));
  }

  @ParameterizedTest
  @MethodSource("whoTeachesAndWhatStudentsSee")
  void interruptedAtAnyBoundaryTheyGoOnBitForBit(Policy teacher, View seen) {
    Distillation how = STUDENTS.seeing(seen);
    Dagger dagger =
        new Dagger()
            .rounds(3)
            .stepsEach(40)
            .mixing(new Schedule(1, 0))
            .by(teacher == TEACHER ? how : how.minimizing(Loss.of(new Nll())));
    Interrupted whole = new Interrupted(Dagger.COLUMNS);
    Ensemble expected = dagger.run(teacher, CART, 5, whole);
    // A round has five boundaries of collection, three of epochs and one of its own.
    assertThat(whole.boundaries()).isEqualTo(27);
    for (int last = 1; last <= 27; last++) {
      Interrupted first = new Interrupted(Dagger.COLUMNS, last);
      assertThatThrownBy(() -> dagger.run(teacher, CART, 5, first))
          .isInstanceOf(Interrupted.Over.class);
      Interrupted second = first.resuming();
      Ensemble students = dagger.run(teacher, CART, 5, second);
      assertThat(second.boundaries()).isEqualTo(27 - last);
      assertThat(parameters(students)).as("boundary %s", last).isDeepEqualTo(parameters(expected));
      assertThat(PolicyFile.tensors(students).metadata())
          .as("boundary %s", last)
          .isEqualTo(PolicyFile.tensors(expected).metadata());
      assertThat(second.curve().values()).as("boundary %s", last).isEqualTo(whole.curve().values());
    }
  }

  @Test
  void furtherOutputsOfTheTeacherAreLabelsToo() {
    Loss loss = STUDENTS.minimizing().and(0.1, "features", new Mse());
    Ensemble students =
        new Dagger()
            .rounds(2)
            .stepsEach(64)
            .by(STUDENTS.minimizing(loss))
            .run(TEACHER, CART, 0, session());
    assertThat(students.members().get(0).blueprint().outputs())
        .extracting(output -> output.name())
        .containsExactly("logits", "features");
  }

  @Test
  void theTeacherStaysAsItIs() {
    float[] before = TEACHER.parameters();
    new Dagger().rounds(2).stepsEach(64).by(STUDENTS).run(TEACHER, CART, 0, session());
    assertThat(TEACHER.parameters()).containsExactly(before);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void theTeachersShareGoesFromTheFirstRoundToTheLast(int rounds) {
    Dagger dagger = new Dagger().rounds(rounds).mixing(new Schedule(1, 0.2));
    double[] shares = IntStream.range(0, rounds).mapToDouble(dagger::mixing).toArray();
    assertThat(shares[0]).isEqualTo(1);
    if (rounds > 1) {
      assertThat(shares[rounds - 1]).isCloseTo(0.2, within(1e-12));
      assertThat(Arrays.stream(shares).map(share -> -share).toArray()).isSorted();
    }
  }

  @Test
  void whatCannotBeIsRefusedInWords() {
    Dagger dagger = new Dagger();
    assertThatThrownBy(() -> dagger.rounds(0))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("distill: expected")
        .hasMessageContaining("for 'rounds', got '0'");
    assertThatThrownBy(() -> dagger.stepsEach(0))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("for 'steps-each', got '0'");
    assertThatThrownBy(() -> dagger.mixing(new Schedule(0, 1.5)))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "distill: expected a teacher's share of the steps from 0 to 1 for 'mixing', got 0.0..1.5. Say mixing(new Schedule(1, 0)).");
    assertThatThrownBy(() -> dagger.by(STUDENTS.minimizing(Loss.of(new BehaviorCloning()))))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("students who act learn from themselves");
    assertThatThrownBy(() -> dagger.rounds(100_000).stepsEach(100_000).steps())
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("expected at most 2147483647 environment steps in all rounds");
    assertThatThrownBy(() -> dagger.require(TEACHER, Environments.get("MountainCar")))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("distill: expected a teacher from 2 numbers to 3 choices");
    Dagger byNormals = dagger.by(STUDENTS.minimizing(Loss.of(new NormalKl())));
    assertThatThrownBy(() -> byNormals.require(TEACHER, CART))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("expected a loss that serves a teacher with logits");
  }
}
