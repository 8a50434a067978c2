package dev.retort.exchange.tensorboard;

import dev.retort.run.Finite;
import dev.retort.store.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * The histograms of a run's weights, layer by layer: a file for each member.
 *
 * <p>A result has no word for its networks, but goes on where a network of a checkpoint stood: the
 * first one that has all of its layers, such as the actor of two critics.
 */
final class WeightFiles {
  private final IntFunction<EventFile> open;
  private final Map<Integer, WeightFile> members = new TreeMap<>();

  /** The layers of the networks of checkpoints, and how many numbers each has. */
  private final Map<String, Map<String, Integer>> met = new LinkedHashMap<>();

  private long from;

  /**
   * None yet.
   *
   * @param open opens the file of a member, which need not exist
   */
  WeightFiles(IntFunction<EventFile> open) {
    this.open = open;
  }

  /**
   * Keeps what stands there up to a step, and cuts off the rest.
   *
   * @param written members whose files there may be
   */
  void resume(long step, List<Integer> written) {
    from = step;
    written.forEach(this::file);
  }

  private WeightFile file(int member) {
    return members.computeIfAbsent(
        member,
        which -> {
          WeightFile file = new WeightFile(open.apply(which));
          file.resume(from);
          return file;
        });
  }

  /** Puts a histogram for each layer of each network of each member, once a step. */
  void put(long step, Tensors state) {
    Map<Integer, List<Message>> histograms = new TreeMap<>();
    List<Weights> all = Weights.of(state);
    String result = result(all);
    for (Weights each : all) {
      String network = each.network().equals(Weights.RESULT) ? result : each.network();
      met.computeIfAbsent(network, name -> new LinkedHashMap<>()).put(each.name(), each.size());
      if (each.size() > 0 && Finite.first(each.values(), each.from(), each.to()) < 0) {
        histograms
            .computeIfAbsent(each.member(), member -> new ArrayList<>())
            .add(
                Event.histogram(
                    network + "/" + each.name(),
                    Histogram.of(each.values(), each.from(), each.to())));
      }
    }
    histograms.forEach((member, own) -> file(member).put(step, own));
  }

  /** What the network of the first member that has no word of its own is called. */
  private String result(List<Weights> all) {
    List<Weights> first =
        all.stream()
            .filter(each -> each.member() == 0 && each.network().equals(Weights.RESULT))
            .toList();
    return met.entrySet().stream()
        .filter(
            network ->
                first.stream()
                    .allMatch(
                        layer -> network.getValue().getOrDefault(layer.name(), 0) == layer.size()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(Weights.RESULT);
  }
}
