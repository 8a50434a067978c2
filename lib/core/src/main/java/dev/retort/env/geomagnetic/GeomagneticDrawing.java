package dev.retort.env.geomagnetic;

import dev.retort.env.Sign;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** Draws an area with its field, the mission in it, and the traveler on its way. */
final class GeomagneticDrawing {
  private static final Color WEAK = new Color(0xFDF6E3);
  private static final Color STRONG = new Color(0x9DB8D9);
  private static final Color BORDER = new Color(0x94A3B8);
  private static final Color COURSE = new Color(0x64748B);
  private static final Color GOAL = new Color(0x009E73);
  private static final Color TRAVELER = new Color(0xD55E00);
  private static final int TILES = 40;
  private static final Geomagnetism.Snapshot FIELD = Geomagnetism.wmm2025().on(2025.0);

  static final List<Sign> SIGNS =
      List.of(
          new Sign(TRAVELER, "red triangle", "traveler, pointing where it went last"),
          new Sign(GOAL, "green ring", "goal, within 60 km of which a mission succeeds"),
          new Sign(COURSE, "gray line", "great circle from the start"),
          new Sign(STRONG, "blue ground", "a stronger horizontal field, yellow a weaker one"));

  /**
   * From degrees to pixels: the area with its margin, north up.
   *
   * @param area what is shown
   * @param x the left side in pixels
   * @param y the upper side in pixels
   * @param scale pixels a degree
   */
  private record Sheet(Area area, double x, double y, double scale) {
    static final double SHOWN = Area.SIDE + 2 * Geomagnetic.MARGIN;

    double x(double longitude) {
      double east = Globe.wrapped(longitude - area.west() - Area.SIDE / 2.0);
      return x + (east + SHOWN / 2) * scale;
    }

    double y(double latitude) {
      return y + (area.south() + Area.SIDE + Geomagnetic.MARGIN - latitude) * scale;
    }
  }

  private GeomagneticDrawing() {}

  static void draw(Area area, double[] state, Graphics2D canvas, int width, int height) {
    double side = Math.min(width, height);
    Sheet map = new Sheet(area, (width - side) / 2, (height - side) / 2, side / Sheet.SHOWN);
    float unit = (float) Math.max(1, side / 200);
    ground(map, canvas);
    canvas.setColor(BORDER);
    canvas.setStroke(new BasicStroke(unit));
    canvas.draw(
        new Rectangle2D.Double(
            map.x(area.west()),
            map.y(area.south() + Area.SIDE),
            Area.SIDE * map.scale(),
            Area.SIDE * map.scale()));
    course(map, state, canvas, unit);

    double goalX = map.x(state[Geomagnetic.GOAL + 1]);
    double goalY = map.y(state[Geomagnetic.GOAL]);
    double radius = Math.toDegrees(Geomagnetic.ARRIVAL / Globe.RADIUS) * map.scale();
    canvas.setColor(GOAL);
    canvas.setStroke(new BasicStroke(1.5f * unit));
    canvas.draw(disc(goalX, goalY, radius));
    canvas.fill(disc(goalX, goalY, 1.5 * unit));
    traveler(map, state, canvas, unit);
  }

  private static void ground(Sheet map, Graphics2D canvas) {
    double[][] horizontal = new double[TILES][TILES];
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    double[] field = new double[3];
    double tile = Sheet.SHOWN / TILES;
    for (int row = 0; row < TILES; row++) {
      double latitude = map.area().south() + Area.SIDE + Geomagnetic.MARGIN - (row + 0.5) * tile;
      for (int column = 0; column < TILES; column++) {
        double longitude = map.area().west() - Geomagnetic.MARGIN + (column + 0.5) * tile;
        FIELD.at(latitude, Globe.wrapped(longitude), 0, field);
        double h = Math.sqrt(field[0] * field[0] + field[1] * field[1]);
        horizontal[row][column] = h;
        least = Math.min(least, h);
        most = Math.max(most, h);
      }
    }
    double size = tile * map.scale();
    for (int row = 0; row < TILES; row++) {
      for (int column = 0; column < TILES; column++) {
        canvas.setColor(mixed((horizontal[row][column] - least) / (most - least)));
        canvas.fill(
            new Rectangle2D.Double(
                map.x() + column * size, map.y() + row * size, size + 0.5, size + 0.5));
      }
    }
  }

  private static Color mixed(double share) {
    return new Color(
        mixed(WEAK.getRed(), STRONG.getRed(), share),
        mixed(WEAK.getGreen(), STRONG.getGreen(), share),
        mixed(WEAK.getBlue(), STRONG.getBlue(), share));
  }

  private static int mixed(int from, int to, double share) {
    return (int) Math.round(from + share * (to - from));
  }

  private static void course(Sheet map, double[] state, Graphics2D canvas, float unit) {
    double[] place = {state[Geomagnetic.START], state[Geomagnetic.START + 1]};
    double goalLatitude = state[Geomagnetic.GOAL];
    double goalLongitude = state[Geomagnetic.GOAL + 1];
    Path2D path = new Path2D.Double();
    path.moveTo(map.x(place[1]), map.y(place[0]));
    while (Globe.distance(place[0], place[1], goalLatitude, goalLongitude) > Geomagnetic.MOVE) {
      double bearing =
          Math.toRadians(Globe.bearing(place[0], place[1], goalLatitude, goalLongitude));
      Globe.move(place, 0, Math.cos(bearing), Math.sin(bearing), Geomagnetic.MOVE);
      path.lineTo(map.x(place[1]), map.y(place[0]));
    }
    path.lineTo(map.x(goalLongitude), map.y(goalLatitude));
    canvas.setColor(COURSE);
    canvas.setStroke(
        new BasicStroke(
            unit,
            BasicStroke.CAP_ROUND,
            BasicStroke.JOIN_ROUND,
            1,
            new float[] {3 * unit, 3 * unit},
            0));
    canvas.draw(path);
    canvas.fill(
        disc(map.x(state[Geomagnetic.START + 1]), map.y(state[Geomagnetic.START]), 2 * unit));
  }

  /** A triangle that points along the last move, and before the first one north. */
  private static void traveler(Sheet map, double[] state, Graphics2D canvas, float unit) {
    double x = map.x(state[1]);
    double y = map.y(state[0]);
    boolean moved = state[Geomagnetic.MOVES] > 0;
    double north = moved ? state[Geomagnetic.HEADING] : 1;
    double east = moved ? state[Geomagnetic.HEADING + 1] : 0;
    double size = 5 * unit;
    canvas.setColor(TRAVELER);
    canvas.setStroke(new BasicStroke(unit));
    if (moved) {
      double back = Math.toDegrees(Geomagnetic.MOVE / Globe.RADIUS) * map.scale();
      canvas.draw(new Line2D.Double(x, y, x - back * east, y + back * north));
    }
    Path2D arrow = new Path2D.Double();
    arrow.moveTo(x + size * east, y - size * north);
    arrow.lineTo(
        x - size * 0.7 * east + size * 0.6 * north, y + size * 0.7 * north + size * 0.6 * east);
    arrow.lineTo(
        x - size * 0.7 * east - size * 0.6 * north, y + size * 0.7 * north - size * 0.6 * east);
    arrow.closePath();
    canvas.fill(arrow);
  }

  private static Ellipse2D disc(double x, double y, double radius) {
    return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
  }
}
