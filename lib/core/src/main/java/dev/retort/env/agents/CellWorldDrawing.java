package dev.retort.env.agents;

import dev.retort.env.Sign;
import dev.retort.env.grid.CellDrawing;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.util.List;

/** Draws agents on cells: who filled which, and whose objects lie where. */
final class CellWorldDrawing {
  private static final Color EMPTY = new Color(0xF8FAFC);
  private static final Color COMMON = new Color(0xCBD5E1);
  private static final Color LOST = new Color(0x94A3B8);
  private static final double AGENT = 0.22;

  private CellWorldDrawing() {}

  static List<Sign> filled(int agents, boolean apart) {
    Sign own = new Sign(AgentDrawing.pale(0), "pale cell", "filled by the agent of that color");
    Sign common = new Sign(COMMON, "gray cell", "where all began");
    Sign open = new Sign(EMPTY, "white cell", "not filled");
    return apart
        ? AgentDrawing.signs(agents, own, open)
        : AgentDrawing.signs(agents, own, common, open);
  }

  static List<Sign> collected(int agents) {
    return AgentDrawing.signs(
        agents,
        new Sign(
            AgentDrawing.color(0), "square on its corner", "object of the agent of that color"),
        new Sign(LOST, "gray square on its corner", "object that is lost"));
  }

  static void draw(FillIn world, double[] state, Graphics2D canvas, int width, int height) {
    CellDrawing cells =
        new CellDrawing(canvas, world.side(), world.side(), width, height)
            .floor(cell -> color(world, (int) state[world.filledAt() + cell]));
    agents(world.agents(), world.side(), state, cells, canvas);
  }

  private static Color color(FillIn world, int filledBy) {
    return filledBy == 0
        ? EMPTY
        : filledBy > world.agents() ? COMMON : AgentDrawing.pale(filledBy - 1);
  }

  static void draw(Collect world, double[] state, Graphics2D canvas, int width, int height) {
    CellDrawing cells =
        new CellDrawing(canvas, world.side(), world.side(), width, height).floor(cell -> EMPTY);
    for (int owner = 0; owner < world.agents(); owner++) {
      for (int object = 0; object < world.objects(); object++) {
        int fate = world.fate(state, owner, object);
        int place = world.placeOf(owner, object);
        int cell = cell(state, place, world.side());
        if (fate != Collect.COLLECTED) {
          canvas.setColor(fate == Collect.LOST ? LOST : AgentDrawing.color(owner));
          canvas.fill(onItsCorner(cells, cell, fate == Collect.LOST ? 0.18 : 0.3));
        }
      }
    }
    agents(world.agents(), world.side(), state, cells, canvas);
  }

  /** The cell whose column and row stand at a place of the state. */
  static int cell(double[] state, int place, int side) {
    int column = (int) state[place];
    int row = (int) state[place + 1];
    return row * side + column;
  }

  private static Path2D onItsCorner(CellDrawing cells, int cell, double size) {
    double x = cells.x(cell) + cells.side() / 2;
    double y = cells.y(cell) + cells.side() / 2;
    double reach = size * cells.side();
    Path2D shape = new Path2D.Double();
    shape.moveTo(x, y - reach);
    shape.lineTo(x + reach, y);
    shape.lineTo(x, y + reach);
    shape.lineTo(x - reach, y);
    shape.closePath();
    return shape;
  }

  private static void agents(
      int agents, int side, double[] state, CellDrawing cells, Graphics2D canvas) {
    for (int i = 0; i < agents; i++) {
      int cell = cell(state, 2 * i, side);
      double x = cells.x(cell) + cells.side() / 2;
      double y = cells.y(cell) + cells.side() / 2;
      double[] own = AgentDrawing.corner(i, agents, x, y, cells.side());
      AgentDrawing.draw(i, own[0], own[1], AGENT * cells.side(), canvas);
    }
  }
}
