package dev.retort.env;

import java.awt.Color;
import java.awt.Graphics2D;

/** Draws an observation as one bar a number, for environments that do not draw themselves. */
final class ObservationBars {
  private static final Color BAR = new Color(0x0072B2);
  private static final Color AXIS = new Color(0x888888);

  private ObservationBars() {}

  static void draw(Env env, double[] state, Graphics2D canvas, int width, int height) {
    float[] observation = new float[env.observations().size()];
    env.observe(state, observation);
    double largest = 1e-6;
    for (float value : observation) {
      largest = Math.max(largest, Math.abs(value));
    }
    int middle = height / 2;
    double slot = (double) width / observation.length;
    canvas.setColor(BAR);
    for (int i = 0; i < observation.length; i++) {
      int length = (int) Math.round(observation[i] / largest * (middle - 8));
      int left = (int) Math.round(i * slot + slot * 0.15);
      canvas.fillRect(
          left,
          length > 0 ? middle - length : middle,
          Math.max(1, (int) (slot * 0.7)),
          Math.abs(length));
    }
    canvas.setColor(AXIS);
    canvas.drawLine(0, middle, width, middle);
  }
}
