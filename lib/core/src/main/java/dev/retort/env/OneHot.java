package dev.retort.env;

import dev.retort.RetortException;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Space;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Shows one of {@code n} things as {@code n} numbers, a 1 among zeros; see {@link Env#oneHot}.
 *
 * @param inner what is wrapped
 */
record OneHot(Env inner) implements Wrapper {
  OneHot {
    if (!(inner.observations() instanceof Discrete)) {
      throw new RetortException(
          "%s: expected one of several things to be shown as zeros and a one, got %s. Leave oneHot out."
              .formatted(inner.name(), inner.observations().summary()));
    }
  }

  @Override
  public Env around(Env other) {
    return new OneHot(other);
  }

  @Override
  public String segment() {
    return "oneHot";
  }

  @Override
  public Space observations() {
    return Box.of(0, 1, ((Discrete) inner.observations()).n());
  }

  /** The potential of the choice that the one stands for. */
  @Override
  public double potential(float[] observation, int at) {
    int choice = 0;
    while (choice < ((Discrete) inner.observations()).n() - 1 && observation[at + choice] == 0) {
      choice++;
    }
    return inner.potential(new float[] {choice}, 0);
  }

  @Override
  public void observe(double[] state, float[] observation) {
    float[] seen = new float[1];
    inner.observe(state, seen);
    Arrays.fill(observation, 0, ((Discrete) inner.observations()).n(), 0);
    observation[(int) seen[0]] = 1;
  }

  @Override
  public List<Outcome> beginnings(int context) {
    return inner.beginnings(context);
  }

  @Override
  public List<Outcome> outcomes(double[] state, int choice) {
    return inner.outcomes(state, choice);
  }

  /** The task is the same. */
  @Override
  public OptionalDouble solvedAt() {
    return inner.solvedAt();
  }

  @Override
  public String toString() {
    return inner + "/" + segment();
  }
}
