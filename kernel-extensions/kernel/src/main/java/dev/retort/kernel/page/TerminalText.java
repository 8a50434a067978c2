package dev.retort.kernel.page;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns text as terminals show it into HTML: colors become spans, a carriage return overwrites. */
final class TerminalText {
  private static final Pattern ESCAPE = Pattern.compile("\u001b\\[([0-9;]*)([A-Za-z])");

  private TerminalText() {}

  /** The text as escaped HTML. */
  static String html(String text) {
    String shown = overwritten(text);
    StringBuilder html = new StringBuilder();
    Matcher escape = ESCAPE.matcher(shown);
    int at = 0;
    boolean open = false;
    while (escape.find()) {
      html.append(PassiveHtml.escape(shown.substring(at, escape.start())));
      at = escape.end();
      if (!escape.group(2).equals("m")) {
        continue;
      }
      if (open) {
        html.append("</span>");
      }
      String classes = classes(escape.group(1));
      open = !classes.isEmpty();
      if (open) {
        html.append("<span class=\"").append(classes).append("\">");
      }
    }
    html.append(PassiveHtml.escape(shown.substring(at)));
    return html.append(open ? "</span>" : "").toString();
  }

  private static String classes(String codes) {
    StringBuilder classes = new StringBuilder();
    for (String code : codes.split(";", -1)) {
      String name =
          switch (code) {
            case "1" -> "bold";
            case "2" -> "dim";
            case "31", "91" -> "red";
            case "32", "92" -> "green";
            case "33", "93" -> "yellow";
            case "34", "94" -> "blue";
            case "35", "95" -> "magenta";
            case "36", "96" -> "cyan";
            default -> "";
          };
      if (!name.isEmpty()) {
        classes.append(classes.length() == 0 ? "" : " ").append(name);
      }
    }
    return classes.toString();
  }

  /** Keeps of every line what was written after its last carriage return. */
  private static String overwritten(String text) {
    StringBuilder kept = new StringBuilder();
    for (String line : text.replace("\r\n", "\n").split("(?<=\n)", -1)) {
      int end = line.endsWith("\n") ? line.length() - 1 : line.length();
      int back = line.lastIndexOf('\r', end - 2);
      kept.append(line.substring(back + 1).replace("\r", ""));
    }
    return kept.toString();
  }
}
