package dev.retort.code;

import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whose a class is, which decides by what it is told from others: its name, or what it does. */
enum Origin {
  /** A class of the JDK: its name says what it does. */
  PLATFORM,
  /** A class of this product: likewise. */
  PRODUCT,
  /** A class in a jar that names its release: name and release say what it does. */
  LIBRARY,
  /** A class of the user's own, which may change under its name. */
  OWN;

  private static final Pattern RELEASED = Pattern.compile(".*?-(\\d+(?:\\.\\d+)*[^/]*)\\.jar");

  /** Whose a class is. */
  static Origin of(Class<?> type) {
    if (type.isArray()) {
      return of(type.getComponentType());
    }
    ClassLoader loader = type.getClassLoader();
    String module = type.getModule().isNamed() ? type.getModule().getName() : "";
    if (loader == null
        || loader == ClassLoader.getPlatformClassLoader()
        || module.matches("(java|jdk)\\..*")
        || Proxy.isProxyClass(type)) {
      return PLATFORM;
    }
    if (type.getName().startsWith("dev.retort.")
        && (location(type).equals(location(Origin.class)) || isBuilt(location(type)))) {
      return PRODUCT;
    }
    return release(type).isPresent() ? LIBRARY : OWN;
  }

  /** The release that a class's jar names; none for work in progress. */
  static Optional<String> release(Class<?> type) {
    return location(type)
        .filter(Files::isRegularFile)
        .map(path -> RELEASED.matcher(path.getFileName().toString()))
        .filter(Matcher::matches)
        .map(released -> released.group(1))
        .or(() -> Optional.ofNullable(type.getPackage().getImplementationVersion()))
        .filter(version -> !version.contains("SNAPSHOT"));
  }

  /** Whether it is a jar, or what a build makes one of; that of tests is another folder. */
  private static boolean isBuilt(Optional<Path> location) {
    return location
        .filter(
            place -> Files.isRegularFile(place) || place.getFileName().toString().equals("classes"))
        .isPresent();
  }

  private static Optional<Path> location(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    try {
      URI place =
          source == null || source.getLocation() == null ? null : source.getLocation().toURI();
      return place != null && "file".equals(place.getScheme())
          ? Optional.of(Path.of(place))
          : Optional.empty();
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
