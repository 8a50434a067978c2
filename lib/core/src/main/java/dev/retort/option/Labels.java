package dev.retort.option;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What tables and legends call things: by their names, and where one name stands for several, by
 * what differs too.
 *
 * <pre>{@code
 * Labels.of(policies, Policy::name, Policy::origin);   // PPO (seed 0), PPO (seed 1), DQN
 * }</pre>
 */
public final class Labels {
  /** More are named only where these do not tell all apart. */
  private static final int ENOUGH = 3;

  private Labels() {}

  /** A label for each thing, no two of them the same; numbered from 1 at worst. */
  public static <T> List<String> of(
      List<T> things, Function<? super T, String> name, Function<? super T, Traits> traits) {
    List<String> labels = new ArrayList<>(things.stream().<String>map(name).toList());
    for (String shared : Set.copyOf(labels)) {
      List<Integer> places = places(labels, shared);
      if (places.size() > 1) {
        List<String> differences =
            differences(places.stream().map(at -> traits.apply(things.get(at))).toList());
        for (int i = 0; i < places.size(); i++) {
          labels.set(places.get(i), with(shared, differences.get(i)));
        }
      }
    }
    return numbered(labels);
  }

  private static List<Integer> places(List<String> labels, String label) {
    List<Integer> places = new ArrayList<>();
    for (int at = 0; at < labels.size(); at++) {
      if (labels.get(at).equals(label)) {
        places.add(at);
      }
    }
    return places;
  }

  /** A name with what is to be said of it in parentheses. */
  public static String with(String name, String words) {
    return words.isEmpty() ? name : name + " (" + words + ")";
  }

  /** What differs among things, in words, one a thing; nothing where nothing does. */
  public static List<String> differences(List<Traits> all) {
    Set<String> names = new LinkedHashSet<>();
    all.forEach(each -> names.addAll(each.values().keySet()));
    names.removeIf(name -> kinds(all, Set.of(name)) == 1);
    Set<String> said = new LinkedHashSet<>();
    for (String name : names) {
      Set<String> more = new LinkedHashSet<>(said);
      more.add(name);
      if (said.size() < ENOUGH || kinds(all, more) > kinds(all, said)) {
        said = more;
      }
    }
    Set<String> chosen = said;
    return all.stream().map(each -> each.only(chosen).toString().replace(" · ", ", ")).toList();
  }

  /** How many kinds of things these traits distinguish. */
  private static long kinds(List<Traits> all, Collection<String> names) {
    return all.stream().map(each -> each.only(names).values()).distinct().count();
  }

  /** What is still the same gets numbers. */
  private static List<String> numbered(List<String> labels) {
    Map<String, Integer> counts = new HashMap<>();
    List<String> numbered = new ArrayList<>();
    for (String label : labels) {
      boolean shared = places(labels, label).size() > 1;
      String next = label;
      while (shared && (next.equals(label) || labels.contains(next))) {
        next = label + " #" + counts.merge(label, 1, Integer::sum);
      }
      numbered.add(next);
    }
    return numbered;
  }
}
