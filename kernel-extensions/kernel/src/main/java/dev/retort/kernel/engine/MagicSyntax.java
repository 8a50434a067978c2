package dev.retort.kernel.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds magics in the text of a cell and turns them into Java, line for line.
 *
 * <p>A line magic is a percent sign with a name right after it, where Java expects a statement
 * ({@code %envs Cart}) or the right side of an assignment ({@code Policy t = %teacher PPO
 * CartPole;}); its arguments end with the line. A cell magic, {@code %%name}, begins the cell and
 * takes all other lines as its body. Percent signs in strings, characters and comments, and the
 * remainder operator, stay what they are.
 */
final class MagicSyntax {
  private static final String CALLS = "dev.retort.kernel.Magic";

  private final String code;
  private final MagicNames names;
  private final boolean mask;
  private final StringBuilder out = new StringBuilder();
  private int at;
  private char before;
  private boolean afterReturn;

  private MagicSyntax(String code, MagicNames names, boolean mask) {
    this.code = code;
    this.names = names;
    this.mask = mask;
  }

  /** Turns the magics of a cell into calls; every line keeps its number. */
  static String toJava(String code, MagicNames names) {
    int start = firstInk(code);
    if (code.startsWith("%%", start) && isNameAt(code, start + 2)) {
      int end = Ink.endOfLine(code, start);
      List<String> words = words(code.substring(start + 2, end));
      String body = end < code.length() ? code.substring(end + 1) : "";
      List<String> call = new ArrayList<>(words);
      call.add(1, body);
      return "\n".repeat((int) code.substring(0, start).chars().filter(c -> c == '\n').count())
          + CALLS
          + ".cell("
          + literals(call)
          + ");";
    }
    return new MagicSyntax(code, names, false).scan();
  }

  /** Hides the magics of a cell behind text of the same length that is harmless Java. */
  static String masked(String code, MagicNames names) {
    return new MagicSyntax(code, names, true).scan();
  }

  private String scan() {
    while (at < code.length()) {
      char c = code.charAt(at);
      Optional<Ink.Stretch> noCode = Ink.stretch(code, at);
      if (noCode.isPresent()) {
        if (!noCode.get().kind().isComment()) {
          before = '"';
          afterReturn = false;
        }
        copyTo(noCode.get().end());
      } else if (c == '%' && isMagic()) {
        magic();
      } else if (Character.isJavaIdentifierStart(c)) {
        int end = at;
        while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
          end++;
        }
        afterReturn = code.substring(at, end).equals("return");
        before = 'x';
        copyTo(end);
      } else {
        if (!Character.isWhitespace(c)) {
          before = c;
          afterReturn = false;
        }
        copyTo(at + 1);
      }
    }
    return out.toString();
  }

  private void copyTo(int end) {
    out.append(code, at, end);
    at = end;
  }

  private boolean atStatement() {
    return before == 0 || before == ';' || before == '{' || before == '}';
  }

  private boolean isMagic() {
    int name = code.startsWith("%%", at) ? at + 2 : at + 1;
    if (!isNameAt(code, name)) {
      return false;
    }
    if (atStatement() || before == '=' || afterReturn) {
      return true;
    }
    // A line of its own after a statement without semicolon: only if there is such a magic.
    return firstOnLine()
        && (before == 'x' || before == ')' || before == '"')
        && names.line().contains(words(code.substring(name, Ink.endOfLine(code, at))).get(0));
  }

  private boolean firstOnLine() {
    return code.substring(code.lastIndexOf('\n', at) + 1, at).isBlank();
  }

  private void magic() {
    int end = Ink.endOfLine(code, at);
    if (mask) {
      boolean value = before == '=' || afterReturn;
      String text = value ? "0;" : ";";
      out.append(text).append(" ".repeat(Math.max(0, end - at - text.length())));
    } else if (code.startsWith("%%", at)) {
      String name = words(code.substring(at + 2, end)).get(0);
      throw new ExplainedException(
          "cell magic %%"
              + name
              + ": expected on the first line of the cell, found further down. Move it to the top,"
              + " or put it into a cell of its own.");
    } else {
      List<String> words = words(code.substring(at + 1, end));
      if (before == '=' || afterReturn) {
        out.append(CALLS).append(".line(").append(literals(words)).append(");");
      } else {
        out.append(atStatement() ? "" : ";");
        out.append(CALLS).append(".run(").append(literals(words)).append(");");
      }
    }
    at = end;
    before = ';';
    afterReturn = false;
  }

  /** Splits a line of arguments at blanks; double quotes keep blanks, a backslash the next sign. */
  static List<String> words(String line) {
    String text = line.strip();
    while (text.endsWith(";")) {
      text = text.substring(0, text.length() - 1).stripTrailing();
    }
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean open = false;
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean escapes =
          c == '\\' && i + 1 < text.length() && "\"\\".indexOf(text.charAt(i + 1)) >= 0;
      if (escapes) {
        word.append(text.charAt(++i));
        open = true;
      } else if (c == '"') {
        quoted = !quoted;
        open = true;
      } else if (Character.isWhitespace(c) && !quoted) {
        if (open) {
          words.add(word.toString());
          word.setLength(0);
          open = false;
        }
      } else {
        word.append(c);
        open = true;
      }
    }
    if (open) {
      words.add(word.toString());
    }
    return words;
  }

  private static String literals(List<String> texts) {
    return String.join(", ", texts.stream().map(MagicSyntax::literal).toList());
  }

  private static String literal(String text) {
    StringBuilder literal = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        literal.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        literal.append(
            String.format(Locale.ROOT, "\\u%04x", (int) c)
                .replace("\\u000a", "\\n")
                .replace("\\u000d", "\\r"));
      } else {
        literal.append(c);
      }
    }
    return literal.append('"').toString();
  }

  /**
   * Where a magic stands whose name or words the cursor is on.
   *
   * @param start the offset of its first percent sign
   * @param name without percent signs
   */
  record Place(int start, String name) {}

  private static final Pattern LINE =
      Pattern.compile("(?:^\\s*|=\\s*|\\breturn\\s+)%([A-Za-z]\\w*)");
  private static final Pattern CELL = Pattern.compile("%%([A-Za-z]\\w*)");

  /** The magic that the cursor is on, if it is on one that there is. */
  static Optional<Place> placeOf(String code, int cursor, MagicNames names) {
    int first = firstInk(code);
    Matcher cell = CELL.matcher(code).region(first, code.length());
    if (cell.lookingAt()) {
      return Optional.of(new Place(first, cell.group(1)))
          .filter(place -> cursor > first && names.cell().contains(place.name()));
    }
    int from = code.lastIndexOf('\n', cursor - 1) + 1;
    Matcher line = LINE.matcher(code.substring(from, Ink.endOfLine(code, cursor)));
    Optional<Place> found = Optional.empty();
    while (line.find() && from + line.start(1) <= cursor) {
      found = Optional.of(new Place(from + line.start(1) - 1, line.group(1)));
    }
    return found.filter(place -> names.line().contains(place.name()));
  }

  private static boolean isNameAt(String code, int at) {
    return at < code.length() && Character.isLetter(code.charAt(at));
  }

  private static int firstInk(String code) {
    int at = 0;
    while (at < code.length() && Character.isWhitespace(code.charAt(at))) {
      at++;
    }
    return at;
  }
}
