package dev.retort.store;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What is opened by its name and not by its path: policies and datasets that lie, each with its
 * card, in the folder {@code datasets} of the repository. {@code zoo/CartPole-ppo} is the folder
 * {@code datasets/zoo/CartPole-ppo.hub}.
 *
 * <p>The folder is that of the system property {@code retort.datasets}, else of the environment
 * variable {@code RETORT_DATASETS}, else {@code datasets} in the working directory or the nearest
 * above it, else the one beside the launcher. Nothing is downloaded.
 */
public final class Shelf {
  private static final String FOLDER = "datasets";
  private static final String PROPERTY = "retort.datasets";
  private static final String VARIABLE = "RETORT_DATASETS";
  private static final String CARD = "README.md";

  /** What formats and versions add to a name: {@code .hub}, {@code -v0}. */
  private static final String ENDING = "(\\.\\w+|-v\\d+)$";

  private Shelf() {}

  /**
   * Names of what lies there, sorted; none where there is no such folder.
   *
   * @param readable which paths some format takes
   */
  public static List<String> names(Predicate<Path> readable) {
    return folder().map(place -> List.copyOf(named(place, readable).keySet())).orElse(List.of());
  }

  /** Whether a word is meant as a name: it begins as those that lie there do, and is no file. */
  public static boolean isName(String word) {
    int slash = word.indexOf('/');
    return slash > 0
        && !isFile(word)
        && folder()
            .map(it -> Files.isDirectory(it.resolve(word.substring(0, slash))))
            .orElse(false);
  }

  /**
   * Where something of that name lies.
   *
   * @param kind what it is, such as {@code policy}
   * @param name such as {@code zoo/CartPole-ppo}
   * @param readable which paths some format takes
   * @throws RetortException that says what there is, the nearest name first, or where was looked
   */
  public static Path find(String kind, String name, Predicate<Path> readable) {
    if (isFile(name)) {
      throw new RetortException(
          "%s '%s': expected a name such as zoo/CartPole-ppo, got a file. Say %s(Path.of(\"%s\"))."
              .formatted(kind, name, kind, name));
    }
    Path place = folder().orElseThrow(() -> nowhere(kind, name));
    Map<String, Path> named = named(place, readable);
    if (named.isEmpty()) {
      throw new RetortException(
          "%s '%s': expected to find it in '%s', got nothing there that can be read. Put dev.retort:retort-exchange, which knows the formats, on the class path."
              .formatted(kind, name, place));
    }
    return Optional.ofNullable(named.get(name.replaceFirst(ENDING, "")))
        .orElseThrow(() -> new UnknownNameException(kind, name, named.keySet()));
  }

  private static boolean isFile(String word) {
    try {
      return Files.exists(Path.of(word));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Everything with a card that is readable, in folders of the folder. */
  private static Map<String, Path> named(Path place, Predicate<Path> readable) {
    Map<String, Path> named = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Path group : folders(place)) {
      for (Path each : folders(group)) {
        if (Files.exists(each.resolve(CARD)) && readable.test(each)) {
          String name = each.getFileName().toString().replaceFirst(ENDING, "");
          named.put(group.getFileName() + "/" + name, each);
        }
      }
    }
    return named;
  }

  private static List<Path> folders(Path parent) {
    try (Stream<Path> all = Files.list(parent)) {
      return all.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new RetortException(
          "datasets: expected a folder that can be read, got '%s' (%s). Name another with -D%s=FOLDER or %s."
              .formatted(parent, e, PROPERTY, VARIABLE),
          e);
    }
  }

  private static Optional<Path> folder() {
    Optional<Path> said = said();
    return said.isPresent()
        ? said.filter(Files::isDirectory)
        : Places.of(FOLDER).filter(place -> Files.exists(place.resolve(CARD))).findFirst();
  }

  private static Optional<Path> said() {
    return Places.said(PROPERTY, VARIABLE);
  }

  private static RetortException nowhere(String kind, String name) {
    String looked =
        said()
            .map(place -> "no folder '%s'".formatted(place))
            .orElse("none in '%s' or above it".formatted(Path.of("").toAbsolutePath()));
    return new RetortException(
        "%s '%s': expected the folder datasets, in which it lies, got %s. It comes with the repository and not with the jar: say where yours is with -D%s=FOLDER or %s."
            .formatted(kind, name, looked, PROPERTY, VARIABLE));
  }
}
