package dev.retort.kernel.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/**
 * A part of a text that the compiler takes at once: a statement, a declaration, an expression.
 *
 * @param start its offset in the text
 * @param source its Java, with the semicolon that it may lack
 * @param form whether it can be parsed
 */
record Piece(int start, String source, Form form) {
  /** Whether the grammar has such a piece; the compiler may still refuse what it says. */
  enum Form {
    WHOLE,
    BROKEN,
    /** Nested more deeply than the compiler can follow. */
    DEEP
  }

  /** What begins a line that belongs to the one before. */
  private static final Pattern GOES_ON =
      Pattern.compile("(?!\\+\\+|--)[.)\\]},?:=+\\-*/%&|^<>]|(?:else|catch|finally|instanceof)\\b");

  /**
   * Takes a text apart.
   *
   * <p>As in JShell, a line that lacks only its semicolon ends there; but not where the next line
   * goes on with it, so that chains may begin their lines with the dot. What cannot be parsed is
   * the last piece.
   */
  static List<Piece> of(String java, SourceCodeAnalysis analysis) {
    List<Piece> pieces = new ArrayList<>();
    int at = Ink.skip(java, 0);
    while (at < java.length()) {
      String rest = java.substring(at);
      Optional<Taken> taken;
      try {
        taken = first(rest, analysis);
      } catch (StackOverflowError e) {
        pieces.add(new Piece(at + deepLine(rest), rest, Form.DEEP));
        break;
      }
      if (taken.isEmpty()) {
        pieces.add(new Piece(at, rest, Form.BROKEN));
        break;
      }
      pieces.add(new Piece(at, taken.get().source(), Form.WHOLE));
      at = Ink.skip(java, at + taken.get().length());
    }
    return pieces;
  }

  private static Optional<Taken> first(String text, SourceCodeAnalysis analysis) {
    Taken first = Taken.of(text, analysis);
    return Grammar.has(first.source()) ? Optional.of(first) : lines(text, analysis);
  }

  /** The offset of the line at which a text becomes too deep to be parsed. */
  private static int deepLine(String text) {
    int line = 0;
    try {
      for (int end = text.indexOf('\n'); end > 0; end = text.indexOf('\n', end + 1)) {
        var unused = Grammar.has(text.substring(0, end));
        line = end + 1;
      }
    } catch (StackOverflowError e) {
      return line;
    }
    return line;
  }

  /** The fewest lines that can be parsed, and that the next line does not go on with. */
  private static Optional<Taken> lines(String text, SourceCodeAnalysis analysis) {
    for (int end = text.indexOf('\n'); end > 0; end = text.indexOf('\n', end + 1)) {
      int next = Ink.skip(text, end);
      boolean goesOn = GOES_ON.matcher(text).region(next, text.length()).lookingAt();
      if (!goesOn && Grammar.has(text.substring(0, end))) {
        return Optional.of(Taken.of(text.substring(0, end), analysis));
      }
    }
    return Optional.empty();
  }

  /** The beginning of a text that JShell takes at once: all of it, where it cannot say. */
  private record Taken(String source, int length) {
    static Taken of(String text, SourceCodeAnalysis analysis) {
      CompletionInfo info = analysis.analyzeCompletion(text);
      boolean whole =
          info.completeness() == Completeness.COMPLETE
              || info.completeness() == Completeness.COMPLETE_WITH_SEMI;
      return whole
          ? new Taken(info.source(), text.length() - info.remaining().length())
          : new Taken(text, text.length());
    }
  }
}
