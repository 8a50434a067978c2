package dev.retort.guidance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.distribution.Categorical;
import dev.retort.env.Env;
import dev.retort.nn.Blueprint;
import dev.retort.nn.Mlp;
import dev.retort.nn.Trunk;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Space;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Student-driven distillation in a task of four states: with the next state's divergence as a
 * reward the sampled field is the gradient of the expected sum of divergences; without it, not.
 */
class GradientFieldTest {
  private static final int STATES = 4;
  private static final int STEPS = 5;
  private static final int EPISODES = 40_000;
  private static final Categorical CHOICES = new Categorical(new Discrete(2));

  /** Logits of the teacher and of the student in every state. */
  private static final float[] TEACHER = {1.5f, 0, -1, 0.5f, 2, 0, 0, 2.5f};

  private static final float[] STUDENT = {0, 0.3f, 0.4f, -0.2f, -0.5f, 0.5f, 0.2f, 0};

  /** To the right by choice 1, around by choice 0. */
  private static int next(int state, int action) {
    return action == 1 ? Math.min(STATES - 1, state + 1) : (state + 2) % STATES;
  }

  private static double[] probabilities(double[] logits, int state) {
    double p = 1 / (1 + Math.exp(logits[2 * state + 1] - logits[2 * state]));
    return new double[] {p, 1 - p};
  }

  /** {@code J(θ) = E_π[Σ_t ℓ_t]}, by going through all that can happen. */
  private static double expected(double[] logits) {
    double[] here = new double[STATES];
    here[0] = 1;
    double sum = 0;
    for (int t = 0; t < STEPS; t++) {
      double[] then = new double[STATES];
      for (int state = 0; state < STATES; state++) {
        double[] own = probabilities(logits, state);
        double[] wanted = probabilities(widened(TEACHER), state);
        for (int action = 0; action < 2; action++) {
          sum += here[state] * wanted[action] * Math.log(wanted[action] / own[action]);
          then[next(state, action)] += here[state] * own[action];
        }
      }
      here = then;
    }
    return sum;
  }

  private static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  private static double[] gradient() {
    double[] at = widened(STUDENT);
    double[] gradient = new double[at.length];
    for (int i = 0; i < at.length; i++) {
      double[] above = at.clone();
      double[] below = at.clone();
      above[i] += 1e-5;
      below[i] -= 1e-5;
      gradient[i] = (expected(above) - expected(below)) / 2e-5;
    }
    return gradient;
  }

  /** Four states as one-hot observations. */
  private record Rooms() implements Env {
    @Override
    public String name() {
      return "Four";
    }

    @Override
    public Space observations() {
      return Box.of(0, 1, STATES);
    }

    @Override
    public Space actions() {
      return new Discrete(2);
    }

    @Override
    public int horizon() {
      return STEPS;
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
      state[0] = next((int) state[0], (int) action[0]);
      return 0;
    }

    @Override
    public boolean terminated(double[] state) {
      return false;
    }

    @Override
    public void observe(double[] state, float[] observation) {
      Arrays.fill(observation, 0);
      observation[(int) state[0]] = 1;
    }
  }

  /** A network without hidden layers, whose weights are the logits of every state. */
  private static Policy teacher() {
    float[] parameters = Arrays.copyOf(TEACHER, TEACHER.length + 2);
    return new NetworkPolicy("teacher", Box.of(0, 1, STATES), CHOICES, Mlp.of(), parameters);
  }

  /** The field as the companion gives it, from episodes of the student. */
  private static double[] field(boolean expectedEntropy) {
    int rows = EPISODES * STEPS;
    float[] obs = new float[rows * STATES];
    float[] outputs = new float[rows * 2];
    float[] actions = new float[rows];
    boolean[] ended = new boolean[rows];
    int[] states = new int[rows];
    int[] order = new int[rows];
    float[] rewards = new float[rows];
    RandomStream random = RandomStream.of(3, "field");
    for (int row = 0; row < rows; row++) {
      states[row] = row % STEPS == 0 ? 0 : next(states[row - 1], (int) actions[row - 1]);
      obs[row * STATES + states[row]] = 1;
      System.arraycopy(STUDENT, 2 * states[row], outputs, 2 * row, 2);
      CHOICES.draw(outputs, 2 * row, random, actions, row);
      ended[row] = row % STEPS == STEPS - 1;
      order[row] = row;
    }
    Kickstart kick =
        new Kickstart(teacher()).until(Double.POSITIVE_INFINITY).expectedEntropy(expectedEntropy);
    Blueprint network = new Blueprint(Mlp.of(), List.of(STATES), CHOICES.outputs(), Trunk.SHARED);
    Guidance.Learners learners =
        new Guidance.Learners(
            new Guidance.Learning("test", new Rooms(), CHOICES, network, 1, false),
            List.of(1L),
            EPISODES,
            rows,
            String::valueOf,
            String::valueOf);
    float[] gradient = new float[rows * 2];
    try (Companion companion = kick.companion(learners)) {
      companion.played(
          new Played(
              0,
              rows,
              STEPS,
              EPISODES,
              obs,
              outputs,
              2,
              actions,
              new boolean[rows],
              ended,
              rewards));
      companion.learn(
          new LearningBatch(
              0,
              rows,
              rows,
              new float[0],
              new float[0],
              order,
              new double[0],
              outputs,
              2,
              gradient));
      assertThat(companion.queries(0)).isEqualTo(rows);
    }
    double[] field = new double[STUDENT.length];
    for (int row = rows - 1; row >= 0; row--) {
      double future = 0;
      for (int t = row; t < rows && (t == row || !ended[t - 1]); t++) {
        future += rewards[t];
      }
      CHOICES.addGradient(outputs, 2 * row, actions, row, -future / rows, 0, gradient);
      field[2 * states[row]] += gradient[2 * row];
      field[2 * states[row] + 1] += gradient[2 * row + 1];
    }
    Arrays.setAll(field, i -> field[i] * STEPS); // a mean over steps is a sum over an episode
    return field;
  }

  private static double distance(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += (one[i] - other[i]) * (one[i] - other[i]);
    }
    return Math.sqrt(sum);
  }

  @Test
  void withWhatComesAsARewardTheFieldIsTheGradientOfTheExpectedSumAndWithoutItIsNot() {
    double[] gradient = gradient();
    double size = distance(gradient, new double[gradient.length]);
    assertThat(size).isGreaterThan(0.3);
    double consistent = distance(field(true), gradient);
    assertThat(consistent).isLessThan(0.03 * size);
    assertThat(distance(field(false), gradient)).isGreaterThan(3 * consistent);
  }
}
