package dev.retort.guidance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.retort.distribution.ActionValues;
import dev.retort.distribution.Categorical;
import dev.retort.distribution.Distribution;
import dev.retort.distribution.Normal;
import dev.retort.distribution.SquashedNormal;
import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.nn.Blueprint;
import dev.retort.nn.Mlp;
import dev.retort.nn.Trunk;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.policy.Scripted;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every pull against its formula, and its gradient against central differences. */
class PullTest {
  private static final Env CART = Environments.get("CartPole");
  private static final Env SWING = Environments.get("Pendulum");
  private static final float[] SEEN = {0.3f, -0.2f, 0.1f, 0.4f};

  private static Guidance.Learning learner(Env env, Distribution distribution) {
    Blueprint network =
        new Blueprint(
            Mlp.of(), List.of(env.observations().size()), distribution.outputs(), Trunk.SHARED);
    return new Guidance.Learning("test", env, distribution, network, 1, false);
  }

  /** A linear policy whose numbers are its biases: the same whatever it sees. */
  private static Policy constant(Env env, Distribution distribution, float... numbers) {
    int in = env.observations().size();
    int free =
        distribution.outputs().stream().filter(each -> each.isFree()).mapToInt(o -> o.size()).sum();
    int own = numbers.length - free;
    float[] parameters = new float[in * own + numbers.length];
    System.arraycopy(numbers, 0, parameters, in * own, numbers.length);
    return new NetworkPolicy("constant", env.observations(), distribution, Mlp.of(), parameters);
  }

  /** Central differences at a distance that single precision can tell. */
  private static double[] differences(Pull pull, float[] answers, float[] z) {
    double[] gradient = new double[z.length];
    float h = 0.01f;
    for (int i = 0; i < z.length; i++) {
      float[] above = z.clone();
      float[] below = z.clone();
      above[i] += h;
      below[i] -= h;
      double rise = pull.distance(answers, 0, above, 0) - pull.distance(answers, 0, below, 0);
      gradient[i] = rise / ((double) above[i] - below[i]);
    }
    return gradient;
  }

  private static void holds(
      Env env, Distribution learner, Policy teacher, float[] z, double expected) {
    float[] seen = new float[env.observations().size()];
    System.arraycopy(SEEN, 0, seen, 0, seen.length);
    try (Pull pull = Pull.of(teacher, learner(env, learner), 2, 1, String::valueOf)) {
      float[] answers = pull.ask(seen, 1);
      assertThat(pull.distance(answers, 0, z, 0)).isCloseTo(expected, within(1e-5));
      float[] gradient = new float[z.length];
      pull.addGradient(answers, 0, z, 0, 3, gradient);
      double[] differences = differences(pull, answers, z);
      for (int i = 0; i < z.length; i++) {
        assertThat((double) gradient[i])
            .as("number %s of %s", i, learner.kind())
            .isCloseTo(3 * differences[i], within(2e-3 * Math.max(1, Math.abs(differences[i]))));
      }
    }
  }

  @Test
  void aDistributionIsDrawnToOneOfItsFamilyByTheirDivergence() {
    Categorical choices = new Categorical((Discrete) CART.actions());
    double p = 1 / (1 + Math.exp(-1));
    double q = 1 / (1 + Math.exp(-0.5));
    double kl = p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q));
    holds(CART, choices, constant(CART, choices, 2, 1), new float[] {0.5f, 0}, kl);
    Normal normal = new Normal((Box) SWING.actions());
    double shift = 0.5 / Math.exp(0.2);
    double ratio = Math.exp(-0.3 - 0.2);
    double wanted = 0.2 + 0.3 + (ratio * ratio + shift * shift - 1) / 2;
    holds(SWING, normal, constant(SWING, normal, 1, -0.3f), new float[] {0.5f, 0.2f}, wanted);
  }

  @Test
  void probabilitiesAreDrawnToTheSoftmaxOfValuesDividedByTheTemperature() {
    ActionValues values = new ActionValues((Discrete) CART.actions());
    Categorical choices = new Categorical((Discrete) CART.actions());
    double p = 1 / (1 + Math.exp(-(3 - 1) / 2.0));
    double kl = p * Math.log(p / 0.5) + (1 - p) * Math.log((1 - p) / 0.5);
    holds(CART, choices, constant(CART, values, 3, 1), new float[] {0.7f, 0.7f}, kl);
  }

  @Test
  void aDistributionIsDrawnToTheActionOfATeacherWhoGivesNoOther() {
    Normal normal = new Normal((Box) SWING.actions());
    Policy rule = Scripted.of("one", SWING, (seen, action) -> action[0] = 1);
    double u = (1 - 0.5) / Math.exp(0.2);
    double wanted = 0.5 * u * u + 0.2 + 0.5 * Math.log(2 * Math.PI);
    holds(SWING, normal, rule, new float[] {0.5f, 0.2f}, wanted);
  }

  @Test
  void valuesAreDrawnByTheCrossEntropyOfTheirSoftmax() {
    ActionValues values = new ActionValues((Discrete) CART.actions());
    Categorical choices = new Categorical((Discrete) CART.actions());
    double p = 1 / (1 + Math.exp(-1));
    double q = 1 / (1 + Math.exp(-(4 - 3) / 2.0));
    double wanted = -p * Math.log(q) - (1 - p) * Math.log(1 - q);
    holds(CART, values, constant(CART, choices, 2, 1), new float[] {4, 3}, wanted);
  }

  @Test
  void squashedActionsAreDrawnBySquares() {
    SquashedNormal squashed = new SquashedNormal((Box) SWING.actions());
    Policy rule = Scripted.of("one", SWING, (seen, action) -> action[0] = 1);
    double error = Math.tanh(0.9) - 0.5; // 1 of ±2
    holds(SWING, squashed, rule, new float[] {0.9f, -1}, error * error);
  }

  @Test
  void rowsAreAskedForStretchByStretch() {
    Policy rule = Scripted.of("copy", SWING, (seen, action) -> action[0] = seen[0]);
    Normal normal = new Normal((Box) SWING.actions());
    RandomStream random = RandomStream.of(1, "rows");
    float[] seen = new float[6 * 3];
    for (int i = 0; i < seen.length; i++) {
      seen[i] = (float) random.nextDouble();
    }
    try (Pull pull = Pull.of(rule, learner(SWING, normal), 1, 2, String::valueOf)) {
      float[] answers = pull.ask(seen, 6);
      for (int row = 0; row < 6; row++) {
        assertThat(answers[row]).isEqualTo(seen[row * 3]);
      }
    }
  }
}
