package dev.retort.env;

import dev.retort.RetortException;
import dev.retort.run.Stopped;

/** An environment that does not keep its word, told at the place where it was met. */
public final class EnvException extends RetortException {
  private static final long serialVersionUID = 1L;

  private static final int LONGEST = 200;

  private EnvException(String message) {
    super(message);
  }

  private EnvException(String message, Throwable cause) {
    super(message, cause);
  }

  static EnvException broken(String env, String expected, String got, String advice) {
    return new EnvException("%s: expected %s, got %s. %s".formatted(env, expected, got, advice));
  }

  /**
   * An episode that is over as it begins.
   *
   * @param env the environment's name
   * @param place where, such as {@code episode 3, step 0}
   */
  public static EnvException overAtOnce(String env, String place) {
    return broken(
        env,
        "'terminated' to be false as an episode begins",
        "true (" + place + ")",
        "Let reset(..) write a whole new state, in which a step can be taken.");
  }

  /**
   * What a call of an environment's own code threw, in one line, with itself as the cause. What
   * says already what is wrong, what stops a run and what is no fault of the code stays as it is.
   *
   * @param env the environment's name
   * @param call what was called, such as {@code step(..)}
   * @param place where in an episode, such as {@code episode 3, step 6}; may be empty
   * @param thrown what came
   */
  public static RuntimeException thrown(String env, String call, String place, Throwable thrown) {
    if (thrown instanceof RetortException || thrown instanceof Stopped) {
      return (RuntimeException) thrown;
    }
    if (thrown instanceof Error error
        && !(error instanceof StackOverflowError
            || error instanceof AssertionError
            || error instanceof LinkageError)) {
      throw error;
    }
    return new EnvException(
        "%s: expected %s to return, got %s%s. Mend it there; the cause names the line."
            .formatted(env, call, inOneLine(thrown), place.isEmpty() ? "" : " (" + place + ")"),
        thrown);
  }

  private static String inOneLine(Throwable thrown) {
    String kind = thrown.getClass().getSimpleName();
    String said = thrown.getMessage() == null ? "" : thrown.getMessage().strip();
    String line = said.lines().findFirst().orElse("");
    String shown = line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    return shown.isEmpty() ? kind : kind + ": " + shown.replaceAll("\\.$", "");
  }
}
