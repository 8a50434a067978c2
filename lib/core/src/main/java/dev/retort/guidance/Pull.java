package dev.retort.guidance;

import dev.retort.distribution.ActionValues;
import dev.retort.distribution.Density;
import dev.retort.distribution.Squash;
import dev.retort.loss.Softmax;
import dev.retort.policy.Actor;
import dev.retort.policy.Policy;
import dev.retort.space.Box;
import java.util.function.IntFunction;

/**
 * How far a learner's numbers are from what a teacher says of the same observations, with the
 * gradient that draws them there. It belongs to one thread.
 *
 * <table>
 * <caption>What is compared</caption>
 * <tr><th>learner</th><th>teacher</th><th>distance</th></tr>
 * <tr><td>distribution</td><td>the same family, or action values by their softmax</td><td>{@code KL(teacher ‖ learner)}</td></tr>
 * <tr><td>distribution</td><td>any other</td><td>{@code −log π(greedy action)}</td></tr>
 * <tr><td>action values</td><td>chooses</td><td>cross-entropy of {@code softmax(Q / τ)}</td></tr>
 * <tr><td>squashed actions</td><td>acts</td><td>squared distance, each action measured from −1 to 1</td></tr>
 * </table>
 */
abstract class Pull implements AutoCloseable {
  final Policy teacher;
  final double temperature;
  private final int stretch;
  private final Actor actor;

  private Pull(Policy teacher, double temperature, int stretch, IntFunction<String> places) {
    this.teacher = teacher;
    this.temperature = temperature;
    this.stretch = stretch;
    this.actor = teacher.actor(stretch).placing(places);
  }

  /**
   * A pull on a learner.
   *
   * @param temperature by which action values are divided
   * @param stretch rows that the teacher is asked of at a time
   * @param places where each of them is, for messages
   */
  static Pull of(
      Policy teacher,
      Guidance.Learning learner,
      double temperature,
      int stretch,
      IntFunction<String> places) {
    if (learner.isOfValues()) {
      return new Values(
          teacher, (ActionValues) learner.distribution(), temperature, stretch, places);
    }
    if (!(learner.distribution() instanceof Density density)) {
      return new Squashed(teacher, (Box) learner.env().actions(), stretch, places);
    }
    boolean isSame =
        teacher.distribution().kind().equals(density.kind())
            || (teacher.distribution() instanceof ActionValues
                && density.kind().equals("categorical"));
    return isSame
        ? new Divergence(teacher, density, temperature, stretch, places)
        : new Likelihood(teacher, density, stretch, places);
  }

  /** Numbers of an answer. */
  abstract int width();

  /** Answers to a stretch of observations, live. */
  abstract float[] answer(Actor asked, float[] observations);

  /** Distance of a learner's numbers {@code z[at ..]} from answer {@code row}. */
  abstract double distance(float[] answers, int row, float[] z, int at);

  /** Adds the gradient of {@link #distance}, times a weight, to {@code dz[at ..]}. */
  abstract void addGradient(float[] answers, int row, float[] z, int at, double weight, float[] dz);

  /**
   * Asks the teacher.
   *
   * @param observations {@code (rows, obsSize)}, whole stretches
   * @return {@code (rows, width)}
   */
  final float[] ask(float[] observations, int rows) {
    int obsSize = teacher.observations().size();
    float[] answers = new float[rows * width()];
    float[] some = new float[stretch * obsSize];
    for (int from = 0; from < rows; from += stretch) {
      System.arraycopy(observations, from * obsSize, some, 0, some.length);
      System.arraycopy(answer(actor, some), 0, answers, from * width(), stretch * width());
    }
    return answers;
  }

  @Override
  public void close() {
    actor.close();
  }

  /** Of one family with the learner. */
  private static final class Divergence extends Pull {
    private final Density learner;

    Divergence(
        Policy teacher,
        Density learner,
        double temperature,
        int stretch,
        IntFunction<String> places) {
      super(teacher, temperature, stretch, places);
      this.learner = learner;
    }

    @Override
    int width() {
      return learner.size();
    }

    @Override
    float[] answer(Actor asked, float[] observations) {
      if (!(teacher.distribution() instanceof ActionValues values)) {
        return asked.outputs(observations);
      }
      float[] said = asked.values(observations);
      float[] logits = new float[said.length / values.size() * width()];
      for (int i = 0; i < logits.length; i++) {
        logits[i] = (float) (said[i] / temperature);
      }
      return logits;
    }

