package dev.retort.exchange.safetensors;

import dev.retort.distribution.ActionValues;
import dev.retort.distribution.Categorical;
import dev.retort.distribution.Distribution;
import dev.retort.distribution.Normal;
import dev.retort.distribution.SquashedNormal;
import dev.retort.distribution.SquashedPoint;
import dev.retort.nn.Activation;
import dev.retort.nn.Blueprint;
import dev.retort.nn.Mlp;
import dev.retort.nn.Output;
import dev.retort.nn.Trunk;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Space;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The {@code MlpPolicy} of Stable-Baselines3, by the names in its state dict.
 *
 * <pre>
 * PPO, A2C     mlp_extractor.policy_net.0 .2 ..  action_net  log_std  mlp_extractor.value_net.0 ..  value_net     tanh
 * DQN          q_net.q_net.0 .2 ..                                                                                relu
 * TD3, DDPG    actor.mu.0 .2 ..                                                                                   relu
 * SAC          actor.latent_pi.0 .2 ..  actor.mu  actor.log_std                                                   relu
 * </pre>
 *
 * <p>Critics beside the state value, targets and optimizers stay where they are. Antonin Raffin and
 * others, "Stable-Baselines3: reliable reinforcement learning implementations", 2021, JMLR 22(268).
 */
final class StableBaselines {
  private static final String POLICY = "mlp_extractor.policy_net";
  private static final String VALUE = "mlp_extractor.value_net";

  private final StateDict dict;
  private final Map<String, String> layers = new LinkedHashMap<>();

  private StableBaselines(StateDict dict) {
    this.dict = dict;
  }

  static Policy policy(StateDict dict) {
    StableBaselines read = new StableBaselines(dict);
    if (read.has("action_net.weight")) {
      return read.onPolicy();
    }
    if (read.has("q_net.q_net.0.weight")) {
      return read.chain("q_net.q_net", new ActionValues(read.choices()));
    }
    if (read.has("actor.latent_pi.0.weight")) {
      return read.softActor();
    }
    if (read.has("actor.mu.0.weight")) {
      return read.chain("actor.mu", new SquashedPoint(read.numbers()));
    }
    throw dict.refused(
        "the state dict of an MlpPolicy of PPO, A2C, DQN, TD3, DDPG or SAC",
        "arrays " + dict.arrays(),
        "Say into(mlp(64, 64)) and naming(..) of its layers.");
  }

  private boolean has(String array) {
    return dict.tensors().has(array);
  }

  private Policy onPolicy() {
    Space actions = dict.env().actions();
    Distribution distribution =
        actions instanceof Discrete choices ? new Categorical(choices) : new Normal(numbers());
    List<String> hidden = numbered(POLICY);
    List<String> ofValue = numbered(VALUE);
    boolean isAlike = has("value_net.weight") && widths(hidden).equals(widths(ofValue));
    String first = distribution.outputs().get(0).name();
    String trunk = isAlike ? first + "." : "";
    put(trunk, hidden);
    layers.put(first, "action_net");
    layers.put("log-deviation", "log_std");
    List<Output> outputs = new ArrayList<>(distribution.outputs());
    if (isAlike) {
      put("value.", ofValue);
      layers.put("value", "value_net");
      outputs.add(Output.of("value", 1));
    }
    return made(distribution, widths(hidden), outputs, Activation.TANH);
  }

  private Policy softActor() {
    List<String> hidden = numbered("actor.latent_pi");
    Distribution distribution = new SquashedNormal(numbers());
    put("", hidden);
    layers.put("mean", "actor.mu");
    layers.put("log-deviation", "actor.log_std");
    return made(distribution, widths(hidden), distribution.outputs(), Activation.RELU);
  }

  /** One layer behind the other, of which the last gives the output. */
  private Policy chain(String prefix, Distribution distribution) {
    List<String> all = numbered(prefix);
    List<String> hidden = all.subList(0, all.size() - 1);
    put("", hidden);
    layers.put(distribution.outputs().get(0).name(), all.get(all.size() - 1));
    return made(distribution, widths(hidden), distribution.outputs(), Activation.RELU);
  }

  private Discrete choices() {
    if (dict.env().actions() instanceof Discrete discrete) {
      return discrete;
    }
    throw dict.refused(
        "an environment of choices", dict.env().actions().summary(), "Say on(..) of its own.");
  }

  private Box numbers() {
    if (dict.env().actions() instanceof Box box) {
      return box;
    }
    throw dict.refused(
        "an environment of actions that are numbers",
        dict.env().actions().summary(),
        "Say on(..) of its own.");
  }

  private void put(String trunk, List<String> hidden) {
    IntStream.range(0, hidden.size()).forEach(i -> layers.put(trunk + "hidden" + i, hidden.get(i)));
  }

  /** Layers of a prefix in the order of their numbers. */
  private List<String> numbered(String prefix) {
    return dict.arrays().stream()
        .filter(array -> array.matches("\\Q" + prefix + "\\E\\.\\d+\\.weight"))
        .map(array -> array.substring(0, array.length() - ".weight".length()))
        .sorted(Layers.byNumbers())
        .toList();
  }

  private List<Integer> widths(List<String> hidden) {
    return hidden.stream().map(layer -> dict.tensors().shape(layer + ".weight")[0]).toList();
  }

  private NetworkPolicy made(
      Distribution distribution, List<Integer> widths, List<Output> outputs, Activation usual) {
    Activation activation =
        dict.network()
            .filter(Mlp.class::isInstance)
            .map(network -> ((Mlp) network).activation())
            .orElse(usual);
    boolean isSeparate = outputs.size() > distribution.outputs().size();
    Blueprint blueprint =
        new Blueprint(
            new Mlp(widths, activation, 1),
            NetworkPolicy.shape(dict.env().observations()),
            outputs,
            isSeparate ? Trunk.SEPARATE : Trunk.SHARED);
    return dict.policy(distribution, blueprint, layers);
  }
}
