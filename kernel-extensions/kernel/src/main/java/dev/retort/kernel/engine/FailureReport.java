package dev.retort.kernel.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.Diag;

/**
 * Words failures for people: the message on the first line, then where, then what else is known.
 *
 * <p>A compile error shows the line of the cell with a mark under the place. An exception shows its
 * frames, those of cells by cell and line. An exception that explains itself, one of Retort's or an
 * {@link ExplainedException}, shows its message and one line of where.
 */
final class FailureReport {
  private static final String RETORT = "dev.retort.RetortException";
  private static final String RED = "\u001b[31m";
  private static final String BOLD_RED = "\u001b[1;31m";
  private static final String DIM = "\u001b[2m";
  private static final String PLAIN = "\u001b[0m";
  private static final int MOST_ERRORS = 5;
  private static final int WIDEST = 120;
  private static final String CONSOLE = "java.lang.System.console()";
  private static final int MOST_LINES = 20;
  private static final int MOST_FRAMES = 13;
  private static final int MOST_MESSAGE_LINES = 20;

  private static final Pattern NOT_FOUND =
      Pattern.compile("symbol: +(variable|method) (\\w+)", Pattern.MULTILINE);

  private final StackFrames frames;
  private final Function<String, Collection<String>> names;

  /**
   * A report by the names that cells know.
   *
   * @param names those of a kind, {@code variable} or {@code method}
   */
  FailureReport(StackFrames frames, Function<String, Collection<String>> names) {
    this.frames = frames;
    this.names = names;
  }

  /** Reports what the compiler said about a snippet that begins at an offset of the Java text. */
  Failure rejected(Cell cell, String java, int start, List<Diag> diagnostics) {
    List<Diag> errors = diagnostics.stream().filter(Diag::isError).limit(MOST_ERRORS).toList();
    List<String> lines = new ArrayList<>();
    for (Diag error : errors) {
      String[] message = message(error);
      lines.add(BOLD_RED + "Compile error: " + PLAIN + message[0]);
      lines.addAll(Arrays.asList(message).subList(1, message.length));
      lines.addAll(marked(cell, java, start, error));
    }
    if (errors.isEmpty()) {
      return explained("CompileError", "the compiler rejected the cell and did not say why");
    }
    return new Failure("CompileError", String.join("\n", message(errors.get(0))), lines);
  }

  /** Reports what was refused at an offset of the Java text before the compiler saw it. */
  Failure refused(Cell cell, String java, int at, String message) {
    List<String> lines = new ArrayList<>();
    lines.add(BOLD_RED + "Compile error: " + PLAIN + message);
    lines.addAll(marked(cell, java, at, at + 1));
    return new Failure("CompileError", message, lines);
  }

  private String[] message(Diag error) {
    List<String> lines = new ArrayList<>();
    String said = error.getMessage(Locale.ENGLISH);
    for (String line : said.split("\\R", -1)) {
      String bare = line.strip();
      if (!bare.isEmpty() && !bare.startsWith("location: class")) {
        lines.add(line.stripTrailing().replace("REPL.", ""));
      }
    }
    Vocabulary.hint(said)
        .or(() -> SealedTypes.hint(said))
        .or(() -> meant(said))
        .ifPresent(hint -> lines.add("  " + hint));
    return lines.isEmpty() ? new String[] {"unknown"} : lines.toArray(String[]::new);
  }

  /** The name that was meant by one that there is not, where one is near. */
  private Optional<String> meant(String error) {
    Matcher symbol = NOT_FOUND.matcher(error);
    return symbol.find()
        ? Nearest.to(symbol.group(2), names.apply(symbol.group(1))).stream()
            .filter(near -> near.length() > 1)
            .findFirst()
            .map(near -> "Did you mean '" + near + "'?")
        : Optional.empty();
  }

  private static List<String> marked(Cell cell, String java, int start, Diag error) {
    int length = java.length();
    int from = Math.min(length, start + (int) Math.max(0, error.getStartPosition()));
    int to = Math.min(length, start + (int) Math.max(0, error.getEndPosition()));
    if (error.getStartPosition() == Diag.NOPOS) {
      from = Math.min(length, start + (int) Math.max(0, error.getPosition()));
      to = from;
    }
    return marked(cell, java, from, to);
  }

  private static List<String> marked(Cell cell, String java, int start, int to) {
    int from = start;
    if (from > 0 && (from == java.length() || java.charAt(from) == '\n') && from >= to) {
      from--; // "';' expected" points behind the last character
    }
    int line = (int) java.substring(0, from).chars().filter(c -> c == '\n').count();
    String typed = line(cell.source(), line);
    int column = from - (java.lastIndexOf('\n', from - 1) + 1);
    int width = Math.max(1, Math.min(to, endOfLine(java, from)) - from);
    if (!typed.equals(line(java, line))) { // a magic: mark what was typed, not what it became
      column = typed.length() - typed.stripLeading().length();
      width = Math.max(1, typed.strip().length());
    }
    if (typed.length() > WIDEST) {
      int cut = Math.max(0, Math.min(column - WIDEST / 3, typed.length() - WIDEST));
      typed =
          (cut > 0 ? "…" : "") + typed.substring(cut, Math.min(typed.length(), cut + WIDEST)) + "…";
      column = column - cut + (cut > 0 ? 1 : 0);
      width = Math.max(1, Math.min(width, typed.length() - 1 - column));
    }
    String number = String.valueOf(line + 1);
    String margin = " ".repeat(number.length());
    List<String> lines = new ArrayList<>();
    if (cell.number() > 0) {
      lines.add(DIM + cell.name() + ", line " + number + PLAIN);
    }
    lines.add("  " + number + " | " + typed);
    lines.add("  " + margin + " | " + pad(typed, column) + RED + "^".repeat(width) + PLAIN);
    return lines;
  }

