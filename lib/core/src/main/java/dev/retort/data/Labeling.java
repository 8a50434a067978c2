package dev.retort.data;

import dev.retort.policy.Actor;
import dev.retort.policy.Policy;
import java.util.Arrays;

/**
 * What a teacher says of every step of a dataset. One that needs what it sees and nothing else is
 * asked for whole batches; one with memory walks through each episode from its first step to its
 * last, several episodes side by side.
 */
final class Labeling {
  private static final int MOST_ROWS = 1024;
  private static final int MOST_EPISODES = 64;

  private final Dataset data;
  private final Policy teacher;
  private final Supervision labels;
  private final int obsSize;
  private final float[] all;

  Labeling(Dataset data, Policy teacher, Supervision labels) {
    this.data = data;
    this.teacher = teacher;
    this.labels = labels;
    this.obsSize = data.observations().size();
    this.all = new float[data.size() * labels.width()];
  }

  /** The outputs, {@code (size, width of the labels)}. */
  float[] outputs() {
    if (teacher.memory() == 0) {
      askForBatches();
    } else {
      walkThroughEpisodes();
    }
    return all;
  }

  private void askForBatches() {
    int batch = Math.min(data.size(), MOST_ROWS);
    float[] seen = new float[batch * obsSize];
    try (Actor actor = teacher.actor(batch, labels.outputs())) {
      for (int from = 0; from < data.size(); from += batch) {
        int count = Math.min(batch, data.size() - from);
        int first = from;
        for (int row = 0; row < count; row++) {
          data.column(Dataset.OBSERVATION).read(first + row, seen, row * obsSize);
        }
        actor.placing(row -> data.place(first + row));
        keep(actor.outputs(seen), 0, first, count);
      }
    }
  }

  private void walkThroughEpisodes() {
    Walker[] walkers = new Walker[Math.min(data.episodes(), MOST_EPISODES)];
    Arrays.setAll(walkers, first -> new Walker(first, walkers.length));
    float[] seen = new float[walkers.length * obsSize];
    try (Actor actor = teacher.actor(walkers.length, labels.outputs())) {
      actor.placing(at -> data.place(walkers[at].row));
      for (int left = data.size(); left > 0; ) {
        for (int at = 0; at < walkers.length; at++) {
          data.column(Dataset.OBSERVATION).read(walkers[at].row, seen, at * obsSize);
          if (walkers[at].begins()) {
            actor.begin(at);
          }
        }
        float[] outputs = actor.outputs(seen);
        for (int at = 0; at < walkers.length; at++) {
          if (!walkers[at].isThrough()) {
            keep(outputs, at, walkers[at].row, 1);
            left--;
            walkers[at].step();
          }
        }
      }
    }
  }

  /** Goes through every so many-th episode, and then stays where an episode begins. */
  private final class Walker {
    private final int stride;
    private int episode;
    private int row;

    Walker(int first, int stride) {
      this.stride = stride;
      this.episode = first;
      this.row = data.start(first);
    }

    boolean isThrough() {
      return episode >= data.episodes();
    }

    boolean begins() {
      return isThrough() || row == data.start(episode);
    }

    void step() {
      row++;
      if (row == data.end(episode)) {
        episode += stride;
        row = isThrough() ? 0 : data.start(episode);
      }
    }
  }

  private void keep(float[] outputs, int from, int row, int count) {
    int width = labels.width();
    System.arraycopy(outputs, from * width, all, row * width, count * width);
  }
}
