package dev.retort.data;

import dev.retort.RetortException;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Group;
import dev.retort.space.Space;
import java.util.Arrays;

/**
 * What another view shows of the last rows of an episode, the oldest first and this one last, and a
 * mask: 1 where there is a row, 0 where the episode had not begun, whose numbers are 0 then.
 *
 * <pre>
 *   steps (n, width): view(t − n + 1) .. view(t)      mask (n): [t − n + 1 ≥ begin] .. 1
 * </pre>
 *
 * @param steps n, at least 1
 * @param each how a row is seen
 */
record WindowView(int steps, View each) implements View {
  WindowView {
    if (steps < 1) {
      throw new RetortException(
          "seeing: expected a window of at least 1 step, got %s.".formatted(steps));
    }
  }

  @Override
  public Space sees(Space observations) {
    int width = each.sees(observations).size();
    return Group.of("steps", Box.of(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, steps, width))
        .and("mask", Box.of(0, 1, steps));
  }

  @Override
  public void look(Dataset data, int row, RandomStream random, float[] seen, int at) {
    of(data).look(row, random, seen, at);
  }

  @Override
  public Sight of(Dataset data) {
    int width = each.sees(data.observations()).size();
    Sight sight = each.of(data);
    return (row, random, seen, at) -> {
      int begin = data.start(data.episodeOf(row));
      for (int i = 0; i < steps; i++) {
        int from = at + i * width;
        int past = row - steps + 1 + i;
        boolean isThere = past >= begin;
        seen[at + steps * width + i] = isThere ? 1 : 0;
        if (isThere) {
          sight.look(past, random, seen, from);
        } else {
          Arrays.fill(seen, from, from + width, 0);
        }
      }
    };
  }

  @Override
  public String toString() {
    return "window:%s %s".formatted(steps, each);
  }
}
