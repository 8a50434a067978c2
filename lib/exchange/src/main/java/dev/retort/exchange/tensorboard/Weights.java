package dev.retort.exchange.tensorboard;

import dev.retort.distill.Predictor;
import dev.retort.nn.Blueprint;
import dev.retort.nn.Parameter;
import dev.retort.nn.Sections;
import dev.retort.policy.Ensemble;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.policy.PolicyFile;
import dev.retort.store.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * One layer of a network that a checkpoint says where it lies, or that a result holds.
 *
 * @param member whose it is, as the run counts its members
 * @param network what its learner calls it, such as {@code actor}; {@link #RESULT} of a result
 * @param name the layer's, such as {@code hidden0.weight}
 * @param values the layer's are {@code values[from .. to)}
 */
@SuppressWarnings("ArrayRecordComponent") // a view over an array, compared by nobody
record Weights(int member, String network, String name, float[] values, int from, int to) {
  /** What the network of a result is called, which learners with one network call theirs too. */
  static final String RESULT = "parameters";

  private static final Pattern GROUP = Pattern.compile("(.*?)group(\\d+)\\.(.*)");

  /** Those of a checkpoint, or of a result. */
  static List<Weights> of(Tensors state) {
    List<Weights> all = new ArrayList<>();
    switch (state.metadata().getOrDefault("kind", "")) {
      case "ensemble" ->
          networks(PolicyFile.of(state))
              .forEach(each -> add(all, each.blueprint(), each.parameters()));
      case "policy", "population" -> {
        for (Policy policy : PolicyFile.population(state)) {
          networks(policy).forEach(each -> add(all, each.blueprint(), each.parameters()));
        }
      }
      case "predictor" -> {
        Predictor predictor = Predictor.of(state);
        for (int i = 0; i < predictor.members(); i++) {
          add(all, predictor.blueprint(), predictor.parameters(i));
        }
      }
      default -> Sections.of(state).forEach((array, sections) -> add(all, state, array, sections));
    }
    return all;
  }

  private static List<NetworkPolicy> networks(Policy policy) {
    if (policy instanceof Ensemble students) {
      return students.members();
    }
    return policy instanceof NetworkPolicy network ? List.of(network) : List.of();
  }

  /** Those of the next member of a result. */
  private static void add(List<Weights> all, Blueprint network, float[] parameters) {
    int member = all.isEmpty() ? 0 : all.get(all.size() - 1).member + 1;
    for (Parameter each : network.named(parameters)) {
      all.add(new Weights(member, RESULT, each.name(), each.values(), 0, each.values().length));
    }
  }

  /** A group's members follow those of the groups before it. */
  private static void add(List<Weights> all, Tensors state, String array, Sections sections) {
    Matcher group = GROUP.matcher(array);
    int first = sections.first();
    String path = array;
    if (group.matches()) {
      path = group.group(3);
      long[] sizes = state.longs(group.group(1) + "groups");
      first +=
          IntStream.range(0, Integer.parseInt(group.group(2)))
              .map(before -> Math.toIntExact(sizes[before]))
              .sum();
    }
    String network = path.substring(0, path.lastIndexOf('.') + 1) + sections.network();
    float[] values = state.floats(array);
    for (int member = 0; member < sections.members(); member++) {
      for (int layer = 0; layer < sections.layers().size(); layer++) {
        Sections.Section section = sections.layers().get(layer);
        int from = sections.offset(layer, member);
        int to = from + section.size();
        all.add(new Weights(first + member, network, section.name(), values, from, to));
      }
    }
  }

  /** How many numbers it has. */
  int size() {
    return to - from;
  }
}
