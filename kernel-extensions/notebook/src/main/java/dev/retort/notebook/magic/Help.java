package dev.retort.notebook.magic;

import dev.retort.figure.TextTable;
import dev.retort.notebook.Bundle;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.report.Html;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Help, written from the schemas: the same for every magic. */
public final class Help {
  private static final List<String> HEADER = List.of("option", "default", "what it is");

  /** Line magics whose value is what one goes on with. */
  private static final Set<String> KEPT = Set.of("collect", "evaluate", "env");

  /** A first experiment, in which every line needs the ones before. */
  static final List<String> EXPERIMENT =
      List.of(
          "Policy teacher = %teacher PPO CartPole --steps 30000",
          "Dataset data = %collect 20000 --from teacher --on CartPole --epsilon 0.1",
          "Ensemble students = %distill teacher --from data --into mlp:16,16 --members 5",
          "%evaluate teacher students --on CartPole",
          "%render students --on CartPole");

  private static final List<String> MORE = more();

  private Help() {}

  private static List<String> more() {
    List<String> more = new ArrayList<>();
    more.add("");
    more.add("A first experiment, a line in each cell:");
    EXPERIMENT.forEach(line -> more.add("  " + line));
    more.add("");
    more.add("%rl NAME, or %NAME --help, explains one. With --java a magic prints the expression");
    more.add("that it stands for, with --explain what it would do and cost. The Tab key");
    more.add("completes options and values, Shift and Tab show this help.");
    return List.copyOf(more);
  }

  /** The words that need no name, such as {@code [ALGORITHM] ENVIRONMENT}. */
  static String words(Manual manual) {
    return manual.positions().isEmpty()
        ? "no words"
        : manual.positions().stream()
            .map(
                name ->
                    manual.needs().contains(name)
                        ? noun(manual, name)
                        : "[" + noun(manual, name) + "]")
            .collect(Collectors.joining(" "));
  }

  /** What a value is, in capitals: of {@code on} an ENVIRONMENT, of {@code members} MEMBERS. */
  private static String noun(Manual manual, String name) {
    String label = manual.option(name).type().label();
    boolean preposition = name.equals("on") || name.equals("from");
    String noun = preposition ? label.replaceFirst(":.*", "").replaceFirst("^an? ", "") : name;
    return noun.toUpperCase(Locale.ROOT);
  }

  /** How a magic is written, in a line. */
  static String usage(String magic) {
    Manual manual = Magics.get(magic).manual();
    StringBuilder usage = new StringBuilder("%" + magic);
    if (!manual.positions().isEmpty()) {
      usage.append(' ').append(words(manual));
    }
    manual.needs().stream()
        .filter(name -> !manual.positions().contains(name))
        .forEach(name -> usage.append(" --" + name + " " + noun(manual, name)));
    boolean more =
        manual.schemas().stream()
            .flatMap(schema -> schema.options().stream())
            .map(Option::name)
            .anyMatch(name -> !manual.positions().contains(name) && !manual.needs().contains(name));
    return usage.append(more ? " [--option value]" : "").toString();
  }

  /** The page of one magic. */
  static Bundle of(Manual manual) {
    List<String> text = new ArrayList<>();
    StringBuilder html = new StringBuilder("<div>");
    text.add(usage(manual.name()));
    text.add(sentence(manual.summary()) + gives(manual));
    html.append("<p><code>").append(Html.escape(usage(manual.name()))).append("</code></p><p>");
    html.append(Html.escape(sentence(manual.summary()) + gives(manual))).append("</p>");
    Map<String, List<Option<?>>> options = new LinkedHashMap<>();
    for (Schema schema : manual.schemas()) {
      options.computeIfAbsent(schema.owner(), owner -> new ArrayList<>()).addAll(schema.options());
    }
    options.forEach(
        (owner, own) -> {
          if (!own.isEmpty()) {
            text.add("");
            text.add("Options of " + owner + ":");
            own.forEach(option -> text.addAll(lines(option)));
            html.append("<p>Options of ").append(Html.escape(owner)).append("</p>");
            html.append(Html.table(TextTable.of(HEADER, rows(own))));
          }
        });
    List<List<String>> switches =
        Said.switches(manual).stream().map(one -> List.of("--" + one.word(), one.help())).toList();
    text.add("");
    text.add("Without a value:");
    switches.forEach(row -> text.add("  " + row.get(0) + "  " + row.get(1)));
    html.append(Html.table(TextTable.of(List.of("option", "what it does"), switches)));
    List<String> examples = examples(manual);
    text.add("");
    text.addAll(examples);
    html.append("<pre>");
    html.append(String.join("\n", examples.stream().map(Html::escape).toList()));
    html.append("</pre></div>");
    return Bundle.text(String.join("\n", text)).html(html.toString());
  }

