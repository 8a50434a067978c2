package dev.retort.data;

import dev.retort.random.RandomStream;
import dev.retort.space.Perception;
import dev.retort.space.Space;
import dev.retort.space.Window;
import java.util.Arrays;
import java.util.Optional;

/**
 * What another view shows of the last rows of an episode, as a {@link Window} of it.
 *
 * @param steps n, at least 1
 * @param each how a row is seen
 */
record WindowView(int steps, View each) implements View {
  WindowView {
    Window.require(steps);
  }

  @Override
  public Space sees(Space observations) {
    return Window.of(steps, each.sees(observations));
  }

  /** The window by which a policy acts, unless it is one of views that need a dataset. */
  @Override
  public Optional<Perception> perception(Space observations) {
    return each.selection(observations).map(selection -> new Window(steps, selection));
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
