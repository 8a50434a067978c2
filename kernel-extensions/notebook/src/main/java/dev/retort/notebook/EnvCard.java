package dev.retort.notebook;

import dev.retort.env.Definition;
import dev.retort.env.Env;
import dev.retort.env.EnvContract;
import dev.retort.env.VectorEnv;
import dev.retort.figure.Glyphs;
import dev.retort.figure.Numbers;
import dev.retort.figure.TextTable;
import dev.retort.random.RandomStream;
import dev.retort.report.Card;
import dev.retort.report.Html;
import dev.retort.report.Png;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** How environments look: a card with the first frame, a row of a table, a list of breaches. */
final class EnvCard {
  private static final int HEIGHT = 200;
  private static final int EPISODES = 20;
  private static final int MOST_STEPS = 20_000;
  private static final Map<String, String> RANDOM_RETURNS = new ConcurrentHashMap<>();

  private EnvCard() {}

  static Bundle of(Env env) {
    Definition said = Definition.of(env);
    Card card =
        Card.titled(env.title())
            .key("observations", said.observations().summary())
            .key("actions", said.actions().summary())
            .key("horizon", Numbers.count(said.horizon()));
    if (said.contexts() > 1) {
      card = card.key("contexts", contexts(env));
    }
    if (env.solvedAt().isPresent()) {
      card = card.key("solved at", Numbers.of(env.solvedAt().getAsDouble()));
    }
    if (!env.parameters().isEmpty()) {
      card =
          card.note(
              env.parameters().entrySet().stream()
                  .map(entry -> entry.getKey() + " " + Numbers.of(entry.getValue()))
                  .collect(Collectors.joining(", ")));
    }
    Optional<String> frame = frame(env);
    return Bundle.text(card.text(Glyphs.current())).html(card.html() + frame.orElse(""));
  }

  private static String contexts(Env env) {
    return env.contexts() == Integer.MAX_VALUE ? "a family" : Numbers.count(env.contexts());
  }

  /**
   * The first frame as an element of HTML, where this machine can draw and the picture is small.
   */
  private static Optional<String> frame(Env env) {
    try {
      String data = Base64.getEncoder().encodeToString(Png.of(picture(env)));
      return data.length() > Html.LIMIT / 2
          ? Optional.empty()
          : Optional.of(
              "<img alt=\"first frame of %s\" src=\"data:image/png;base64,%s\" style=\"margin-top:.6em\"/>"
                  .formatted(Html.escape(env.name()), data));
    } catch (RuntimeException
        | LinkageError
        | AssertionError
        | StackOverflowError
        | InternalError e) {
      return Optional.empty(); // a picture less; the words are there
    }
  }

  private static BufferedImage picture(Env env) {
    int width = (int) Math.max(64, Math.min(640, HEIGHT * env.aspect()));
    BufferedImage picture = new BufferedImage(width, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = picture.createGraphics();
    try {
      canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      canvas.setColor(Color.WHITE);
      canvas.fillRect(0, 0, width, HEIGHT);
      double[] state = new double[env.stateSize()];
      env.reset(state, RandomStream.of(0, "first frame"));
      env.draw(state, canvas, width, HEIGHT);
      return picture;
    } finally {
      canvas.dispose();
    }
  }

  /** One environment a row. */
  static TextTable table(List<Env> envs) {
    return TextTable.of(
        List.of("name", "observations", "actions", "horizon", "random return", "solved at"),
        envs.stream().map(EnvCard::row).toList());
  }

  private static List<String> row(Env env) {
    try {
      Definition said = Definition.of(env);
      return List.of(
          said.name(),
          said.observations().summary(),
          said.actions().summary(),
          Numbers.count(said.horizon()),
          randomReturn(env),
          env.solvedAt().isPresent() ? Numbers.of(env.solvedAt().getAsDouble()) : "");
    } catch (RuntimeException e) { // %env NAME --check says how
      return List.of(env.getClass().getSimpleName(), "–", "–", "–", "fails", "");
    }
  }

  private static String randomReturn(Env env) {
    return RANDOM_RETURNS.computeIfAbsent(
        env.name() + env.parameters(),
        key -> {
          try {
            return Numbers.of(meanOfRandom(env));
          } catch (RuntimeException e) {
            return "fails"; // %env NAME --check says how
          }
        });
  }

  private static double meanOfRandom(Env env) {
    VectorEnv one = new VectorEnv(env, 1, copy -> RandomStream.of(copy, "random return"));
    RandomStream random = RandomStream.of(1, "random return");
    float[] action = new float[env.actions().size()];
    one.reset();
    double sum = 0;
    int ended = 0;
    for (int step = 0; step < MOST_STEPS && ended < EPISODES; step++) {
      env.actions().sample(random, action, 0);
      one.step(action);
      if (one.ended(0)) {
        sum += one.episodeReturn(0);
        ended++;
      }
    }
    return ended == 0 ? Double.NaN : sum / ended;
  }

  static Bundle of(EnvContract contract) {
    Card card =
        Card.titled(contract.toString().lines().findFirst().orElse(""))
            .state(contract.ok() ? Card.State.FINISHED : Card.State.FAILED);
    if (!contract.ok()) {
      card =
          card.table(
              TextTable.of(
                  List.of("doing", "expected", "got"),
                  contract.findings().stream()
                      .map(
                          one ->
                              List.of(one.what(), one.quantity() + " " + one.expected(), one.got()))
                      .toList()));
    }
    return Bundle.text(contract.toString()).html(card.html());
  }
}
