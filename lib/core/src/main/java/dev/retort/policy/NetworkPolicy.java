package dev.retort.policy;

import dev.retort.RetortException;
import dev.retort.nn.Architecture;
import dev.retort.nn.Network;
import dev.retort.nn.Output;
import dev.retort.nn.Rows;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Space;
import java.util.List;

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
    this(name, observations, actions, head, Spread.NONE, architecture, parameters);
  }

  /** A policy that draws its continuous actions. */
  public NetworkPolicy(
      String name,
      Space observations,
      Space actions,
      Head head,
      Spread spread,
      Architecture architecture,
      float[] parameters) {
    this.name = name;
    this.observations = observations;
    this.actions = actions;
    this.head = head;
    this.spread = spread;
    this.architecture = architecture;
    this.parameters = parameters;
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

  /** How it draws continuous actions. */
  public Spread spread() {
    return spread;
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
    return new NetworkPolicy(other, observations, actions, head, spread, architecture, parameters);
  }

  /** The same policy with other parameters, which are kept, not copied. */
  public NetworkPolicy with(float[] others) {
    return new NetworkPolicy(name, observations, actions, head, spread, architecture, others);
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
    return new Forward() {
      @Override
      public void apply(float[] rows, int count, float[] outputs) {
        network.predict(rows, count, Rows.SHARED, numbers);
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
    return spread == Spread.NONE ? width() : 2 * width();
  }

  /** The shape in which a network takes observations of a space. */
  public static List<Integer> shape(Space observations) {
    return observations instanceof Box box ? box.shape() : List.of(observations.size());
  }

  static void requireSame(String what, Space expected, Space got) {
    if (!expected.equals(got)) {
      throw new RetortException(
          "%s: expected %s, got %s. Use policies and environments of the same spaces."
              .formatted(what, expected.summary(), got.summary()));
    }
  }

  @Override
  public String toString() {
    return "%s: %s, %,d parameters, %s -> %s"
        .formatted(
            name, architecture, parameters.length, observations.summary(), actions.summary());
  }
}
