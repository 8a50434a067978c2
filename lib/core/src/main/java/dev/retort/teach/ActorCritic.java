package dev.retort.teach;

import dev.retort.nn.Architecture;
import dev.retort.nn.Blueprint;
import dev.retort.nn.Initialization;
import dev.retort.nn.Network;
import dev.retort.nn.Output;
import dev.retort.nn.Rows;
import dev.retort.nn.Trunk;
import dev.retort.policy.NetworkPolicy;
import dev.retort.random.RandomStream;
import dev.retort.space.Perception;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A network that acts, and what gives the values: its own last output, or a critic, which is a
 * network of its own and may see other numbers of an observation.
 *
 * <p>Who plays asks for actions at every step and for values after it, so each has a network of its
 * own here, which follows what is learned from rollout to rollout.
 *
 * <p>Lerrel Pinto, Marcin Andrychowicz, Peter Welinder, Wojciech Zaremba, Pieter Abbeel,
 * "Asymmetric actor critic for image-based robot learning", 2017, arXiv 1710.06542.
 */
public final class ActorCritic implements AutoCloseable {
  private final Network actor;
  private final Perception sees;
  private final Optional<Network> critic;
  private final Perception criticSees;
  private final Network acting;
  private final Network valuing;

  private ActorCritic(
      Network actor,
      Perception sees,
      Optional<Network> critic,
      Perception criticSees,
      List<Output> acts) {
    this.actor = actor;
    this.sees = sees;
    this.critic = critic;
    this.criticSees = criticSees;
    this.acting = actor.part(acts);
    List<Output> outputs = actor.blueprint().outputs();
    this.valuing =
        critic.orElseGet(() -> actor.part(outputs.subList(outputs.size() - 1, outputs.size())));
  }

  /**
   * One network a member, which acts and values.
   *
   * @param network whose last output is the value
   * @param sees what it sees
   * @param seeds one a member
   */
  static ActorCritic together(Blueprint network, Perception sees, long[] seeds) {
    Network actor = Network.of(network, Initialization.ORTHOGONAL, seeds);
    List<Output> acts = network.outputs().subList(0, network.outputs().size() - 1);
    return new ActorCritic(actor, sees, Optional.empty(), sees, acts);
  }

  /**
   * A network that acts and another one that values, whose parameters have streams of their own.
   *
   * @param network that acts; what it may say of the value is not asked for
   * @param sees what it sees
   * @param critic layers of the other one
   * @param criticSees what that sees
   * @param seeds one a member
   */
  static ActorCritic apart(
      Blueprint network,
      Perception sees,
      Architecture critic,
      Perception criticSees,
      long[] seeds) {
    long[] own =
        Arrays.stream(seeds).map(seed -> RandomStream.of(seed, "critic").nextLong()).toArray();
    Blueprint values =
        new Blueprint(
            critic,
            NetworkPolicy.shape(criticSees.sees()),
            List.of(RolloutLearner.VALUE),
            Trunk.SHARED);
    return new ActorCritic(
        Network.of(network, Initialization.ORTHOGONAL, seeds),
        sees,
        Optional.of(Network.of(values, Initialization.ORTHOGONAL, own)),
        criticSees,
        network.outputs().stream().filter(any -> !any.equals(RolloutLearner.VALUE)).toList());
  }

  /** The network that acts. */
  Network actor() {
    return actor;
  }

  /** What the network that acts sees. */
  Perception sees() {
    return sees;
  }

  /** What the network that values sees. */
  Perception criticSees() {
    return criticSees;
  }

  /** The network that values, where it is another one. */
  Optional<Network> critic() {
    return critic;
  }

  /** Whether a network gives values alone. */
  boolean isCritic(Network asked) {
    return asked == valuing;
  }

  /** Lets what plays follow what was learned. */
  void follow() {
    acting.follow(actor);
    if (critic.isEmpty()) {
      valuing.follow(actor);
    }
  }

  /** Numbers of a row by which is acted. */
  int width() {
    return acting.width();
  }

  /**
   * Numbers of the distribution over actions, as of the last {@link #follow()}.
   *
   * @param seen by the network that acts, {@code (members, perMember, its inputs)}
   * @param out receives {@code (members, perMember, width)}
   */
  void act(float[] seen, int perMember, float[] out) {
    acting.predict(seen, perMember, Rows.PER_MEMBER, out);
  }

  /**
   * Values of observations, as of the last {@link #follow()}.
   *
   * @param seen by the network that values, {@code (members, perMember, its inputs)}
   * @param values receives {@code (members, perMember)}
   */
  void values(float[] seen, int perMember, float[] values) {
    valuing.predict(seen, perMember, Rows.PER_MEMBER, values);
  }

  @Override
  public void close() {
    actor.close();
    acting.close();
    valuing.close();
  }
}
