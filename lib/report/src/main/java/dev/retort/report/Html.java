package dev.retort.report;

import dev.retort.figure.Numbers;
import dev.retort.figure.TextTable;
import java.nio.charset.StandardCharsets;
import tech.tablesaw.api.Table;

/**
 * Passive HTML: no script, no outside reference, every string escaped, readable on light and dark.
 *
 * <p>Text takes the page's own color, lines are the same color made translucent, and nothing sets a
 * background, so one page serves every theme.
 */
public final class Html {
  /** The longest output in bytes. */
  public static final int LIMIT = 64 * 1024;

  static final String FAINT = "rgba(128,128,128,.25)";
  static final String RULE = "rgba(128,128,128,.6)";
  static final String SANS = "font-family:system-ui,-apple-system,'Segoe UI',sans-serif";

  private static final int ROWS = 20;
  private static final int CELL = 120;

  private Html() {}

  /** A text that can stand in an element or in a quoted attribute. */
  public static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(Character.isISOControl(c) ? ' ' : c);
              }
            });
    return safe.toString();
  }

  /** Escaped, and cut to a number of characters with an ellipsis. */
  static String escape(String text, int longest) {
    boolean fits = text.codePointCount(0, text.length()) <= longest;
    return escape(fits ? text : text.substring(0, text.offsetByCodePoints(0, longest - 1)) + "…");
  }

  /** The first 20 rows of a table, and how many more there are. */
  public static String table(Table table) {
    return table(table, ROWS);
  }

  /** The first rows of a table, and how many more there are. */
  public static String table(Table table, int rows) {
    return table(TextTable.of(table, rows));
  }

  /**
   * A table of texts in the manner of printed papers: rules above and below, none between columns;
   * numbers stand at the right. Rows that would take it beyond {@link #LIMIT} are counted with
   * those that are left out.
   */
  public static String table(TextTable table) {
    boolean[] numeric = table.numeric();
    StringBuilder html = new StringBuilder();
    html.append("<table style=\"border-collapse:collapse;border:0;margin:.4em 0;")
        .append(SANS)
        .append(";font-size:13px;line-height:1.5;font-variant-numeric:tabular-nums")
        .append(";border-top:2px solid ")
        .append(RULE)
        .append(";border-bottom:2px solid ")
        .append(RULE)
        .append("\"><thead><tr>");
    for (int column = 0; column < table.header().size(); column++) {
      html.append(cell("th", table.header().get(column), numeric[column], "1px solid " + RULE));
    }
    html.append("</tr></thead><tbody>");
    int size = bytes(html);
    int shown = 0;
    for (int row = 0; row < table.rows().size(); row++) {
      StringBuilder line = new StringBuilder("<tr style=\"background:transparent\">");
      for (int column = 0; column < table.header().size(); column++) {
        String rule = row + 1 < table.rows().size() ? "1px solid " + FAINT : "0";
        line.append(cell("td", table.rows().get(row).get(column), numeric[column], rule));
      }
      line.append("</tr>");
      size += bytes(line);
      if (size > LIMIT - 1_024) {
        break;
      }
      html.append(line);
      shown++;
    }
    html.append("</tbody></table>");
    int left = table.more() + table.rows().size() - shown;
    if (left > 0) {
      html.append("<div style=\"")
          .append(SANS)
          .append(";font-size:12px;opacity:.7;padding-left:.6em\">… ")
          .append(Numbers.count(left))
          .append(left == 1 ? " more row</div>" : " more rows</div>");
    }
    return html.toString();
  }

  private static String cell(String tag, String text, boolean numeric, String rule) {
    return "<%s style=\"text-align:%s;padding:.15em .55em;border:0;border-bottom:%s%s\">%s</%s>"
        .formatted(
            tag,
            numeric ? "right" : "left",
            rule,
            (tag.equals("th") ? ";font-weight:600" : "")
                + (numeric || tag.equals("th") ? ";white-space:nowrap" : ""),
            escape(text, CELL),
            tag);
  }

  static int bytes(CharSequence text) {
    return text.toString().getBytes(StandardCharsets.UTF_8).length;
  }
}
