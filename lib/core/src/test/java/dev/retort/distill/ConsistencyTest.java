package dev.retort.distill;

import static dev.retort.Retort.consistent;
import static dev.retort.Retort.env;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.data.Dataset;
import dev.retort.data.View;
import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.env.grid.FourRooms;
import dev.retort.env.reach.ReacherTeacher;
import dev.retort.loss.Distance;
import dev.retort.loss.Kl;
import dev.retort.loss.Mse;
import dev.retort.loss.ProbabilityMse;
import dev.retort.nn.Mlp;
import dev.retort.nn.Oracle;
import dev.retort.policy.Ensemble;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Scripted;
import dev.retort.random.RandomStream;
import dev.retort.run.Session;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Mirror;
import dev.retort.space.Rotations;
import dev.retort.space.Selection;
import dev.retort.space.Space;
import dev.retort.space.Symmetry;
import dev.retort.transfer.CyclicGroup;
import dev.retort.transfer.Invariance;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsistencyTest {
  /** Four choices in a circle, of which an element exchanges places, with one mirrored. */
  private record Circle() implements Symmetry {
    @Override
    public int order() {
      return 4;
    }

    @Override
    public void require(Space observations, Space actions) {}

    @Override
    public void transform(int element, float[] from, int i, float[] to, int j, int size) {
      for (int k = 0; k < size; k++) {
        to[j + k] = from[i + (k + element) % size];
      }
    }

    @Override
    public int place(int element, int k) {
      return (k + element) % 4;
    }

    @Override
    public float sign(int element, int k) {
      return k == 2 ? -1 : 1;
    }
  }

  private static double value(boolean isChoice, int element, double[] x) {
    double[] expected = new double[4];
    double[] given = new double[4];
    for (int k = 0; k < 4; k++) {
      expected[k] = (k == 2 ? -1 : 1) * x[(k + element) % 4];
      given[k] = x[4 + k];
    }
    double sum = 0;
    double all = 0;
    double other = 0;
    for (int k = 0; k < 4; k++) {
      all += Math.exp(expected[k]);
      other += Math.exp(given[k]);
    }
    for (int k = 0; k < 4; k++) {
      double e =
          isChoice
              ? Math.exp(given[k]) / other - Math.exp(expected[k]) / all
              : given[k] - expected[k];
      sum += e * e;
    }
    return 0.7 * sum;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void bothSidesOfTheTermHaveTheGradientOfCentralDifferences(boolean isChoice) {
    Distance distance = isChoice ? new ProbabilityMse() : new Mse();
    Agreeing agreeing =
        new Agreeing(
            new Consistency(0.7, new Circle()), distance, Selection.all(Box.of(-1, 1, 4)), 4);
    RandomStream random = RandomStream.of(3, "outputs");
    for (int element = 1; element < 4; element++) {
      int own = element;
      double[] x = new double[8];
      float[] z = new float[10]; // two numbers of other outputs between
      for (int k = 0; k < 8; k++) {
        x[k] = random.nextGaussian();
        z[k < 4 ? k : k + 1] = (float) x[k];
      }
      float[] gradient = new float[4];
      float[] dz = new float[10];
      double loss = agreeing.at(element, z, 0, 5, 0.25, gradient, dz);
      assertThat(loss).isCloseTo(value(isChoice, element, x), within(1e-6));
      double[] expected = Oracle.centralDifferences(x, at -> 0.25 * value(isChoice, own, at));
      for (int k = 0; k < 4; k++) {
        assertThat((double) gradient[k]).isCloseTo(expected[k], within(1e-5));
        assertThat((double) dz[5 + k]).isCloseTo(expected[4 + k], within(1e-5));
      }
    }
  }

  @Test
  void pointsAreTurnedAboutTheOrigin() {
    float[] turned = new float[5];
    new Rotations(4).transform(1, new float[] {0, 1, 0, 2, 3}, 1, turned, 1, 4);
    assertThat(turned).containsExactly(new float[] {0, 0, 1, -3, 2}, within(1e-6f));
    new Rotations(4).transform(3, turned.clone(), 1, turned, 1, 4);
    assertThat(turned).containsExactly(new float[] {0, 1, 0, 2, 3}, within(1e-6f));
  }

  @Test
  void aTurnedReacherIsSeenAsItsOwnTaskInTheTurnedContext() {
    Env arm = env("Reacher-C4");
    float[] first = seen(arm, 0);
    for (int quarter = 1; quarter < 4; quarter++) {
      float[] turned = new float[first.length];
      new Rotations(4).transform(quarter, first, 0, turned, 0, first.length);
      assertThat(turned).containsExactly(seen(arm, quarter), within(1e-5f));
    }
  }

  private static float[] seen(Env env, int context) {
    double[] state = new double[env.stateSize()];
    float[] seen = new float[env.observations().size()];
    env.reset(context, state, RandomStream.of(0, "reset"));
    env.observe(state, seen);
    return seen;
  }

  @Test
  void whatIsSeenOfRoomsAfterAStepIsTurnedLikeWhatWasSeenBefore() {
    FourRooms rooms =
        new FourRooms(
            3, 100, 5, FourRooms.Sight.PLANES, 1, FourRooms.Part.FAMILY, Integer.MAX_VALUE);
    Symmetry turns = rooms.quarterTurns();
    turns.require(rooms.observations(), rooms.actions());
    int side = rooms.side();
    double[] state = new double[rooms.stateSize()];
    RandomStream random = RandomStream.of(4, "walk");
    for (int walk = 0; walk < 20; walk++) {
      rooms.reset(state, random);
      for (int step = 0; step < 10; step++) {
        float[] before = observed(rooms, state);
        float action = random.nextInt(3);
        rooms.step(state, new float[] {action}, random);
        if (rooms.terminated(state)) {
          break;
        }
        float[] after = observed(rooms, state);
        for (int element = 0; element < 4; element++) {
          float[] turnedBefore = turned(turns, element, before);
          float[] turnedAfter = turned(turns, element, after);
          assertThat(moved(turnedBefore, (int) action, side)).containsExactly(turnedAfter);
        }
      }
    }
  }

  private static float[] observed(Env env, double[] state) {
    float[] seen = new float[env.observations().size()];
    env.observe(state, seen);
    return seen;
  }

  private static float[] turned(Symmetry turns, int element, float[] seen) {
    float[] turned = new float[seen.length];
    turns.transform(element, seen, 0, turned, 0, seen.length);
    return turned;
  }

  /** What the picture of rooms becomes by an action, told by the picture alone. */
  private static float[] moved(float[] seen, int action, int side) {
    int cells = side * side;
    int agent = 0;
    while (seen[agent] != 10) {
      agent++;
    }
    float[] next = seen.clone();
    int direction = (int) seen[2 * cells + agent];
    if (action == FourRooms.FORWARD) {
      int ahead = agent + new int[] {1, side, -1, -side}[direction];
      if (seen[ahead] != 2) {
        next[agent] = 1;
        next[2 * cells + agent] = 0;
        next[ahead] = 10;
        next[2 * cells + ahead] = direction;
      }
      return next;
    }
    next[2 * cells + agent] = (direction + (action == FourRooms.TURN_LEFT ? 3 : 1)) % 4;
    return next;
  }

  @Test
  void studentsOfOnePoseAreNearlyAlikeFromAllSidesWhereConsistencyIsAskedFor() {
    Env arm = env("Reacher-C4");
    Scripted teacher = Scripted.of("rule", arm, ReacherTeacher::handcrafted);
    Dataset data = dev.retort.collect.Demonstrations.of(teacher, arm.task(0));
    Distillation plain =
        new Distillation()
            .into(Mlp.of(16))
            .members(3)
            .epochs(150)
            .batchSize(16)
            .learningRate(0.01)
            .minimizing(Loss.of(new Mse()));
    Distillation alike =
        plain.minimizing(Loss.of(new Mse()).and(1, consistent(new CyclicGroup(4))));
    double without = Invariance.totalVariation(run(plain, data), arm);
    double with = Invariance.totalVariation(run(alike, data), arm);
    assertThat(with).isLessThan(0.2 * without);
  }

  @Test
  void amongSeveralSeedsStudentsHaveTheBitsThatTheyHaveAlone() {
    Env arm = env("Reacher-C4");
    Scripted teacher = Scripted.of("rule", arm, ReacherTeacher::handcrafted);
    Dataset data = dev.retort.collect.Demonstrations.of(teacher, arm);
    Distillation alike =
        new Distillation()
            .into(Mlp.of(8))
            .members(2)
            .epochs(2)
            .minimizing(Loss.of(new Mse()).and(1, consistent(new CyclicGroup(4))));
    List<Ensemble> both = alike.run(data, new long[] {4, 5}, session());
    for (int at = 0; at < 2; at++) {
      NetworkPolicy among = both.get(at).members().get(1);
      assertThat(among.parameters())
          .containsExactly(alike.run(data, 4 + at, session()).members().get(1).parameters());
    }
  }

  private static Session session() {
    return Session.unwatched("loss", "agreement");
  }

  private static Ensemble run(Distillation how, Dataset data) {
    return how.run(data, 1, session());
  }

  @Test
  void aPoleOnACartIsTheSameInAMirror() {
    Env env = Environments.get("CartPole");
    Mirror mirror = Mirror.of(env.actions());
    mirror.require(env.observations(), env.actions());
    RandomStream random = RandomStream.of(5, "pole");
    double[] state = new double[env.stateSize()];
    env.reset(state, random);
    double[] other = Arrays.stream(state).map(number -> -number).toArray();
    float[] seen = new float[4];
    float[] mirrored = new float[4];
    float[] there = new float[4];
    while (!env.terminated(state)) {
      float[] action = new float[1];
      env.actions().sample(random, action, 0);
      env.step(state, action, random);
      env.step(other, new float[] {mirror.place(1, (int) action[0])}, random);
      env.observe(state, seen);
      env.observe(other, there);
      mirror.transform(1, seen, 0, mirrored, 0, 4);
      assertThat(there).containsExactly(mirrored, within(1e-6f));
      assertThat(env.terminated(other)).isEqualTo(env.terminated(state));
    }
  }

  @Test
  void aMirrorChangesTheSignOfNumbersAndTheOrderOfChoices() {
    Mirror numbers = new Mirror(0);
    Mirror choices = new Mirror(3);
    assertThat(numbers.sign(1, 0)).isEqualTo(-1);
    assertThat(numbers.place(1, 2)).isEqualTo(2);
    assertThat(choices.sign(1, 2)).isEqualTo(1);
    assertThat(choices.place(1, 2)).isZero();
    assertThat(choices.place(0, 2)).isEqualTo(2);
    Env env = Environments.get("CartPole");
    assertThatThrownBy(() -> new Mirror(3).require(env.observations(), env.actions()))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("expected observations that are numbers, and 3 choices, got");
    assertThatThrownBy(() -> new Mirror(1))
        .isInstanceOf(RetortException.class)
        .hasMessage("mirror: expected 2 choices or more, or 0 for numbers, got 1.");
  }

  @Test
  void itIsReadFromWhatItPrintsAndRefusesWhatItDoesNotTurn() {
    for (Symmetry group :
        List.of(new Rotations(4), new Mirror(2), new FourRooms().quarterTurns())) {
      Loss loss =
          Loss.of(new Kl(1)).weightedBy("w").and(2, "value", new Mse()).and(0.5, consistent(group));
      assertThat(Loss.type().reader().apply(loss.toString())).isEqualTo(loss);
    }
    assertThat(Loss.of(new Kl(1)).and(0.5, consistent(new CyclicGroup(4))))
        .hasToString("kl:1.0 + 0.5 consistent rotations:4");
    assertThatThrownBy(() -> new Rotations(4).require(Box.of(0, 1, 3), new Discrete(2)))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "rotations: expected observations that are points, an even number of numbers, got 3 numbers.");
    assertThatThrownBy(
            () ->
                new FourRooms()
                    .quarterTurns()
                    .require(
                        new FourRooms().seeing(FourRooms.Sight.EGOCENTRIC).observations(),
                        new Discrete(3)))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("expected a grid seen from above, 3×19×19 numbers, got 2×33×33");
    assertThatThrownBy(() -> new Consistency(0, new Rotations(2)))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("expected a factor above 0");
    assertThat(View.all()).hasToString("all");
  }
}
