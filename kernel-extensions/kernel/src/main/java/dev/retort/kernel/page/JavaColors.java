package dev.retort.kernel.page;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Colors Java for reading: keywords, types, strings, numbers, comments and magics. */
final class JavaColors {
  private static final Set<String> KEYWORDS =
      Set.of(
          ("abstract assert boolean break byte case catch char class continue default do "
                  + "double else enum extends false final finally float for if implements import "
                  + "instanceof int interface long native new null package permits private protected "
                  + "public record return sealed short static super switch synchronized this throw "
                  + "throws transient true try var void volatile while yield")
              .split(" ", -1));
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<comment>//[^\\n]*|/\\*.*?(?:\\*/|$))"
              + "|(?<string>\"\"\".*?(?:\"\"\"|$)|\"(?:\\\\.|[^\"\\\\\\n])*\"?"
              + "|'(?:\\\\.|[^'\\\\\\n])*'?)"
              + "|(?<magic>(?:(?<=^)|(?<=\\n)|(?<== ?))[ \\t]*%%?[A-Za-z][^\\n]*)"
              + "|(?<number>\\b(?:0[xXbB][0-9a-fA-F_]+|[0-9][0-9_]*(?:\\.[0-9_]+)?(?:[eE][+-]?[0-9]+)?)"
              + "[LlFfDd]?\\b)"
              + "|(?<note>@[A-Za-z]+)"
              + "|(?<word>[A-Za-z_$][A-Za-z0-9_$]*)",
          Pattern.DOTALL);

  private JavaColors() {}

  /** The code as escaped HTML with spans. */
  static String html(String code) {
    StringBuilder html = new StringBuilder();
    Matcher token = TOKEN.matcher(code);
    int at = 0;
    while (token.find()) {
      html.append(PassiveHtml.escape(code.substring(at, token.start())));
      String kind = kind(token, code);
      String text = PassiveHtml.escape(token.group());
      html.append(kind.isEmpty() ? text : "<span class=\"" + kind + "\">" + text + "</span>");
      at = token.end();
    }
    return html.append(PassiveHtml.escape(code.substring(at))).toString();
  }

  private static String kind(Matcher token, String code) {
    if (token.group("comment") != null) {
      return "com";
    }
    if (token.group("string") != null) {
      return "str";
    }
    if (token.group("magic") != null) {
      return "mag";
    }
    if (token.group("number") != null) {
      return "num";
    }
    if (token.group("note") != null) {
      return "typ";
    }
    String word = token.group();
    if (KEYWORDS.contains(word)) {
      return "key";
    }
    boolean called = token.end() < code.length() && code.charAt(token.end()) == '(';
    return Character.isUpperCase(word.charAt(0)) ? "typ" : called ? "fun" : "";
  }
}
