package dev.retort.notebook.magic;

import static dev.retort.Retort.envs;

import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.env.EnvContract;
import dev.retort.notebook.Notebook;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Type;
import java.util.List;

/** {@code %envs} and {@code %env}. */
final class EnvMagics {
  private static final Schema ENVS = new Schema("envs");
  private static final Option<String> PATTERN =
      ENVS.option("pattern", Type.text("a part of a name"), "").says("lists only names with it");

  private static final Schema ENV = new Schema("env");
  private static final Option<String> NAME =
      ENV.option("name", Words.ENVIRONMENT, "").says("which environment");
  private static final Option<List<String>> SET =
      ENV.option(
              "set", Names.type("parameters with their values, such as halfLength=0.7"), List.of())
          .says("changes parameters of the dynamics");

  private EnvMagics() {}

  static List<RetortMagic> all() {
    return List.of(
        new Spoken(
            Manual.line(
                "envs",
                "List<Env>",
                "lists the environments, with the return of random actions",
                List.of("%envs", "%envs Cart"),
                List.of("pattern"),
                ENVS),
            (said, notebook) -> list(said)),
        new Spoken(
            Manual.line(
                    "env",
                    "Env",
                    "shows an environment: spaces, parameters and first frame",
                    List.of(
                        "%env CartPole --set halfLength=0.7", "%env FourRooms/train-20 --check"),
                    List.of("name"),
                    ENV)
                .needing("name")
                .switches(Switch.CHECK),
            EnvMagics::one));
  }

  private static Phrase<?> list(Said said) {
    String pattern = said.get(ENVS, PATTERN);
    return said.has(PATTERN)
        ? Phrase.of("envs(" + Fluent.quoted(pattern) + ")", List.class, open -> found(pattern))
        : Phrase.of("envs()", List.class, open -> envs());
  }

  private static List<Env> found(String pattern) {
    List<Env> found = envs(pattern);
    if (found.isEmpty()) {
      throw new RetortException(
          "%%envs: expected a part of an environment's name, got '%s', which is in none. %%envs lists all."
              .formatted(pattern));
    }
    return found;
  }

  private static Phrase<?> one(Said said, Notebook notebook) {
    Thing<Env> named = Thing.envOf(said.need(ENV, NAME), notebook);
    StringBuilder java = new StringBuilder(named.java());
    Env env = named.value();
    for (String pair : said.get(ENV, SET)) {
      String[] halves = pair.split("=", -1);
      double value = halves.length == 2 ? number(pair, halves[1]) : number(pair, "");
      env = env.with(halves[0], value);
      java.append(Fluent.call("with", Fluent.quoted(halves[0]), String.valueOf(value)));
    }
    Env whole = env;
    return said.has(Switch.CHECK)
        ? Phrase.of(
            "EnvContract.check(" + java + ", 0)",
            EnvContract.class,
            open -> EnvContract.check(whole, 0))
        : Phrase.of(java.toString(), Env.class, open -> whole);
  }

  private static double number(String pair, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new RetortException(
          "%%env: expected a parameter with a number such as halfLength=0.7, got '%s'."
              .formatted(pair),
          e);
    }
  }
}
