package dev.retort.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.collect.Behavior;
import dev.retort.collect.Collector;
import dev.retort.data.Dataset;
import dev.retort.data.End;
import dev.retort.data.Recorder;
import dev.retort.data.Supervision;
import dev.retort.distribution.Categorical;
import dev.retort.distribution.Point;
import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.loss.BehaviorCloning;
import dev.retort.loss.Kl;
import dev.retort.loss.Mse;
import dev.retort.loss.ProbabilityMse;
import dev.retort.nn.Activation;
import dev.retort.nn.Mlp;
import dev.retort.option.Schedule;
import dev.retort.policy.Actor;
import dev.retort.policy.Ensemble;
import dev.retort.policy.Policy;
import dev.retort.policy.Scripted;
import dev.retort.random.RandomStream;
import dev.retort.run.Session;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistillationTest {
  private static final Env CART_POLE = Environments.get("CartPole");
  private static final Policy TEACHER =
      Scripted.of(
          "rule",
          CART_POLE,
          (seen, action) -> action[0] = 3 * seen[2] + seen[3] + 0.1f * seen[0] > 0 ? 1 : 0);
  private static final Dataset DATA =
      new Collector(TEACHER, CART_POLE, new Behavior.Epsilon(0.2), 4_000, 1)
          .run(Session.unwatched("return", "length"));
  private static final Distillation SMALL =
      new Distillation()
          .into(Mlp.of(16, 16))
          .members(3)
          .minimizing(Loss.of(new Kl(0.2)))
          .batchSize(128)
          .learningRate(Schedule.constant(0.005))
          .epochs(20);

  private static Session session() {
    return Session.unwatched("loss", "agreement");
  }

  @Test
  void studentsComeToAgreeWithTheirTeacher() {
    Session session = session();
    SMALL.run(DATA, 5, session);
    double[] loss = session.curve().column("loss");
    double[] agreement = session.curve().column("agreement");
    assertThat(loss).hasSize(3 * 20);
    for (int member = 0; member < 3; member++) {
      assertThat(loss[57 + member]).isLessThan(0.5 * loss[member]);
      assertThat(agreement[57 + member]).isGreaterThan(0.95);
    }
    Dataset fresh =
        new Collector(TEACHER, CART_POLE, new Behavior.Epsilon(0.2), 1_000, 99)
            .run(Session.unwatched("return", "length"));
    assertThat(agreement(SMALL.run(DATA, 5, session()), fresh)).isGreaterThan(0.95);
  }

  @Test
  void cloningLearnsWhatWasTakenAndDistillationWhatTheTeacherWouldDo() {
    // The teacher prefers 0 at every state; what was taken is 1 where the number is positive.
    Dataset data = twoMinds();
    Distillation tiny = SMALL.members(1).epochs(10);
    float[] seen = {1, -1};
    float[] actions = new float[2];
    try (Actor cloned =
        tiny.minimizing(Loss.of(new BehaviorCloning())).run(data, 1, session()).actor(2)) {
      cloned.greedy(seen, actions);
    }
    assertThat(actions).containsExactly(1, 0);
    try (Actor distilled = tiny.minimizing(Loss.of(new Kl(1))).run(data, 1, session()).actor(2)) {
      distilled.greedy(seen, actions);
    }
    assertThat(actions).containsExactly(0, 0);
  }

  private static Dataset twoMinds() {
    RandomStream random = RandomStream.of(1, "minds");
    Recorder recorder =
        new Recorder(
            Box.of(-2, 2, 1), new Discrete(2), Supervision.of(new Categorical(new Discrete(2))));
    for (int row = 0; row < 1000; row++) {
      float[] seen = {(float) (4 * random.nextDouble() - 2)};
      recorder.step(seen, 0, new float[] {seen[0] > 0 ? 1 : 0}, 0, 0, new float[] {2, 0}, 0);
    }
    recorder.end(new float[1], 0, End.TASK);
    return recorder.dataset("minds");
  }

  @Test
  void continuousActionsAreLearnedThroughTheSquash() {
    Box actions = Box.within(2, 0.5f);
    Recorder recorder = new Recorder(Box.of(-1, 1, 1), actions, Supervision.of(new Point(actions)));
    for (int row = 0; row < 500; row++) {
      float x = row / 250f - 1;
      float[] wanted = {1.8f * x, -0.4f * x * x};
      recorder.step(new float[] {x}, 0, new float[] {0, 0}, 0, 0, wanted, 0);
    }
    recorder.end(new float[1], 0, End.TASK);
    Session session = session();
    Ensemble students =
        SMALL
            .into(Mlp.of(32).activation(Activation.TANH))
            .minimizing(Loss.of(new Mse()))
            .batchSize(50)
            .epochs(80)
            .learningRate(new Schedule(0.01, 0))
            .run(recorder.dataset("arm"), 2, session);
    assertThat(students.distribution()).isEqualTo(new Point(actions));
    assertThat(session.curve().column("agreement")).containsOnly(Double.NaN);
    float[] action = new float[2];
    try (Actor actor = students.actor(1)) {
      actor.greedy(new float[] {0.5f}, action);
    }
    assertThat(action).containsExactly(new float[] {0.9f, -0.1f}, within(0.07f));
  }

  @Test
  void theLastMinibatchIsFilledUpFromTheSameOrder() {
    Distillation distillation = SMALL.batchSize(3_000);
    assertThat(distillation.batch(4_000)).isEqualTo(3_000);
    assertThat(distillation.updates(4_000)).isEqualTo(40);
    assertThat(distillation.batch(100)).isEqualTo(100);
    assertThat(distillation.updates(100)).isEqualTo(20);
    Session session = session();
    distillation.epochs(1).run(DATA, 1, session);
    assertThat(session.curve().column("step")).containsOnly(2);
  }

  @Test
  void aMemberOfAnEnsembleEqualsTheFirstOfASmallerOneUpToRounding() {
    Distillation quick = SMALL.epochs(3);
    Ensemble three = quick.members(3).run(DATA, 5, session());
    Ensemble one = quick.members(1).run(DATA, 5, session());
    assertThat(three.members().get(0).parameters())
        .containsExactly(one.members().get(0).parameters(), within(1e-5f));
    assertThat(three.members().get(1).parameters())
        .isNotEqualTo(three.members().get(0).parameters());
  }

  @Test
  void aSharedOrderGivesOtherStudentsThatAgreeAsWell() {
    Ensemble shared = SMALL.order(Supervised.Order.SHARED).run(DATA, 5, session());
    assertThat(agreement(shared, DATA)).isGreaterThan(0.95);
  }

  @ParameterizedTest
  @CsvSource({"INDEPENDENT,3", "INDEPENDENT,1", "SHARED,3", "SHARED,1"})
  void theEnsembleOfASeedAmongSeveralIsBitForBitTheOneThatItIsAlone(
      Supervised.Order order, int members) {
    Distillation quick = SMALL.epochs(3).members(members).order(order);
    Session session = session();
    List<Ensemble> cohort = quick.run(DATA, new long[] {4, 5, 9}, session);
    long[] seeds = {4, 5, 9};
    for (int at = 0; at < 3; at++) {
      Session own = session();
      Ensemble alone = quick.run(DATA, seeds[at], own);
      for (int member = 0; member < members; member++) {
        assertThat(cohort.get(at).members().get(member).parameters())
            .isEqualTo(alone.members().get(member).parameters());
      }
      assertThat(losses(session, at * members, members)).isEqualTo(losses(own, 0, members));
    }
    assertThat(cohort.get(0).members().get(0).parameters())
        .isNotEqualTo(cohort.get(1).members().get(0).parameters());
  }

  private static List<Double> losses(Session session, int from, int count) {
    double[] member = session.curve().column("member");
    double[] loss = session.curve().column("loss");
    return IntStream.range(0, loss.length)
        .filter(row -> member[row] >= from && member[row] < from + count)
        .mapToObj(row -> loss[row])
        .toList();
  }

  @Test
  void onADeviceSeveralSeedsThatShareTheirOrdersLearnAsTheyDoAlone() {
    Distillation quick = SMALL.epochs(3).order(Supervised.Order.SHARED);
    List<Ensemble> cohort =
        quick.run(DATA, new long[] {4, 5}, List.of(), session(), SupervisedGroup.Where.DEVICE);
    for (int at = 0; at < 2; at++) {
      Ensemble alone = quick.run(DATA, 4L + at, session());
      for (int member = 0; member < 3; member++) {
        assertThat(cohort.get(at).members().get(member).parameters())
            .containsExactly(alone.members().get(member).parameters(), within(1e-4f));
      }
    }
  }

  @Test
  void studentsGoOnFromOthersWithAnOptimizerThatBeginsAnew() {
    Ensemble first = SMALL.epochs(2).run(DATA, 5, session());
    Ensemble still =
        SMALL.epochs(1).learningRate(Schedule.constant(0)).run(DATA, first, 6, session());
    Ensemble further = SMALL.epochs(2).run(DATA, first, 5, session());
    Ensemble shared = SMALL.epochs(2).order(Supervised.Order.SHARED).run(DATA, first, 5, session());
    Session onwards = session();
    Ensemble fourth = SMALL.epochs(2).run(DATA, further, 7, onwards);
    Ensemble again = SMALL.epochs(2).run(DATA, further, 7, session());
    for (int member = 0; member < 3; member++) {
      float[] before = first.members().get(member).parameters();
      assertThat(still.members().get(member).parameters()).containsExactly(before);
      assertThat(further.members().get(member).parameters()).isNotEqualTo(before);
      assertThat(shared.members().get(member).parameters()).isNotEqualTo(before);
      assertThat(again.members().get(member).parameters())
          .containsExactly(fourth.members().get(member).parameters());
    }
    Session fresh = session();
    SMALL.epochs(2).run(DATA, 7, fresh);
    assertThat(onwards.curve().column("loss")[0]).isLessThan(fresh.curve().column("loss")[0]);
    assertThatThrownBy(() -> SMALL.members(2).run(DATA, first, 5, session()))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "distill: expected students to go on from, 2 of mlp:16,16 from [4] to [logits:2], got 3 of mlp:16,16 from [4] to [logits:2].");
  }

  @Test
  void aLossThatDoesNotServeTheTeacherIsRefused() {
    assertThatThrownBy(() -> SMALL.minimizing(Loss.of(new ProbabilityMse())).require(DATA))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "distill: expected a loss that serves a teacher with one choice, got probability-mse (dataset 'CartPole-epsilon:0.2-4000'). Use nll.");
  }

  private static double agreement(Policy student, Dataset data) {
    float[] chosen = new float[data.size()];
    float[] wanted = new float[data.size()];
    try (Actor one = student.actor(data.size());
        Actor other = TEACHER.actor(data.size())) {
      one.greedy(data.obs(), chosen);
      other.greedy(data.obs(), wanted);
    }
    int equal = 0;
    for (int row = 0; row < chosen.length; row++) {
      equal += chosen[row] == wanted[row] ? 1 : 0;
    }
    assertThat(Arrays.stream(data.actionCounts()).min().orElseThrow()).isPositive();
    return equal / (double) chosen.length;
  }
}
