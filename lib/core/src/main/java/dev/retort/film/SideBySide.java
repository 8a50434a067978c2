package dev.retort.film;

import dev.retort.env.Env;
import dev.retort.env.Sign;
import dev.retort.policy.Policy;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * What a film shows at once: a row for each environment and a column for each policy, or the other
 * way round where that has the better shape. All begin together, and who has nothing more to show
 * stays as it was.
 *
 * @param columns how many stand side by side
 * @param cells row by row
 * @param width of a cell in pixels
 * @param height of a cell in pixels, without its heading
 */
record SideBySide(int columns, List<Cell> cells, int width, int height) {
  private static final int HEADING = 36;
  private static final int LINE = 15;

  /** How wide a good grid is for its height. */
  private static final double SHAPE = 1.5;

  /**
   * One policy in one environment.
   *
   * @param who what is written above it; nothing where it is alone
   * @param env where
   * @param shots what happened
   */
  record Cell(String who, Env env, List<Roll.Shot> shots) {}

  /** One policy in one environment. */
  static SideBySide of(Env env, Policy policy, Take take, int width, int height) {
    return new SideBySide(1, List.of(new Cell("", env, Roll.of(env, policy, take))), width, height);
  }

  /**
   * How many stand side by side: as many as there are policies, or as many as there are
   * environments.
   *
   * @param aspect of one picture
   */
  static int columns(int policies, int envs, double aspect) {
    double across = aspect * policies / envs;
    double down = aspect * envs / policies;
    return Math.abs(Math.log(across / SHAPE)) <= Math.abs(Math.log(down / SHAPE)) ? policies : envs;
  }

  /**
   * Each policy in each environment, of which each has the same episodes for all.
   *
   * @param columns as many as there are policies, or as many as there are environments
   */
  static SideBySide of(
      List<String> names,
      List<Policy> policies,
      List<Env> envs,
      int columns,
      Take take,
      int width,
      int height) {
    boolean across = columns == policies.size();
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < policies.size() * envs.size(); i++) {
      int policy = across ? i % columns : i / columns;
      Env env = envs.get(across ? i / columns : i % columns);
      cells.add(new Cell(names.get(policy), env, Roll.of(env, policies.get(policy), take)));
    }
    return new SideBySide(columns, cells, width, height);
  }

  boolean isAlone() {
    return cells.size() == 1;
  }

  int frames() {
    return cells.stream().mapToInt(cell -> cell.shots().size()).max().orElseThrow();
  }

  /** Whether a frame stays for a moment: an episode ends there, or, of several, the film. */
  boolean isHeld(int frame) {
    return isAlone() ? cells.get(0).shots().get(frame).last() : frame == frames() - 1;
  }

  private static Roll.Shot shot(Cell cell, int frame) {
    return cell.shots().get(Math.min(frame, cell.shots().size() - 1));
  }

  /** Painted at a scale. */
  Canvas scaled(double scale) {
    return new Canvas(
        (int) Math.max(32, width * scale),
        (int) Math.max(32, height * scale),
        isAlone() ? List.of() : cells.get(0).env().legend());
  }

  /** The grid at one size. */
  final class Canvas {
    private final int each;
    private final int tall;
    private final Legend legend;
    private final List<Painter> painters;

    private Canvas(int each, int tall, List<Sign> signs) {
      this.each = each;
      this.tall = tall;
      this.legend = new Legend(signs, each * columns);
      this.painters =
          cells.stream().map(cell -> new Painter(cell.env(), each, tall, isAlone())).toList();
    }

    int width() {
      return each * columns;
    }

    private int row() {
      return isAlone() ? tall : HEADING + tall;
    }

    int height() {
      return row() * (cells.size() / columns) + legend.height();
    }

    BufferedImage paint(int frame) {
      if (isAlone()) {
        return painters.get(0).paint(shot(cells.get(0), frame));
      }
      BufferedImage image = new BufferedImage(width(), height(), BufferedImage.TYPE_INT_RGB);
      Graphics2D canvas = image.createGraphics();
      try {
        canvas.setColor(Color.WHITE);
        canvas.fillRect(0, 0, width(), height());
        for (int i = 0; i < cells.size(); i++) {
          int x = each * (i % columns);
          int y = row() * (i / columns);
          canvas.drawImage(painters.get(i).paint(shot(cells.get(i), frame)), x, y + HEADING, null);
        }
        Painter.letter(canvas, this::letter);
      } finally {
        canvas.dispose();
      }
      return image;
    }

    private void letter(Graphics2D canvas) {
      for (int i = 0; i < cells.size(); i++) {
        int x = Legend.MARGIN + each * (i % columns);
        int y = LINE + row() * (i / columns);
        canvas.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 12));
        canvas.drawString(Legend.cut(cells.get(i).who(), each, Legend.BOLD), x, y);
        canvas.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        canvas.drawString(Legend.cut(cells.get(i).env().name(), each, Legend.LETTER), x, y + LINE);
      }
      legend.paint(canvas, height() - legend.height(), Painter.INK);
    }
  }
}
