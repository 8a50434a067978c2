package dev.retort.nn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is laid out once for all batches of one size while a text is written: memory that is written
 * into again, and views of what lives as long. A pass then allocates nothing, and looks nothing up.
 */
final class Held {
  private final String list;
  private final List<String> lines;
  private final Map<String, String> places = new HashMap<>();

  /**
   * Nothing yet.
   *
   * @param list how the list of all is called in the engine's text
   */
  Held(String list) {
    this.list = list;
    this.lines = new ArrayList<>(List.of(list + " = annotate(List[Tensor], [])"));
  }

  /**
   * Lays out the value of an expression, once for its name.
   *
   * @param name by which {@link #place} finds it
   * @param expression of rows, parameters and what was laid out before
   * @return how it is called in the text
   */
  String hold(String name, String expression) {
    if (has(name)) {
      return place(name);
    }
    String place = "%s[%s]".formatted(list, places.size());
    lines.add("_%s = torch.append(%s, %s)".formatted(places.size(), list, expression));
    places.put(name, place);
    return place;
  }

  /** Whether something of that name was laid out. */
  boolean has(String name) {
    return places.containsKey(name);
  }

  /** How it is called. */
  String place(String name) {
    return places.get(name);
  }

  /** The text of all. */
  List<String> lines() {
    List<String> all = new ArrayList<>(lines);
    all.add("return " + list);
    return all;
  }
}
