package dev.retort.env.agents;

import dev.retort.env.Sign;
import dev.retort.env.grid.CellDrawing;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** Draws the field from above, everybody's health, and who hit whom in the last step. */
final class SkirmishDrawing {
  private static final Color GROUND = new Color(0xF1F5EA);
  private static final Color ENEMY = new Color(0x334155);
  private static final Color LOST = new Color(0xCBD5E1);
  private static final Color HEALTH = new Color(0x22A06B);

  private SkirmishDrawing() {}

  static List<Sign> signs(int agents) {
    return AgentDrawing.signs(
        agents,
        new Sign(ENEMY, "dark square", "enemy"),
        new Sign(ENEMY, "cross", "who is dead, in its color"),
        new Sign(HEALTH, "green bar", "health"),
        new Sign(AgentDrawing.color(0), "line", "a hit, in the color of who hit"));
  }

  static void draw(MiniSkirmish world, double[] state, Graphics2D canvas, int width, int height) {
    CellDrawing cells =
        new CellDrawing(canvas, world.side(), world.side(), width, height).floor(cell -> GROUND);
    double side = cells.side();
    int agents = world.agents();
    for (int fighter = 0; fighter < 2 * agents; fighter++) {
      int hit = (int) state[world.hitAt(fighter)];
      if (hit > 0) {
        int target = hit - 1 + (fighter < agents ? agents : 0);
        double aside = fighter < agents ? 0.06 * side : -0.06 * side; // both ways can be seen
        canvas.setColor(fighter < agents ? AgentDrawing.color(fighter) : ENEMY);
        canvas.setStroke(AgentDrawing.stroke(Math.max(1, side * 0.07)));
        canvas.draw(
            new Line2D.Double(
                x(cells, world, state, fighter) + aside,
                y(cells, world, state, fighter) + aside,
                x(cells, world, state, target) + aside,
                y(cells, world, state, target) + aside));
      }
    }
    for (int fighter = 0; fighter < 2 * agents; fighter++) {
      if (world.isAlive(state, fighter)) {
        fighter(world, fighter, state, cells, canvas);
      } else {
        cross(world, fighter, state, cells, canvas);
      }
    }
  }

  /** Where somebody fell. */
  private static void cross(
      MiniSkirmish world, int fighter, double[] state, CellDrawing cells, Graphics2D canvas) {
    double x = x(cells, world, state, fighter);
    double y = y(cells, world, state, fighter);
    double arm = 0.14 * cells.side();
    canvas.setColor(fighter < world.agents() ? AgentDrawing.color(fighter) : ENEMY);
    canvas.setStroke(AgentDrawing.stroke(Math.max(1, cells.side() * 0.07)));
    canvas.draw(new Line2D.Double(x - arm, y - arm, x + arm, y + arm));
    canvas.draw(new Line2D.Double(x - arm, y + arm, x + arm, y - arm));
  }

  private static void fighter(
      MiniSkirmish world, int fighter, double[] state, CellDrawing cells, Graphics2D canvas) {
    double side = cells.side();
    double x = x(cells, world, state, fighter);
    double y = y(cells, world, state, fighter) - 0.06 * side;
    if (fighter < world.agents()) {
      AgentDrawing.draw(fighter, x, y, 0.3 * side, canvas);
    } else {
      canvas.setColor(ENEMY);
      canvas.fill(
          new Rectangle2D.Double(x - 0.26 * side, y - 0.26 * side, 0.52 * side, 0.52 * side));
    }
    double whole = 0.7 * side;
    double left = whole * state[world.healthAt(fighter)] / MiniSkirmish.HEALTH;
    double bar = Math.max(1, 0.09 * side);
    canvas.setColor(LOST);
    canvas.fill(new Rectangle2D.Double(x - whole / 2, y + 0.39 * side, whole, bar));
    canvas.setColor(HEALTH);
    canvas.fill(new Rectangle2D.Double(x - whole / 2, y + 0.39 * side, left, bar));
  }

  private static double x(CellDrawing cells, MiniSkirmish world, double[] state, int fighter) {
    return cells.x(CellWorldDrawing.cell(state, 2 * fighter, world.side())) + cells.side() / 2;
  }

  private static double y(CellDrawing cells, MiniSkirmish world, double[] state, int fighter) {
    return cells.y(CellWorldDrawing.cell(state, 2 * fighter, world.side())) + cells.side() / 2;
  }
}
