package dev.retort;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A name that is not among the choices; the message holds the nearest choice and all of them. */
public final class UnknownNameException extends RetortException {
  private static final long serialVersionUID = 1L;
  private static final int MOST = 40;
  private static final int LONGEST = 200;

  /**
   * Names what was looked for.
   *
   * @param kind what the name stands for, such as {@code environment}
   * @param name the name that came
   * @param choices the names that there are
   */
  public UnknownNameException(String kind, String name, Collection<String> choices) {
    super(message(kind, name, choices));
  }

  private UnknownNameException(String message) {
    super(message);
  }

  /**
   * A name that something of the user's own does not have.
   *
   * @param owner what was asked, such as {@code dataset 'CartPole'}
   * @param kind what the name stands for, such as {@code column}
   * @param name the name that came
   * @param choices the names that there are, in the order in which they are told
   */
  public static UnknownNameException in(
      String owner, String kind, String name, Collection<String> choices) {
    String near =
        name == null
            ? ""
            : nearest(name, choices).map(close -> " Did you mean '" + close + "'?").orElse("");
    return new UnknownNameException(
        "%s: expected a %s among [%s], got %s.%s"
            .formatted(
                owner,
                kind,
                listed(List.copyOf(choices)),
                name == null ? "null" : "'" + shown(name) + "'",
                near));
  }

  /**
   * The same with what to do where the name is none that was meant.
   *
   * @param remedy a sentence, such as {@code Say .with(..) before it.}
   */
  public static UnknownNameException in(
      String owner, String kind, String name, Collection<String> choices, String remedy) {
    String said =
        choices.isEmpty() && name != null
            ? "%s: expected a %s, of which there is none yet, got '%s'."
                .formatted(owner, kind, shown(name))
            : in(owner, kind, name, choices).getMessage();
    return new UnknownNameException(said + " " + remedy);
  }

  private static String shown(String name) {
    return name.length() <= LONGEST ? name : name.substring(0, LONGEST) + "…";
  }

  private static String message(String kind, String name, Collection<String> choices) {
    if (name == null) {
      return "expected the name of %s %s, got null. Did its cell fail? (%s)"
          .formatted(
              "aeiou".indexOf(Character.toLowerCase(kind.charAt(0))) >= 0 ? "an" : "a",
              kind,
              listed(choices.stream().sorted().toList()));
    }
    String shown = shown(name);
    List<String> sorted = choices.stream().sorted().toList();
    String list = sorted.isEmpty() ? "there is none" : "choices: " + listed(sorted);
    return nearest(name, sorted)
        .map(near -> "unknown %s '%s': did you mean '%s'? (%s)".formatted(kind, shown, near, list))
        .orElse("unknown %s '%s' (%s)".formatted(kind, shown, list));
  }

  private static String listed(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(MOST, names.size())));
    return names.size() <= MOST
        ? first
        : first + String.format(Locale.ROOT, ", and %,d more", names.size() - MOST);
  }

  /**
   * The choice that differs from the name by the fewest edits, if it differs by less than half of
   * its letters.
   */
  public static Optional<String> nearest(String name, Collection<String> choices) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return choices.stream()
        .min(Comparator.comparingInt(choice -> edits(wanted, choice.toLowerCase(Locale.ROOT))))
        .filter(
            choice ->
                edits(wanted, choice.toLowerCase(Locale.ROOT)) <= Math.max(1, choice.length() / 2));
  }

  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
