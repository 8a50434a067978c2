package dev.retort.nn;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** As which operations a described network is written: several are one where that is quicker. */
final class Fusion {
  private Fusion() {}

  /** Of each value that is computed the operation, in order. */
  static Map<Node, Operation> of(Described network) {
    List<Node> live = live(network);
    Map<Node, Integer> uses = new HashMap<>();
    live.forEach(node -> node.operation().inputs().forEach(x -> uses.merge(x, 1, Integer::sum)));
    Map<Node, Operation> written = new LinkedHashMap<>();
    for (Node node : live) {
      Operation operation = node.operation();
      if (operation instanceof Pointwise.Apply apply
          && apply.x().operation() instanceof RowLayers.Linear linear
          && uses.get(apply.x()) == 1
          && apply.activation().goesBackFromOutput()) {
        written.remove(apply.x());
        operation = new Dense(linear, apply.activation());
      }
      written.put(node, operation);
    }
    return written;
  }

  /** The values that the outputs depend on, in order. */
  static List<Node> live(Described network) {
    Set<Node> live = new HashSet<>(Set.of(network.features()));
    List<Node> all = network.graph().nodes();
    for (int i = all.size() - 1; i >= 0; i--) {
      if (live.contains(all.get(i))) {
        live.addAll(all.get(i).operation().inputs());
      }
    }
    live.add(all.get(0));
    return all.stream().filter(live::contains).toList();
  }
}
