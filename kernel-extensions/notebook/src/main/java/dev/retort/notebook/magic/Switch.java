package dev.retort.notebook.magic;

import java.util.Arrays;
import java.util.Optional;

/** Options that are said or not, and take no value. */
public enum Switch {
  /** Prints help. */
  HELP("print this help"),
  /** Prints the expression. */
  JAVA("print the Java expression in place of evaluating it"),
  /** Estimates. */
  EXPLAIN("print what would happen: sizes, updates, memory, files, time"),
  /** Does not wait. */
  START("start it in the background, and give the Run"),
  /** Does nothing twice. */
  ONCE(
      "take what a run of this very plan gave, go on with one that was stopped, or make a new one"),
  /** Shows the result alone. */
  QUIET("show no card and no progress, only the result"),
  /** Shows what luck alone gives. */
  AGAINST_RANDOM("play a policy that draws every action uniformly too, in a row of its own"),
  /** Asks an environment to keep its word. */
  CHECK("play the environment and look whether it keeps the contract; gives an EnvContract"),
  /** Goes on whatever has changed. */
  ANYWAY("go on, as a new run, in the environment that is known now, whatever has changed in it");

  private final String help;

  Switch(String help) {
    this.help = help;
  }

  /** One sentence without its full stop. */
  public String help() {
    return help;
  }

  /** As it is typed, without the hyphens. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  static Optional<Switch> of(String word) {
    return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
  }
}
