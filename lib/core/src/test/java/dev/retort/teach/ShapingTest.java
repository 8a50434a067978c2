package dev.retort.teach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.env.VectorEnv;
import dev.retort.guidance.Companion;
import dev.retort.guidance.Guidance;
import dev.retort.random.RandomStream;
import dev.retort.space.Discrete;
import dev.retort.space.Space;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShapingTest {
  private static final int CELLS = 6;
  private static final double GAMMA = 0.9;

  /** A corridor whose far end pays 1, and whose near end pays 0.3 at once. */
  private static final class Corridor implements Env {
    private final boolean knowsPotential;
    private final int horizon;

    Corridor(boolean knowsPotential, int horizon) {
      this.knowsPotential = knowsPotential;
      this.horizon = horizon;
    }

    @Override
    public Space observations() {
      return new Discrete(CELLS);
    }

    @Override
    public Space actions() {
      return new Discrete(2);
    }

    @Override
    public int horizon() {
      return horizon;
    }

    @Override
    public int stateSize() {
      return 1;
    }

    @Override
    public void reset(double[] state, RandomStream random) {
      state[0] = 2;
    }

    @Override
    public double step(double[] state, float[] action, RandomStream random) {
      state[0] += action[0] == 1 ? 1 : -1;
      return state[0] == CELLS - 1 ? 1 : state[0] == 0 ? 0.3 : 0;
    }

    @Override
    public boolean terminated(double[] state) {
      return state[0] == 0 || state[0] == CELLS - 1;
    }

    @Override
    public void observe(double[] state, float[] observation) {
      observation[0] = (float) state[0];
    }

    @Override
    public double potential(float[] observation, int at) {
      return knowsPotential ? 7 - 3 * observation[at] * observation[at] : Double.NaN;
    }
  }

  private final Env corridor = new Corridor(true, 50);

  /** The discounted sum of what shaping adds over one episode of these choices. */
  private static double added(Env env, double weight, float... choices) {
    VectorEnv envs = new VectorEnv(env, 1, copy -> RandomStream.at(1));
    envs.reset();
    Companion shaping = new Shaping(weight, GAMMA, env);
    double sum = 0;
    double discount = 1;
    for (float choice : choices) {
      float[] before = envs.observations().clone();
      float[] action = {choice};
      envs.step(action);
      float[] rewards = {0};
      shaping.took(before, action, envs, rewards);
      sum += discount * rewards[0];
      discount *= GAMMA;
    }
    return sum;
  }

  private double potential(int cell) {
    return corridor.potential(new float[] {cell}, 0);
  }

  @Test
  void overAnEpisodeThatEndsItTelescopesToThePotentialOfItsBeginning() {
    assertThat(added(corridor, 2, 1, 1, 1)).isCloseTo(-2 * potential(2), within(1e-5));
    assertThat(added(corridor, 2, 0, 0)).isCloseTo(-2 * potential(2), within(1e-5));
    assertThat(added(corridor, 2, 1, 0, 1, 1, 0, 1, 1)).isCloseTo(-2 * potential(2), within(1e-5));
  }

  @Test
  void anEpisodeThatIsCutOffKeepsThePotentialOfItsEnd() {
    assertThat(added(new Corridor(true, 1), 1, 1))
        .isCloseTo(GAMMA * potential(3) - potential(2), within(1e-5));
  }

  @Test
  void theBestPolicyStaysTheBest() {
    double[][] plain = values(0);
    double[][] shaped = values(5);
    for (int cell = 1; cell < CELLS - 1; cell++) {
      assertThat(shaped[cell][1] > shaped[cell][0])
          .as("cell " + cell)
          .isEqualTo(plain[cell][1] > plain[cell][0]);
      for (int choice = 0; choice < 2; choice++) { // Q* of the shaped task is Q* − w Φ
        assertThat(shaped[cell][choice])
            .isCloseTo(plain[cell][choice] - 5 * potential(cell), within(1e-4));
      }
    }
  }

  /** Optimal action values by value iteration over rewards that went through the companion. */
  private double[][] values(double weight) {
    double[][] q = new double[CELLS][2];
    for (int sweep = 0; sweep < 400; sweep++) {
      for (int cell = 1; cell < CELLS - 1; cell++) {
        for (int choice = 0; choice < 2; choice++) {
          double[] state = {cell};
          double reward = corridor.step(state, new float[] {choice}, RandomStream.at(0));
          int next = (int) state[0];
          boolean over = corridor.terminated(state);
          double to = over ? 0 : potential(next);
          double value = over ? 0 : Math.max(q[next][0], q[next][1]);
          q[cell][choice] = reward + weight * (GAMMA * to - potential(cell)) + GAMMA * value;
        }
      }
    }
    return q;
  }

  @Test
  void anEnvironmentWithoutAPotentialIsRefused() {
    assertThatThrownBy(() -> new Dqn().shaping(1).require(new Corridor(false, 50).oneHot()))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("expected an environment that gives a potential for shaping");
  }

  @Test
  void wrappersShowThePotentialOfWhatTheyWrap() {
    Env world = Environments.get("Geomagnetic");
    float[] seen = new float[world.observations().size()];
    seen[3] = 0.5f;
    double potential = world.potential(seen, 0);
    assertThat(potential).isCloseTo(-Math.exp(0.5), within(1e-6));
    assertThat(world.lastAction().potential(new float[40], 0)).isEqualTo(-1);
    float[] one = new float[CELLS];
    one[4] = 1;
    assertThat(corridor.oneHot().potential(one, 0)).isEqualTo(potential(4));
    assertThat(corridor.actionRepeat(2).potential(new float[] {3}, 0)).isEqualTo(potential(3));
    assertThat(Environments.get("CartPole").potential(new float[4], 0)).isNaN();
  }

  @Test
  void bonusesFallToNothingInAStraightLine() {
    Companion one =
        new Companion() {
          @Override
          public void took(float[] before, float[] actions, VectorEnv envs, float[] rewards) {
            rewards[0] += 1;
          }
        };
    VectorEnv envs = new VectorEnv(corridor, 1, copy -> RandomStream.at(1));
    Guidance.Learners learners =
        new Guidance.Learners(null, List.of(1L), 1, 8, row -> "here", row -> "here");
    Companion fading = new Fading(one, 0.5, learners);
    float[] seen = new float[6];
    for (int step = 0; step < seen.length; step++) {
      float[] rewards = {10};
      fading.took(new float[1], new float[1], envs, rewards);
      seen[step] = rewards[0] - 10;
    }
    assertThat(seen).containsExactly(1, 0.75f, 0.5f, 0.25f, 0, 0);
  }
}
