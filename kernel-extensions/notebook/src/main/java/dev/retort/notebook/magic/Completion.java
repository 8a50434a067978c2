package dev.retort.notebook.magic;

import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.notebook.Notebook;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What could be typed next behind a magic: options, and values that fit them, from the same schemas
 * as help.
 */
final class Completion {
  private final Notebook notebook;
  private final Manual manual;
  private final Typed typed;
  private final List<Option<?>> options;
  private final String word;

  private Completion(Notebook notebook, RetortMagic magic, Typed typed, String word) {
    this.notebook = notebook;
    this.manual = magic.manual();
    this.typed = typed;
    this.options =
        schemas(magic, typed).stream().flatMap(schema -> schema.options().stream()).toList();
    this.word = word;
  }

  /** While the name of an algorithm is not one yet, options of all of them are offered. */
  private static List<Schema> schemas(RetortMagic magic, Typed typed) {
    try {
      return magic.schemas(typed);
    } catch (RetortException e) {
      return magic.manual().schemas();
    }
  }

  /**
   * What could stand in the place of the last word.
   *
   * @param text from the percent sign to the cursor
   */
  static List<String> of(Notebook notebook, String text) {
    boolean cell = text.startsWith("%%");
    String[] lines = text.substring(cell ? 2 : 1).split("\n", -1);
    List<String> head = words(lines[0]);
    Optional<RetortMagic> magic = Magics.find(head.get(0));
    if (magic.isEmpty() || (lines.length == 1 && head.size() == 1)) {
      return List.of();
    }
    boolean inHead = lines.length == 1;
    List<String> before = head.subList(1, inHead ? head.size() - 1 : head.size());
    try {
      Typed typed = Typed.line("%", before);
      boolean named = cell && !typed.words().isEmpty();
      if (inHead) {
        boolean naming = cell && !named; // the first word is a name to be made up
        Typed own = named ? typed.withoutFirst() : typed;
        String word = head.get(head.size() - 1);
        return new Completion(notebook, magic.get(), own, word).inLine(before, naming);
      }
      String body = String.join("\n", Arrays.asList(lines).subList(1, lines.length - 1));
      Typed own = (named ? typed.withoutFirst() : typed).body("%%", body);
      List<String> last = words(lines[lines.length - 1].stripLeading());
      String word = last.get(last.size() - 1);
      return new Completion(notebook, magic.get(), own, word).inBody(last);
    } catch (RetortException e) {
      return List.of(); // what stands before makes no sense yet
    }
  }

  /** The words of a line; the last one is empty where the cursor stands behind a blank. */
  private static List<String> words(String line) {
    return List.of(line.split("\\s+", -1));
  }

  private List<String> inLine(List<String> before, boolean naming) {
    int sign = word.indexOf('=');
    if (word.startsWith("-") && sign > 0) {
      String flag = word.substring(0, sign + 1);
      return matching(values(word.substring(2, sign)).map(value -> flag + value));
    }
    Stream<String> flags = names().map(name -> "--" + name);
    if (word.startsWith("-")) {
      return matching(flags);
    }
    String last = before.isEmpty() ? "" : before.get(before.size() - 1);
    if (last.startsWith("--") && option(last.substring(2)).isPresent()) {
      return matching(values(last.substring(2)));
    }
    Stream<String> placed = naming ? Stream.of() : place().stream().flatMap(this::values);
    return matching(Stream.concat(placed, flags));
  }

  private List<String> inBody(List<String> line) {
    if (line.size() == 1) {
      return matching(names());
    }
    return matching(values(line.get(0).replaceFirst("^--", "")));
  }

  /** The option that a word without a name would be. */
  private Optional<String> place() {
    List<String> free =
        manual.positions().stream()
            .filter(name -> typed.options().stream().noneMatch(pair -> pair.name().equals(name)))
            .toList();
    int at = typed.words().size();
    if (at < free.size()) {
      return Optional.of(free.get(at));
    }
    return free.isEmpty()
        ? Optional.empty()
        : Optional.of(free.get(free.size() - 1))
            .filter(last -> option(last).filter(Said::isList).isPresent());
  }

  private Optional<Option<?>> option(String name) {
    return options.stream().filter(option -> option.isCalled(name)).findFirst();
  }

  /** The options and switches that have not been said yet. */
  private Stream<String> names() {
    Set<String> said = new LinkedHashSet<>();
    typed.options().forEach(pair -> said.add(pair.name()));
    typed.switches().forEach(one -> said.add(one.word()));
    return Stream.concat(
            options.stream().map(Option::name), Said.switches(manual).stream().map(Switch::word))
        .filter(name -> !said.contains(name))
        .distinct();
  }

  private Stream<String> values(String name) {
    if (manual.name().equals("env") && name.equals("set")) {
      return parameters();
    }
    if (manual.name().equals("teacher") && name.equals("preset")) {
      return TeacherMagic.presets(typed);
    }
    return option(name).stream()
        .flatMap(option -> Words.choices(option, notebook).stream())
        .filter(value -> !typed.words().contains(value) && !value.isEmpty());
  }

  /** The parameters of the environment that was named, as they are. */
  private Stream<String> parameters() {
    if (typed.words().isEmpty()) {
      return Stream.of();
    }
    Env env = Thing.envOf(typed.words().get(0), notebook).value();
    return env.parameters().entrySet().stream()
        .map(parameter -> parameter.getKey() + "=" + parameter.getValue());
  }

  /** Those that begin like the word; of several names with commas between, like the last. */
  private List<String> matching(Stream<String> values) {
    String before = word.substring(0, word.lastIndexOf(',') + 1);
    String wanted = word.toLowerCase(Locale.ROOT);
    String last = wanted.substring(before.length());
    List<String> matches = new ArrayList<>();
    values.forEach(
        value -> {
          if (value.toLowerCase(Locale.ROOT).startsWith(wanted)) {
            matches.add(value);
          } else if (!before.isEmpty() && value.toLowerCase(Locale.ROOT).startsWith(last)) {
            matches.add(before + value);
          }
        });
    return List.copyOf(matches);
  }
}
