package dev.retort.env.agents;

import dev.retort.env.Sign;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws agents so that one knows them from each other: each is a disc with a color of its own and
 * as many white dots as its number, which is seen without colors too.
 */
final class AgentDrawing {
  /** How many agents there are colors for. */
  static final int MOST_AGENTS = 5;

  private static final Color[] COLORS = {
    new Color(0x0072B2),
    new Color(0xD55E00),
    new Color(0x007A5A),
    new Color(0xB0578D),
    new Color(0x8A6D00)
  };
  private static final String[] WORDS = {"blue", "orange", "green", "purple", "brown"};
  private static final String[] NUMBERS = {
    "one dot", "two dots", "three dots", "four dots", "five dots"
  };
  private static final double PALE = 0.72;

  /** Where the dots lie, in half radii of the disc. */
  private static final double[][] DOTS = {
    {0, 0},
    {-0.75, 0, 0.75, 0},
    {-0.75, 0.55, 0.75, 0.55, 0, -0.75},
    {-0.65, -0.65, 0.65, -0.65, -0.65, 0.65, 0.65, 0.65},
    {-0.75, -0.75, 0.75, -0.75, -0.75, 0.75, 0.75, 0.75, 0, 0}
  };

  private AgentDrawing() {}

  static Color color(int agent) {
    return COLORS[agent];
  }

  /** The agent's color, mixed with white. */
  static Color pale(int agent) {
    Color full = COLORS[agent];
    return new Color(lighter(full.getRed()), lighter(full.getGreen()), lighter(full.getBlue()));
  }

  private static int lighter(int part) {
    return (int) (255 * PALE + part * (1 - PALE));
  }

  /** A line of the legend for each agent, and then others. */
  static List<Sign> signs(int agents, Sign... others) {
    List<Sign> signs = new ArrayList<>();
    for (int i = 0; i < agents; i++) {
      String looks = WORDS[i] + " disc with " + NUMBERS[i];
      signs.add(new Sign(COLORS[i], looks, AgentTask.agent(i)));
    }
    signs.addAll(List.of(others));
    return List.copyOf(signs);
  }

  /** A disc around a place. */
  static Ellipse2D disc(double x, double y, double radius) {
    return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
  }

  /** An agent around a place. */
  static void draw(int agent, double x, double y, double radius, Graphics2D canvas) {
    canvas.setColor(Color.WHITE);
    canvas.fill(disc(x, y, radius * 1.14));
    canvas.setColor(COLORS[agent]);
    canvas.fill(disc(x, y, radius));
    canvas.setColor(Color.WHITE);
    double[] dots = DOTS[agent];
    for (int i = 0; i < dots.length; i += 2) {
      canvas.fill(
          disc(
              x + dots[i] * radius / 2,
              y + dots[i + 1] * radius / 2,
              Math.max(0.8, radius * 0.17)));
    }
  }

  /**
   * A place for each of several agents that stand in one cell, so that none covers another.
   *
   * @param x the middle of the cell
   * @param side of the cell in pixels
   * @return where the agent's own corner of the cell is, x and y
   */
  static double[] corner(int agent, int agents, double x, double y, double side) {
    if (agents == 1) {
      return new double[] {x, y};
    }
    double angle = 2 * Math.PI * agent / agents - Math.PI / 2;
    return new double[] {x + 0.25 * side * Math.cos(angle), y + 0.25 * side * Math.sin(angle)};
  }

  static BasicStroke stroke(double width) {
    return new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  }
}
