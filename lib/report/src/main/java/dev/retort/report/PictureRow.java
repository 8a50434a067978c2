package dev.retort.report;

import dev.retort.figure.Cells;
import dev.retort.figure.Picture;
import dev.retort.figure.Pictures;
import dev.retort.figure.Raster;
import java.awt.Font;
import java.awt.Graphics2D;
import java.util.List;

/** Small pictures side by side, in as many rows as make them largest, with their captions. */
final class PictureRow {
  private static final int MOST = 100;
  private static final int LEAST_HEADING = 34;
  private static final int CAPTION = 24;
  private static final int GAP = 12;

  private final List<Picture> pictures;
  private final int across;
  private final int cellWidth;
  private final int cellHeight;
  private final int above;

  private PictureRow(List<Picture> pictures, int above, int width, int height) {
    this.above = above;
    this.pictures = pictures.subList(0, Math.min(MOST, pictures.size()));
    int n = Math.max(1, this.pictures.size());
    int best = 1;
    for (int columns = 2; columns <= n; columns++) {
      if (side(columns, n, width, height - above) > side(best, n, width, height - above)) {
        best = columns;
      }
    }
    this.across = best;
    this.cellWidth = width / best;
    this.cellHeight = (height - above) / ((n + best - 1) / best);
  }

  /** How large a picture may be where so many stand in a row. */
  private static int side(int columns, int n, int width, int height) {
    int rows = (n + columns - 1) / columns;
    return Math.min(width / columns - GAP, height / rows - CAPTION - GAP);
  }

  static void paint(Pictures figure, Graphics2D canvas, int width, int height) {
    ChartStyle.ground(canvas, width, height);
    int size = ChartStyle.size(width);
    int left = figure.pictures().size() - MOST;
    String title =
        figure.pictures().isEmpty()
            ? figure.title() + ": no pictures yet"
            : left > 0 ? figure.title() + " (" + left + " more)" : figure.title();
    Heading heading = ChartStyle.heading(title, size + 2, width, height);
    heading.paint(canvas);
    int above = Math.max(LEAST_HEADING, heading.height() + 8);
    PictureRow row = new PictureRow(figure.pictures(), above, width, height);
    canvas.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, size));
    for (int i = 0; i < row.pictures.size(); i++) {
      row.paint(row.pictures.get(i), i, canvas);
    }
  }

  private void paint(Picture picture, int index, Graphics2D canvas) {
    int x = index % across * cellWidth;
    int y = above + index / across * cellHeight;
    Raster raster = picture.raster();
    double room =
        Math.min(
            (cellWidth - GAP) / (double) Math.max(1, raster.width()),
            (cellHeight - CAPTION - GAP) / (double) Math.max(1, raster.height()));
    double scale = room >= 1 ? Math.floor(room) : Math.max(room, 0);
    int wide = (int) Math.max(1, scale * raster.width());
    int tall = (int) Math.max(1, scale * raster.height());
    int left = x + (cellWidth - wide) / 2;
    int top = y + Math.max(0, (cellHeight - CAPTION - tall) / 2);
    if (!raster.isEmpty()) {
      PlaneCharts.draw(raster, canvas, left, top, wide, tall);
    }
    canvas.setColor(Palette.SOFT);
    canvas.drawRect(left - 1, top - 1, wide + 1, tall + 1);
    canvas.setColor(Palette.INK);
    centered(canvas, picture.caption(), x + cellWidth / 2, top + tall + 18, cellWidth);
  }

  /** A line of text about a place, no wider than there is room. */
  private static void centered(Graphics2D canvas, String text, int x, int y, int room) {
    String line = Cells.shorten(Cells.line(text), 200);
    String fits = line.isBlank() ? "" : Heading.fitting(line, canvas.getFont(), room - 4);
    canvas.drawString(fits, x - canvas.getFontMetrics().stringWidth(fits) / 2, y);
  }
}
