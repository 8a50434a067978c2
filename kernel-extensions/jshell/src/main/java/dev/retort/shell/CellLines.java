package dev.retort.shell;

import dev.retort.kernel.client.CellListener;
import dev.retort.kernel.client.CellStatus;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A notebook at work as lines of text: which cell, its first words, and how long it took. What a
 * live card tells of a long cell stands behind its words on a terminal, and in lines of their own,
 * one in ten seconds, elsewhere.
 */
final class CellLines implements CellListener {
  private static final int WORDS = 52;
  private static final long BETWEEN = Duration.ofSeconds(10).toNanos();

  /** The line of a live card that says how far its run is. */
  private static final Pattern STEPS = Pattern.compile("[\\d,]+ of [\\d,]+ [a-z ]+");

  private final PrintStream out;
  private final boolean terminal;
  private String start = "";
  private long told;
  private boolean broken;

  private CellLines(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /**
   * Lines on a stream.
   *
   * @param terminal whether a line may be written again in place
   */
  static CellLines on(PrintStream out, boolean terminal) {
    return new CellLines(out, terminal);
  }

  @Override
  public void cellStarted(int index, int total, String source) {
    String first = source.lines().filter(line -> !line.isBlank()).findFirst().orElse("").strip();
    String words = first.length() <= WORDS ? first : first.substring(0, WORDS - 1) + "…";
    start = String.format(Locale.ROOT, "  [%2d/%d] %-" + WORDS + "s ", index, total, words);
    told = System.nanoTime();
    broken = false;
    write(start);
  }

  @Override
  public void shown(int index, String text) {
    Matcher steps = STEPS.matcher(text);
    if (!steps.find()) {
      return;
    }
    if (terminal) {
      write("\r\033[K" + start.substring(0, 9) + " " + steps.group());
    } else if (System.nanoTime() - told > BETWEEN) {
      told = System.nanoTime();
      write((broken ? "" : "\n") + " ".repeat(10) + steps.group() + "\n");
      broken = true;
    }
  }

  @Override
  public void cellEnded(int index, int total, CellStatus status, Duration took) {
    String begun = terminal ? "\r\033[K" + start : broken ? " ".repeat(start.length()) : "";
    String end = status == CellStatus.OK ? "" : "  " + status.name().toLowerCase(Locale.ROOT);
    write(begun + String.format(Locale.ROOT, "%6.1f s%s%n", took.toMillis() / 1e3, end));
  }

  private void write(String text) {
    out.print(text);
    out.flush();
  }
}
