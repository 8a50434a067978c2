package dev.retort.policy;

import dev.retort.RetortException;
import dev.retort.distribution.Distribution;
import dev.retort.space.Space;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * One policy for each of several tasks; what is seen says which task it is.
 *
 * @param policies one a task
 * @param task reads the number of the task, from 0, from an observation, {@code (obsSize)}
 */
public record OfTask(List<Policy> policies, ToIntFunction<float[]> task) implements Composite {
  /** Refuses policies that see different things, or whose outputs mean different things. */
  public OfTask {
    policies = List.copyOf(policies);
    if (policies.isEmpty()) {
      throw new RetortException("ofTask: expected a policy for each task, got none.");
    }
    Composite.requireSame("ofTask", policies);
  }

  @Override
  public String name() {
    return policies.stream().map(Policy::name).collect(Collectors.joining(" or "));
  }

  @Override
  public Space observations() {
    return policies.get(0).observations();
  }

  @Override
  public Distribution distribution() {
    return policies.get(0).distribution();
  }

  @Override
  public Recurrent forward(int batch) {
    int width = observations().size();
    return new Choosing(this, batch) {
      @Override
      int choose(float[] observations, float[] memory, int row) {
        float[] seen = Arrays.copyOfRange(observations, row * width, (row + 1) * width);
        int number = task.applyAsInt(seen);
        if (number < 0 || number >= policies.size()) {
          throw PolicyException.of(
              name(), "a task from 0 to " + (policies.size() - 1), String.valueOf(number), row);
        }
        return number;
      }
    };
  }

  @Override
  public String toString() {
    return name();
  }
}
