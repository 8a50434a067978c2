package dev.retort.policy;

import dev.retort.RetortException;
import dev.retort.distribution.ActionValues;
import dev.retort.distribution.Distribution;
import dev.retort.nn.Output;
import dev.retort.random.RandomStream;
import dev.retort.run.Finite;
import dev.retort.run.Stopped;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * A policy at work on batches of one size, with its own buffers; it belongs to one thread.
 *
 * <p>Whoever lets a policy act does so here, and so outputs that are not finite and actions that
 * the policy does not have are refused here, whatever its weights are.
 */
public final class Actor implements AutoCloseable {
  private final Policy policy;
  private final Distribution distribution;
  private final int batch;
  private final int width;
  private final int actionSize;
  private final Policy.Forward forward;
  private final float[] outputs;
  private Optional<IntFunction<String>> places = Optional.empty();

  Actor(Policy policy, List<Output> some, int batch) {
    this.policy = policy;
    this.distribution = policy.distribution();
    this.batch = batch;
    this.width = Output.width(some);
    this.actionSize = policy.actions().size();
    this.forward = policy.forward(batch, some);
    this.outputs = new float[batch * width];
  }

  /**
   * The policy's outputs.
   *
   * @param observations {@code (batch, obsSize)}
   * @return the outputs that were asked for, {@code (batch, width)}, live until the next call
   */
  public float[] outputs(float[] observations) {
    try {
      forward.apply(observations, batch, outputs);
    } catch (PolicyException refused) {
      throw placed(refused);
    } catch (RetortException | Stopped told) {
      throw told;
    } catch (RuntimeException | StackOverflowError | AssertionError | LinkageError thrown) {
      throw placed(PolicyException.thrown(policy.name(), thrown, 0));
    }
    int odd = Finite.first(outputs, 0, outputs.length);
    if (odd >= 0) {
      String got = "%s as output %s of %s".formatted(outputs[odd], odd % width, width);
      throw placed(
          PolicyException.of(policy.name(), "finite outputs", got, odd / Math.max(1, width)));
    }
    return outputs;
  }

  /** Says where each observation of a batch comes from, such as {@code episode 3, step 6}. */
  public Actor placing(IntFunction<String> other) {
    places = Optional.of(other);
    return this;
  }

  private PolicyException placed(PolicyException refused) {
    return places.map(place -> refused.at(place.apply(refused.row()))).orElse(refused);
  }

  /**
   * Preferred actions: the most probable, that of highest value, or the only one.
   *
   * @param observations {@code (batch, obsSize)}
   * @param actions receives {@code (batch, actionSize)}
   * @return the outputs, live until the next call
   */
  public float[] greedy(float[] observations, float[] actions) {
    outputs(observations);
    for (int row = 0; row < batch; row++) {
      distribution.mode(outputs, row * width, actions, row * actionSize);
    }
    requireMembers(actions);
    return outputs;
  }

  /**
   * Actions drawn from the policy's own distribution; a policy that draws none gives its preferred
   * ones.
   *
   * @param observations {@code (batch, obsSize)}
   * @param streams one stream a row
   * @param actions receives {@code (batch, actionSize)}
   * @return the outputs, live until the next call
   */
  public float[] sample(float[] observations, RandomStream[] streams, float[] actions) {
    outputs(observations);
    for (int row = 0; row < batch; row++) {
      distribution.sample(outputs, row * width, streams[row], actions, row * actionSize);
    }
    requireMembers(actions);
    return outputs;
  }

  /**
   * Probabilities of all choices.
   *
   * @param observations {@code (batch, obsSize)}
   * @param result receives {@code (batch, choices)}
   */
  public void probabilities(float[] observations, float[] result) {
    outputs(observations);
    int choices = result.length / batch;
    for (int row = 0; row < batch; row++) {
      distribution.probabilities(outputs, row * width, result, row * choices);
    }
  }

  /**
   * Action values, of a policy that has them.
   *
   * @param observations {@code (batch, obsSize)}
   * @return {@code (batch, choices)} and perhaps more behind, live until the next call
   */
  public float[] values(float[] observations) {
    if (!(distribution instanceof ActionValues values) || width != values.size()) {
      throw new RetortException(
          "policy '%s': expected action values, got %s."
              .formatted(policy.name(), Output.names(policy.outputs())));
    }
    outputs(observations);
    values.combine(outputs, batch);
    return outputs;
  }

  /** Actions are those that the policy says it has: a number beyond its bounds is none. */
  private void requireMembers(float[] actions) {
    for (int row = 0; row < batch; row++) {
      if (!policy.actions().contains(actions, row * actionSize)) {
        float[] own = Arrays.copyOfRange(actions, row * actionSize, (row + 1) * actionSize);
        throw placed(PolicyException.outside(policy, own, row));
      }
    }
  }

  @Override
  public void close() {
    forward.close();
  }
}
