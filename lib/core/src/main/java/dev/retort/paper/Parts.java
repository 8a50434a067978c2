package dev.retort.paper;

import dev.retort.UnknownNameException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Which parts of a study are done.
 *
 * @param words what the names of the parts contain, upper and lower case alike; of a word such as
 *     {@code MountainCar+DQN} both halves; none for all parts
 */
public record Parts(List<String> words) {
  /** Keeps a copy. */
  public Parts {
    words = List.copyOf(words);
  }

  /**
   * Those that are to be done.
   *
   * @throws UnknownNameException if a word is in no name
   */
  public <T> List<T> of(List<T> all, Function<T, String> name) {
    List<String> names = all.stream().map(name).toList();
    for (String word : words) {
      if (names.stream().noneMatch(each -> contains(each, word))) {
        throw new UnknownNameException(
            "part", word, names.stream().map(each -> each.replace(", ", "+")).toList());
      }
    }
    return all.stream()
        .filter(
            part ->
                words.isEmpty()
                    || words.stream().anyMatch(word -> contains(name.apply(part), word)))
        .toList();
  }

  private static boolean contains(String name, String word) {
    String low = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(word.toLowerCase(Locale.ROOT).split("\\+", -1)).allMatch(low::contains);
  }
}
