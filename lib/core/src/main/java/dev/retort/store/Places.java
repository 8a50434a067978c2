package dev.retort.store;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a folder that belongs to the repository may lie. */
public final class Places {
  private Places() {}

  /**
   * A folder of that name in the working directory, then in each above it, then beside the
   * launcher, whether there is one or not.
   */
  public static Stream<Path> of(String folder) {
    Stream<Path> above =
        Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent);
    Stream<Path> launcher =
        Stream.ofNullable(System.getProperty("retort.home"))
            .filter(home -> !home.isBlank())
            .map(Path::of);
    return Stream.concat(above, launcher).map(parent -> parent.resolve(folder));
  }

  /** What somebody said in its place: a system property, else a variable of the environment. */
  public static Optional<Path> said(String property, String variable) {
    return Stream.of(System.getProperty(property), System.getenv(variable))
        .filter(set -> set != null && !set.isBlank())
        .findFirst()
        .map(Path::of);
  }
}
