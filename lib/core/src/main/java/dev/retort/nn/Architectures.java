package dev.retort.nn;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.option.Given;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The networks that are known by name: those of the library, and those that were registered. */
public final class Architectures {
  /** Those that are written in their own way. */
  private static final List<String> WRITTEN = List.of("mlp", "cnn");

  /** Those that are written by their components, with what is usual of each. */
  private static final Map<String, Architecture> USUAL = new LinkedHashMap<>();

  private static final Map<String, Architecture> OWN = new LinkedHashMap<>();

  static {
    USUAL.put("image", ImageCnn.of(List.of(16, 32, 32)));
    USUAL.put("transformer", new Transformer(32, 2, 2));
    USUAL.put("gru", new Gru(64));
  }

  private Architectures() {}

  /** Whether a network is one of the library's. */
  public static boolean isSupplied(Architecture network) {
    return network instanceof Mlp
        || network instanceof ResidualCnn
        || USUAL.values().stream().anyMatch(each -> each.getClass() == network.getClass());
  }

  /**
   * Makes a network of your own known by its name, so that algorithms, magics, files and {@code
   * resume} find it; a cell that is run again replaces it. Its components are its options: {@code
   * highway:64} is {@code new Highway(64)}, and what is not said is as in the one that was
   * registered.
   *
   * @param network a record whose components are numbers, flags, choices, or lists of whole numbers
   * @throws RetortException if it is none, or has no name of its own
   */
  public static synchronized <A extends Architecture> A register(A network) {
    String name = name(Given.given("register", "a network", network));
    if (!name.matches("[a-z][a-z0-9-]*") || supplied().contains(name)) {
      throw new RetortException(
          "register network: expected a record with a name of its own in letters, got '%s'. Rename it."
              .formatted(name));
    }
    Components.text(network);
    OWN.put(name, network);
    return network;
  }

  private static String name(Architecture network) {
    return network.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /** The text by which {@link #named} finds it. */
  static synchronized String text(Architecture network) {
    if (isSupplied(network)) {
      return network.toString();
    }
    String name = name(network);
    Architecture known = OWN.get(name);
    if (known == null || known.getClass() != network.getClass()) {
      throw new RetortException(
          "network: expected one that is registered, got %s%s. Say register(..) of it first."
              .formatted(network, known == null ? "" : ", and another one of that name is"));
    }
    return text(name, network);
  }

  /** A name and the components behind it. */
  static String text(String name, Architecture network) {
    String components = Components.text(network);
    return components.isEmpty() ? name : name + ":" + components;
  }

  /**
   * The network of such a text, which begins with a name.
   *
   * @throws UnknownNameException if none of that name is known
   */
  static synchronized Architecture named(String text) {
    String[] words = text.trim().split("[:\\s]+", 2);
    String name = words[0].toLowerCase(Locale.ROOT);
    Architecture known = USUAL.getOrDefault(name, OWN.get(name));
    if (known == null) {
      throw new UnknownNameException("network", words[0], names());
    }
    return words.length == 1
        ? known
        : Components.read(known, words[1].trim().replaceAll("\\s+", ":"));
  }

  /** The names of all that are known. */
  public static synchronized List<String> names() {
    List<String> names = supplied();
    names.addAll(OWN.keySet());
    return names;
  }

  private static List<String> supplied() {
    List<String> names = new ArrayList<>(WRITTEN);
    names.addAll(USUAL.keySet());
    return names;
  }

  /** The network that a file names. */
  public static Architecture inFile(String owner, String text) {
    try {
      return Architecture.type().read(owner, "network", text);
    } catch (UnknownNameException e) {
      String shown = text.length() > 50 ? text.substring(0, 50) + "…" : text;
      throw new RetortException(
          "%s: expected a network that is known, got '%s'. If it is one of your own, register(..) it, then read the file again."
              .formatted(owner, shown),
          e);
    }
  }
}
