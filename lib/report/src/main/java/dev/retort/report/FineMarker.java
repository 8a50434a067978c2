package dev.retort.report;

import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import org.knowm.xchart.style.markers.Marker;

/** A small disc, where the chart's own markers are large. */
final class FineMarker extends Marker {
  private static final double SHARE = 0.42;

  @Override
  public void paint(Graphics2D canvas, double x, double y, int size) {
    double own = SHARE * size;
    canvas.fill(new Ellipse2D.Double(x - own / 2, y - own / 2, own, own));
  }
}
