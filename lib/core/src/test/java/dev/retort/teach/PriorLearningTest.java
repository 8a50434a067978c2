package dev.retort.teach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.Retort;
import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.policy.Policy;
import dev.retort.policy.TabularPolicy;
import dev.retort.prior.QPrior;
import dev.retort.run.Session;
import dev.retort.store.Tensors;
import dev.retort.table.Bins;
import dev.retort.table.QTable;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What tables begin with where solved tasks say something. */
class PriorLearningTest {
  private static final double UNKNOWN = Double.NaN;
  private static final Env WALK = new Walk(4, 50);
  private static final QPrior PRIOR =
      Priors.of(
          WALK,
          0.5,
          Priors.table(
              new double[] {UNKNOWN, 0.25}, new double[] {0.1, 0.5}, new double[] {0.25, 1}),
          Priors.table(new double[] {UNKNOWN, 0.1}, new double[] {0.2, UNKNOWN}));

  private static QTable train(Algorithm algorithm, Env env) {
    Session session = Session.unwatched(algorithm.columns());
    return ((TabularPolicy) algorithm.train(env, new long[] {3}, session).get(0)).table();
  }

  private static double[] values(QTable table, int cell) {
    int state = table.find(new float[] {cell}, 0);
    return new double[] {table.value(state, 0), table.value(state, 1)};
  }

  @Test
  void valuesBeginAtWhatThePriorSaysAndAtInitialWhereItKnowsNothing() {
    for (Algorithm algorithm :
        List.of(
            new QLearning().gamma(0.5).initial(0.75).initializedBy(PRIOR).steps(1).learningRate(0),
            new DelayedQ().gamma(0.5).initial(0.75).initializedBy(PRIOR).steps(1),
            new RMax().gamma(0.5).initial(0.75).initializedBy(PRIOR).steps(1))) {
      QTable table = train(algorithm, WALK);
      assertThat(table.states()).as(algorithm.name()).isEqualTo(3);
      assertThat(values(table, 0)).containsExactly(0.75, 0.25);
      assertThat(values(table, 1)).containsExactly(0.2, 0.5);
      assertThat(values(table, 2)).containsExactly(0.25, 1);
      assertThat(table.seen()).isEqualTo(1);
    }
  }

  @Test
  void ofEquallyGoodActionsEachIsTakenAsOften() {
    long[] seeds = LongStream.range(0, 200).toArray();
    for (Algorithm algorithm :
        List.of(
            new QLearning().epsilon(0).steps(1), new DelayedQ().steps(1), new RMax().steps(1))) {
      Session session = Session.unwatched(algorithm.columns());
      long right =
          algorithm.train(WALK, seeds, session).stream()
              .map(policy -> ((TabularPolicy) policy).table())
              .filter(table -> table.isSeen(table.find(new float[] {0}, 0), 1))
              .count();
      assertThat(right).as(algorithm.name()).isBetween(75L, 125L);
    }
  }

  @Test
  void optimismIsThePriorsLargestValueUnlessSaid() {
    assertThat(PRIOR.high()).isEqualTo(2);
    for (Algorithm algorithm :
        List.of(
            new DelayedQ().gamma(0.5).initializedBy(PRIOR).steps(1),
            new RMax().gamma(0.5).initializedBy(PRIOR).steps(1))) {
      assertThat(values(train(algorithm, WALK), 0)).containsExactly(2, 0.25);
    }
    assertThat(train(new DelayedQ().gamma(0.75).steps(1), WALK).initial()).isEqualTo(4);
    assertThat(train(new RMax().gamma(0.75).steps(1), WALK).initial()).isEqualTo(4);
    assertThat(new RMax().settings().json().get("initial").getAsString()).isEqualTo("optimistic");
    assertThat(new RMax().set("initial", "3").set("initial", "optimistic").settings())
        .isEqualTo(new RMax().settings());
  }

