package dev.retort.film;

import dev.retort.RetortException;
import dev.retort.env.Definition;
import dev.retort.env.Env;
import dev.retort.env.Sign;
import dev.retort.option.Given;
import dev.retort.policy.Fit;
import dev.retort.policy.Policy;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * A policy at work, or several side by side, as an animated GIF that loops.
 *
 * <p>The policy acts for some steps, over as many episodes as they fill; the last frame of an
 * episode stays for a moment. A film that would be larger than 2 MB loses every second frame, then
 * size, until it is not.
 *
 * @param title who acts where
 * @param gif the file's bytes
 * @param width in pixels
 * @param height in pixels
 * @param frames how many there are
 * @param fps frames a second, the held ones aside
 * @param legend what its colors and shapes stand for
 * @param cautions sentences on what its policy is not: trained on this very environment
 */
@SuppressWarnings("ArrayRecordComponent") // megabytes, handed on and never changed
public record Film(
    String title,
    byte[] gif,
    int width,
    int height,
    int frames,
    double fps,
    List<Sign> legend,
    List<String> cautions) {
  /** No film is larger than this many bytes. */
  public static final int LARGEST = 2_000_000;

  private static final int HELD = 70;
  private static final int PALETTE_SAMPLES = 32;
  private static final int CAPTION = 24;

  /** No more than this is wide what stands side by side, in pixels. */
  private static final int WIDEST = 1280;

  /** Keeps a copy of the sentences. */
  public Film {
    legend = List.copyOf(legend);
    cautions = List.copyOf(cautions);
  }

  /**
   * Films a policy.
   *
   * @param env where it acts
   * @param policy who acts
   * @param take how long, and by which actions
   * @param width in pixels, 32 to 1920
   * @param height in pixels, 32 to 1920, with a line of caption where it is at least 144, and what
   *     the colors mean where that leaves 144 too
   */
  public static Film of(Env env, Policy policy, Take take, int width, int height) {
    between("width", width, 32, 1920);
    between("height", height, 32, 1920);
    Definition.given("film", env);
    SideBySide alone = SideBySide.of(env, policy, take, width, height);
    return of(policy.name() + " on " + env.title(), alone, take.fps())
        .cautioned(Fit.cautions(policy, env));
  }

  /**
   * Films several policies at once, each in the same episodes of each environment: policies side by
   * side and environments one below the other, or the other way round where that has the better
   * shape. The fewer they are, the larger is each.
   *
   * @param names what stands above the policies
   * @param policies who acts
   * @param envs where
   * @param take how long, and by which actions
   * @param height of the pictures that stand side by side, if there were one, in pixels
   */
  public static Film of(
      List<String> names, List<Policy> policies, List<Env> envs, Take take, int height) {
    double aspect = (double) widest(envs, height) / height;
    int columns = SideBySide.columns(policies.size(), envs.size(), aspect);
    int room = (int) (WIDEST / (columns * aspect));
    int few = 2 * height / (policies.size() * envs.size() + 1);
    int each = Math.max(32, Math.min(Math.max(few, height / policies.size()), room));
    SideBySide grid =
        SideBySide.of(names, policies, envs, columns, take, widest(envs, each), each + CAPTION);
    String where = String.join(", ", envs.stream().map(Env::name).toList());
    List<String> cautions =
        envs.stream()
            .flatMap(env -> policies.stream().flatMap(policy -> Fit.cautions(policy, env).stream()))
            .distinct()
            .toList();
    return of("%s on %s".formatted(String.join(", ", names), where), grid, take.fps())
        .cautioned(cautions);
  }

  private static int widest(List<Env> envs, int height) {
    return envs.stream().mapToInt(env -> width(env, height)).max().orElseThrow();
  }

  /** The best film that is not too large. */
  private static Film of(String title, SideBySide grid, int fps) {
    int every = 1;
    double scale = 1;
    while (true) {
      Film film = shoot(title, grid, every(grid, every), (double) fps / every, scale);
      if (film.gif.length <= LARGEST) {
        return film;
      }
      if (every < 4) {
        every *= 2;
      } else if (scale > 0.4) {
        scale *= 0.7;
      } else {
        every *= 2;
      }
    }
  }

  /**
   * Films a policy at the size that suits its environment, 320 pixels high without what is written.
   */
  public static Film of(Env env, Policy policy, Take take) {
    int width = width(env, 320);
    return of(env, policy, take, width, height(env, width, 320));
  }

  /**
   * The width that suits an environment at a height: by its aspect, 32 to 1280 pixels.
   *
   * @throws RetortException if its aspect is no positive number
   */
  public static int width(Env env, int height) {
    double aspect = env.aspect();
    if (!(aspect > 0) || Double.isInfinite(aspect)) {
      throw new RetortException(
          "film: expected aspect() of %s to be a positive number, got %s. It is the width of a good picture divided by its height."
              .formatted(env.name(), aspect));
    }
    return (int) Math.max(32, Math.min(1280, Math.rint(height * aspect)));
  }

  /** The height of a film whose pictures have a height, with what is written below them. */
  public static int height(Env env, int width, int picture) {
    return picture + CAPTION + new Legend(env.legend(), width).height();
  }

  /** Stops where the one who waits was interrupted. */
  static void check() {
    if (Thread.interrupted()) {
      throw new RetortException("film: stopped by an interrupt; no part of it is kept.");
    }
  }

  static void between(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new RetortException(
          "film: expected %s from %s to %s, got %s.".formatted(what, least, most, value));
    }
  }

  /** The frames that are kept. */
  private static int[] every(SideBySide grid, int every) {
    return IntStream.range(0, grid.frames())
        .filter(frame -> frame % every == 0 || grid.isHeld(frame))
        .toArray();
  }

  private static Film shoot(String title, SideBySide grid, int[] shots, double fps, double scale) {
    SideBySide.Canvas canvas = grid.scaled(scale);
    List<BufferedImage> samples = new ArrayList<>();
    int count = Math.min(PALETTE_SAMPLES, shots.length);
    for (int i = 0; i < count; i++) {
      samples.add(canvas.paint(shots[(int) ((long) i * shots.length / count)]));
    }
    int[] hundredths = new int[shots.length];
    for (int i = 0; i < hundredths.length; i++) {
      hundredths[i] =
          (int) (Math.round(100 * (i + 1) / fps) - Math.round(100 * i / fps))
              + (grid.isHeld(shots[i]) ? HELD : 0);
    }
    byte[] gif =
        AnimatedGif.encode(
            i -> {
              check();
              return canvas.paint(shots[i]);
            },
            hundredths,
            ColorTable.of(samples));
    List<Sign> legend = grid.cells().get(0).env().legend();
    return new Film(
        title, gif, canvas.width(), canvas.height(), shots.length, fps, legend, List.of());
  }

  private Film cautioned(List<String> sentences) {
    return new Film(title, gif, width, height, frames, fps, legend, sentences);
  }

  /**
   * Writes the GIF, whole or not at all, over one that is there.
   *
   * @param path where to, a name that ends in .gif
   */
  public void save(Path path) {
    Given.file("save film", path, ".gif");
    try {
      Path folder = path.toAbsolutePath().getParent();
      Files.createDirectories(folder);
      Path temporary = Files.createTempFile(folder, ".film", ".gif");
      try {
        Files.write(temporary, gif);
        Files.move(temporary, path, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw new RetortException(
          "save film: expected to write '%s', got %s. Choose another place."
              .formatted(path, e.getMessage()),
          e);
    }
  }

  /**
   * Some frames side by side, from the first to the last, for places where nothing moves.
   *
   * @param count how many frames at most
   */
  public BufferedImage contactSheet(int count) {
    between("frames", count, 1, 100);
    List<BufferedImage> all = AnimatedGif.decode(gif);
    int shown = Math.min(count, all.size());
    int columns = Math.min(shown, 3);
    int rows = (shown + columns - 1) / columns;
    int gap = 8;
    BufferedImage sheet =
        new BufferedImage(
            columns * (width + gap) + gap, rows * (height + gap) + gap, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = sheet.createGraphics();
    canvas.setColor(new Color(0xE6EAEF));
    canvas.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    for (int i = 0; i < shown; i++) {
      int frame = shown == 1 ? 0 : (int) ((long) i * (all.size() - 1) / (shown - 1));
      canvas.drawImage(
          all.get(frame),
          gap + i % columns * (width + gap),
          gap + i / columns * (height + gap),
          null);
    }
    canvas.dispose();
    return sheet;
  }

  /** The contact sheet as the bytes of a PNG file. */
  public byte[] contactSheetPng(int count) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(contactSheet(count), "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "Film of %s: %d frames, %d×%d, %.4g fps, %d KB%s%s",
        title,
        frames,
        width,
        height,
        fps,
        (gif.length + 1023) / 1024,
        legend.isEmpty()
            ? ""
            : "\n" + legend.stream().map(Sign::toString).collect(Collectors.joining(", ")),
        cautions.stream().map("\n"::concat).collect(Collectors.joining()));
  }
}
