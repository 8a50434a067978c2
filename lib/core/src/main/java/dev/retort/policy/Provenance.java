package dev.retort.policy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.retort.env.Description;
import dev.retort.env.Env;
import dev.retort.option.Traits;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where something comes from that was learned, solved or collected.
 *
 * @param traits how it came about: algorithm, environment, seed; nothing where it is not known
 * @param homes the environments that it was made for: where it was trained, what it solves, or
 *     where the data was collected that it was distilled from; none where that is not known
 */
public record Provenance(Traits traits, List<Description> homes) {
  private static final Provenance UNKNOWN = new Provenance(Traits.none(), List.of());
  private static final int MOST_NAMED = 3;

  /** Keeps a copy of the list, without repeats. */
  public Provenance {
    homes = homes.stream().distinct().toList();
  }

  /** Nothing is known. */
  public static Provenance unknown() {
    return UNKNOWN;
  }

  /** From one environment. */
  public static Provenance in(Env env) {
    return new Provenance(Traits.none(), List.of(Description.of(env)));
  }

  /** From wherever one of several comes from. */
  public static Provenance of(Collection<Provenance> all) {
    return new Provenance(
        Traits.none(), all.stream().flatMap(each -> each.homes().stream()).toList());
  }

  /** The same homes of something that came about so. */
  public Provenance with(Traits how) {
    return new Provenance(how, homes);
  }

  /** The names of the homes, such as {@code Corridor and Street}; nothing where none is known. */
  public String names() {
    List<String> names = homes.stream().map(Description::name).distinct().toList();
    return names.size() <= MOST_NAMED
        ? String.join(" and ", names)
        : "%s and %s more".formatted(names.get(0), names.size() - 1);
  }

  /**
   * What to say of it in an environment: that it was made for another one of the name, and how that
   * differs. In each of its homes it is at home, and on an environment of another name nobody
   * expects the same.
   *
   * @param whose what it is called, such as {@code 'PPO'} or {@code the prior}
   */
  public Optional<String> caution(String whose, Env env) {
    List<Optional<String>> differences =
        homes.stream()
            .filter(home -> home.name().equals(env.name()))
            .map(home -> home.difference(env))
            .toList();
    if (differences.stream().anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    String others =
        differences.size() == 1
            ? "another '%s'".formatted(env.name())
            : "%s others called '%s', the first of which differs so"
                .formatted(differences.size(), env.name());
    return differences.stream()
        .flatMap(Optional::stream)
        .findFirst()
        .map(how -> "%s was made for %s: %s.".formatted(whose, others, how));
  }

  /** The homes as they stand in files: one as it is, several as a list, none as nothing. */
  public String written() {
    if (homes.size() <= 1) {
      return homes.stream().map(Description::toString).findFirst().orElse("");
    }
    JsonArray all = new JsonArray();
    homes.forEach(home -> all.add(home.json()));
    return all.toString();
  }

  /** Reads the homes that {@link #written()} gave. */
  public static Provenance read(String text) {
    List<String> each = text.isEmpty() ? List.of() : List.of(text);
    return new Provenance(
        Traits.none(),
        (text.startsWith("[") ? elements(text) : each).stream().map(Description::read).toList());
  }

  private static List<String> elements(String list) {
    try {
      return JsonParser.parseString(list).getAsJsonArray().asList().stream()
          .map(JsonElement::toString)
          .toList();
    } catch (JsonParseException e) {
      return List.of(list); // no description either, which is told then
    }
  }

  @Override
  public String toString() {
    return Stream.of(traits.toString(), homes.isEmpty() ? "" : "made for " + names())
        .filter(words -> !words.isEmpty())
        .collect(Collectors.joining(" · "));
  }
}
