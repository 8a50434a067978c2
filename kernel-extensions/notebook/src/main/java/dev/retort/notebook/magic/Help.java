package dev.retort.notebook.magic;

import dev.retort.figure.TextTable;
import dev.retort.notebook.Bundle;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.report.Html;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Help, written from the schemas: the same for every magic. */
public final class Help {
  private static final List<String> HEADER = List.of("option", "default", "what it is");

  private Help() {}

  /** The words that need no name, such as {@code ALGORITHM ON}. */
  static String words(Manual manual) {
    return manual.positions().isEmpty()
        ? "no words"
        : manual.positions().stream()
            .map(name -> name.toUpperCase(Locale.ROOT))
            .collect(Collectors.joining(" "));
  }

  /** How a magic is written, in a line. */
  static String usage(String magic) {
    Manual manual = Magics.get(magic).manual();
    String options =
        manual.schemas().stream().allMatch(schema -> schema.options().isEmpty())
            ? ""
            : " [--option value]";
    return "%" + magic + (manual.positions().isEmpty() ? "" : " " + words(manual)) + options;
  }

  /** The page of one magic. */
  static Bundle of(Manual manual) {
    List<String> text = new ArrayList<>();
    StringBuilder html = new StringBuilder("<div>");
    text.add(usage(manual.name()));
    text.add(sentence(manual.summary()) + gives(manual));
    html.append("<p><code>").append(Html.escape(usage(manual.name()))).append("</code></p><p>");
    html.append(Html.escape(sentence(manual.summary()) + gives(manual))).append("</p>");
    for (Schema schema : manual.schemas()) {
      if (!schema.options().isEmpty()) {
        text.add("");
        text.add("Options of " + schema.owner() + ":");
        schema.options().forEach(option -> text.addAll(lines(option)));
        html.append("<p>Options of ").append(Html.escape(schema.owner())).append("</p>");
        html.append(Html.table(TextTable.of(HEADER, rows(schema))));
      }
    }
    List<List<String>> switches =
        Said.switches(manual).stream().map(one -> List.of("--" + one.word(), one.help())).toList();
    text.add("");
    text.add("Without a value:");
    switches.forEach(row -> text.add("  " + row.get(0) + "  " + row.get(1)));
    html.append(Html.table(TextTable.of(List.of("option", "what it does"), switches)));
    String example = example(manual);
    text.add("");
    text.add(example);
    html.append("<pre>").append(Html.escape(example).replace("&#10;", "\n")).append("</pre></div>");
    return Bundle.text(String.join("\n", text)).html(html.toString());
  }

  private static String gives(Manual manual) {
    return manual.gives().isEmpty() ? "" : " It gives " + manual.gives() + ".";
  }

  private static String example(Manual manual) {
    return manual.form() == Manual.Form.LINE
        ? "Example: " + manual.example()
        : "Example: %s   (or %%%%%s variable, with a 'key value' a line below)"
            .formatted(manual.example(), manual.name());
  }

  private static String sentence(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ".";
  }

  private static List<String> lines(Option<?> option) {
    String standard = option.standardText();
    return List.of(
        "  --" + option.name() + (standard.isEmpty() ? "" : " " + standard),
        "      " + what(option));
  }

  private static String what(Option<?> option) {
    return option.help()
        + ": "
        + option.type().label()
        + (option.unit().isEmpty() ? "" : " (" + option.unit() + ")");
  }

  private static List<List<String>> rows(Schema schema) {
    return schema.options().stream()
        .map(option -> List.of("--" + option.name(), option.standardText(), what(option)))
        .toList();
  }

  /** The list of magics. */
  static Bundle list(List<Magic> magics) {
    List<List<String>> rows =
        magics.stream()
            .map(Magic::manual)
            .map(
                manual ->
                    List.of(
                        (manual.form() == Manual.Form.LINE ? "%" : "%, %%") + manual.name(),
                        manual.gives(),
                        manual.summary()))
            .toList();
    List<String> text = new ArrayList<>();
    rows.forEach(row -> text.add("%-14s %s".formatted(row.get(0), row.get(2))));
    String more = "%rl NAME explains one; --java prints the expression that a magic stands for.";
    text.add(more);
    return Bundle.text(String.join("\n", text))
        .html(
            Html.table(TextTable.of(List.of("magic", "gives", "what it does"), rows))
                + "<p>"
                + Html.escape(more)
                + "</p>");
  }

  /** The options of a schema as a Markdown table, for documentation. */
  public static String table(Schema schema) {
    StringBuilder table = new StringBuilder("| option | default | what it is |\n|---|---|---|\n");
    for (Option<?> option : schema.options()) {
      table.append("| `%s` | %s | %s |%n".formatted(option.name(), code(option), cell(option)));
    }
    return table.toString();
  }

  private static String code(Option<?> option) {
    return option.standardText().isEmpty() ? "" : "`" + option.standardText() + "`";
  }

  private static String cell(Option<?> option) {
    return what(option).replace("|", "\\|");
  }
}
