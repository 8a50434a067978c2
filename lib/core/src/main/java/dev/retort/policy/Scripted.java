package dev.retort.policy;

import dev.retort.RetortException;
import dev.retort.distribution.Distribution;
import dev.retort.distribution.Point;
import dev.retort.env.Env;
import dev.retort.run.Stopped;
import dev.retort.space.Space;
import java.util.function.BiConsumer;

/**
 * A policy written by hand.
 *
 * @param name for tables
 * @param observations what it sees
 * @param actions what it does
 * @param memory how many numbers it remembers from step to step of an episode; 0 for none
 * @param rule what it does
 */
public record Scripted(String name, Space observations, Space actions, int memory, Rule rule)
    implements Policy {
  /** What to do, of what is seen and what is remembered. */
  @FunctionalInterface
  public interface Rule {
    /**
     * Takes a step.
     *
     * @param seen the observation, {@code (obsSize)}
     * @param memory what the step before left, {@code (memory)}, zeros at the first one; replaced
     *     by what the next step needs
     * @param action receives the action, {@code (actionSize)}
     */
    void act(float[] seen, float[] memory, float[] action);
  }

  /** A rule that remembers nothing, {@code (obsSize) -> (actionSize)}. */
  public Scripted(
      String name, Space observations, Space actions, BiConsumer<float[], float[]> rule) {
    this(name, observations, actions, 0, (seen, memory, action) -> rule.accept(seen, action));
  }

  /** A rule for one environment. */
  public static Scripted of(String name, Env env, BiConsumer<float[], float[]> rule) {
    return new Scripted(name, env.observations(), env.actions(), rule);
  }

  /** A rule for one environment that remembers so many numbers from step to step. */
  public static Scripted of(String name, Env env, int memory, Rule rule) {
    return new Scripted(name, env.observations(), env.actions(), memory, rule);
  }

  @Override
  public Distribution distribution() {
    return new Point(actions);
  }

  @Override
  public Recurrent forward(int batch) {
    float[] seen = new float[observations.size()];
    float[] own = new float[memory];
    float[] action = new float[actions.size()];
    return (rows, remembered, count, outputs) -> {
      for (int row = 0; row < count; row++) {
        System.arraycopy(rows, row * seen.length, seen, 0, seen.length);
        System.arraycopy(remembered, row * memory, own, 0, memory);
        try {
          rule.act(seen, own, action);
        } catch (RetortException | Stopped told) {
          throw told;
        } catch (RuntimeException | StackOverflowError | AssertionError | LinkageError thrown) {
          throw PolicyException.thrown(name, thrown, row);
        }
        if (!actions.contains(action, 0)) {
          throw PolicyException.outside(this, action, row);
        }
        System.arraycopy(own, 0, remembered, row * memory, memory);
        System.arraycopy(action, 0, outputs, row * action.length, action.length);
      }
    };
  }
}
