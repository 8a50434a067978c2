package dev.retort.exchange.safetensors;

import dev.retort.RetortException;
import dev.retort.distribution.ActionValues;
import dev.retort.distribution.Categorical;
import dev.retort.distribution.Distribution;
import dev.retort.distribution.Point;
import dev.retort.distribution.SquashedPoint;
import dev.retort.env.Env;
import dev.retort.env.normalize.Normalization;
import dev.retort.nn.Architecture;
import dev.retort.nn.Blueprint;
import dev.retort.nn.Parameter;
import dev.retort.nn.Trunk;
import dev.retort.option.Given;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.policy.Provenance;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Space;
import dev.retort.store.TensorFile;
import dev.retort.store.Tensors;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network of another tool as a safetensors file of its layers, of which is said in which
 * environment it acts, and what network it is.
 *
 * <pre>{@code
 * Policy teacher = StateDict.of(Path.of("ppo.safetensors")).on(env("CartPole")).stableBaselines();
 * Policy other = StateDict.of(Path.of("net.safetensors")).on(env("CartPole")).into(mlp(64, 64)).logits();
 * Policy named = StateDict.of(Path.of("net.safetensors")).on(env("CartPole")).into(mlp(64))
 *     .naming("body", "hidden0").naming("head", "logits").logits();
 * }</pre>
 *
 * <p>Layers with numbers in their names, as those of PyTorch's {@code Sequential}, are taken in
 * their order; others have to be named.
 */
public final class StateDict {
  private final Path file;
  private final Tensors tensors;
  private final Optional<Env> env;
  private final Optional<Architecture> network;
  private final Map<String, String> names;
  private final Optional<Normalization> normalization;

  private StateDict(
      Path file,
      Tensors tensors,
      Optional<Env> env,
      Optional<Architecture> network,
      Map<String, String> names,
      Optional<Normalization> normalization) {
    this.file = file;
    this.tensors = tensors;
    this.env = env;
    this.network = network;
    this.names = names;
    this.normalization = normalization;
  }

  /**
   * The arrays of a safetensors file of any origin.
   *
   * @throws RetortException if it is damaged, or holds numbers of half precision
   */
  public static StateDict of(Path file) {
    Path known = Given.given("open policy", "a file", file);
    Tensors tensors = TensorFile.readForeign(known);
    return new StateDict(
        known, tensors, Optional.empty(), Optional.empty(), Map.of(), Optional.empty());
  }

  /** Says in which environment it acts, and so what it sees and does. */
  public StateDict on(Env where) {
    Env known = Given.given("open policy", "an environment", where);
    return new StateDict(file, tensors, Optional.of(known), network, names, normalization);
  }

  /** Says what network it is. */
  public StateDict into(Architecture architecture) {
    Architecture known = Given.given("open policy", "a network such as mlp(64, 64)", architecture);
    return new StateDict(file, tensors, env, Optional.of(known), names, normalization);
  }

  /**
   * Says which layer of the network one of the file is.
   *
   * @param layer in the file, such as {@code head} of {@code head.weight} and {@code head.bias}
   * @param ours such as {@code hidden0}, or {@code logits}, the output
   */
  public StateDict naming(String layer, String ours) {
    Map<String, String> more = new LinkedHashMap<>(names);
    more.put(
        Given.given("open policy", "the name of a layer", layer),
        Given.given("open policy", "the name of a layer", ours));
    return new StateDict(file, tensors, env, network, more, normalization);
  }

  /** Says how observations are normalized before the network sees them. */
  public StateDict normalizing(Normalization how) {
    Optional<Normalization> known = Optional.of(Given.given("open policy", "a normalization", how));
    return new StateDict(file, tensors, env, network, names, known);
  }

  /** The policy that chooses with probabilities of what the last layer gives. */
  public Policy logits() {
    return policy(new Categorical(choices()));
  }

  /** The policy that chooses what has the highest of the values that the last layer gives. */
  public Policy values() {
    return policy(new ActionValues(choices()));
  }

  /** The policy that does what the last layer gives. */
  public Policy action() {
    return policy(new Point(numbers()));
  }

  /** The same of the hyperbolic tangent, stretched to the bounds. */
  public Policy squashedAction() {
    return policy(new SquashedPoint(numbers()));
  }

  /**
   * The policy of Stable-Baselines3 that this is the state dict of: of PPO or A2C, DQN, TD3 or
   * DDPG, SAC, as its {@code MlpPolicy} is, with the activation that is usual there, or that of the
   * network that was said.
   */
  public Policy stableBaselines() {
    return StableBaselines.policy(this);
  }

  Path file() {
    return file;
  }

  Tensors tensors() {
    return tensors;
  }

  Optional<Architecture> network() {
    return network;
  }

  Env env() {
    return env.orElseThrow(
        () -> refused("to be told what it sees and does", "nothing", "Say on(env)."));
  }

  RetortException refused(String expected, String got, String advice) {
    return new RetortException(
        "open policy '%s': expected %s, got %s. %s".formatted(file, expected, got, advice));
  }

  private Discrete choices() {
    if (env().actions() instanceof Discrete discrete) {
      return discrete;
    }
    throw misfit("choices");
  }

  private Box numbers() {
    if (env().actions() instanceof Box box) {
      return box;
    }
    throw misfit("numbers");
  }

  private RetortException misfit(String expected) {
    return refused(
        "actions that are " + expected, env().actions().summary(), "Say another output.");
  }

  private Policy policy(Distribution distribution) {
    Architecture architecture =
        network.orElseThrow(
            () -> refused("to be told its network", "nothing", "Say into(mlp(64, 64))."));
    Blueprint blueprint =
        new Blueprint(
            architecture,
            NetworkPolicy.shape(env().observations()),
            distribution.outputs(),
            Trunk.SHARED);
    return policy(distribution, blueprint, new Layers(this).match(blueprint, names));
  }

  /**
   * A policy whose layers are those of the file.
   *
   * @param layers the file's layer of each of the network's
   */
  NetworkPolicy policy(Distribution distribution, Blueprint blueprint, Map<String, String> layers) {
    float[] parameters = new float[(int) blueprint.parameters()];
    int at = 0;
    for (Parameter each : blueprint.named(parameters)) {
      float[] own = new Layers(this).numbers(each, layers);
      System.arraycopy(own, 0, parameters, at, own.length);
      at += own.length;
    }
    Space seen = env().observations();
    String name = String.valueOf(file.getFileName()).replaceAll("(?i)\\.safetensors$", "");
    return new NetworkPolicy(name, seen, distribution, blueprint, parameters, normalization)
        .made(Provenance.in(env()));
  }

  @Override
  public String toString() {
    return "%s: %s"
        .formatted(
            file.getFileName(),
            String.join(
                ", ",
                tensors.all().entrySet().stream()
                    .map(each -> each.getKey() + Arrays.toString(each.getValue().shape()))
                    .toList()));
  }

  /** Names of all arrays. */
  List<String> arrays() {
    return List.copyOf(tensors.all().keySet());
  }
}
