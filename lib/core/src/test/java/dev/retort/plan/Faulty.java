package dev.retort.plan;

import dev.retort.env.Env;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Space;
import java.awt.Graphics2D;

/** A task of eight steps in two contexts that does one thing wrong at one step of every episode. */
record Faulty(Fault fault, int at, Space observations, Space actions) implements Env {
  static final int HORIZON = 8;

  enum Fault {
    NOTHING,
    NAN_OBSERVATION,
    INFINITE_OBSERVATION,
    NO_SUCH_CHOICE,
    NAN_REWARD,
    HUGE_REWARD,
    RESET_THROWS,
    STEP_OVERFLOWS,
    OBSERVE_THROWS,
    TERMINATED_THROWS,
    OVER_AT_ONCE,
    DRAW_THROWS
  }

  static Faulty of(Fault fault, int at) {
    Space seen = fault == Fault.NO_SUCH_CHOICE ? new Discrete(9) : Box.of(0, 9, 2);
    return new Faulty(fault, at, seen, new Discrete(2));
  }

  Faulty acting(Space other) {
    return new Faulty(fault, at, observations, other);
  }

  private boolean now(Fault which, double[] state) {
    return fault == which && state[0] == at;
  }

  @Override
  public int horizon() {
    return HORIZON;
  }

  @Override
  public int stateSize() {
    return 2;
  }

  @Override
  public int contexts() {
    return 2;
  }

  @Override
  public void reset(double[] state, RandomStream random) {
    reset(random.nextInt(2), state, random);
  }

  @Override
  public void reset(int context, double[] state, RandomStream random) {
    state[0] = 0;
    state[1] = context;
    if (now(Fault.RESET_THROWS, state)) {
      throw new IllegalStateException("no place to begin.\nAt all.");
    }
  }

  @Override
  @SuppressWarnings("InfiniteRecursion")
  public double step(double[] state, float[] action, RandomStream random) {
    state[0]++;
    if (now(Fault.STEP_OVERFLOWS, state)) {
      state[0]--;
      return step(state, action, random);
    }
    return now(Fault.NAN_REWARD, state) ? Double.NaN : now(Fault.HUGE_REWARD, state) ? 1e300 : 1;
  }

  @Override
  public boolean terminated(double[] state) {
    if (now(Fault.TERMINATED_THROWS, state)) {
      throw new AssertionError("over and not over");
    }
    return now(Fault.OVER_AT_ONCE, state);
  }

  @Override
  public void observe(double[] state, float[] observation) {
    observation[0] = now(Fault.NO_SUCH_CHOICE, state) ? 9 : (float) state[0];
    if (observation.length > 1) {
      observation[1] =
          now(Fault.NAN_OBSERVATION, state)
              ? Float.NaN
              : now(Fault.INFINITE_OBSERVATION, state)
                  ? Float.NEGATIVE_INFINITY
                  : (float) state[0] / 2;
    }
    if (now(Fault.OBSERVE_THROWS, state)) {
      observation[observation.length] = 1;
    }
  }

  @Override
  public void draw(double[] state, Graphics2D canvas, int width, int height) {
    if (now(Fault.DRAW_THROWS, state)) {
      throw new UnsupportedOperationException();
    }
  }
}
