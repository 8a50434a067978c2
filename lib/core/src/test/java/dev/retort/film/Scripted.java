package dev.retort.film;

import dev.retort.distribution.Distribution;
import dev.retort.distribution.Point;
import dev.retort.env.Env;
import dev.retort.env.control.CartPole;
import dev.retort.env.grid.FourRooms;
import dev.retort.policy.Policy;
import dev.retort.space.Space;
import java.util.Arrays;
import java.util.function.ToIntFunction;

/** A policy that is a rule: one number over what it sees. */
record Scripted(Env env, ToIntFunction<float[]> rule) implements Policy {
  static Policy balance() {
    return new Scripted(new CartPole(), seen -> seen[2] + 0.3 * seen[3] > 0 ? 1 : 0);
  }

  static Policy fall() {
    return new Scripted(new CartPole(), seen -> 1);
  }

  static Policy walk(FourRooms rooms) {
    return new Scripted(
        rooms,
        seen -> {
          double[] state = new double[rooms.stateSize()];
          rooms.stateOf(seen, state);
          return rooms.optimalAction(state);
        });
  }

  @Override
  public String name() {
    return "scripted";
  }

  @Override
  public Space observations() {
    return env.observations();
  }

  @Override
  public Distribution distribution() {
    return new Point(env.actions());
  }

  @Override
  public Forward forward(int batch) {
    int size = observations().size();
    return (observations, n, outputs) -> {
      for (int row = 0; row < n; row++) {
        float[] seen = Arrays.copyOfRange(observations, row * size, (row + 1) * size);
        outputs[row] = rule.applyAsInt(seen);
      }
    };
  }
}
