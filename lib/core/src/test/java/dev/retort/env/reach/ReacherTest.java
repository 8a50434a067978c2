package dev.retort.env.reach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.random.RandomStream;
import dev.retort.space.Rotations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReacherTest {
  private static final double TEACHER_RETURN = 1.158939;
  private static final int TEACHER_STEPS = 27;

  private final RandomStream none = RandomStream.at(0);

  /**
   * One episode.
   *
   * @param steps how long it was
   * @param sum the return
   * @param reached whether it was terminated
   */
  private record Episode(int steps, double sum, boolean reached) {}

  @FunctionalInterface
  private interface Teacher {
    void act(int step, float[] observation, float[] action);
  }

  private Episode play(Env env, int context, Teacher teacher) {
    double[] state = new double[env.stateSize()];
    float[] observation = new float[env.observations().size()];
    float[] action = new float[2];
    env.reset(context, state, none);
    double sum = 0;
    int t = 0;
    while (t < env.horizon() && !env.terminated(state)) {
      env.observe(state, observation);
      teacher.act(t, observation, action);
      sum += env.step(state, action, none);
      t++;
    }
    return new Episode(t, sum, env.terminated(state));
  }

  private static void openLoop(int step, float[] observation, float[] action) {
    action[0] = step < 12 ? -2 : 2;
    action[1] = 2;
  }

  @Test
  void theStartIsThePublishedOne() {
    double[] state = new double[10];
    new Reacher().symmetry(4).reset(0, state, none);
    assertThat(Arrays.copyOf(state, 6))
        .containsExactly(
            new double[] {0, 1, 0.353553, 0.646447, -0.126288, 0.505904}, within(5e-7));
    assertThat(state[Reacher.BEST]).isCloseTo(Math.hypot(state[4], state[5]), within(1e-15));
  }

  @Test
  void theHandcraftedTeacherReachesTheTargetInEveryRotation() {
    Reacher sweep = new Reacher().symmetry(1).narrowed(Reacher.Part.SWEEP, 360);
    for (int degree = 0; degree < 360; degree++) {
      Episode episode = play(sweep, degree, ReacherTest::openLoop);
      assertThat(episode.reached()).isTrue();
      assertThat(episode.steps()).isEqualTo(TEACHER_STEPS);
      assertThat(episode.sum()).isCloseTo(TEACHER_RETURN, within(1e-6));
    }
    assertThat(play(sweep, 0, ReacherTest::openLoop).sum()).isCloseTo(1.15893855, within(5e-9));
  }

  @Test
  void theSameTeacherAsARuleTakesTheSameActions() {
    for (Reacher.Sight sight : Reacher.Sight.values()) {
      for (Reacher env : groups(sight)) {
        int transitions = 0;
        for (int context = 0; context < env.contexts(); context++) {
          Episode episode =
              play(env, context, (t, seen, action) -> ReacherTeacher.handcrafted(seen, action));
          assertThat(episode.sum()).isCloseTo(TEACHER_RETURN, within(1e-6));
          transitions += episode.steps();
        }
        assertThat(transitions).isEqualTo(TEACHER_STEPS * env.contexts());
      }
    }
  }

  private static List<Reacher> groups(Reacher.Sight sight) {
    Reacher all = new Reacher().seeing(sight);
    return List.of(
        all.symmetry(2),
        all.symmetry(4),
        all.symmetry(8),
        all.symmetry(16),
        all.symmetry(4).test(8),
        all.symmetry(4).validation(16));
  }

  @Test
  void theClosedLoopTeacherSolvesRandomPoses() {
    Reacher test = new Reacher().seeing(Reacher.Sight.VELOCITIES).test(200);
    int solved = 0;
    double sum = 0;
    for (int context = 0; context < 200; context++) {
      Episode episode =
          play(test, context, (t, seen, action) -> ReacherTeacher.closedLoop(seen, action));
      solved += episode.reached() ? 1 : 0;
      sum += episode.sum();
    }
    assertThat(solved).isGreaterThanOrEqualTo(198);
    assertThat(sum / 200).isBetween(1.25, 1.33);
  }

  @Test
  void theClosedLoopTeacherNeedsVelocities() {
    assertThatThrownBy(() -> ReacherTeacher.closedLoop(new float[6], new float[2]))
        .hasMessageStartingWith(
            "closed-loop teacher: expected 10 numbers, velocities among them, got 6.");
  }

  @Test
  void turningEverythingTurnsTheFuture() {
    Reacher all = new Reacher().seeing(Reacher.Sight.VELOCITIES);
    RandomStream random = RandomStream.of(5, "reacher symmetry");
    for (int i = 0; i < 50; i++) {
      double turn = random.nextDouble() * 360;
      ReacherContext context =
          new ReacherContext(random.nextInt(360), random.nextInt(360), random.nextInt(360));
      double[] state = new double[10];
      double[] turned = new double[10];
      all.begin(context, state);
      all.begin(
          new ReacherContext(
              context.shoulderDegrees(), context.elbowDegrees(), context.rotationDegrees() + turn),
          turned);
      double sin = Math.sin(Math.toRadians(turn));
      double cos = Math.cos(Math.toRadians(turn));
      float[] action = new float[2];
      float[] seen = new float[10];
      float[] seenTurned = new float[10];
      for (int t = 0; t < 40; t++) {
        all.actions().sample(random, action, 0);
        double reward = all.step(state, action, none);
        assertThat(all.step(turned, action, none)).isCloseTo(reward, within(1e-12));
        all.observe(state, seen);
        all.observe(turned, seenTurned);
        for (int at = 0; at < 10; at += 2) {
          assertThat(seenTurned[at]).isCloseTo((float) (cos * seen[at] - sin * seen[at + 1]), TINY);
          assertThat(seenTurned[at + 1])
              .isCloseTo((float) (sin * seen[at] + cos * seen[at + 1]), TINY);
        }
      }
    }
  }

  private static final org.assertj.core.data.Offset<Float> TINY = within(1e-6f);

  @Test
  void velocitiesAreThoseOfTheLinks() {
    Reacher all = new Reacher().seeing(Reacher.Sight.VELOCITIES);
    double[] state = new double[10];
    all.begin(new ReacherContext(45, -45, 30), state);
    state[Reacher.SHOULDER_SPEED] = 2;
    double[] next = state.clone();
    all.step(next, new float[] {0, 0}, none);
    float[] seen = new float[10];
    all.observe(state, seen);
    assertThat(Math.hypot(seen[6], seen[7])).isCloseTo(2 * 0.5, within(1e-6));
    assertThat((next[2] - state[2]) / 0.05).isCloseTo(seen[6], within(0.06));
    assertThat((next[3] - state[3]) / 0.05).isCloseTo(seen[7], within(0.06));
    assertThat(seen[8]).isZero();
  }

  @Test
  void absoluteVelocitiesAreSpeedsTimesPlacesTurnedByAQuarter() {
    Reacher arm = new Reacher().symmetry(4).seeing(Reacher.Sight.ABSOLUTE_VELOCITIES);
    double[] state = new double[10];
    arm.reset(1, state, none);
    arm.step(state, new float[] {-2, 2}, none);
    float[] seen = new float[10];
    arm.observe(state, seen);
    double shoulder = -0.1;
    double elbow = 0.1;
    assertThat(state[Reacher.SHOULDER_SPEED]).isCloseTo(shoulder, within(1e-12));
    assertThat(state[Reacher.ELBOW_SPEED]).isCloseTo(elbow, within(1e-12));
    float[] expected = {
      (float) state[0],
      (float) state[1],
      (float) state[2],
      (float) state[3],
      (float) state[4],
      (float) state[5],
      (float) (-shoulder * state[3]),
      (float) (shoulder * state[2]),
      (float) (-elbow * state[5]),
      (float) (elbow * state[4])
    };
    assertThat(seen).containsExactly(expected, TINY);
    assertThat(arm.observations().size()).isEqualTo(10);
  }

  /** What is seen of a turned task is what is seen of the task, turned, whatever is seen. */
  @ParameterizedTest
  @EnumSource(Reacher.Sight.class)
  void whatIsSeenTurnsWithTheTask(Reacher.Sight sight) {
    Reacher arm = new Reacher().symmetry(8).seeing(sight);
    Rotations turns = new Rotations(8);
    int size = arm.observations().size();
    double[] first = new double[10];
    double[] turned = new double[10];
    arm.reset(0, first, none);
    arm.reset(3, turned, none);
    float[] seen = new float[size];
    float[] expected = new float[size];
    float[] got = new float[size];
    for (int t = 0; t < 10; t++) {
      arm.step(first, new float[] {-2, 2}, none);
      arm.step(turned, new float[] {-2, 2}, none);
      arm.observe(first, seen);
      turns.transform(3, seen, 0, expected, 0, size);
      arm.observe(turned, got);
      assertThat(got).as("step %s", t).containsExactly(expected, TINY);
    }
  }

  @Test
  void theDistanceIsThatOfTheSegment() {
    assertThat(Reacher.distance(-1, 0.5, 1, 0.5)).isEqualTo(0.5);
    assertThat(Reacher.distance(1, 0, 2, 0)).isEqualTo(1);
    assertThat(Reacher.distance(2, 0, 1, 0)).isEqualTo(1);
    assertThat(Reacher.distance(3, 4, 3, 4)).isEqualTo(5);
  }

  @Test
  void progressIsRewardedOnceAndTheEndForGood() {
    Reacher arm = new Reacher().symmetry(1);
    double[] state = new double[10];
    arm.reset(0, state, none);
    double best = state[Reacher.BEST];
    double reward = 0;
    for (int t = 0; t < TEACHER_STEPS; t++) {
      float[] action = new float[2];
      openLoop(t, new float[0], action);
      reward = arm.step(state, action, none);
      if (reward > 0 && reward < 1) {
        assertThat(state[Reacher.BEST]).isLessThan(best);
        assertThat(reward).isEqualTo((1 - state[Reacher.BEST] / 2) / 100);
      }
      best = state[Reacher.BEST];
    }
    assertThat(reward).isEqualTo(1);
    double[] end = state.clone();
    assertThat(arm.step(state, new float[] {2, 2}, none)).isZero();
    assertThat(state).isEqualTo(end);
  }

  @Test
  void trainingGroupsAreSubgroupsAndNoTestRotationIsAmongThem() {
    for (int n = 1; n <= 16; n++) {
      Reacher group = new Reacher().symmetry(n);
      Set<String> train = starts(group);
      assertThat(train).hasSize(n);
      Set<String> held = new HashSet<>(starts(group.test(8)));
      held.addAll(starts(group.validation(16)));
      assertThat(held).hasSize(24).doesNotContainAnyElementsOf(train);
    }
    assertThat(starts(new Reacher().symmetry(16)))
        .containsAll(starts(new Reacher().symmetry(8)))
        .containsAll(starts(new Reacher().symmetry(2)));
    assertThat(rotation(new Reacher().symmetry(4).test(8), 0)).isCloseTo(-9, within(1e-9));
    assertThat(rotation(new Reacher().symmetry(4).test(8), 7)).isCloseTo(-25, within(1e-9));
    assertThat(rotation(new Reacher().symmetry(8), 3)).isCloseTo(135, within(1e-9));
  }

  @Test
  void posesAreSplitByTheirRotations() {
    Reacher all = new Reacher();
    List<Set<String>> parts =
        List.of(starts(all.train(100)), starts(all.validation(200)), starts(all.test(200)));
    Set<String> together = new HashSet<>();
    parts.forEach(together::addAll);
    assertThat(together).hasSize(500);
    assertThat(starts(all.train(100))).containsAll(starts(all.train(16)));
    for (int context = 0; context < 16; context++) {
      assertThat(rotation(all.train(16), context) / 90)
          .isCloseTo(Math.rint(rotation(all.train(16), context) / 90), within(1e-9));
    }
    assertThat(all.with("familySeed", 3).train(4)).isNotEqualTo(all.train(4));
    assertThat(starts(all.with("familySeed", 3).train(4)))
        .doesNotContainAnyElementsOf(starts(all.train(4)));
  }

  @Test
  void symmetricPosesAreTheTrainingPosesInAllQuarterTurns() {
    Reacher all = new Reacher();
    Reacher symmetric = all.narrowed(Reacher.Part.SYMMETRIC, 16);
    assertThat(starts(symmetric)).hasSize(16).containsAll(starts(all.train(4)));
    for (int pose = 0; pose < 4; pose++) {
      Set<Long> quarters = new HashSet<>();
      for (int i = 0; i < 4; i++) {
        ReacherContext context = ReacherContext.of(symmetric, pose + 4 * i);
        assertThat(context.elbowDegrees())
            .isEqualTo(ReacherContext.of(all.train(4), pose).elbowDegrees());
        quarters.add(Math.round(context.rotationDegrees()));
      }
      assertThat(quarters).containsExactlyInAnyOrder(0L, 90L, 180L, 270L);
    }
  }

  /** How far the shoulder stands from (0, 1), in degrees. */
  private double rotation(Reacher env, int context) {
    double[] state = new double[10];
    env.reset(context, state, none);
    return Math.toDegrees(Math.atan2(-state[0], state[1]));
  }

  private Set<String> starts(Env env) {
    Set<String> starts = new HashSet<>();
    double[] state = new double[10];
    for (int context = 0; context < env.contexts(); context++) {
      env.reset(context, state, none);
      List<Long> rounded = new ArrayList<>();
      for (double number : state) {
        rounded.add(Math.round(number * 1e9));
      }
      starts.add(rounded.toString());
    }
    return starts;
  }

  @Test
  void groupsAreKnownByName() {
    assertThat(Environments.get("Reacher-C4")).isEqualTo(new Reacher().symmetry(4));
    assertThat(Environments.get("reacher-c8/test-8")).isEqualTo(new Reacher().symmetry(8).test(8));
    assertThat(new Reacher().with("rotations", 4)).isEqualTo(new Reacher().symmetry(4));
    assertThat(new Reacher().symmetry(4).with("velocities", 1).toString())
        .isEqualTo("Reacher-C4(velocities)");
    assertThat(new Reacher().symmetry(4).with("velocities", 2))
        .isEqualTo(new Reacher().symmetry(4).seeing(Reacher.Sight.ABSOLUTE_VELOCITIES))
        .hasToString("Reacher-C4(absolute velocities)");
  }

  @Test
  void groupsAndPartsThatThereAreNotAreRefused() {
    assertThatThrownBy(() -> new Reacher().symmetry(17))
        .hasMessage("Reacher: expected rotations from 1 to 16, or 0 for all poses, got 17.");
    assertThatThrownBy(() -> new Reacher().symmetry(4).train(5))
        .hasMessage("Reacher-C4: expected 1 to 4 train contexts, got 5.");
    assertThatThrownBy(() -> new Reacher().with("velocities", 3))
        .hasMessage("Reacher: expected velocities to be from 0 to 2, got 3.");
    assertThatThrownBy(() -> new Reacher().step(new double[10], new float[] {0, Float.NaN}, none))
        .hasMessageStartingWith("Reacher: expected a number as action[1], got NaN.");
  }
}
