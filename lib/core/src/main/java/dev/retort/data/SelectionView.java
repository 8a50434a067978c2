package dev.retort.data;

import dev.retort.RetortException;
import dev.retort.random.RandomStream;
import dev.retort.space.Selection;
import dev.retort.space.Space;
import java.util.List;
import java.util.Optional;

/**
 * A view of some numbers of the observation.
 *
 * @param text as a {@link Selection} reads it
 */
record SelectionView(String text) implements View {
  static final View ALL = new SelectionView("all");

  /** Refuses to see nothing. */
  static View of(String kind, List<String> words) {
    if (words.isEmpty()) {
      throw new RetortException(
          "seeing: expected %s to see, got none: who sees nothing learns nothing.".formatted(kind));
    }
    return new SelectionView(kind + ":" + String.join(",", words));
  }

  private Selection in(Space observations) {
    return Selection.read(observations, text);
  }

  @Override
  public Space sees(Space observations) {
    return in(observations).sees();
  }

  @Override
  public void look(Dataset data, int row, RandomStream random, float[] seen, int at) {
    of(data).look(row, random, seen, at);
  }

  @Override
  public Sight of(Dataset data) {
    Selection selection = in(data.observations());
    int width = data.observations().size();
    Column column = data.column(Dataset.OBSERVATION);
    if (column.source().isPresent()) {
      return (row, random, seen, at) -> {
        float[] own = new float[width];
        column.read(row, own, 0);
        selection.take(own, 0, seen, at);
      };
    }
    float[] all = data.obs();
    return (row, random, seen, at) -> selection.take(all, row * width, seen, at);
  }

  @Override
  public Optional<Selection> selection(Space observations) {
    return Optional.of(in(observations));
  }

  @Override
  public String toString() {
    return text;
  }
}
