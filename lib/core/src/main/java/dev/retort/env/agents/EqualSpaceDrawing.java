package dev.retort.env.agents;

import dev.retort.env.Sign;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** Draws the square from above, a line between each two agents, and where they came from. */
final class EqualSpaceDrawing {
  private static final Color GROUND = new Color(0xF8FAFC);
  private static final Color BORDER = new Color(0x94A3B8);
  private static final Color EQUAL = new Color(0x64748B);
  private static final Color UNEQUAL = new Color(0xDB2777);
  private static final double TENTH = 0.1;

  private EqualSpaceDrawing() {}

  static List<Sign> signs(int agents) {
    return AgentDrawing.signs(
        agents,
        new Sign(EQUAL, "gray line", "a distance that is as wanted, to a tenth"),
        new Sign(UNEQUAL, "pink line", "a distance that is not"));
  }

  static void draw(EqualSpace world, double[] state, Graphics2D canvas, int width, int height) {
    double size = Math.min(width, height);
    double margin = size * 0.06;
    double scale = size - 2 * margin;
    double left = (width - size) / 2 + margin;
    double top = (height - size) / 2 + margin;
    double unit = Math.max(1, size / 200);
    canvas.setColor(GROUND);
    canvas.fill(new Rectangle2D.Double(left - margin, top - margin, size, size));
    canvas.setColor(BORDER);
    canvas.setStroke(AgentDrawing.stroke(unit));
    canvas.draw(new Rectangle2D.Double(left, top, scale, scale));

    double wanted = world.side() > 0 ? world.side() : mean(world.agents(), state);
    canvas.setStroke(AgentDrawing.stroke(1.6 * unit));
    for (int i = 0; i < world.agents(); i++) {
      for (int j = i + 1; j < world.agents(); j++) {
        double off = Math.abs(EqualSpace.distance(state, i, j) - wanted);
        canvas.setColor(off <= TENTH * wanted ? EQUAL : UNEQUAL);
        canvas.draw(
            new Line2D.Double(
                left + scale * state[2 * i],
                top + scale * state[2 * i + 1],
                left + scale * state[2 * j],
                top + scale * state[2 * j + 1]));
      }
    }
    for (int i = 0; i < world.agents(); i++) {
      double x = left + scale * state[2 * i];
      double y = top + scale * state[2 * i + 1];
      int move = 2 * (world.agents() + i);
      canvas.setColor(AgentDrawing.pale(i));
      canvas.setStroke(AgentDrawing.stroke(4 * unit));
      double step = scale * world.speed();
      canvas.draw(new Line2D.Double(x - step * state[move], y - step * state[move + 1], x, y));
      AgentDrawing.draw(i, x, y, size * 0.036, canvas);
    }
  }

  private static double mean(int agents, double[] state) {
    double sum = 0;
    for (int i = 0; i < agents; i++) {
      for (int j = i + 1; j < agents; j++) {
        sum += EqualSpace.distance(state, i, j);
      }
    }
    return 2 * sum / (agents * (agents - 1));
  }
}
