package dev.retort.env.world;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.util.List;

/** Draws a world from the side for a person to look at. */
final class WorldDrawing {
  private static final Color GROUND = new Color(0x9AA5B1);
  private static final Color EDGE = new Color(0x52606D);
  private static final Color HINGE = new Color(0xF8FAFC);
  private static final List<Color> BODIES =
      List.of(
          new Color(0x334155),
          new Color(0x0072B2),
          new Color(0xE69F00),
          new Color(0x009E73),
          new Color(0xCC79A7));

  private final Graphics2D canvas;
  private final double meter;
  private final double left;
  private final double top;

  /**
   * Prepares a canvas.
   *
   * @param centerX what is in the middle of it, in meters
   * @param wide how much it shows from left to right, in meters
   */
  WorldDrawing(Graphics2D canvas, int width, int height, double centerX, double wide) {
    this.canvas = canvas;
    this.meter = width / wide;
    this.left = centerX - wide / 2;
    this.top = 0.8 * height / meter;
  }

  private double x(double meters) {
    return (meters - left) * meter;
  }

  private double y(double meters) {
    return (top - meters) * meter;
  }

  void terrain(Terrain terrain, int width, int height) {
    Path2D line = new Path2D.Double();
    long first = (long) Math.floor(left / terrain.spacing());
    long last = (long) Math.ceil((left + width / meter) / terrain.spacing());
    line.moveTo(x(first * terrain.spacing()), height + 1.0);
    for (long i = first; i <= last; i++) {
      line.lineTo(x(i * terrain.spacing()), y(terrain.knot(i)));
    }
    line.lineTo(x(last * terrain.spacing()), height + 1.0);
    line.closePath();
    canvas.setColor(GROUND);
    canvas.fill(line);
  }

  /** Marks below the ground, one a meter, by which motion is seen. */
  void marks(Terrain terrain, int width) {
    canvas.setColor(EDGE);
    canvas.setStroke(new BasicStroke((float) Math.max(1, meter * 0.015)));
    for (double i = Math.ceil(left); i <= left + width / meter; i++) {
      double ground = terrain.height(i);
      canvas.draw(new Line2D.Double(x(i), y(ground - 0.03), x(i), y(ground - 0.1)));
    }
  }

  /** A body, in the color of how many couplings it is from its root. */
  void body(Outline outline, Pose pose, int depth) {
    AffineTransform before = canvas.getTransform();
    canvas.translate(x(pose.x()), y(pose.y()));
    canvas.rotate(-pose.angle());
    canvas.setColor(BODIES.get(depth % BODIES.size()));
    double round = 2 * outline.radius * meter;
    if (outline.corners() == 1) {
      canvas.fill(new Ellipse2D.Double(-round / 2, -round / 2, round, round));
      canvas.setColor(HINGE);
      canvas.setStroke(new BasicStroke((float) Math.max(1, round * 0.06)));
      canvas.draw(new Line2D.Double(0, 0, round * 0.4, 0));
    } else {
      Path2D path = new Path2D.Double();
      for (int i = 0; i < outline.corners(); i++) {
        double cornerX = outline.x[i] * meter;
        double cornerY = -outline.y[i] * meter;
        if (i == 0) {
          path.moveTo(cornerX, cornerY);
        } else {
          path.lineTo(cornerX, cornerY);
        }
      }
      path.closePath();
      if (round > 0) {
        canvas.setStroke(
            new BasicStroke((float) round, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        canvas.draw(path);
      }
      canvas.fill(path);
    }
    canvas.setTransform(before);
  }

  void hinge(double pointX, double pointY, double size) {
    double round = size * meter;
    canvas.setColor(HINGE);
    canvas.fill(new Ellipse2D.Double(x(pointX) - round / 2, y(pointY) - round / 2, round, round));
  }
}
