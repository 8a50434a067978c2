package dev.retort.guidance;

import dev.retort.figure.Heat;
import dev.retort.prior.QPrior;
import dev.retort.run.Resumable;
import java.util.Arrays;
import java.util.Optional;

/** A way to know at work on a group of members. */
abstract class KnownnessEstimator implements AutoCloseable {
  /** How well the actions of some rows are known, {@code (rows, choices)}. */
  abstract void known(float[] obs, int batch, double[] kappa);

  /** After a step of every member. */
  void took(float[] before, float[] actions) {}

  /** After the targets of a minibatch. */
  void learn(float[] obs, float[] actions, int batch, double[] targets) {}

  /** Before the members act. */
  void at(long step) {}

  /** What has to be saved goes to {@code state}. */
  void join(Resumable state) {}

  /** What the first member knows, as a map over two numbers of what it observes. */
  Optional<Heat> map() {
    return Optional.empty();
  }

  @Override
  public void close() {}

  static KnownnessEstimator of(DqInit init, Guidance.Learners learners) {
    Knownness how = init.knownness();
    if (how instanceof Knownness.Counts counts) {
      return new CountEstimator(learners, cells(init), counts.enough(), false);
    }
    if (how instanceof Knownness.States states) {
      return new CountEstimator(learners, cells(init), states.enough(), true);
    }
    if (how instanceof Knownness.Hashes hashes) {
      return new CountEstimator(
          learners,
          new CountEstimator.HashPlace(init.prior(), hashes.bits()),
          hashes.enough(),
          false);
    }
    if (how instanceof Knownness.Distilled) {
      return new NetworkEstimator(learners, 1, true);
    }
    if (how instanceof Knownness.Disagreement disagreement) {
      return new NetworkEstimator(learners, disagreement.networks(), false);
    }
    if (how instanceof Knownness.Decay decay) {
      return new Uniform(0, decay.steps());
    }
    return new Uniform(how instanceof Knownness.Always ? 1 : 0, Long.MAX_VALUE);
  }

  private static CountEstimator.CellPlace cells(DqInit init) {
    QPrior prior = init.prior();
    return new CountEstimator.CellPlace(prior.cells(), prior.observations().size());
  }

  /** The same everywhere, and rising with time where there is an end to it. */
  private static final class Uniform extends KnownnessEstimator {
    private final long steps;
    private double kappa;

    Uniform(double kappa, long steps) {
      this.kappa = kappa;
      this.steps = steps;
    }

    @Override
    void at(long step) {
      if (steps < Long.MAX_VALUE) {
        kappa = Math.min(1, (double) step / steps);
      }
    }

    @Override
    void known(float[] obs, int batch, double[] all) {
      Arrays.fill(all, kappa);
    }
  }
}
