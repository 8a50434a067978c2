package dev.retort.env;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.env.control.CartPole;
import dev.retort.random.RandomStream;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DrawingTest {
  private static final List<String> BUILT_IN =
      List.of(
          "Acrobot",
          "CartPole",
          "CartPole-varied",
          "CliffWalking",
          "Collect",
          "EqualSpace",
          "FillIn",
          "FourRooms",
          "FrozenLake",
          "FrozenLake8x8",
          "GoalRooms",
          "MiniSkirmish",
          "MountainCar",
          "MountainCarContinuous",
          "Pendulum",
          "Reacher",
          "Reacher-C8",
          "RobotRooms",
          "RobotRooms-car",
          "UniLegs");
  private static final Color PAPER = Color.WHITE;

  @Test
  void everyEnvironmentShowsWhatHappensInFewFlatColors() {
    for (String name : BUILT_IN) {
      Env env = Environments.get(name);
      double[] state = new double[env.stateSize()];
      RandomStream random = RandomStream.of(6, "drawing test");
      env.reset(state, random);
      BufferedImage first = picture(env, state, 320);
      Map<Integer, Integer> colors = new HashMap<>();
      for (int y = 0; y < first.getHeight(); y++) {
        for (int x = 0; x < first.getWidth(); x++) {
          colors.merge(first.getRGB(x, y), 1, Integer::sum);
        }
      }
      int flat = colors.values().stream().mapToInt(Integer::intValue).filter(n -> n > 25).sum();
      int pixels = first.getWidth() * first.getHeight();
      assertThat(colors.size()).as(env.name()).isBetween(4, 1200);
      assertThat(flat / (double) pixels).as(env.name()).isGreaterThan(0.95);

      float[] action = new float[env.actions().size()];
      double[] begun = state.clone();
      for (int t = 0; (t < 20 || Arrays.equals(begun, state)) && !env.terminated(state); t++) {
        env.actions().sample(random, action, 0);
        env.step(state, action, random);
      }
      assertThat(differ(first, picture(env, state, 320))).as(env.name()).isGreaterThan(50);
    }
  }

  @Test
  void smallPicturesAndWrappedOnesAreDrawnToo() {
    Env wrapped = new CartPole().varying("gravity", 5, 15).stickyActions(0.1).frameStack(2);
    for (Env env : List.of(wrapped, Environments.get("Acrobot"), Environments.get("Reacher"))) {
      double[] state = new double[env.stateSize()];
      env.reset(state, RandomStream.of(6, "drawing test"));
      for (int height : new int[] {1, 12, 40}) {
        picture(env, state, height);
      }
    }
    double[] state = new double[wrapped.stateSize()];
    wrapped.reset(state, RandomStream.of(6, "drawing test"));
    assertThat(differ(picture(wrapped, state, 200), picture(new CartPole(), state, 200))).isZero();
  }

  private static BufferedImage picture(Env env, double[] state, int height) {
    int width = (int) Math.ceil(height * env.aspect());
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = image.createGraphics();
    canvas.setColor(PAPER);
    canvas.fillRect(0, 0, width, height);
    canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    env.draw(state, canvas, width, height);
    canvas.dispose();
    return image;
  }

  private static int differ(BufferedImage one, BufferedImage other) {
    int different = 0;
    for (int y = 0; y < one.getHeight(); y++) {
      for (int x = 0; x < one.getWidth(); x++) {
        different += one.getRGB(x, y) == other.getRGB(x, y) ? 0 : 1;
      }
    }
    return different;
  }
}