  private static String gives(Manual manual) {
    return manual.gives().isEmpty() ? "" : " Its value: " + manual.gives() + ".";
  }

  /** The examples as lines, the first also with its value kept and as a cell. */
  private static List<String> examples(Manual manual) {
    List<String> lines = new ArrayList<>();
    lines.add(manual.examples().size() == 1 ? "Example:" : "Examples, each in a cell of its own:");
    manual.examples().forEach(example -> lines.add("  " + example));
    String first = manual.examples().get(0);
    if (manual.form() == Manual.Form.LINE_AND_CELL) {
      lines.add("  %s result = %s".formatted(manual.gives(), first));
      lines.add("As a cell, with an option a line; the value is kept in the variable 'result':");
      lines.add("  %%" + manual.name() + " result");
      body(manual, first).forEach(line -> lines.add("  " + line));
    } else if (KEPT.contains(manual.name())) {
      lines.add("  %s result = %s".formatted(manual.gives(), first));
    }
    return lines;
  }

  /** The body of a cell that says the same as a line. */
  private static List<String> body(Manual manual, String example) {
    List<String> words = List.of(example.split(" ", -1));
    Typed typed = Typed.line("%" + manual.name(), words.subList(1, words.size()));
    List<Typed.Pair> pairs = new ArrayList<>();
    int last = manual.positions().size() - 1;
    for (int i = 0; i <= Math.min(last, typed.words().size() - 1); i++) {
      List<String> own =
          i < last ? List.of(typed.words().get(i)) : typed.words().subList(i, typed.words().size());
      pairs.add(new Typed.Pair(manual.positions().get(i), String.join(" ", own)));
    }
    pairs.addAll(typed.options());
    int width = pairs.stream().mapToInt(pair -> pair.name().length()).max().orElse(0);
    return pairs.stream()
        .map(pair -> pair.name() + " ".repeat(width + 2 - pair.name().length()) + pair.value())
        .toList();
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
        + (Said.isList(option) ? "; several with commas between" : "")
        + (option.unit().isEmpty() ? "" : " (" + option.unit() + ")");
  }

  private static List<List<String>> rows(List<Option<?>> options) {
    return options.stream()
        .map(option -> List.of("--" + option.name(), option.standardText(), what(option)))
        .toList();
  }

  /** The list of magics. */
  static Bundle list(List<RetortMagic> magics) {
    List<List<String>> rows =
        magics.stream()
            .map(RetortMagic::manual)
            .map(
                manual ->
                    List.of(
                        "%"
                            + manual.name()
                            + (manual.form() == Manual.Form.LINE ? "" : ", %%" + manual.name()),
                        manual.gives(),
                        manual.summary()))
            .toList();
    List<String> text = new ArrayList<>();
    rows.forEach(row -> text.add("%-23s  %s".formatted(row.get(0), row.get(2))));
    text.addAll(MORE);
    return Bundle.text(String.join("\n", text))
        .html(
            Html.table(TextTable.of(List.of("magic", "gives", "what it does"), rows))
                + "<pre>"
                + String.join("\n", MORE.stream().map(Html::escape).toList())
                + "</pre>");
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