    @Override
    double distance(float[] answers, int row, float[] z, int at) {
      return learner.divergence(answers, row * width(), z, at);
    }

    @Override
    void addGradient(float[] answers, int row, float[] z, int at, double weight, float[] dz) {
      learner.addDivergenceGradient(answers, row * width(), z, at, weight, dz);
    }
  }

  /** Towards greedy actions. */
  private static final class Likelihood extends Pull {
    private final Density learner;
    private final float[] preferred;

    Likelihood(Policy teacher, Density learner, int stretch, IntFunction<String> places) {
      super(teacher, 1, stretch, places);
      this.learner = learner;
      this.preferred = new float[stretch * width()];
    }

    @Override
    int width() {
      return learner.actions().size();
    }

    @Override
    float[] answer(Actor asked, float[] observations) {
      asked.greedy(observations, preferred);
      return preferred;
    }

    @Override
    double distance(float[] answers, int row, float[] z, int at) {
      return -learner.logProbability(z, at, answers, row * width());
    }

    @Override
    void addGradient(float[] answers, int row, float[] z, int at, double weight, float[] dz) {
      learner.addGradient(z, at, answers, row * width(), -weight, 0, dz);
    }
  }

  /** On action values, by their softmax. */
  private static final class Values extends Pull {
    private final int choices;
    private final float[] wanted;
    private final float[] own;

    Values(
        Policy teacher,
        ActionValues learner,
        double temperature,
        int stretch,
        IntFunction<String> places) {
      super(teacher, temperature, stretch, places);
      this.choices = learner.actions().n();
      this.wanted = new float[stretch * choices];
      this.own = new float[choices];
    }

    @Override
    int width() {
      return choices;
    }

    /** The teacher's probabilities; those of action values are their softmax. */
    @Override
    float[] answer(Actor asked, float[] observations) {
      if (!(teacher.distribution() instanceof ActionValues)) {
        asked.probabilities(observations, wanted);
        return wanted;
      }
      float[] numbers = asked.values(observations);
      for (int at = 0; at < wanted.length; at += choices) {
        Softmax.apply(numbers, at, choices, temperature, wanted, at);
      }
      return wanted;
    }

    @Override
    double distance(float[] answers, int row, float[] z, int at) {
      double logSum = Softmax.logSum(z, at, choices, temperature);
      double sum = 0;
      for (int i = 0; i < choices; i++) {
        sum += Softmax.part(answers[row * choices + i], logSum - z[at + i] / temperature);
      }
      return sum;
    }

    @Override
    void addGradient(float[] answers, int row, float[] z, int at, double weight, float[] dz) {
      Softmax.apply(z, at, choices, temperature, own, 0);
      for (int i = 0; i < choices; i++) {
        dz[at + i] += (float) (weight / temperature * (own[i] - answers[row * choices + i]));
      }
    }
  }

  /** On actions that are squashed into their bounds. */
  private static final class Squashed extends Pull {
    private final Box bounds;
    private final float[] preferred;

    Squashed(Policy teacher, Box bounds, int stretch, IntFunction<String> places) {
      super(teacher, 1, stretch, places);
      this.bounds = bounds;
      this.preferred = new float[stretch * bounds.size()];
    }

    @Override
    int width() {
      return bounds.size();
    }

    @Override
    float[] answer(Actor asked, float[] observations) {
      asked.greedy(observations, preferred);
      for (int i = 0; i < preferred.length; i++) {
        preferred[i] = (float) Squash.shrink(preferred[i], bounds, i % width());
      }
      return preferred;
    }

    @Override
    double distance(float[] answers, int row, float[] z, int at) {
      double sum = 0;
      for (int i = 0; i < width(); i++) {
        double error = Math.tanh(z[at + i]) - answers[row * width() + i];
        sum += error * error;
      }
      return sum;
    }

    @Override
    void addGradient(float[] answers, int row, float[] z, int at, double weight, float[] dz) {
      for (int i = 0; i < width(); i++) {
        double t = Math.tanh(z[at + i]);
        dz[at + i] += (float) (weight * 2 * (t - answers[row * width() + i]) * Squash.slope(t));
      }
    }
  }
}
