package dev.retort.env;

import dev.retort.space.Discrete;
import dev.retort.space.Group;
import dev.retort.space.Space;
import java.util.Map;
import java.util.TreeMap;

/** Which numbers of a flat value name one of several choices; most values have none. */
final class Choices {
  private final Map<Integer, Discrete> places = new TreeMap<>();
  private final int size;

  private Choices(int size) {
    this.size = size;
  }

  static Choices in(Space space) {
    Choices choices = new Choices(space.size());
    choices.find(space, 0);
    return choices;
  }

  private void find(Space space, int at) {
    if (space instanceof Discrete discrete) {
      places.put(at, discrete);
    } else if (space instanceof Group group) {
      int offset = at;
      for (Space part : group.parts().values()) {
        find(part, offset);
        offset += part.size();
      }
    }
  }

  /** The first index of rows {@code from} to {@code to} that names no choice; -1 if all do. */
  int outside(float[] values, int from, int to) {
    if (places.isEmpty()) {
      return -1;
    }
    for (int row = from; row < to; row++) {
      for (Map.Entry<Integer, Discrete> place : places.entrySet()) {
        int at = row * size + place.getKey();
        if (!place.getValue().contains(values, at)) {
          return at;
        }
      }
    }
    return -1;
  }

  /** What stands at a place, such as {@code 16 choices}. */
  String summary(int place) {
    return places.get(place).summary();
  }
}
