package dev.retort.kernel.engine;

import java.util.Optional;

/** Tells code from the blanks and comments around it, and from the texts that it quotes. */
final class Ink {
  private Ink() {}

  /** What is not code: a comment, or a literal that quotes. */
  enum Kind {
    LINE_COMMENT("comment"),
    COMMENT("comment"),
    TEXT_BLOCK("text block"),
    STRING("string literal"),
    CHARACTER("character literal");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** The compiler's word for it. */
    String words() {
      return words;
    }

    /** Whether a further line may still close it. */
    boolean spansLines() {
      return this == COMMENT || this == TEXT_BLOCK;
    }

    boolean isComment() {
      return this == LINE_COMMENT || this == COMMENT;
    }
  }

  /**
   * A stretch of text that is not code.
   *
   * @param kind what it is
   * @param start its first character
   * @param end the character behind it
   * @param closed whether its end is there
   */
  record Stretch(Kind kind, int start, int end, boolean closed) {}

  /** The stretch that begins at an offset, if one does. */
  static Optional<Stretch> stretch(String java, int at) {
    if (java.startsWith("//", at)) {
      return Optional.of(new Stretch(Kind.LINE_COMMENT, at, endOfLine(java, at), true));
    }
    if (java.startsWith("/*", at)) {
      int end = java.indexOf("*/", at + 2);
      return Optional.of(
          new Stretch(Kind.COMMENT, at, end < 0 ? java.length() : end + 2, end >= 0));
    }
    if (java.startsWith("\"\"\"", at)) {
      return Optional.of(quoted(Kind.TEXT_BLOCK, "\"\"\"", java, at));
    }
    if (java.startsWith("\"", at)) {
      return Optional.of(quoted(Kind.STRING, "\"", java, at));
    }
    return java.startsWith("'", at)
        ? Optional.of(quoted(Kind.CHARACTER, "'", java, at))
        : Optional.empty();
  }

  private static Stretch quoted(Kind kind, String quote, String java, int start) {
    int last = kind.spansLines() ? java.length() : endOfLine(java, start);
    int at = start + quote.length();
    while (at < last && !java.startsWith(quote, at)) {
      at += java.charAt(at) == '\\' ? 2 : 1;
    }
    return at < last
        ? new Stretch(kind, start, at + quote.length(), true)
        : new Stretch(kind, start, last, false);
  }

  /** The first comment or literal that a text begins and does not end. */
  static Optional<Stretch> unclosed(String java) {
    int at = 0;
    while (at < java.length()) {
      Optional<Stretch> stretch = stretch(java, at);
      if (stretch.isPresent() && !stretch.get().closed()) {
        return stretch;
      }
      at = stretch.map(Stretch::end).orElse(at + 1);
    }
    return Optional.empty();
  }

  /** The offset of the first character from the given one that is neither blank nor comment. */
  static int skip(String java, int from) {
    int at = from;
    while (at < java.length()) {
      Optional<Stretch> stretch = stretch(java, at);
      if (Character.isWhitespace(java.charAt(at))) {
        at++;
      } else if (stretch.isPresent() && stretch.get().kind().isComment()) {
        at = stretch.get().end();
      } else {
        return at;
      }
    }
    return at;
  }

  /** The offset of a character of code from the given one, or the length of the text. */
  static int find(char sought, String java, int from) {
    int at = from;
    while (at < java.length() && java.charAt(at) != sought) {
      at = stretch(java, at).map(Stretch::end).orElse(at + 1);
    }
    return Math.min(at, java.length());
  }

  static int endOfLine(String text, int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }
}
