package dev.retort.env;

import dev.retort.option.Given;
import dev.retort.space.Difference;
import dev.retort.space.Space;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What an environment says of itself: asked once, checked, and held to from there on. Every verb
 * that takes an environment asks before it begins.
 *
 * @param name its name
 * @param observations what an agent sees
 * @param actions what an agent may do
 * @param horizon after how many steps an episode is truncated, at least 1
 * @param stateSize how many doubles a state takes, 1 to 16,777,216
 * @param contexts how many tasks it draws from, at least 1
 */
public record Definition(
    String name, Space observations, Space actions, int horizon, int stateSize, int contexts) {
  /** The largest state that is kept. */
  static final int LARGEST_STATE = 1 << 24;

  /**
   * The environment that a verb was given.
   *
   * @param verb who asks, such as {@code train}
   * @param env what came
   * @throws dev.retort.RetortException if that is null
   * @throws EnvException if its definition is none, in one line that says why
   */
  public static Env given(String verb, Env env) {
    of(Given.given(verb, "an environment", env));
    return env;
  }

  /**
   * Asks an environment what it is.
   *
   * @throws EnvException if a part of it is null, out of range, changes or throws
   */
  public static Definition of(Env env) {
    String name = name(env);
    String shown = name.isBlank() ? kind(env) : name;
    return new Definition(
        name,
        space(shown, "observations()", env::observations),
        space(shown, "actions()", env::actions),
        number(shown, "horizon()", env::horizon, Integer.MAX_VALUE),
        number(shown, "stateSize()", env::stateSize, LARGEST_STATE),
        number(shown, "contexts()", env::contexts, Integer.MAX_VALUE));
  }

  /**
   * Asks an environment for its name.
   *
   * @throws EnvException if that is null, or throws
   */
  static String name(Env env) {
    String name = ask(kind(env), "name()", env::name);
    if (name == null) {
      throw broken(kind(env), "name()", "a text", "null");
    }
    return name;
  }

  private static String kind(Env env) {
    String kind = env.getClass().getSimpleName();
    return kind.isEmpty() ? "environment" : kind;
  }

  private static Space space(String env, String call, Supplier<Space> space) {
    Space said = ask(env, call, space);
    Space again = ask(env, call, space);
    if (said == null || again == null) {
      throw broken(env, call, "a space", "null");
    }
    Optional<Difference> difference = Difference.of(said, again);
    if (difference.isPresent()) {
      Difference differs = difference.get();
      throw broken(env, call, differs.expected() + " as before", differs.got());
    }
    return said;
  }

  private static int number(String env, String call, Supplier<Integer> number, int most) {
    int said = ask(env, call, number);
    if (said < 1 || said > most) {
      String range = most == Integer.MAX_VALUE ? "at least 1" : "1 to " + most;
      throw broken(env, call, range, String.valueOf(said));
    }
    return said;
  }

  private static EnvException broken(String env, String call, String expected, String got) {
    return EnvException.broken(
        env,
        call + " to be " + expected,
        got,
        "Override it; EnvContract.check(env, 0) shows more.");
  }

  private static <T> T ask(String env, String call, Supplier<T> question) {
    try {
      return question.get();
    } catch (Throwable thrown) {
      throw EnvException.thrown(env, call, "", thrown);
    }
  }
}
