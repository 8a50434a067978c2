package dev.retort.policy;

import dev.retort.RetortException;
import dev.retort.random.RandomStream;
import dev.retort.run.Finite;
import dev.retort.run.Stopped;
import java.util.Arrays;
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
  private final Head head;
  private final int batch;
  private final int width;
  private final Policy.Forward forward;
  private final float[] outputs;
  private final float[] probabilities;
  private Optional<IntFunction<String>> places = Optional.empty();

  Actor(Policy policy, int batch) {
    this.policy = policy;
    this.head = policy.head();
    this.batch = batch;
    this.width = policy.width();
    this.forward = policy.forward(batch);
    this.outputs = new float[batch * width];
    this.probabilities = new float[batch * width];
  }

  /**
   * The policy's outputs.
   *
   * @param observations {@code (batch, obsSize)}
   * @return {@code (batch, width)}, live until the next call
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
   * The action that the policy prefers: the most probable choice, the choice of highest value, or
   * the action itself.
   *
   * @param observations {@code (batch, obsSize)}
   * @param actions receives {@code (batch, actionSize)}
   * @return the outputs, live until the next call
   */
  public float[] greedy(float[] observations, float[] actions) {
    outputs(observations);
    if (head == Head.ACTION) {
      System.arraycopy(outputs, 0, actions, 0, batch * width);
      requireMembers(actions);
      return outputs;
    }
    for (int row = 0; row < batch; row++) {
      actions[row] = Softmax.argmax(outputs, row * width, width);
    }
    return outputs;
  }

  /**
   * An action drawn from the policy's own distribution; a greedy policy gives its preferred action.
   *
   * @param observations {@code (batch, obsSize)}
   * @param streams one stream a row
   * @param actions receives {@code (batch, actionSize)}
   * @return the outputs, live until the next call
   */
  public float[] sample(float[] observations, RandomStream[] streams, float[] actions) {
    if (head != Head.LOGITS) {
      greedy(observations, actions);
      forward.sample(streams, batch, actions);
      if (head == Head.ACTION) {
        requireMembers(actions);
      }
      return outputs;
    }
    outputs(observations);
    for (int row = 0; row < batch; row++) {
      int at = row * width;
      Softmax.apply(outputs, at, width, 1, probabilities);
      actions[row] = streams[row].categorical(probabilities, at, width);
    }
    return outputs;
  }

  /**
   * The policy's probabilities: the softmax of logits, one for the preferred choice of a greedy
   * policy.
   *
   * @param observations {@code (batch, obsSize)}
   * @param result receives {@code (batch, width)}
   */
  public void probabilities(float[] observations, float[] result) {
    outputs(observations);
    for (int row = 0; row < batch; row++) {
      int at = row * width;
      if (head == Head.LOGITS) {
        Softmax.apply(outputs, at, width, 1, result);
      } else {
        Arrays.fill(result, at, at + width, 0);
        result[at + Softmax.argmax(outputs, at, width)] = 1;
      }
    }
  }

  /** Actions are those that the policy says it has: a number beyond its bounds is none. */
  private void requireMembers(float[] actions) {
    for (int row = 0; row < batch; row++) {
      if (!policy.actions().contains(actions, row * width)) {
        float[] own = Arrays.copyOfRange(actions, row * width, (row + 1) * width);
        throw placed(PolicyException.outside(policy, own, row));
      }
    }
  }

  @Override
  public void close() {
    forward.close();
  }
}
