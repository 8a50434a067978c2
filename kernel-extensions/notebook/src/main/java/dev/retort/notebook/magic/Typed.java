package dev.retort.notebook.magic;

import dev.retort.RetortException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was typed, taken apart but not yet understood: words in their places, options with their
 * values, switches.
 *
 * <p>{@code --key value}, {@code --key=value} and, in the body of a cell, {@code key value} are the
 * same; lines of a body that begin with {@code #} or {@code //} are comments.
 *
 * @param words that have no name, in order
 * @param options by name, in order
 * @param switches that were said
 * @param followed options whose value was followed by a word without a name, and both joined by a
 *     comma: it may have been meant for the option
 */
record Typed(List<String> words, List<Pair> options, List<Switch> switches, List<Pair> followed) {
  /** An option as it was typed. */
  record Pair(String name, String value) {}

  /**
   * Takes the words of a line apart.
   *
   * @param magic who asks, for messages
   */
  static Typed line(String magic, List<String> line) {
    List<String> words = new ArrayList<>();
    List<Pair> options = new ArrayList<>();
    List<Switch> switches = new ArrayList<>();
    List<Pair> followed = new ArrayList<>();
    for (int i = 0; i < line.size(); i++) {
      String word = line.get(i);
      if (!isFlag(word)) {
        words.add(word);
        Pair last = options.isEmpty() ? new Pair("", "") : options.get(options.size() - 1);
        if (i > 1 && line.get(i - 2).equals("--" + last.name())) {
          followed.add(new Pair(last.name(), last.value() + "," + word));
        }
        continue;
      }
      String name = word.substring(2);
      int sign = name.indexOf('=');
      Optional<Switch> known = Switch.of(name);
      if (known.isPresent()) {
        switches.add(known.get());
      } else if (sign >= 0) {
        options.add(new Pair(name.substring(0, sign), unquoted(name.substring(sign + 1))));
      } else if (i + 1 < line.size() && !isFlag(line.get(i + 1))) {
        options.add(new Pair(name, unquoted(line.get(++i))));
      } else {
        options.add(new Pair(name, "")); // the name may be wrong, which is said first
      }
    }
    return new Typed(words, options, switches, followed);
  }

  private static boolean isFlag(String word) {
    return word.length() > 2 && word.startsWith("--") && Character.isLetter(word.charAt(2));
  }

  /** Adds the lines of a body. */
  Typed body(String magic, String body) {
    List<Pair> all = new ArrayList<>(options);
    List<Switch> said = new ArrayList<>(switches);
    for (String line : body.lines().map(String::strip).toList()) {
      if (line.isEmpty() || line.startsWith("#") || line.startsWith("//")) {
        continue;
      }
      String[] halves = line.replaceFirst("^--", "").split("\\s*=\\s*|\\s+", 2);
      Optional<Switch> known = halves.length == 1 ? Switch.of(halves[0]) : Optional.empty();
      if (known.isPresent()) {
        said.add(known.get());
      } else if (halves[0].isEmpty()) {
        throw new RetortException(
            "%s: expected 'key value' in a line of the body, got '%s'.".formatted(magic, line));
      } else {
        all.add(new Pair(halves[0], halves.length == 1 ? "" : unquoted(halves[1])));
      }
    }
    return new Typed(words, all, said, followed);
  }

  /** The first word taken away: of {@code %%distill students} the variable. */
  Typed withoutFirst() {
    return new Typed(words.subList(1, words.size()), options, switches, followed);
  }

  /** The same with a word before all others. */
  Typed withFirst(String word) {
    List<String> more = new ArrayList<>(List.of(word));
    more.addAll(words);
    return new Typed(more, options, switches, followed);
  }

  boolean has(Switch one) {
    return switches.contains(one);
  }

  private static String unquoted(String text) {
    String bare = text.strip();
    boolean quoted =
        bare.length() >= 2
            && (bare.charAt(0) == '"' || bare.charAt(0) == '\'')
            && bare.charAt(bare.length() - 1) == bare.charAt(0);
    return quoted ? bare.substring(1, bare.length() - 1) : bare;
  }
}
