package dev.retort.policy;

import dev.retort.RetortException;
import dev.retort.env.normalize.Normalization;
import dev.retort.nn.Architecture;
import dev.retort.nn.Network;
import dev.retort.nn.Output;
import dev.retort.nn.Rows;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Difference;
import dev.retort.space.Discrete;
import dev.retort.space.Space;
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
  private final Space actions;
  private final Head head;
  private final Spread spread;
  private final Architecture architecture;
  private final float[] parameters;
  private final Optional<Normalization> normalization;
  private final OptionalDouble discount;
  private final Origin origin;

  /**
   * A policy of given parameters.
   *
   * @param name for tables
   * @param observations what it expects to see
   * @param actions what it does
   * @param head what the outputs mean; {@link Head#ACTION} squashes the network's numbers into the
   *     bounds of the actions
   * @param architecture the network
   * @param parameters of one member with one group of outputs; kept, not copied
   */
  public NetworkPolicy(
      String name,
      Space observations,
      Space actions,
      Head head,
      Architecture architecture,
      float[] parameters) {
    this(
        name, observations, actions, head, Spread.NONE, architecture, parameters, Optional.empty());
  }

  /**
   * A policy of given parameters.
   *
   * @param spread how it draws continuous actions
   * @param normalization of what its network sees, where training normalised it
   */
  public NetworkPolicy(
      String name,
      Space observations,
      Space actions,
      Head head,
      Spread spread,
      Architecture architecture,
      float[] parameters,
      Optional<Normalization> normalization) {
    this(
        name,
        observations,
        actions,
        head,
        spread,
        architecture,
        parameters,
        normalization,
        OptionalDouble.empty(),
        Origin.unknown());
  }

  private NetworkPolicy(
      String name,
      Space observations,
      Space actions,
      Head head,
      Spread spread,
      Architecture architecture,
      float[] parameters,
      Optional<Normalization> normalization,
      OptionalDouble discount,
      Origin origin) {
    normalization.ifPresent(
        each -> {
          if (each.size() != observations.size()) {
            throw new RetortException(
                "policy '%s': expected a normalization of %s numbers, got one of %s."
                    .formatted(name, observations.size(), each.size()));
          }
        });
    this.name = name;
    this.observations = observations;
    this.actions = actions;
    this.head = head;
    this.spread = spread;
    this.architecture = architecture;
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
  public Space actions() {
    return actions;
  }

  @Override
  public Head head() {
    return head;
  }

  @Override
  public OptionalDouble discount() {
    return discount;
  }

  @Override
  public Origin origin() {
    return origin;
  }

  /** How it draws continuous actions. */
  public Spread spread() {
    return spread;
  }

  /** How what it sees is normalised before its network sees it. */
  public Optional<Normalization> normalization() {
    return normalization;
  }

  /** The network between observations and outputs. */
  public Architecture architecture() {
    return architecture;
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
    return with(other, discount, origin);
  }

  /** The same policy, whose action values are known to discount by γ, from 0 to 1. */
  public NetworkPolicy discounting(double gamma) {
    return with(name, discount(name, gamma), origin);
  }

  @Override
  public NetworkPolicy made(Origin from) {
    return with(name, discount, from);
  }

  private NetworkPolicy with(String otherName, OptionalDouble otherDiscount, Origin otherOrigin) {
    return new NetworkPolicy(
        otherName,
        observations,
        actions,
        head,
        spread,
        architecture,
        parameters,
        normalization,
        otherDiscount,
        otherOrigin);
  }

  @Override
  public Forward forward(int batch) {
    Network network =
        Network.of(
            architecture,
            shape(observations),
            Output.of("outputs", numbers()),
            List.of(parameters));
    ActionMap map = new ActionMap(this);
    float[] numbers = new float[batch * numbers()];
    float[] seen = new float[batch * observations.size()];
    return new Forward() {
      @Override
      public void apply(float[] rows, int count, float[] outputs) {
        normalization.ifPresent(each -> each.apply(rows, 0, count, seen, 0));
        network.predict(normalization.isPresent() ? seen : rows, count, Rows.SHARED, numbers);
        map.prefer(numbers, count, outputs);
      }

      @Override
      public void sample(RandomStream[] streams, int count, float[] sampled) {
        map.sample(numbers, count, streams, sampled);
      }

      @Override
      public void close() {
        network.close();
      }
    };
  }

  /** How many numbers the network gives for one observation. */
  int numbers() {
    return numbers(actions, spread);
  }

  /** How many numbers a network gives for actions of a space. */
  static int numbers(Space actions, Spread spread) {
    int width = actions instanceof Discrete discrete ? discrete.n() : actions.size();
    return spread == Spread.NONE ? width : 2 * width;
  }

  /** The shape in which a network takes observations of a space. */
  public static List<Integer> shape(Space observations) {
    return observations instanceof Box box ? box.shape() : List.of(observations.size());
  }

  static OptionalDouble discount(String name, double gamma) {
    if (!(gamma >= 0 && gamma <= 1)) {
      throw new RetortException(
          "policy '%s': expected a discount from 0 to 1, got %s.".formatted(name, gamma));
    }
    return OptionalDouble.of(gamma);
  }

  static void requireSame(String what, Space expected, Space got) {
    Difference.of(expected, got)
        .ifPresent(
            differs -> {
              throw new RetortException(
                  "%s: expected %s, got %s. Use policies and environments of the same spaces."
                      .formatted(what, differs.expected(), differs.got()));
            });
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: %s, %,d parameters, %s -> %s%s",
        name,
        architecture,
        parameters.length,
        observations.summary(),
        actions.summary(),
        Fit.home(this));
  }
}
