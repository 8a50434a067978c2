package dev.retort.env;

import dev.retort.space.Discrete;
import dev.retort.space.Group;
import dev.retort.space.Space;
import java.util.ArrayList;
import java.util.List;

/** Which numbers of a flat value name one of several choices; most values have none. */
final class Choices {
  private final List<Discrete> spaces = new ArrayList<>();
  private final List<Integer> offsets = new ArrayList<>();
  private final int size;
  private final Discrete[] each;
  private final int[] places;

  private Choices(Space space) {
    this.size = space.size();
    find(space, 0);
    this.each = spaces.toArray(Discrete[]::new);
    this.places = offsets.stream().mapToInt(at -> at).toArray();
  }

  static Choices in(Space space) {
    return new Choices(space);
  }

  private void find(Space space, int at) {
    if (space instanceof Discrete discrete) {
      spaces.add(discrete);
      offsets.add(at);
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
    for (int row = from; row < to && each.length > 0; row++) {
      for (int i = 0; i < each.length; i++) {
        int at = row * size + places[i];
        if (!each[i].contains(values, at)) {
          return at;
        }
      }
    }
    return -1;
  }

  /** What stands at a place, such as {@code 16 choices}. */
  String summary(int place) {
    return spaces.get(offsets.indexOf(place)).summary();
  }
}
