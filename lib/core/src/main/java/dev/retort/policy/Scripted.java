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
 * @param rule reads an observation and writes an action, {@code (obsSize) -> (actionSize)}
 */
public record Scripted(
    String name, Space observations, Space actions, BiConsumer<float[], float[]> rule)
    implements Policy {
  /** A rule for one environment. */
  public static Scripted of(String name, Env env, BiConsumer<float[], float[]> rule) {
    return new Scripted(name, env.observations(), env.actions(), rule);
  }

  @Override
  public Distribution distribution() {
    return new Point(actions);
  }

  @Override
  public Forward forward(int batch) {
    float[] observation = new float[observations.size()];
    float[] action = new float[actions.size()];
    return (rows, count, outputs) -> {
      for (int row = 0; row < count; row++) {
        System.arraycopy(rows, row * observation.length, observation, 0, observation.length);
        try {
          rule.accept(observation, action);
        } catch (RetortException | Stopped told) {
          throw told;
        } catch (RuntimeException | StackOverflowError | AssertionError | LinkageError thrown) {
          throw PolicyException.thrown(name, thrown, row);
        }
        if (!actions.contains(action, 0)) {
          throw PolicyException.outside(this, action, row);
        }
        System.arraycopy(action, 0, outputs, row * action.length, action.length);
      }
    };
  }
}
