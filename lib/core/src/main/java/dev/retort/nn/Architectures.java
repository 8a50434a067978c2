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
  private static final List<String> SUPPLIED = List.of("mlp", "cnn");
  private static final Map<String, Architecture> OWN = new LinkedHashMap<>();

  private Architectures() {}

  /** Whether a network is one of the library's. */
  public static boolean isSupplied(Architecture network) {
    return network instanceof Mlp || network instanceof ResidualCnn;
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
    if (!name.matches("[a-z][a-z0-9-]*") || SUPPLIED.contains(name)) {
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

  /** The text by which {@link #own} finds it. */
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
    String components = Components.text(network);
    return components.isEmpty() ? name : name + ":" + components;
  }

  /**
   * The network of your own of such a text.
   *
   * @throws UnknownNameException if none of that name was registered
   */
  static synchronized Architecture own(String text) {
    String[] words = text.trim().split("[:\\s]+", 2);
    Architecture known = OWN.get(words[0].toLowerCase(Locale.ROOT));
    if (known == null) {
      throw new UnknownNameException("network", words[0], names());
    }
    return words.length == 1 ? known : Components.read(known, words[1]);
  }

  /** The names of all that are known. */
  public static synchronized List<String> names() {
    List<String> names = new ArrayList<>(SUPPLIED);
    names.addAll(OWN.keySet());
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
