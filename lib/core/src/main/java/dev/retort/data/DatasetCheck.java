package dev.retort.data;

import dev.retort.RetortException;
import dev.retort.nn.Output;
import dev.retort.space.Box;
import dev.retort.space.Group;
import dev.retort.space.Space;
import java.util.Arrays;
import java.util.Optional;

/** Refuses arrays that are no dataset, and names the first fault. */
final class DatasetCheck {
  private final Dataset data;
  private final String name;
  private final int size;
  private final EpisodeIndex index;

  /** To check a dataset whose columns and episodes are set. */
  DatasetCheck(Dataset data, EpisodeIndex index) {
    this.data = data;
    this.name = data.name();
    this.size = data.size();
    this.index = index;
  }

  void run() {
    Space observations = data.observations();
    Space actions = data.actions();
    expect(
        "observations",
        (long) size * observations.size(),
        data.column(Dataset.OBSERVATION).length());
    expect("actions", (long) size * actions.size(), data.column(Dataset.ACTION).length());
    for (String column : data.columns().subList(3, data.columns().size())) {
      expect(
          "'" + column + "'",
          (long) size * data.column(column).width(),
          data.column(column).length());
    }
    for (String whose : data.teachers()) {
      for (Output output : data.teacher(whose).outputs()) {
        expect(
            "'%s' of %s".formatted(output.name(), whose),
            (long) size * output.size(),
            data.column(whose + "." + output.name()).length());
      }
    }
    expect(
        "final observations", (long) data.episodes() * observations.size(), data.finals().length);
    expect("ends of episodes", data.episodes(), index.ends());
    expect("tasks of episodes", data.episodes(), index.tasks());
    if (size == 0 || data.episodes() == 0 || data.start(0) != 0) {
      throw new RetortException(
          "dataset '%s': expected at least one episode of one step, got none.".formatted(name));
    }
    boolean isInMemory = data.column(Dataset.OBSERVATION).source().isEmpty();
    Optional<float[]> seen = isInMemory ? Optional.of(data.obs()) : Optional.empty();
    for (int episode = 0; episode < data.episodes(); episode++) {
      int from = data.start(episode);
      int to = data.end(episode);
      if (to < 0 || to > size) {
        throw new RetortException(
            "dataset '%s': expected episodes that lie within %s steps, got one that ends at %s (episode %s)."
                .formatted(name, size, to, episode));
      }
      if (to <= from) {
        throw new RetortException(
            "dataset '%s': expected episodes of at least 1 step, got %s (episode %s)."
                .formatted(name, to - from, episode));
      }
      for (int row = from; row < to; row++) {
        int step = row - from;
        if (seen.isPresent()) {
          finite("observation", seen.get(), row, observations.size(), episode, step);
        }
        finite("reward", data.rewards(), row, 1, episode, step);
        if (!actions.contains(data.taken(), row * actions.size())) {
          throw new RetortException(
              "dataset '%s': expected an action of %s, got %s (episode %s, step %s, column %s)."
                  .formatted(
                      name,
                      actions.summary(),
                      Arrays.toString(
                          Arrays.copyOfRange(
                              data.taken(), row * actions.size(), (row + 1) * actions.size())),
                      episode,
                      step,
                      outside(actions, data.taken(), row * actions.size())));
        }
      }
      finite("final observation", data.finals(), episode, observations.size(), episode, to - from);
    }
    data.columns().forEach(column -> finite(data.column(column)));
  }

  /** Every number of a column other than those that have a check of their own. */
  private void finite(Column column) {
    column
        .odd()
        .ifPresent(
            odd -> {
              int row = odd / column.width();
              int episode = data.episodeOf(row);
              finite(
                  "'" + column.name() + "'",
                  column.floats(),
                  row,
                  column.width(),
                  episode,
                  row - data.start(episode));
            });
  }

  /** The first of the numbers of a value that lies outside its space. */
  private static int outside(Space space, float[] values, int at) {
    if (space instanceof Box box) {
      for (int k = 0; k < box.size(); k++) {
        float value = values[at + k];
        if (!(value >= box.low().get(k) && value <= box.high().get(k))) {
          return k;
        }
      }
    }
    int before = 0;
    if (space instanceof Group group) {
      for (Space part : group.parts().values()) {
        if (!part.contains(values, at + before)) {
          return before + outside(part, values, at + before);
        }
        before += part.size();
      }
    }
    return 0;
  }

  private void expect(String what, long expected, long got) {
    if (expected != got) {
      throw new RetortException(
          "dataset '%s': expected %s numbers of %s for %s steps in %s episodes, got %s."
              .formatted(name, expected, what, size, data.episodes(), got));
    }
  }

  private void finite(String what, float[] values, int row, int numbers, int episode, int step) {
    for (int k = 0; k < numbers; k++) {
      if (!Float.isFinite(values[row * numbers + k])) {
        throw new RetortException(
            "dataset '%s': expected a finite %s, got %s (episode %s, step %s, column %s)."
                .formatted(name, what, values[row * numbers + k], episode, step, k));
      }
    }
  }
}
