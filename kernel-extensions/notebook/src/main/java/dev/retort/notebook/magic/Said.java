package dev.retort.notebook.magic;

import com.google.gson.JsonObject;
import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What was typed, checked: every option is known, said once, and has a value of its type. */
final class Said {
  private final String magic;
  private final Map<Schema, Settings> settings = new LinkedHashMap<>();
  private final Set<String> names = new LinkedHashSet<>();
  private final Set<Switch> switches;

  private Said(String magic, Set<Switch> switches) {
    this.magic = magic;
    this.switches = switches;
  }

  /**
   * Understands what was typed.
   *
   * @param manual whose switches and positions count
   * @param schemas whose options count
   */
  static Said of(Manual manual, List<Schema> schemas, Typed typed) {
    String magic = "%" + manual.name();
    Said said = new Said(magic, Set.copyOf(typed.switches()));
    schemas.forEach(schema -> said.settings.put(schema, schema.standard()));
    Map<String, Schema> owners = owners(schemas);
    Set<String> choices = new LinkedHashSet<>(owners.keySet());
    switches(manual).forEach(one -> choices.add(one.word()));
    for (Switch one : typed.switches()) {
      if (!switches(manual).contains(one)) {
        throw new UnknownNameException(magic + " option", one.word(), choices);
      }
    }
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (Typed.Pair pair : typed.options()) {
      String name =
          name(schemas, pair.name())
              .orElseThrow(() -> new UnknownNameException(magic + " option", pair.name(), choices));
      if (pair.value().isEmpty()) {
        throw new RetortException(
            "%s: expected a value for '%s', got nothing. Write --%s %s."
                .formatted(magic, name, name, sample(owners, name)));
      }
      values.computeIfAbsent(name, first -> new ArrayList<>()).add(pair.value());
    }
    place(manual, owners, typed.words(), values);
    values.forEach((name, texts) -> said.put(owners.get(name), name, texts));
    return said;
  }

  private static Map<String, Schema> owners(List<Schema> schemas) {
    Map<String, Schema> owners = new LinkedHashMap<>();
    for (Schema schema : schemas) {
      schema.options().forEach(option -> owners.putIfAbsent(option.name(), schema));
    }
    return owners;
  }

  /** What an option is called that goes, or once went, by a word. */
  private static Optional<String> name(List<Schema> schemas, String word) {
    return schemas.stream()
        .flatMap(schema -> schema.find(word).stream())
        .<String>map(Option::name)
        .findFirst();
  }

  /** The switches that every magic has, and its own. */
  static List<Switch> switches(Manual manual) {
    List<Switch> all = new ArrayList<>(manual.switches());
    all.add(Switch.JAVA);
    all.add(Switch.HELP);
    return all;
  }

  private static String sample(Map<String, Schema> owners, String name) {
    String standard = owners.get(name).option(name).standardText();
    if (standard.equals("off")) {
      return "on"; // who names a switch wants it
    }
    return standard.isEmpty() ? name.toUpperCase(Locale.ROOT) : standard;
  }

  /** Gives words without a name the names of their places. */
  private static void place(
      Manual manual,
      Map<String, Schema> owners,
      List<String> words,
      Map<String, List<String>> values) {
    List<String> free =
        manual.positions().stream().filter(name -> !values.containsKey(name)).toList();
    for (int i = 0; i < words.size(); i++) {
      String last = free.isEmpty() ? "" : free.get(free.size() - 1);
      if (i >= free.size() && !isList(owners, last)) {
        throw new RetortException(
            "%%%s: expected %s, got '%s' too. Options begin with two hyphens; %%rl %s lists them."
                .formatted(manual.name(), Help.words(manual), words.get(i), manual.name()));
      }
      String name = i < free.size() ? free.get(i) : last;
      values.computeIfAbsent(name, place -> new ArrayList<>()).add(words.get(i));
    }
  }

  private static boolean isList(Map<String, Schema> owners, String name) {
    return owners.containsKey(name) && isList(owners.get(name).option(name));
  }

  /** Whether an option of a magic takes several words. */
  static boolean isList(Manual manual, String name) {
    return manual.schemas().stream()
        .flatMap(schema -> schema.options().stream())
        .anyMatch(option -> option.name().equals(name) && isList(option));
  }

  /** Whether an option takes several words; lists of numbers are one. */
  static boolean isList(Option<?> option) {
    try {
      return option.standard() instanceof List<?>
          && option.type().reader().apply("a b") instanceof List<?>;
    } catch (RuntimeException e) { // of numbers
      return false;
    }
  }

  private void put(Schema schema, String name, List<String> texts) {
    if (texts.size() > 1 && !isList(schema.option(name))) {
      throw new RetortException(
          "%s: expected '%s' once, got %s.".formatted(magic, name, String.join(" and ", texts)));
    }
    settings.computeIfPresent(schema, (own, before) -> before.parse(name, String.join(" ", texts)));
    names.add(name);
  }

  /** The settings of one of the schemas. */
  Settings of(Schema schema) {
    return settings.get(schema);
  }

  /** What was said, on top of settings of one of the schemas. */
  Settings over(Settings before) {
    JsonObject own = of(before.schema()).json();
    Settings settings = before;
    for (Option<?> option : before.schema().options()) {
      if (has(option)) {
        settings = settings.parse(option.name(), own.get(option.name()).getAsString());
      }
    }
    return settings;
  }

  /** The value of an option, wherever it was declared. */
  <T> T get(Schema schema, Option<T> option) {
    return of(schema).get(option);
  }

  /** The value of an option that has to be said. */
  String need(Schema schema, Option<String> option) {
    if (!has(option)) {
      throw missing(option);
    }
    return get(schema, option);
  }

  /** The values of an option that has to be said. */
  List<String> needAll(Schema schema, Option<List<String>> option) {
    if (!has(option) || get(schema, option).isEmpty()) {
      throw missing(option);
    }
    return get(schema, option);
  }

  private RetortException missing(Option<?> option) {
    return new RetortException(
        "%s: expected %s for '%s', got nothing. Write %s."
            .formatted(
                magic, option.type().label(), option.name(), Help.usage(magic.substring(1))));
  }

  /** Whether an option was said. */
  boolean has(Option<?> option) {
    return has(option.name());
  }

  /** Whether an option of that name was said. */
  boolean has(String option) {
    return names.contains(option);
  }

  /** Whether a switch was said. */
  boolean has(Switch one) {
    return switches.contains(one);
  }
}
