package dev.retort.nn;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.code.Imprint;
import dev.retort.option.Given;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The networks that are known by name: those of the library, and the user's own, which are so as
 * soon as they are registered or used.
 */
public final class Architectures {
  private static final List<String> SUPPLIED = List.of("mlp", "cnn");

  /**
   * One of each class, in the order in which the session met them: a cell that is run again makes
   * another class of the name, which stands for it from then on.
   */
  private static final Map<Class<?>, Architecture> OWN = new LinkedHashMap<>();

  private Architectures() {}

  /** Whether a network is one of the library's. */
  public static boolean isSupplied(Architecture network) {
    return network instanceof Mlp || network instanceof ResidualCnn;
  }

  /**
   * Makes a network of your own known by its name before it is used, so that magics, and files and
   * {@code resume} in another session, find it. Its components are its options: {@code highway:64}
   * is {@code new Highway(64)}, and what is not said is as in the one that was registered.
   *
   * @param network a record whose components are numbers, flags, choices, or lists of whole numbers
   * @throws RetortException if it is none, or has no name of its own
   */
  public static synchronized <A extends Architecture> A register(A network) {
    String unused = words(Given.given("register", "a network", network));
    OWN.remove(network.getClass());
    OWN.put(network.getClass(), network);
    return network;
  }

  /** The text by which {@link #own} finds it, from now on where it was not known. */
  static synchronized String text(Architecture network) {
    if (isSupplied(network)) {
      return network.toString();
    }
    String text = words(network);
    OWN.putIfAbsent(network.getClass(), network);
    return text;
  }

  private static String words(Architecture network) {
    String name = name(network.getClass());
    if (!name.matches("[a-z][a-z0-9-]*") || SUPPLIED.contains(name)) {
      throw new RetortException(
          "network: expected a record with a name of its own in letters, got '%s'. Rename it."
              .formatted(name));
    }
    String components = Components.text(network);
    return components.isEmpty() ? name : name + ":" + components;
  }

  private static String name(Class<?> network) {
    return network.getSimpleName().toLowerCase(Locale.ROOT);
  }

  /**
   * The network of your own of such a text.
   *
   * @throws UnknownNameException if the session knows none of that name
   */
  static synchronized Architecture own(String text) {
    String[] words = text.trim().split("[:\\s]+", 2);
    Architecture known = latest().get(words[0].toLowerCase(Locale.ROOT));
    if (known == null) {
      throw new UnknownNameException("network", words[0], names());
    }
    try {
      return words.length == 1 ? known : Components.read(known, words[1]);
    } catch (IllegalArgumentException e) {
      throw new RetortException(
          "network: expected one that is written like '%s', got '%s'. If another record of this name is meant, register(..) it."
              .formatted(words(known), text.trim()),
          e);
    }
  }

  /** The user's own by their names: of several classes of one name the one that was met last. */
  private static Map<String, Architecture> latest() {
    Map<String, Architecture> latest = new LinkedHashMap<>();
    OWN.values().forEach(each -> latest.put(name(each.getClass()), each));
    return latest;
  }

  /** Imprint of what a network of the user's own writes by. */
  public static Imprint imprint(Architecture network) {
    return Imprint.of(
        network,
        Architecture.class,
        method -> method.getName().equals("write"),
        value -> Optional.empty());
  }

  /** The names of all that are known. */
  public static synchronized List<String> names() {
    return Stream.concat(SUPPLIED.stream(), latest().keySet().stream()).toList();
  }

  /** Texts of the user's own that are known, such as {@code highway:64:2}. */
  public static synchronized List<String> texts() {
    return latest().values().stream().map(Architectures::words).toList();
  }
}
