package dev.retort.kernel.engine;

/** Words for what the compiler could not take, though the grammar allows it. */
final class CompilerDefeat {
  private static final int MOST_CAUSES = 10;

  /** What is said of code that is nested too deeply. */
  static final String TOO_DEEP =
      "the compiler's stack is full: expected code that is nested less deeply than thousands of"
          + " terms, brackets or else-branches. Take it apart, or use a loop.";

  private CompilerDefeat() {}

  /** Why the compiler gave up, and what to do. */
  static String words(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
      if (cause instanceof StackOverflowError) {
        return TOO_DEEP;
      }
      if (cause instanceof OutOfMemoryError) {
        return "the compiler's memory is full ("
            + cause.getMessage()
            + "): expected less code at once, or a larger heap. Let go of large variables, or start"
            + " with a larger -Xmx.";
      }
      cause = cause.getCause();
    }
    return "the compiler failed with " + thrown + ". Write this in another way.";
  }
}
