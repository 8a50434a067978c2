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
  /** Those that are written in their own way. */
  private static final List<String> WRITTEN = List.of("mlp", "cnn");

  /** Those that are written by their components, with what is usual of each. */
  private static final Map<String, Architecture> USUAL = new LinkedHashMap<>();

  /** Those that an algorithm chooses for itself, and nobody else: files have them. */
  private static final Map<String, Architecture> INNER =
      Map.of("causal", new CausalTransformer(32, 2, 2, 1, 1_000, false));

  /**
   * One of each class, in the order in which the session met them: a cell that is run again makes
   * another class of the name, which stands for it from then on.
   */
  private static final Map<Class<?>, Architecture> OWN = new LinkedHashMap<>();

  static {
    USUAL.put("image", ImageCnn.of(List.of(16, 32, 32)));
    USUAL.put("transformer", new Transformer(32, 2, 2));
    USUAL.put("gru", new Gru(64));
    USUAL.put("tokens", new TokenTransformer(32, 2, 4));
    USUAL.put("masked-mlp", MaskedMlp.of(64, 64));
    USUAL.put("urma", new Urma(List.of(64, 64), 4));
  }

  private Architectures() {}

  /** Whether a network is one of the library's. */
  public static boolean isSupplied(Architecture network) {
    return network instanceof Mlp
        || network instanceof ResidualCnn
        || Stream.of(USUAL, INNER)
            .flatMap(all -> all.values().stream())
            .anyMatch(each -> each.getClass() == network.getClass());
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

  /** The text by which {@link #named} finds it, from now on where it was not known. */
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
    boolean isTaken = WRITTEN.contains(name) || USUAL.containsKey(name) || INNER.containsKey(name);
    if (!name.matches("[a-z][a-z0-9-]*") || isTaken) {
      throw new RetortException(
          "network: expected a record with a name of its own in letters, got '%s'. Rename it."
              .formatted(name));
    }
    return text(name, network);
  }

  /** A name and the components behind it. */
  static String text(String name, Architecture network) {
    String components = Components.text(network);
    return components.isEmpty() ? name : name + ":" + components;
  }

  private static String name(Class<?> network) {
    return network.getSimpleName().toLowerCase(Locale.ROOT);
  }

  /**
   * The network of such a text, which begins with a name.
   *
   * @throws UnknownNameException if the session knows none of that name
   */
  static synchronized Architecture named(String text) {
    String[] words = text.trim().split("[:\\s]+", 2);
    String name = words[0].toLowerCase(Locale.ROOT);
    Architecture known = latest().getOrDefault(name, INNER.get(name));
    if (known == null) {
      throw new UnknownNameException("network", words[0], names());
    }
    try {
      return words.length == 1
          ? known
          : Components.read(known, words[1].trim().replaceAll("\\s+", ":"));
    } catch (IllegalArgumentException e) {
      if (isSupplied(known)) {
        throw e;
      }
      throw new RetortException(
          "network: expected one that is written like '%s', got '%s'. If another record of this name is meant, register(..) it."
              .formatted(text(known), text.trim()),
          e);
    }
  }

  /** All by their names: of several classes of one name the one that was met last. */
  private static Map<String, Architecture> latest() {
    Map<String, Architecture> latest = new LinkedHashMap<>(USUAL);
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
    return Stream.concat(WRITTEN.stream(), latest().keySet().stream()).toList();
  }

  /** Texts of the user's own that are known, such as {@code highway:64:2}. */
  public static synchronized List<String> texts() {
    return latest().values().stream()
        .filter(each -> !isSupplied(each))
        .map(Architectures::words)
        .toList();
  }
}
