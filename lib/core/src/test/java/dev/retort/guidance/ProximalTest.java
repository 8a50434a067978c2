package dev.retort.guidance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.retort.distribution.Categorical;
import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.nn.Blueprint;
import dev.retort.nn.Mlp;
import dev.retort.nn.Trunk;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.space.Discrete;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The weight {@code max(r, 1 − ε)} of proximal distillation, by hand and by central differences.
 */
class ProximalTest {
  private static final Env CART = Environments.get("CartPole");
  private static final Categorical CHOICES = new Categorical((Discrete) CART.actions());
  private static final double EPSILON = 0.2;

  /** Logits of the teacher, of the student who played, and what it did. */
  private static final float[] TEACHER = {2, 0.5f};

  private static final float[] OLD = {0.4f, 0.9f};
  private static final int ACTION = 1;

  private static double p(float[] logits, int action) {
    return 1 / (1 + Math.exp(logits[1 - action] - logits[action]));
  }

  /** {@code λ max(r, 1 − ε) KL(teacher ‖ student)}. */
  private static double loss(float[] z, double weight) {
    double ratio = p(z, ACTION) / p(OLD, ACTION);
    double kl = 0;
    for (int i = 0; i < 2; i++) {
      kl += p(TEACHER, i) * Math.log(p(TEACHER, i) / p(z, i));
    }
    return weight * Math.max(ratio, 1 - EPSILON) * kl;
  }

  private static Policy teacher() {
    float[] parameters = new float[4 * 2 + 2];
    System.arraycopy(TEACHER, 0, parameters, 8, 2);
    return new NetworkPolicy("teacher", CART.observations(), CHOICES, Mlp.of(), parameters);
  }

  private static float[] gradient(float[] z, double weight) {
    Kickstart kick = new Kickstart(teacher()).weight(weight).throughout().proximal(EPSILON);
    Blueprint network = new Blueprint(Mlp.of(), List.of(4), CHOICES.outputs(), Trunk.SHARED);
    Guidance.Learners learners =
        new Guidance.Learners(
            new Guidance.Learning("test", CART, CHOICES, network, 1, false),
            List.of(1L),
            1,
            10,
            String::valueOf,
            String::valueOf);
    float[] gradient = new float[2];
    try (Companion companion = kick.companion(learners)) {
      float[] obs = {0, 0, 0, 0};
      float[] actions = {ACTION};
      companion.played(
          new Played(
              0, 1, 1, 1, obs, OLD, 2, actions, new boolean[1], new boolean[1], new float[1]));
      companion.learn(
          new LearningBatch(
              0, 1, 1, new float[0], new float[0], new int[] {0}, new double[0], z, 2, gradient));
    }
    return gradient;
  }

  @Test
  void theGradientIsThatOfTheWeightedDivergence() {
    for (float[] z :
        List.of(new float[] {0.1f, 1.2f}, new float[] {0.4f, 0.9f}, new float[] {1.5f, 0.2f})) {
      float[] gradient = gradient(z, 3);
      for (int i = 0; i < 2; i++) {
        float[] above = z.clone();
        float[] below = z.clone();
        above[i] += 0.01f;
        below[i] -= 0.01f;
        double slope = (loss(above, 3) - loss(below, 3)) / ((double) above[i] - below[i]);
        assertThat((double) gradient[i]).as("logit %s of %s", i, z).isCloseTo(slope, within(2e-3));
      }
    }
  }

  @Test
  void whatHasBecomeUnlikelyKeepsPartOfItsWeight() {
    float[] far = {3, -1}; // r is far below 1 − ε
    double kl = loss(far, 1) / (1 - EPSILON);
    assertThat(kl).isPositive();
    float[] gradient = gradient(far, 1);
    double expected = (1 - EPSILON) * (p(far, 0) - p(TEACHER, 0));
    assertThat((double) gradient[0]).isCloseTo(expected, within(1e-5));
  }
}
