package dev.retort.env;

import dev.retort.RetortException;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Space;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Shows the last observations instead of the last one; see {@link Env#frameStack}.
 *
 * <p>The state holds the last {@code frames} states, the newest first, since states are mostly
 * smaller than what is seen of them; an episode begins as if its first state had always been.
 *
 * @param inner what is wrapped
 * @param frames how many observations are seen
 */
record FrameStack(Env inner, int frames) implements Wrapper {
  FrameStack {
    if (frames < 1) {
      throw new RetortException(
          "%s: expected a stack of at least 1 frame, got %s.".formatted(inner.name(), frames));
    }
    if (!(inner.observations() instanceof Box)) {
      throw new RetortException(
          "%s: expected observations that are an array of numbers to stack, got %s. Stack an environment whose observations are a Box."
              .formatted(inner.name(), inner.observations().summary()));
    }
  }

  @Override
  public Env around(Env other) {
    return new FrameStack(other, frames);
  }

  @Override
  public String segment() {
    return "frameStack-" + frames;
  }

  /** The frames one behind the other along the first axis, {@code (frames · n, …)}. */
  @Override
  public Space observations() {
    Box one = (Box) inner.observations();
    List<Integer> shape = new ArrayList<>(one.shape());
    shape.set(0, Math.multiplyExact(frames, shape.get(0)));
    List<Float> low = new ArrayList<>();
    List<Float> high = new ArrayList<>();
    for (int frame = 0; frame < frames; frame++) {
      low.addAll(one.low());
      high.addAll(one.high());
    }
    return new Box(low, high, shape);
  }

  /** The potential of the newest frame, which stands last. */
  @Override
  public double potential(float[] observation, int at) {
    return inner.potential(observation, at + (frames - 1) * inner.observations().size());
  }

  @Override
  public int stateSize() {
    return Math.multiplyExact(frames, inner.stateSize());
  }

  @Override
  public void begin(double[] state) {
    int size = inner.stateSize();
    for (int frame = 1; frame < frames; frame++) {
      System.arraycopy(state, 0, state, frame * size, size);
    }
  }

  @Override
  public double step(double[] state, float[] action, RandomStream random) {
    int size = inner.stateSize();
    System.arraycopy(state, 0, state, size, (frames - 1) * size);
    return inner.step(state, action, random);
  }

  @Override
  public void observe(double[] state, float[] observation) {
    int size = inner.stateSize();
    float[] seen = new float[observation.length / frames];
    for (int frame = 0; frame < frames; frame++) {
      int at = (frames - 1 - frame) * size;
      inner.observe(Arrays.copyOfRange(state, at, at + size), seen);
      System.arraycopy(seen, 0, observation, frame * seen.length, seen.length);
    }
  }

  @Override
  public OptionalDouble solvedAt() {
    return inner.solvedAt();
  }

  @Override
  public String toString() {
    return inner + "/" + segment();
  }
}
