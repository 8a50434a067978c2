package dev.retort.kernel.page;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes out of HTML what could act: scripts, frames, forms, handlers and links to code. */
final class PassiveHtml {
  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.DOTALL;

  /** Elements that go with all that is in them. */
  private static final Pattern ACTIVE_ELEMENTS =
      Pattern.compile("<(script|iframe|object|noscript|template)\\b.*?(</\\1\\s*>|$)", FLAGS);

  /** Tags that go, their content stays. */
  private static final Pattern ACTIVE_TAGS =
      Pattern.compile(
          "</?(script|iframe|object|noscript|template|embed|applet|form|base|meta|link|frame"
              + "|frameset|foreignobject|animate|set)\\b[^>]*>?",
          FLAGS);

  private static final Pattern TAG =
      Pattern.compile("<[a-z](?:[^>\"']|\"[^\"]*\"|'[^']*')*>?", FLAGS);
  private static final Pattern HANDLER =
      Pattern.compile("[\\s/\"']on[\\w-]+\\s*=\\s*(\"[^\"]*\"|'[^']*'|[^\\s>]*)", FLAGS);
  private static final Pattern CODE_LINK =
      Pattern.compile(
          "(href|src|action|formaction|xlink:href|srcdoc|data)\\s*=\\s*"
              + "([\"']?)\\s*(?:j\\s*a\\s*v\\s*a|v\\s*b|data\\s*:\\s*text|&)[^\\s>]*\\2",
          FLAGS);

  private PassiveHtml() {}

  /** The same HTML without anything active. */
  static String of(String html) {
    String text = html;
    for (String before = null; !text.equals(before); ) { // nested pieces could form new ones
      before = text;
      text = ACTIVE_ELEMENTS.matcher(text).replaceAll("");
      text = ACTIVE_TAGS.matcher(text).replaceAll("");
      text = TAG.matcher(text).replaceAll(tag -> Matcher.quoteReplacement(attributes(tag.group())));
    }
    return text;
  }

  private static String attributes(String tag) {
    String quiet = HANDLER.matcher(tag).replaceAll(" ");
    return CODE_LINK.matcher(quiet).replaceAll("$1=\"#\"");
  }

  /** Text as HTML: everything that means something to a browser is escaped. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
