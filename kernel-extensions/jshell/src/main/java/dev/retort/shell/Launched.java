package dev.retort.shell;

import dev.retort.RetortException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Commands that the script {@code ./retort} carries out by itself: they stand here to be listed and
 * explained like all others.
 */
abstract sealed class Launched implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public final Integer call() {
    throw new RetortException(
        "%s: expected to be called by the script ./retort, got here without it. Write ./retort %s."
            .formatted(spec.name(), spec.name()));
  }

  /** Every test. */
  @Command(
      name = "test",
      description = {
        "Run every test, and the notebooks through a real Jupyter client.",
        "",
        "One test alone: mvn test -pl lib/core -Dtest=NAME"
      })
  static final class Tests extends Launched {
    @Option(names = "--quick", description = "Only the quick ones, on this JDK, in a few minutes.")
    @SuppressWarnings("UnusedVariable") // the script's own
    private boolean quick;
  }

  /** The documentation. */
  @Command(
      name = "javadoc",
      description = {
        "Write the documentation of every module as one site, and refuse warnings.",
        "",
        "It is in target/reports/apidocs."
      })
  static final class Javadoc extends Launched {}

  /** JShell. */
  @Command(
      name = "shell",
      customSynopsis = "retort shell [FILE...] [OPTION...]",
      description = {
        "Start JShell with the words of the language.",
        "",
        "All further words are those of the JDK's jshell: files that are read first, and options"
            + " such as -q or --feedback concise. A chain has to stand in one line, in parentheses,"
            + " or end its lines with the dot; /exit ends it."
      })
  static final class Shell extends Launched {}
}
