package dev.retort.policy;

import dev.retort.random.RandomStream;
import java.util.Arrays;

/** A policy at work on batches of one size, with its own buffers; it belongs to one thread. */
public final class Actor implements AutoCloseable {
  private final Head head;
  private final int batch;
  private final int width;
  private final Policy.Forward forward;
  private final float[] outputs;
  private final float[] probabilities;

  Actor(Policy policy, int batch) {
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
    forward.apply(observations, batch, outputs);
    return outputs;
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

  @Override
  public void close() {
    forward.close();
  }
}
