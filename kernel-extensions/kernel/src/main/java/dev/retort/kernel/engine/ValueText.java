package dev.retort.kernel.engine;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The text of a value as the result of a cell: that of its {@code toString()}, but with the
 * elements of arrays, and never longer than a person reads.
 *
 * <p>Collections and maps whose text is the JDK's own are read only as far as they are shown, so
 * that a list of millions takes no memory and one without an end takes no time. What is left out is
 * counted, and a last line says how to see it.
 */
public final class ValueText {
  private static final int MOST_ELEMENTS = 200;
  private static final int MOST_CHARACTERS = 20_000;
  private static final int MOST_DEPTH = 100;
  private static final List<String> JDK = List.of("java.", "jdk.", "sun.");

  private final StringBuilder text = new StringBuilder();
  private final Set<Object> within = Collections.newSetFromMap(new IdentityHashMap<>());
  private boolean cut;

  private ValueText() {}

  /** The text of a value, null included. */
  public static String of(Object value) {
    ValueText written = new ValueText();
    written.add(value);
    if (written.cut) {
      written
          .text
          .append("\n(cut; System.out.println(")
          .append(
              !isArray(value)
                  ? ".."
                  : value instanceof Object[] ? "Arrays.deepToString(..)" : "Arrays.toString(..)")
          .append(") prints all of it)");
    }
    return written.text.toString();
  }

  private static boolean isArray(Object value) {
    return value != null && value.getClass().isArray();
  }

  private void add(Object value) {
    if (value == null) {
      addText("null");
    } else if (value instanceof CharSequence chars) {
      addText(chars);
    } else if (isArray(value)) {
      addElements(value, "[", elements(value), Array.getLength(value), "]");
    } else if (value instanceof Collection<?> all && printsAsInJdk(value)) {
      addElements(value, "[", all.iterator(), all.size(), "]");
    } else if (value instanceof Map<?, ?> map && printsAsInJdk(value)) {
      addElements(value, "{", map.entrySet().iterator(), map.size(), "}");
    } else if (value instanceof Map.Entry<?, ?> entry && printsAsInJdk(value)) {
      add(entry.getKey());
      text.append('=');
      add(entry.getValue());
    } else {
      addText(value.toString());
    }
  }

  private static Iterator<Object> elements(Object array) {
    int shown = Math.min(Array.getLength(array), MOST_ELEMENTS);
    List<Object> elements = new ArrayList<>(shown);
    for (int i = 0; i < shown; i++) {
      elements.add(Array.get(array, i));
    }
    return elements.iterator();
  }

  /** Whether the text of a value is what the JDK makes of its elements, and nobody's own idea. */
  private static boolean printsAsInJdk(Object value) {
    try {
      String owner = value.getClass().getMethod("toString").getDeclaringClass().getName();
      return JDK.stream().anyMatch(owner::startsWith);
    } catch (NoSuchMethodException e) {
      return false;
    }
  }

  private void addElements(
      Object whole, String open, Iterator<?> elements, int size, String close) {
    if (within.size() >= MOST_DEPTH || !within.add(whole)) { // a list may contain itself
      text.append(open).append("…").append(close);
      return;
    }
    text.append(open);
    int shown = 0;
    while (elements.hasNext() && shown < MOST_ELEMENTS && text.length() < MOST_CHARACTERS) {
      Object element = elements.next();
      text.append(shown == 0 ? "" : ", ");
      add(element);
      shown++;
    }
    if (shown < size && elementsAreLeft(whole, elements)) {
      cut = true;
      text.append(shown == 0 ? "… " : ", … ").append(Cut.count(size - shown)).append(" more");
    }
    text.append(close);
    within.remove(whole);
  }

  /** A collection may have changed, or be wrong about its size; an array is neither. */
  private static boolean elementsAreLeft(Object whole, Iterator<?> elements) {
    return whole.getClass().isArray() || elements.hasNext();
  }

  private void addText(CharSequence chars) {
    String said = chars == null ? null : chars.toString();
    String all = said == null ? "null, by its own toString()" : said;
    String some = Cut.text(all, Math.max(1, MOST_CHARACTERS - text.length()));
    cut |= !some.equals(all);
    text.append(some);
  }
}
