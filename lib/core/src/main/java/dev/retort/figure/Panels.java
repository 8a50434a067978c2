package dev.retort.figure;

import dev.retort.RetortException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Small figures side by side in rows: one picture of many tasks.
 *
 * @param title what they show together
 * @param columns how many stand in a row
 * @param panels the figures, row by row; none of them has panels of its own
 */
public record Panels(String title, int columns, List<Figure> panels) implements Figure {
  private static final int SHOWN = 5;
  private static final int TITLE = 40;

  /** Checks that there is something to show. */
  public Panels {
    panels = List.copyOf(panels);
    if (columns < 1 || panels.isEmpty()) {
      throw new RetortException(
          "panels '%s': expected at least 1 column and 1 figure, got %s and %s."
              .formatted(title, columns, panels.size()));
    }
    if (panels.stream().anyMatch(Panels.class::isInstance)) {
      throw new RetortException(
          "panels '%s': expected figures without panels of their own, got some.".formatted(title));
    }
  }

  /** How many rows there are. */
  public int rows() {
    return (int) ((panels.size() + (columns - 1L)) / columns);
  }

  /** Room for every panel beside the others. */
  @Override
  public int width() {
    return (int) Math.min(10_000, 480L * columns);
  }

  /** Room for every panel below the others. */
  @Override
  public int height() {
    return (int) Math.min(10_000, TITLE + IntStream.range(0, rows()).mapToLong(this::tall).sum());
  }

  /**
   * Heights of the rows in pixels, in proportion to what suits the tallest panel of each.
   *
   * @param room height of them all
   */
  public int[] heights(int room) {
    long all = IntStream.range(0, rows()).mapToLong(this::tall).sum();
    return IntStream.range(0, rows()).map(row -> (int) (room * tall(row) / all)).toArray();
  }

  private long tall(int row) {
    int from = row * columns;
    return panels.subList(from, Math.min(panels.size(), from + columns)).stream()
        .mapToInt(Figure::panelHeight)
        .max()
        .orElse(PANEL_HEIGHT);
  }

  @Override
  public String text(Glyphs glyphs) {
    List<String> text = new ArrayList<>();
    text.add(Cells.shorten(Cells.line(title), 80));
    for (Figure panel : panels.subList(0, Math.min(SHOWN, panels.size()))) {
      List<String> lines = panel.text(glyphs).lines().toList();
      text.add(Cells.shorten(Cells.line(panel.title()), 80));
      text.add(lines.size() > 1 ? lines.get(1) : "no values yet");
    }
    if (panels.size() > SHOWN) {
      text.add("… " + (panels.size() - SHOWN) + " more");
    }
    return glyphs.draw(String.join("\n", text));
  }

  @Override
  public String toString() {
    return text(Glyphs.current());
  }
}
