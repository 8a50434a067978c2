package dev.retort.policy;

import dev.retort.RetortException;
import dev.retort.distribution.Distribution;
import dev.retort.env.normalize.Normalization;
import dev.retort.nn.Architecture;
import dev.retort.nn.Blueprint;
import dev.retort.nn.InputShape;
import dev.retort.nn.Network;
import dev.retort.nn.Output;
import dev.retort.nn.Rows;
import dev.retort.nn.Trunk;
import dev.retort.space.Box;
import dev.retort.space.Group;
import dev.retort.space.Perception;
import dev.retort.space.Selection;
import dev.retort.space.Space;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A policy computed by a network. It holds the parameters; each {@link #forward} gets tensors of
 * its own.
 */
public final class NetworkPolicy implements Policy {
  private final String name;
  private final Space observations;
  private final Perception perception;
  private final Distribution distribution;
  private final Blueprint blueprint;
  private final float[] parameters;
  private final Optional<Normalization> normalization;
  private final OptionalDouble discount;
  private final Provenance origin;

  /**
   * A policy whose network gives the numbers of its distribution and nothing else.
   *
   * @param name for tables
   * @param observations what it expects to see
   * @param distribution of its actions
   * @param architecture layers of the network
   * @param parameters of one member; kept, not copied
   */
  public NetworkPolicy(
      String name,
      Space observations,
      Distribution distribution,
      Architecture architecture,
      float[] parameters) {
    this(
        name,
        observations,
        distribution,
        new Blueprint(architecture, shape(observations), distribution.outputs(), Trunk.SHARED),
        parameters,
        Optional.empty());
  }

  /**
   * A policy of given parameters.
   *
   * @param name for tables
   * @param observations what it expects to see
   * @param distribution of its actions
   * @param blueprint the network, whose first outputs are those of the distribution
   * @param parameters of one member; kept, not copied
   * @param normalization of what the network sees, where training normalized it
   */
  public NetworkPolicy(
      String name,
      Space observations,
      Distribution distribution,
      Blueprint blueprint,
      float[] parameters,
      Optional<Normalization> normalization) {
    this(
        name,
        Selection.all(observations),
        distribution,
        blueprint,
        parameters,
        normalization,
        OptionalDouble.empty(),
        Provenance.unknown());
  }

  private NetworkPolicy(
      String name,
      Perception perception,
      Distribution distribution,
      Blueprint blueprint,
      float[] parameters,
      Optional<Normalization> normalization,
      OptionalDouble discount,
      Provenance origin) {
    this.observations = perception.whole();
    normalization.ifPresent(
        each -> {
          if (each.size() != observations.size()) {
            throw new RetortException(
                "policy '%s': expected a normalization of %s numbers, got one of %s."
                    .formatted(name, observations.size(), each.size()));
          }
        });
    this.name = name;
    this.perception = perception;
    this.distribution = distribution;
    this.blueprint = blueprint;
    this.parameters = parameters;
    this.normalization = normalization;
    this.discount = discount;
    this.origin = origin;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Space observations() {
    return observations;
  }

  @Override
  public Distribution distribution() {
    return distribution;
  }

  /**
   * All outputs of its network, and the values within it that have names: those that its
   * architecture names, and {@code features}, that its actions are computed from; but none of a
   * name of which the network has learned an output.
   */
  @Override
  public List<Output> outputs() {
    List<Output> outputs = new ArrayList<>(blueprint.outputs());
    List<String> learned = Output.names(outputs);
    blueprint.inner().stream().filter(each -> !learned.contains(each.name())).forEach(outputs::add);
    return List.copyOf(outputs);
  }

  @Override
  public OptionalDouble discount() {
    return discount;
  }

  @Override
  public Provenance origin() {
    return origin;
  }

  /** Numbers of its observations that its network sees. */
  public Perception perception() {
    return perception;
  }

  /** That of a window is what was seen last; who sees the observation alone has none. */
  @Override
  public int memory() {
    return perception.memory();
  }

  /**
   * The same policy, whose network sees only some numbers of what is observed, or a window of them.
   *
   * @param sees numbers of these observations, as many as the network has inputs
   */
  public NetworkPolicy seeing(Perception sees) {
    if (!shape(sees.sees()).equals(blueprint.inputShape()) || !sees.whole().equals(observations)) {
      throw new RetortException(
          "policy '%s': expected to see %s by a network of shape %s, got %s by one of shape %s (%s)."
              .formatted(
                  name,
                  observations.summary(),
                  blueprint.inputShape(),
                  sees.whole().summary(),
                  shape(sees.sees()),
                  sees));
    }
    return with(name, sees, discount, origin);
  }

  /** How what it sees is normalized before its network sees it. */
  public Optional<Normalization> normalization() {
    return normalization;
  }

  /** Its network, without the parameters. */
  public Blueprint blueprint() {
    return blueprint;
  }

  /** Layers of its network. */
  public Architecture architecture() {
    return blueprint.architecture();
  }

  /** A copy of the parameters. */
  public float[] parameters() {
    return parameters.clone();
  }

  /** How many numbers the policy consists of. */
  public int size() {
    return parameters.length;
  }

  /** The same policy under another name. */
  public NetworkPolicy named(String other) {
    return with(other, perception, discount, origin);
  }

  /** The same policy, whose action values are known to discount by γ, from 0 to 1. */
  public NetworkPolicy discounting(double gamma) {
    return with(name, perception, discount(name, gamma), origin);
  }

  @Override
  public NetworkPolicy made(Provenance from) {
    return with(name, perception, discount, from);
  }

  private NetworkPolicy with(
      String otherName,
      Perception otherPerception,
      OptionalDouble otherDiscount,
      Provenance otherOrigin) {
    return new NetworkPolicy(
        otherName,
        otherPerception,
        distribution,
        blueprint,
        parameters,
        normalization,
        otherDiscount,
        otherOrigin);
  }

  @Override
  public Forward forward(int batch) {
    return forward(batch, acting());
  }

  @Override
  public Forward forward(int batch, List<Output> some) {
    List<Output> own = some.stream().map(output -> output(output.name())).toList();
    List<Output> plain = own.stream().filter(blueprint.outputs()::contains).toList();
    if (!plain.equals(own.subList(0, plain.size()))) {
      throw new RetortException(
          "policy '%s': expected values within its network, such as its features, as the last outputs, got %s."
              .formatted(name, Output.names(own)));
    }
    List<Network> networks = new ArrayList<>();
    if (!plain.isEmpty()) {
      networks.add(Network.of(blueprint.of(plain), List.of(parametersOf(plain))));
    }
    if (plain.size() < own.size()) {
      networks.add(upTo(own.subList(plain.size(), own.size())));
    }
    return new Computing(batch, networks);
  }

  /** Networks that see the same, whose outputs of a row stand one behind the other. */
  private final class Computing implements Forward {
    private final List<Network> networks;
    private final float[] normalized;
    private final List<float[]> parts;

    Computing(int batch, List<Network> networks) {
      this.networks = networks;
      this.normalized = new float[normalization.isPresent() ? batch * observations.size() : 0];
      this.parts = networks.stream().map(each -> new float[batch * each.width()]).toList();
    }

    @Override
    public void apply(float[] rows, int count, float[] outputs) {
      apply(rows, new float[0], count, outputs);
    }

    @Override
    public void apply(float[] rows, float[] memory, int count, float[] outputs) {
      normalization.ifPresent(each -> each.apply(rows, 0, count, normalized, 0));
      float[] all = normalization.isPresent() ? normalized : rows;
      float[] seen = perception.see(all, memory, count);
      if (networks.size() == 1) {
        networks.get(0).predict(seen, count, Rows.SHARED, outputs);
        return;
      }
      int width = networks.stream().mapToInt(Network::width).sum();
      int at = 0;
      for (int i = 0; i < networks.size(); i++) {
        int own = networks.get(i).width();
        networks.get(i).predict(seen, count, Rows.SHARED, parts.get(i));
        for (int row = 0; row < count; row++) {
          System.arraycopy(parts.get(i), row * own, outputs, row * width + at, own);
        }
        at += own;
      }
    }

    @Override
    public void close() {
      networks.forEach(Network::close);
    }
  }

  /** The layers below the first output that acts, up to values within them. */
  private Network upTo(List<Output> inner) {
    List<Output> first = acting().subList(0, 1);
    float[] own = parametersOf(first);
    int features = blueprint.architecture().features(blueprint.inputShape());
    boolean isOwn = first.get(0).kind() == Output.Kind.INNER;
    int below = isOwn ? own.length : own.length - (features + 1) * first.get(0).size();
    return Network.of(blueprint.upTo(inner), List.of(Arrays.copyOf(own, below)));
  }

  private float[] parametersOf(List<Output> some) {
    return blueprint.parametersOf(some, parameters);
  }

  /** The network's outputs that its distribution names. */
  List<Output> acting() {
    return blueprint.outputs().subList(0, distribution.outputs().size());
  }

  private Output output(String wanted) {
    return outputs().stream()
        .filter(output -> output.name().equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new RetortException(
                    "policy '%s': expected an output among %s, got '%s'."
                        .formatted(name, Output.names(outputs()), wanted)));
  }

  /** What a policy sees of its observations, as a part of a line; nothing where it sees all. */
  static String sight(Perception perception) {
    return perception.isAll() ? "" : " (sees %s)".formatted(perception.sees().summary());
  }

  /** The shape in which a network takes observations of a space. */
  public static InputShape shape(Space observations) {
    return observations instanceof Group group
        ? InputShape.parts(
            group.parts().entrySet().stream()
                .map(part -> new InputShape.Part(part.getKey(), whole(part.getValue())))
                .toList())
        : InputShape.of(whole(observations));
  }

  private static List<Integer> whole(Space space) {
    return space instanceof Box box ? box.shape() : List.of(space.size());
  }

  static OptionalDouble discount(String name, double gamma) {
    if (!(gamma >= 0 && gamma <= 1)) {
      throw new RetortException(
          "policy '%s': expected a discount from 0 to 1, got %s.".formatted(name, gamma));
    }
    return OptionalDouble.of(gamma);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: %s, %,d parameters, %s%s -> %s%s",
        name,
        architecture(),
        parameters.length,
        observations.summary(),
        sight(perception),
        actions().summary(),
        Fit.home(this));
  }
}
