package dev.retort.env.legs;

import static dev.retort.Retort.collect;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.mse;
import static dev.retort.Retort.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.data.Dataset;
import dev.retort.data.View;
import dev.retort.distill.Loss;
import dev.retort.nn.Architecture;
import dev.retort.policy.Actor;
import dev.retort.policy.Ensemble;
import dev.retort.policy.Policy;
import dev.retort.policy.Scripted;
import dev.retort.random.RandomStream;
import dev.retort.space.Group;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** One student for robots with any number of legs: what it sees, and what it does with it. */
class LegStudentsTest {
  private static final UniLegs ROBOTS = new UniLegs().with("push", 0);
  private static final Group SEEN = ROBOTS.observations();
  private static final View UNPRIVILEGED =
      View.parts("command", "body", "clock", "joints", "past", "description", "present");
  private static final Policy TROT = Scripted.of("trot", ROBOTS, Gait::trot);
  private static final Dataset DATA = collect(1_500).from(TROT).on(ROBOTS.train(5)).seed(1).run();

  private static Ensemble student(Architecture network) {
    return student(network, UNPRIVILEGED, 20);
  }

  private static Ensemble student(Architecture network, View seen, int epochs) {
    return distill(TROT)
        .from(DATA)
        .into(network)
        .seeing(seen)
        .minimizing(Loss.of(mse()))
        .epochs(epochs)
        .batchSize(64)
        .learningRate(0.003)
        .seed(2)
        .run();
  }

  private static float[] actions(Policy policy, float[] seen) {
    try (Actor actor = policy.actor(1)) {
      float[] action = new float[16];
      policy.distribution().mode(actor.outputs(seen), 0, action, 0);
      return action;
    }
  }

  private static float[] seen(UniLegs env, int robot) {
    double[] state = new double[env.stateSize()];
    RandomStream random = RandomStream.of(5, "seen");
    env.reset(robot, state, random);
    float[] seen = new float[SEEN.size()];
    float[] action = new float[16];
    for (int t = 0; t < 25; t++) {
      env.observe(state, seen);
      Gait.trot(seen, action);
      env.step(state, action, random);
    }
    env.observe(state, seen);
    return seen;
  }

  /**
   * The mean square of what a student does otherwise than the trot, on robots that it never saw.
   */
  private static double error(Policy student) {
    UniLegs unseen = ROBOTS.narrowed("topology", 3);
    float[] wanted = new float[16];
    double sum = 0;
    for (int robot = 0; robot < 3; robot++) {
      float[] seen = seen(unseen, robot);
      Gait.trot(seen, wanted);
      float[] done = actions(student, seen);
      int joints = unseen.robots().get(robot).joints();
      for (int j = 0; j < joints; j++) {
        sum += (done[j] - wanted[j]) * (done[j] - wanted[j]) / joints / 3;
      }
    }
    return sum;
  }

  @Test
  void aStudentOfTokensNeverSeesWhatIsPrivilegedAndActsOnEveryRobot() {
    Ensemble student = student(tokens(16, 1, 2));
    UniLegs unseen = ROBOTS.narrowed("topology", 3);
    RandomStream random = RandomStream.of(8, "permuted");
    for (int robot = 0; robot < 3; robot++) {
      float[] seen = seen(unseen, robot);
      float[] before = actions(student, seen);
      int joints = unseen.robots().get(robot).joints();
      assertThat(Arrays.copyOfRange(before, joints, 16)).containsOnly(0);
      assertThat(Arrays.copyOfRange(before, 0, joints)).doesNotContain(0);
      float[] changed = seen.clone();
      for (String part : UniLegs.PRIVILEGED) {
        for (int i = 0; i < SEEN.parts().get(part).size(); i++) {
          changed[SEEN.offset(part) + i] = (float) random.nextGaussian();
        }
      }
      assertThat(actions(student, changed)).containsExactly(before);
      changed[SEEN.offset("command")] += 0.5f;
      assertThat(actions(student, changed)).isNotEqualTo(before);
    }
    double trained = error(student);
    System.out.printf(
        "error on 3, 5 and 7 legs: tokens %.4f, mlp %.4f%n", trained, error(student(mlp(64, 64))));
    float[] still = new float[16];
    double untold = 0;
    for (int robot = 0; robot < 3; robot++) {
      float[] wanted = new float[16];
      Gait.trot(seen(unseen, robot), wanted);
      int joints = unseen.robots().get(robot).joints();
      for (int j = 0; j < joints; j++) {
        untold += (wanted[j] - still[j]) * (wanted[j] - still[j]) / joints / 3;
      }
    }
    assertThat(trained).as("less than who stands still").isLessThan(0.7 * untold);
  }

  /**
   * Every other hip does the opposite: who tells no leg from another gives 0 at best, and all of
   * their square is left. What joints did would tell, so that it is not seen here.
   */
  @Test
  void aTokenSoonKnowsByItsPlaceWhichLegItIs() {
    Policy student =
        student(tokens(16, 1, 2), View.parts("command", "clock", "description", "present"), 40);
    Dataset walked = collect(400).from(TROT).on(ROBOTS.train(5)).seed(9).run();
    float[] wanted = new float[16];
    float[] done = new float[16];
    double left = 0;
    double all = 0;
    try (Actor actor = student.actor(1)) {
      for (int row = 0; row < walked.size(); row++) {
        float[] seen = Arrays.copyOfRange(walked.obs(), row * SEEN.size(), (row + 1) * SEEN.size());
        Gait.trot(seen, wanted);
        student.distribution().mode(actor.outputs(seen), 0, done, 0);
        for (int hip = 0; hip < 16; hip += 2) {
          left += (done[hip] - wanted[hip]) * (done[hip] - wanted[hip]);
          all += wanted[hip] * wanted[hip];
        }
      }
    }
    System.out.printf("left of the squares of hips: %.3f%n", left / all);
    assertThat(left / all).isLessThan(0.6);
  }
}
