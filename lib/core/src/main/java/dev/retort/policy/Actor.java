package dev.retort.policy;

import dev.retort.RetortException;
import dev.retort.distribution.ActionValues;
import dev.retort.distribution.Distribution;
import dev.retort.env.VectorEnv;
import dev.retort.nn.Output;
import dev.retort.random.RandomStream;
import dev.retort.run.Stopped;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/**
 * A policy at work on batches of one size, with its own buffers and what it remembers of every row;
 * it belongs to one thread.
 *
 * <p>Whoever lets a policy act does so here, and so outputs that are not finite and actions that
 * the policy does not have are refused here, whatever its weights are.
 *
 * <p>Each call is a step of every row's episode. Where an episode begins, the row's memory is
 * filled with zeros: by itself where the actor follows the copies of an environment, {@link
 * Policy#actor(VectorEnv)}, and by {@link #begin} elsewhere. Rows of which nobody said so are
 * refused.
 */
public final class Actor implements AutoCloseable {
  private final Policy policy;
  private final Distribution distribution;
  private final int batch;
  private final int width;
  private final int actionSize;
  private final Policy.Forward forward;
  private final float[] outputs;
  private final int size;
  private final float[] memory;
  private final boolean[] begun;
  private Optional<IntPredicate> beginnings = Optional.empty();
  private Optional<IntFunction<String>> places = Optional.empty();

  Actor(Policy policy, List<Output> some, int batch) {
    this.policy = policy;
    this.distribution = policy.distribution();
    this.batch = batch;
    this.width = Output.width(some);
    this.actionSize = policy.actions().size();
    this.size = policy.memory();
    if (size < 0) {
      throw new RetortException(
          "policy '%s': expected a memory of 0 numbers or more, got %s."
              .formatted(policy.name(), size));
    }
    this.forward = policy.forward(batch, some);
    this.outputs = new float[batch * width];
    this.memory = new float[batch * size];
    this.begun = new boolean[batch];
  }

  /** Follows copies of an environment, one a row, from episode to episode. */
  Actor following(VectorEnv envs) {
    beginnings = Optional.of(envs::isFresh);
    return placing(envs::place);
  }

  /** Begins the episode of a row, of which nothing is remembered. */
  public void begin(int row) {
    begun[row] = true;
    Arrays.fill(memory, row * size, (row + 1) * size, 0);
  }

  /**
   * What is remembered of all rows, {@code (batch, memory)}; a copy, which {@link #recall} takes.
   */
  public float[] memory() {
    return memory.clone();
  }

  /** Goes on with what was remembered. */
  public void recall(float[] remembered) {
    if (remembered.length != memory.length) {
      throw new RetortException(
          "policy '%s': expected a memory of %s rows with %s numbers each, got %s numbers in all. Resume with the same policy."
              .formatted(policy.name(), batch, size, remembered.length));
    }
    Arrays.fill(begun, true);
    System.arraycopy(remembered, 0, memory, 0, memory.length);
  }

  private void beginWhereEpisodesDo() {
    for (int row = 0; size > 0 && row < batch; row++) {
      if (beginnings.isPresent() && beginnings.get().test(row)) {
        begin(row);
      }
      if (!begun[row]) {
        throw new RetortException(
            "policy '%s': expected to be told where episodes begin, since it has a memory, got a row of none. Say actor(envs), or begin(row) at each first step."
                .formatted(policy.name()));
      }
    }
  }

  /**
   * The policy's outputs, for one step of every row.
   *
   * @param observations {@code (batch, obsSize)}
   * @return the outputs that were asked for, {@code (batch, width)}, live until the next call
   */
  public float[] outputs(float[] observations) {
    beginWhereEpisodesDo();
    try {
      forward.apply(observations, memory, batch, outputs);
      PolicyException.requireFinite(
          policy.name(), "outputs", "output", outputs, outputs.length, width);
      PolicyException.requireFinite(policy.name(), "memory", "number", memory, memory.length, size);
    } catch (PolicyException refused) {
      throw placed(refused);
    } catch (RetortException | Stopped told) {
      throw told;
    } catch (RuntimeException | StackOverflowError | AssertionError | LinkageError thrown) {
      throw placed(PolicyException.thrown(policy.name(), thrown, 0));
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
   * Greedy actions: the most probable, that of highest value, or the only one.
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

  @Override
  public String toString() {
    return "actor of %s, %s copies at once".formatted(policy.name(), batch);
  }
}
