package dev.retort.exchange.tensorboard;

import dev.retort.distill.Predictor;
import dev.retort.nn.Blueprint;
import dev.retort.nn.Parameter;
import dev.retort.nn.Sections;
import dev.retort.policy.Ensemble;
import dev.retort.policy.Joint;
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
      case "ensemble" -> add(all, List.of(PolicyFile.of(state)));
      case "policy", "population" -> add(all, PolicyFile.population(state));
      case "predictor" -> {
        Predictor predictor = Predictor.of(state);
        for (int i = 0; i < predictor.members(); i++) {
          add(all, i, RESULT, predictor.blueprint(), predictor.parameters(i));
        }
      }
      default -> Sections.of(state).forEach((array, sections) -> add(all, state, array, sections));
    }
    return all;
  }

  /** Those of policies, each a member of its own, as are students of an ensemble. */
  private static void add(List<Weights> all, List<Policy> policies) {
    int member = 0;
    for (Policy policy : policies) {
      List<? extends Policy> each =
          policy instanceof Ensemble students ? students.members() : List.of(policy);
      for (Policy own : each) {
        add(all, member++, own);
      }
    }
  }

  /** Those of a member, which may be agents together. */
  private static void add(List<Weights> all, int member, Policy policy) {
    if (policy instanceof NetworkPolicy network) {
      add(all, member, RESULT, network.blueprint(), network.parameters());
    } else if (policy instanceof Joint joint) {
      int agent = 0;
      for (Policy own : joint.agents().values()) {
        String name = of(RESULT, agent++);
        if (own instanceof NetworkPolicy network) {
          add(all, member, name, network.blueprint(), network.parameters());
        }
      }
    }
  }

  private static void add(
      List<Weights> all, int member, String name, Blueprint network, float[] parameters) {
    for (Parameter each : network.named(parameters)) {
      all.add(new Weights(member, name, each.name(), each.values(), 0, each.values().length));
    }
  }

  /** What the network of one of several agents is called. */
  private static String of(String network, int agent) {
    return network + "-" + (agent + 1);
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
        String name = sections.each() > 1 ? of(network, member % sections.each()) : network;
        int whose = first + member / sections.each();
        all.add(new Weights(whose, name, section.name(), values, from, to));
      }
    }
  }

  /** How many numbers it has. */
  int size() {
    return to - from;
  }
}