  @Test
  void fromExactValuesTheGoalIsReachedAtOnceAndNoValueMoves() {
    QPrior exact =
        Priors.of(
            WALK,
            0.5,
            Priors.table(
                new double[] {0.125, 0.25}, new double[] {0.125, 0.5}, new double[] {0.25, 1}));
    QLearning learning = new QLearning().gamma(0.5).epsilon(0).learningRate(1).steps(300);
    Session session = Session.unwatched(learning.columns());
    List<Policy> policies = learning.initializedBy(exact).train(WALK, new long[] {1}, session);
    assertThat(session.curve().column("length")).containsOnly(3);
    QTable table = ((TabularPolicy) policies.get(0)).table();
    for (int cell = 0; cell < 3; cell++) {
      assertThat(values(table, cell)[1]).isEqualTo(Math.pow(0.5, 2 - cell));
    }
  }

  @Test
  void cellsOfOtherSizesBeginAtWhatThePriorSaysOfTheirMiddle() {
    Env car = Retort.env("MountainCar");
    QTable coarse =
        new QTable(
            2, 3, 0, Optional.of(Bins.of(car.observations(), List.of(2), List.of(), List.of())));
    for (float position : new float[] {-1, 0.5f}) {
      for (float speed : new float[] {-0.05f, 0.05f}) {
        int state = coarse.state(new float[] {position, speed}, 0);
        for (int action = 0; action < 3; action++) {
          coarse.set(state, action, -1 - 10 * state - action, 1);
        }
      }
    }
    QPrior prior = Priors.of(car, 0.99, coarse);
    QLearning learning =
        new QLearning().gamma(0.99).initializedBy(prior).bins(8).steps(400).learningRate(0);
    QTable table = train(learning, car);
    float[] middle = new float[2];
    assertThat(table.states()).isGreaterThan(5);
    for (int state = 0; state < table.states(); state++) {
      table.observation(state, middle);
      int known = coarse.find(middle, 0);
      for (int action = 0; action < 3; action++) {
        assertThat(table.value(state, action)).isEqualTo(coarse.value(known, action));
      }
    }
  }

  @Test
  void aPriorIsPartOfTheInputsAndComesBackFromThem() {
    List<Algorithm> algorithms =
        List.of(
            new QLearning().gamma(0.5).initializedBy(PRIOR).steps(300),
            new DelayedQ().gamma(0.5).initializedBy(PRIOR).steps(300),
            new RMax().gamma(0.5).initializedBy(PRIOR).steps(300));
    for (Algorithm algorithm : algorithms) {
      Algorithm plain = algorithm.withInputs(new Tensors());
      assertThat(plain.inputs().all()).isEmpty();
      Algorithm again = plain.withInputs(algorithm.inputs());
      assertThat(train(again, WALK).save().doubles("values"))
          .containsExactly(train(algorithm, WALK).save().doubles("values"))
          .isNotEqualTo(train(plain, WALK).save().doubles("values"));
      assertThat(again.toString()).endsWith("\nfrom: " + PRIOR.summary());
      assertThat(again.set("steps", "5").inputs().all()).isNotEmpty();
    }
  }

  @Test
  void aPriorThatDoesNotFitIsRefused() {
    refused(
        new QLearning().initializedBy(PRIOR),
        WALK,
        "qLearning: expected a prior that discounts by gamma, 0.99, got one that discounts by 0.5. Set gamma(0.5), or solve and extract the sources with a discount of 0.99.");
    refused(
        new RMax().gamma(0.5).initializedBy(PRIOR),
        new Walk(5, 50),
        "rMax: expected a prior of tasks from 5 choices to 2 choices for Walk, got one of tasks from 4 choices to 2 choices. Extract it from tasks of the same family.");
    refused(
        new DelayedQ().gamma(0.5).initial(3).initializedBy(PRIOR),
        WALK,
        "delayedQ: expected an initial value that a return can have, from 0.0 to 2.0 as the prior says, got 3.0. Set initial(2.0), the largest, to stay optimistic.");
  }

  private static void refused(Algorithm algorithm, Env env, String message) {
    assertThatThrownBy(() -> algorithm.require(env))
        .isInstanceOf(RetortException.class)
        .hasMessage(message);
  }
}
