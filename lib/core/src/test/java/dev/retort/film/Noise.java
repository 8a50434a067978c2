package dev.retort.film;

import dev.retort.env.Env;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Space;
import java.awt.Color;
import java.awt.Graphics2D;

/** The picture that compresses worst: every pixel by chance, in every frame. */
record Noise() implements Env {
  @Override
  public Space observations() {
    return Box.of(0, 1e6f, 1);
  }

  @Override
  public Space actions() {
    return new Discrete(2);
  }

  @Override
  public int horizon() {
    return 1000;
  }

  @Override
  public int stateSize() {
    return 1;
  }

  @Override
  public void reset(double[] state, RandomStream random) {
    state[0] = 0;
  }

  @Override
  public double step(double[] state, float[] action, RandomStream random) {
    state[0]++;
    return 0.5;
  }

  @Override
  public boolean terminated(double[] state) {
    return false;
  }

  @Override
  public void observe(double[] state, float[] observation) {
    observation[0] = (float) state[0];
  }

  @Override
  public void draw(double[] state, Graphics2D canvas, int width, int height) {
    RandomStream random = RandomStream.of((long) state[0], "noise");
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        canvas.setColor(new Color(random.nextInt(1 << 24)));
        canvas.fillRect(x, y, 1, 1);
      }
    }
  }
}
