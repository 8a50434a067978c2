package dev.retort.nn;

import dev.retort.RetortException;
import dev.retort.store.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where the weights of some members lie in one of the arrays that a learner saves: layer by layer,
 * and within a layer member by member, {@code [layer][member][numbers]}. It stands as text beside
 * the array, for those who look into checkpoints, and nothing is restored from it.
 *
 * <pre>{@code
 * Sections.of(state).forEach((name, sections) -> sections.layers());
 * }</pre>
 *
 * @param network whose weights they are, as its learner calls it, such as {@code actor}
 * @param first which member of the learner's the first of them belongs to
 * @param members how many members of the network there are
 * @param each how many of these follow one another for each member of the learner's: 1, or one an
 *     agent where agents have networks of their own
 * @param layers weights and biases in order
 */
public record Sections(String network, int first, int members, int each, List<Section> layers) {
  private static final String KEY = ".sections";

  /**
   * One weight or bias.
   *
   * @param name as files have it, such as {@code hidden0.weight}
   * @param size how many numbers each member has
   */
  public record Section(String name, int size) {}

  /** Keeps a copy of the layers. */
  public Sections {
    layers = List.copyOf(layers);
  }

  static Sections of(String network, int first, int members, int each, Blueprint blueprint) {
    return new Sections(
        network,
        first,
        members,
        each,
        Layout.slices(blueprint).stream()
            .map(slice -> new Section(slice.name(), slice.size()))
            .toList());
  }

  /** The key under which the text stands, beside an array of that name. */
  static String key(String array) {
    return array + KEY;
  }

  /** All that a state says of its arrays, by their names. */
  public static Map<String, Sections> of(Tensors state) {
    Map<String, Sections> all = new LinkedHashMap<>();
    state
        .metadata()
        .forEach(
            (key, text) -> {
              String array = key.substring(0, Math.max(0, key.length() - KEY.length()));
              if (key.equals(key(array)) && state.has(array)) {
                all.put(array, read(array, text, state.floats(array).length));
              }
            });
    return all;
  }

  /** How many numbers a member has before a layer; of all layers for {@code layers().size()}. */
  private int before(int layer) {
    return layers.subList(0, layer).stream().mapToInt(Section::size).sum();
  }

  /**
   * Where the numbers of a layer begin.
   *
   * @param layer in the order of {@link #layers()}
   * @param member counted from the first of these
   */
  public int offset(int layer, int member) {
    return members * before(layer) + member * layers.get(layer).size();
  }

  /** A line of network, first member, members and how many each, then a line for each layer. */
  String text() {
    return "%s %s %s %s\n%s"
        .formatted(
            network,
            first,
            members,
            each,
            layers.stream()
                .map(layer -> layer.name() + " " + layer.size())
                .collect(Collectors.joining("\n")));
  }

  private static Sections read(String array, String text, int length) {
    List<String> lines = text.lines().toList();
    try {
      String[] head = lines.get(0).split(" ", -1);
      List<Section> layers = new ArrayList<>();
      for (String line : lines.subList(1, lines.size())) {
        int space = line.lastIndexOf(' ');
        layers.add(
            new Section(line.substring(0, space), Integer.parseInt(line.substring(space + 1))));
      }
      int each = head.length > 3 ? Integer.parseInt(head[3]) : 1; // older files do not say
      int members = Integer.parseInt(head[2]);
      Sections read = new Sections(head[0], Integer.parseInt(head[1]), members, each, layers);
      if (members * read.before(layers.size()) == length && each > 0 && members % each == 0) {
        return read;
      }
    } catch (RuntimeException e) {
      throw refused(array, text, length, e);
    }
    throw refused(array, text, length, new IllegalArgumentException("other numbers in all"));
  }

  private static RetortException refused(
      String array, String text, int length, RuntimeException cause) {
    return new RetortException(
        "read the layers of '%s': expected a network and the sizes of its layers, %s numbers in all, got '%s'. Take another copy of the checkpoint."
            .formatted(array, length, text.lines().findFirst().orElse("")),
        cause);
  }
}