  private static String pad(String typed, int column) {
    StringBuilder pad = new StringBuilder();
    for (int i = 0; i < column; i++) {
      pad.append(i < typed.length() && typed.charAt(i) == '\t' ? '\t' : ' ');
    }
    return pad.toString();
  }

  private static String line(String text, int number) {
    String[] lines = text.split("\n", -1);
    return number < lines.length ? lines[number].stripTrailing() : "";
  }

  private static int endOfLine(String text, int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  /** Reports an exception that ended a cell. */
  Failure thrown(Thrown thrown) {
    if (thrown.raw() instanceof CellException nested) {
      return nested.failure();
    }
    if (explainsItself(thrown.raw())) {
      return explained(
          thrown.raw().getClass().getSimpleName(), thrown.message(), places(thrown.chain()));
    }
    String name = name(thrown.raw());
    Optional<String> cast = Vocabulary.cast(thrown);
    if (cast.isPresent()) {
      return explained(name, cast.get(), places(thrown.chain()));
    }
    List<Thrown> chain = thrown.chain();
    List<String> lines = new ArrayList<>();
    for (Thrown one : chain) {
      lines.addAll(said(one, lines.isEmpty() ? "" : "Caused by: "));
      int most = (MOST_LINES - chain.size()) / chain.size();
      for (String frame : frames.worded(one.frames(), Math.min(MOST_FRAMES, most))) {
        lines.add(DIM + frame + PLAIN);
      }
    }
    return new Failure(name, thrown.message(), lines);
  }

  /** The name and the message of an exception, the first lines of it if there are many. */
  private static List<String> said(Thrown thrown, String before) {
    List<String> lines = new ArrayList<>();
    List<String> message = thrown.message().lines().toList();
    String first = message.isEmpty() ? "" : ": " + message.get(0);
    lines.add(before + BOLD_RED + name(thrown.raw()) + PLAIN + first);
    if (thrown.raw() instanceof NullPointerException && first.contains(CONSOLE)) {
      lines.add("  A cell has no console: read with new Scanner(System.in).");
    }
    message.stream().skip(1).limit(MOST_MESSAGE_LINES).forEach(lines::add);
    if (message.size() > MOST_MESSAGE_LINES + 1) {
      lines.add("… " + Cut.count(message.size() - MOST_MESSAGE_LINES - 1) + " more lines");
    }
    return lines;
  }

  /** The places in cells that an exception came from, that of its deepest cause first. */
  private List<String> places(List<Thrown> chain) {
    Deque<String> places = new ArrayDeque<>();
    for (Thrown one : chain) {
      String place = frames.firstOfCell(one.frames());
      if (!place.isEmpty() && !places.contains(place)) {
        places.push(place);
      }
    }
    return List.copyOf(places);
  }

  /** Reports a mistake that needs no more than its message. */
  Failure explained(String name, String message, String... where) {
    return explained(name, message, List.of(where));
  }

  private static Failure explained(String name, String message, List<String> where) {
    List<String> lines = new ArrayList<>();
    lines.add(BOLD_RED + message.lines().findFirst().orElse("") + PLAIN);
    lines.addAll(message.lines().skip(1).toList());
    where.forEach(place -> lines.add(DIM + "  at " + place + PLAIN));
    return new Failure(name, message, lines);
  }

  /** Reports that an interrupt ended the cell. */
  Failure interrupted(Thrown thrown) {
    return interrupted(places(thrown.chain()).stream().limit(1).toList());
  }

  /** Reports that an interrupt ended the cell between two of its snippets. */
  Failure interruptedBefore(Cell cell, int line) {
    return interrupted(List.of(cell.name() + ", before line " + line));
  }

  private static Failure interrupted(List<String> where) {
    return explained(
        Failure.INTERRUPTED,
        "Interrupted: the cell was stopped. What it had done before is kept.",
        where);
  }

  /** Whether the message of an exception is all that a user needs. */
  static boolean explainsItself(Throwable thrown) {
    for (Class<?> type = thrown.getClass(); type != null; type = type.getSuperclass()) {
      if (type == ExplainedException.class || type.getName().equals(RETORT)) {
        return true;
      }
    }
    return false;
  }

  /** Whether an interrupt is at the bottom of an exception. */
  static boolean comesFromInterrupt(Thrown thrown) {
    return thrown.chain().stream()
        .map(Thrown::raw)
        .anyMatch(
            raw ->
                raw instanceof CellStopped
                    || raw instanceof InterruptedException
                    || raw instanceof java.nio.channels.ClosedByInterruptException
                    || raw.getClass().getName().equals("java.lang.ThreadDeath"));
  }

  private static String name(Throwable thrown) {
    Class<?> type = thrown.getClass();
    while (type.isAnonymousClass()) {
      type = type.getSuperclass();
    }
    String name = type.getName();
    return name.startsWith("java.") || name.startsWith(StackFrames.SNIPPET_PACKAGE)
        ? type.getSimpleName()
        : name;
  }
}
