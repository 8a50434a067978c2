package dev.retort.policy;

import dev.retort.RetortException;
import dev.retort.distribution.Distribution;
import dev.retort.space.Space;
import java.util.List;

/**
 * One policy for the first steps of every episode, and another one from there on, whose memory
 * begins then.
 *
 * @param first who acts first
 * @param steps for how many steps, at least 1
 * @param second who acts from there on
 */
public record Switching(Policy first, int steps, Policy second) implements Composite {
  /** Steps beyond which a float counts no more. */
  private static final int MOST = 1 << 24;

  /** Refuses policies that see different things, or whose outputs mean different things. */
  public Switching {
    if (steps < 1 || steps > MOST) {
      throw new RetortException("until: expected 1 to %s steps, got %s.".formatted(MOST, steps));
    }
    Composite.requireSame("until", List.of(first, second));
  }

  @Override
  public List<Policy> policies() {
    return List.of(first, second);
  }

  /** The number of steps so far. */
  @Override
  public int own() {
    return 1;
  }

  @Override
  public String name() {
    return "%s until step %s, then %s".formatted(first.name(), steps, second.name());
  }

  @Override
  public Space observations() {
    return first.observations();
  }

  @Override
  public Distribution distribution() {
    return first.distribution();
  }

  @Override
  public Recurrent forward(int batch) {
    int width = memory();
    return new Choosing(this, batch) {
      @Override
      int choose(float[] observations, float[] memory, int row) {
        return memory[row * width] < steps ? 0 : 1;
      }

      @Override
      public void apply(float[] observations, float[] memory, int count, float[] outputs) {
        super.apply(observations, memory, count, outputs);
        for (int row = 0; row < count; row++) {
          memory[row * width] = Math.min(steps, memory[row * width] + 1);
        }
      }
    };
  }

  @Override
  public String toString() {
    return name();
  }
}
