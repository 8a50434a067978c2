package dev.retort.kernel.engine;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the types of the language can say, found by reflection: it explains a word that was said too
 * early, too late or to the wrong thing.
 *
 * <p>The kernel knows the language by the name of its package only, and of the mark that its inner
 * methods have.
 */
final class Vocabulary {
  private static final String LANGUAGE = "dev.retort.";
  private static final String INNER = LANGUAGE + "option.Inner";
  private static final Pattern LOCATION =
      Pattern.compile("location: .*?(dev\\.retort\\.[\\w.]+)(?:<.*>)?\\s*$", Pattern.MULTILINE);
  private static final Pattern SYMBOL =
      Pattern.compile("symbol: +(?:method|variable) (\\w+)", Pattern.MULTILINE);
  private static final Pattern CAST =
      Pattern.compile("class (\\S+) cannot be cast to class (\\S+) .*", Pattern.DOTALL);
  private static final int MOST_WORDS = 16;

  private Vocabulary() {}

  /** What can be said in place of a word that the compiler did not find. */
  static Optional<String> hint(String error) {
    Matcher location = LOCATION.matcher(error);
    Matcher symbol = SYMBOL.matcher(error);
    return location.find() && symbol.find()
        ? type(location.group(1)).map(type -> hint(type, symbol.group(1)))
        : Optional.empty();
  }

  private static String hint(Class<?> type, String word) {
    List<Method> words = words(type);
    Optional<String> place =
        words.stream()
            .filter(step -> step.getReturnType() != type)
            .flatMap(
                step ->
                    find(step.getReturnType(), word)
                        .map(later -> said(later) + " comes after " + said(step))
                        .stream())
            .findFirst()
            .or(() -> before(type, word));
    Set<String> all = said(type);
    return "%s has %s%s%s"
        .formatted(
            name(type),
            all.stream().limit(MOST_WORDS).collect(Collectors.joining(", ")),
            all.size() > MOST_WORDS ? ", …" : "",
            place.map(where -> "; " + where).orElse(""));
  }

  /** The words of a type as they are said; of what is asked and set by one word, the setting. */
  static Set<String> said(Class<?> type) {
    Set<String> all =
        words(type).stream().map(Vocabulary::said).collect(Collectors.toCollection(TreeSet::new));
    all.removeIf(word -> word.endsWith("()") && all.contains(word.replace("()", "(..)")));
    return all;
  }

  /** The step that led here from the type around this one, which still had the word. */
  private static Optional<String> before(Class<?> type, String word) {
    Optional<Class<?>> around = Optional.ofNullable(type.getEnclosingClass());
    return around
        .flatMap(first -> find(first, word))
        .flatMap(
            earlier ->
                words(around.get()).stream()
                    .filter(step -> step.getReturnType() == type)
                    .map(step -> said(earlier) + " comes before " + said(step))
                    .findFirst());
  }

  private static Optional<Method> find(Class<?> type, String word) {
    return type.getName().startsWith(LANGUAGE)
        ? words(type).stream().filter(method -> method.getName().equals(word)).findFirst()
        : Optional.empty();
  }

  /**
   * The methods of a type, without those that all objects have, the components of a record, and
   * what is for the language's own parts.
   */
  private static List<Method> words(Class<?> type) {
    Set<String> parts =
        type.isRecord()
            ? Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toSet())
            : Set.of();
    Set<String> common =
        Arrays.stream(Object.class.getMethods()).map(Method::getName).collect(Collectors.toSet());
    return Arrays.stream(type.getMethods())
        .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isSynthetic())
        .filter(method -> !common.contains(method.getName()))
        .filter(method -> method.getParameterCount() > 0 || !parts.contains(method.getName()))
        .filter(method -> above(type).noneMatch(each -> isInner(each, method)))
        .toList();
  }

  /** A type and all that it extends and implements. */
  private static Stream<Class<?>> above(Class<?> type) {
    Stream<Class<?>> parents =
        Stream.concat(
            Optional.<Class<?>>ofNullable(type.getSuperclass()).stream(),
            Arrays.stream(type.getInterfaces()));
    return Stream.concat(Stream.of(type), parents.flatMap(Vocabulary::above)).distinct();
  }

  /** Whether a type declares a method, or one that it overrides, as inner. */
  private static boolean isInner(Class<?> type, Method method) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(each -> each.getName().equals(method.getName()))
        .filter(each -> Arrays.equals(each.getParameterTypes(), method.getParameterTypes()))
        .flatMap(each -> Arrays.stream(each.getAnnotations()))
        .anyMatch(each -> each.annotationType().getName().equals(INNER));
  }

  private static String said(Method method) {
    return method.getName() + (method.getParameterCount() == 0 ? "()" : "(..)");
  }

  /** An exception that says that a value was declared as what it is not, in plain words. */
  static Optional<String> cast(Thrown thrown) {
    if (thrown.raw().getClass() != ClassCastException.class) {
      return Optional.empty();
    }
    Matcher cast = CAST.matcher(String.valueOf(thrown.raw().getMessage())); // with whole names
    if (!cast.matches()) {
      return Optional.empty();
    }
    if (isOutdated(cast.group(1), cast.group(2))) {
      String name = cast.group(1).replaceFirst(".*\\$", "");
      return Optional.of(
          "expected a %s as it is declared now, got one of the %s before. Make the object again."
              .formatted(name, name));
    }
    return type(cast.group(1))
        .map(
            got ->
                "expected %s, got %s. Declare the variable as %s, or with var."
                    .formatted(
                        cast.group(2).replaceFirst(".*[.$]", ""), name(got), declarations(got)));
  }

  /** Whether two classes of cells are one to the user, who declared it twice. */
  private static boolean isOutdated(String got, String expected) {
    return !got.equals(expected)
        && !Succession.place(got).isEmpty()
        && Succession.place(got).equals(Succession.place(expected));
  }

  /** The public types of the language that a value has. */
  private static String declarations(Class<?> type) {
    Set<Class<?>> types = new LinkedHashSet<>(List.of(type));
    types.addAll(List.of(type.getInterfaces()));
    return types.stream()
        .filter(one -> one.getName().startsWith(LANGUAGE))
        .filter(one -> Modifier.isPublic(one.getModifiers()))
        .map(Vocabulary::name)
        .collect(Collectors.joining(" or "));
  }

  private static String name(Class<?> type) {
    return type.getName().replaceFirst(".*\\.", "").replace('$', '.');
  }

  /** A type of the language, nested or not, by the name that the compiler gives it. */
  /** Names of the static methods that an import of {@code dev.retort.Retort.*} brings. */
  static Stream<String> imported(String name) {
    return type(name.replaceFirst("\\.\\*$", "")).stream()
        .flatMap(type -> Arrays.stream(type.getMethods()))
        .filter(method -> Modifier.isStatic(method.getModifiers()))
        .map(Method::getName)
        .distinct();
  }

  private static Optional<Class<?>> type(String name) {
    if (!name.startsWith(LANGUAGE)) {
      return Optional.empty();
    }
    return Stream.iterate(
            name, one -> one.contains("."), one -> one.replaceFirst("\\.(?=[^.]*$)", "\\$"))
        .<Class<?>>flatMap(one -> load(one).stream())
        .findFirst();
  }

  private static Optional<Class<?>> load(String name) {
    try {
      return Optional.of(Class.forName(name, false, Vocabulary.class.getClassLoader()));
    } catch (ClassNotFoundException | LinkageError e) {
      return Optional.empty();
    }
  }
}
