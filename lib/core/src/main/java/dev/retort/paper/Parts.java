package dev.retort.paper;

import dev.retort.UnknownNameException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Which parts of a study are done, or which of its numbers and pictures are shown.
 *
 * @param words what the names of the parts contain, upper and lower case alike; of a word such as
 *     {@code MountainCar+DQN} both halves; one with commas that is in no name, as in {@code
 *     Acrobot, Pendulum}, is several; none for all parts
 */
public record Parts(List<String> words) {
  /** What stands between words: names may have a comma and a blank. */
  private static final String BETWEEN = "[,\\s]+";

  /** Keeps a copy. */
  public Parts {
    words = List.copyOf(words);
  }

  /**
   * Those that are meant.
   *
   * @param kind what they are, such as {@code part}
   * @throws UnknownNameException if a word is in no name
   */
  public <T> List<T> of(String kind, List<T> all, Function<T, String> name) {
    List<String> names = all.stream().map(name).toList();
    List<String> wanted = words.stream().flatMap(word -> wanted(word, names)).toList();
    for (String word : wanted) {
      if (names.stream().noneMatch(each -> contains(each, word))) {
        throw new UnknownNameException(
            kind, word, names.stream().map(each -> each.replace(", ", "+")).toList());
      }
    }
    return all.stream()
        .filter(
            part ->
                wanted.isEmpty()
                    || wanted.stream().anyMatch(word -> contains(name.apply(part), word)))
        .toList();
  }

  /** A word that is in a name, though it has commas; or else the words that they part. */
  private static Stream<String> wanted(String word, List<String> names) {
    return names.stream().anyMatch(name -> contains(name, word))
        ? Stream.of(word)
        : Arrays.stream(word.split(BETWEEN, -1)).filter(each -> !each.isEmpty());
  }

  private static boolean contains(String name, String word) {
    String low = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(word.toLowerCase(Locale.ROOT).split("\\+", -1)).allMatch(low::contains);
  }
}
