package dev.retort.kernel.engine;

/** Tells code from the blanks and comments around it. */
final class Ink {
  private Ink() {}

  /** The offset of the first character from the given one that is neither blank nor comment. */
  static int skip(String java, int from) {
    int at = from;
    while (at < java.length()) {
      if (Character.isWhitespace(java.charAt(at))) {
        at++;
      } else if (java.startsWith("//", at)) {
        int end = java.indexOf('\n', at);
        at = end < 0 ? java.length() : end + 1;
      } else if (java.startsWith("/*", at)) {
        int end = java.indexOf("*/", at + 2);
        at = end < 0 ? java.length() : end + 2;
      } else {
        return at;
      }
    }
    return at;
  }
}
