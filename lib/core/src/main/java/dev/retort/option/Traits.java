package dev.retort.option;

import com.google.gson.JsonObject;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What tells a thing from others of its kind, by name and in reading order: how it was made, with
 * which seed, and what differs from the defaults. It decides no number.
 *
 * <pre>{@code
 * Traits traits = Traits.of("algorithm", "PPO").and("seed", 3).and(settings);
 * traits.toString();                         // PPO · seed 3 · steps 60000
 * }</pre>
 *
 * @param values by name
 */
public record Traits(Map<String, String> values) {
  /** How it was made. */
  public static final String ALGORITHM = "algorithm";

  /** Where it was made. */
  public static final String ENVIRONMENT = "environment";

  /** Which of those that were made alike. */
  public static final String SEED = "seed";

  private static final Pattern ASIDE = Pattern.compile("\\([^()]*\\)");
  private static final Pattern COUNT = Pattern.compile("\\d{1,18}");
  private static final Traits NONE = new Traits(Map.of());

  /** What says by itself what it is. */
  private static final Set<String> BARE = Set.of(ALGORITHM, ENVIRONMENT, "data", "network", "into");

  /** Keeps a copy in the same order. */
  public Traits {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Nothing is known. */
  public static Traits none() {
    return NONE;
  }

  /** One trait. */
  public static Traits of(String name, Object value) {
    return NONE.and(name, value);
  }

  /** One trait more; one of that name that is there keeps its place and is said anew. */
  public Traits and(String name, Object value) {
    Map<String, String> more = new LinkedHashMap<>(values);
    more.put(name, String.valueOf(value));
    return new Traits(more);
  }

  /** What differs from the defaults too, of what is not said yet. */
  public Traits and(Settings settings) {
    Map<String, String> more = new LinkedHashMap<>(values);
    settings.changes().forEach(more::putIfAbsent);
    return new Traits(more);
  }

  /** Those that have one of these names. */
  Traits only(Collection<String> names) {
    Map<String, String> fewer = new LinkedHashMap<>(values);
    fewer.keySet().retainAll(names);
    return new Traits(fewer);
  }

  /** The form in files. */
  public JsonObject json() {
    JsonObject json = new JsonObject();
    values.forEach(json::addProperty);
    return json;
  }

  /** Reads what {@link #json()} wrote. */
  public static Traits of(JsonObject json) {
    Map<String, String> values = new LinkedHashMap<>();
    json.asMap().forEach((name, value) -> values.put(name, value.getAsString()));
    return new Traits(values);
  }

  /**
   * In words, without those that a text says already; what it says in parentheses is of something
   * else.
   */
  public String beyond(String text) {
    String said = ASIDE.matcher(text).replaceAll("");
    return values.entrySet().stream()
        .filter(trait -> !isSaid(counted(trait), said))
        .map(Traits::words)
        .filter(words -> !isSaid(words, words.contains("(") ? text : said))
        .collect(Collectors.joining(" · "));
  }

  /** Whether a text has these words, and not only as a part of longer ones. */
  private static boolean isSaid(String words, String text) {
    String whole = "(?<![\\w.])%s(?![\\w.])".formatted(Pattern.quote(words));
    return Pattern.compile(whole).matcher(text).find();
  }

  private static String words(Map.Entry<String, String> trait) {
    return BARE.contains(trait.getKey())
        ? trait.getValue()
        : trait.getKey() + " " + trait.getValue();
  }

  /** A count as titles say it: {@code 20,000 steps}. */
  private static String counted(Map.Entry<String, String> trait) {
    return COUNT.matcher(trait.getValue()).matches()
        ? String.format(Locale.ROOT, "%,d %s", Long.valueOf(trait.getValue()), trait.getKey())
        : words(trait);
  }

  @Override
  public String toString() {
    return values.entrySet().stream().map(Traits::words).collect(Collectors.joining(" · "));
  }
}
