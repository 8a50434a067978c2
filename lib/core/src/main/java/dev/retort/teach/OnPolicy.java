package dev.retort.teach;

import dev.retort.RetortException;
import dev.retort.data.View;
import dev.retort.distribution.Density;
import dev.retort.distribution.Distribution;
import dev.retort.env.Env;
import dev.retort.env.Prologue;
import dev.retort.guidance.Guidance;
import dev.retort.nn.Architecture;
import dev.retort.nn.Blueprint;
import dev.retort.nn.Mlp;
import dev.retort.nn.Output;
import dev.retort.option.Given;
import dev.retort.option.Inner;
import dev.retort.option.Option;
import dev.retort.option.Schedule;
import dev.retort.option.Schema;
import dev.retort.option.Type;
import dev.retort.policy.NetworkPolicy;
import dev.retort.space.Bounded;
import dev.retort.space.Perception;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An algorithm that learns from rollouts of its own policy, near which it stays, and what is set
 * alike in all of them.
 *
 * @param <A> the algorithm itself
 */
public interface OnPolicy<A extends OnPolicy<A>> extends Accompanied<A> {
  // spotless:off
  /** Options of rollouts: how they are played, by what network, and how it learns from them. */
  Schema ROLLOUTS = new Schema("learners from rollouts").endingWith(COMPANY);

  Option<Long>         STEPS               = ROLLOUTS.whole("steps", 100_000L).from(1).in("environment steps").says("length of each seed's training");
  Option<Architecture> NETWORK             = ROLLOUTS.option("network", Architecture.type(), Mlp.of(64, 64)).says("network of the policy and of the value");
  Option<Integer>      ENVIRONMENTS        = ROLLOUTS.whole("environments", 8).from(1).in("copies").says("copies that are stepped together for each seed");
  Option<Integer>      ROLLOUT             = ROLLOUTS.whole("rollout", 32).from(1).in("steps").says("steps of each copy between two updates");
  Option<Integer>      BATCH_SIZE          = ROLLOUTS.whole("batch-size", 256).from(2).in("steps").formerly("batch").says("size of a minibatch, within which advantages are normalized");
  Option<Schedule>     LEARNING_RATE       = ROLLOUTS.schedule("learning-rate", Schedule.linear(0.001)).says("step size of Adam");
  Option<Double>       ADAPTIVE_RATE       = ROLLOUTS.real("adaptive-rate", 0).from(0).in("nats").says("move of the policy to which each seed's step size adapts; 0 for the schedule alone");
  Option<Schedule>     CLIP                = ROLLOUTS.schedule("clip", Schedule.linear(0.2)).says("ε, bound of the ratio's move");
  Option<Double>       VALUE_CLIP          = ROLLOUTS.real("value-clip", 0).from(0).says("bound of the value's move within an update; 0 for none");
  Option<Double>       GAMMA               = ROLLOUTS.real("gamma", 0.98).from(0, 1).says("discount factor γ");
  Option<Schedule>     ENTROPY             = ROLLOUTS.schedule("entropy", 0).says("weight c_e of the entropy bonus");
  Option<Double>       MAX_NORM            = ROLLOUTS.real("max-norm", 0.5).from(0).says("where the gradient's norm is clipped");
  Option<Double>       INITIAL_DEVIATION   = ROLLOUTS.real("initial-deviation", 1).from(1e-6).says("deviation of continuous actions at the beginning");
  Option<View>         SEEING              = ROLLOUTS.option("seeing", View.type(), View.all()).says("what the policy sees of an observation");
  Option<View>         CRITIC_SEEING       = ROLLOUTS.option("critic-seeing", View.type(), View.all()).says("what the value sees of it");
  Option<String>       MASKED_BY           = ROLLOUTS.option("masked-by", Type.text("a part of the observation, or none"), ActionMask.NONE).says("part of the observation that says which numbers of an action there are");
  Option<Boolean>      BOOTSTRAP_TIME_OUTS = ROLLOUTS.flag("bootstrap-time-outs", true).says("whether an episode that is cut off is worth what its last observation is worth");
  Option<Integer>      STAGGER             = ROLLOUTS.whole("stagger", 0).from(0).in("steps").says("bound of the hidden random steps that the first episode of each copy begins with; 0 for none");

  /** Environment steps of each seed. */
  @Override default A steps(long steps) { return with(STEPS, steps); }
  @Override default long steps() { return get(STEPS); }

  /** Network of the policy and of the value. */
  default A network(Architecture network) { return with(NETWORK, network); }
  default Architecture network() { return get(NETWORK); }

  /** Copies that are stepped together for each seed. */
  default A environments(int copies) { return with(ENVIRONMENTS, copies); }
  default int environments() { return get(ENVIRONMENTS); }

  /** Steps of each copy between two updates. */
  default A rollout(int steps) { return with(ROLLOUT, steps); }
  default int rollout() { return get(ROLLOUT); }

  /** Size of a minibatch, in steps. */
  default A batchSize(int size) { return with(BATCH_SIZE, size); }
  default int batchSize() { return get(BATCH_SIZE); }

  /** Step size of Adam, constant or over training. */
  default A learningRate(Schedule rate) { return with(LEARNING_RATE, rate); }
  default A learningRate(double rate) { return learningRate(Schedule.constant(rate)); }
  default Schedule learningRate() { return get(LEARNING_RATE); }

  /**
   * Move of the policy, in nats, to which the step size of each seed adapts from minibatch to minibatch, beginning with
   * that of the schedule; see {@link StepSizes}. Nikita Rudin and others, 2021, arXiv 2109.11978.
   */
  default A adaptiveRate(double nats) { return with(ADAPTIVE_RATE, nats); }
  default double adaptiveRate() { return get(ADAPTIVE_RATE); }

  /** ε, bound of the ratio's move, constant or over training. */
  default A clip(Schedule clip) { return with(CLIP, clip); }
  default A clip(double clip) { return clip(Schedule.constant(clip)); }
  default Schedule clip() { return get(CLIP); }

  /**
   * Bound of the value's move within an update, in units of the value: the loss is {@code max((V − R̂)², (V_old +
   * clip(V − V_old, ±ε) − R̂)²)}. Logan Engstrom and others, 2020, arXiv 2005.12729, found it in the published code.
   */
  default A valueClip(double bound) { return with(VALUE_CLIP, bound); }
  default double valueClip() { return get(VALUE_CLIP); }

  /** Discount factor γ. */
  default A gamma(double gamma) { return with(GAMMA, gamma); }
  @Override default double gamma() { return get(GAMMA); }

  /** Weight c_e of the entropy bonus, constant or over training. */
  default A entropy(Schedule weight) { return with(ENTROPY, weight); }
  default A entropy(double weight) { return entropy(Schedule.constant(weight)); }
  default Schedule entropy() { return get(ENTROPY); }

  /** Where the gradient's norm is clipped. */
  default A maxNorm(double norm) { return with(MAX_NORM, norm); }
  default double maxNorm() { return get(MAX_NORM); }

  /** Deviation of continuous actions at the beginning, in their own units. */
  default A initialDeviation(double deviation) { return with(INITIAL_DEVIATION, deviation); }
  default double initialDeviation() { return get(INITIAL_DEVIATION); }

  /**
   * What the policy sees of an observation, by which alone it acts when it is trained, such as {@code
   * View.parts("position", "goal")}; the value sees all unless {@link #criticSeeing(View)} says otherwise. By {@code
   * View.window(8)} it sees the last steps of the episode, which it remembers while it acts; where minibatches are
   * drawn, each row has the window that was acted on.
   */
  default A seeing(View view) { return with(SEEING, view); }
  default View seeing() { return get(SEEING); }

  /** Names of the parts of an observation that the policy sees. */
  default A seeing(String... parts) { return seeing(View.parts(Given.given(settings().schema().owner(), "names of parts", parts).toArray(String[]::new))); }

  /**
   * What the value sees of an observation, which may be more than what the policy sees: it is not needed for acting.
   * Lerrel Pinto and others, 2017, arXiv 1710.06542.
   */
  default A criticSeeing(View view) { return with(CRITIC_SEEING, view); }
  default View criticSeeing() { return get(CRITIC_SEEING); }

  /** Names of the parts of an observation that the value sees. */
  default A criticSeeing(String... parts) { return criticSeeing(View.parts(Given.given(settings().schema().owner(), "names of parts", parts).toArray(String[]::new))); }

  /**
   * Name of the part of an observation that is 1 for each number of an action that there is, and 0 for those that there
   * are not, such as joints that a robot lacks: these are never drawn, and take no part in log-probability, entropy,
   * divergence and gradients. Choices have their own way in Shengyi Huang and Santiago Ontañón, 2020, arXiv 2006.14171.
   */
  default A maskedBy(String part) { return with(MASKED_BY, Given.given(settings().schema().owner(), "the name of a part", part)); }
  default String maskedBy() { return get(MASKED_BY); }

  /**
   * Whether an episode that is cut off by its time limit is worth what its last observation is worth. Off, it is worth
   * nothing more, as if the task had ended: a departure from the task, for reproductions.
   */
  default A bootstrapTimeOuts(boolean on) { return with(BOOTSTRAP_TIME_OUTS, on); }
  default boolean bootstrapTimeOuts() { return get(BOOTSTRAP_TIME_OUTS); }

  /**
   * Staggered first episodes: that of each copy begins with {@code k ~ U[0, limit)} hidden random steps, so that
   * episodes of one length do not end together ever after. They end no later than the horizon and do not count to
   * {@link #steps(long)}; the column {@code hidden} of the curve tells them.
   */
  default A stagger(int limit) { return with(STAGGER, limit); }
  default int stagger() { return get(STAGGER); }
  // spotless:on

  /** Perceptrons with these hidden widths. */
  default A hidden(int... widths) {
    return network(Mlp.of(widths));
  }

  /** How the policy sees an episode. */
  @Inner
  default Perception sight(Env env) {
    return perception("seeing", seeing(), env);
  }

  /** How the value sees an episode. */
  @Inner
  default Perception criticSight(Env env) {
    return perception("criticSeeing", criticSeeing(), env);
  }

  private Perception perception(String option, View view, Env env) {
    String owner = settings().schema().owner();
    Env shown = Given.given(owner, "an environment", env);
    return view.perception(shown.observations())
        .orElseThrow(
            () ->
                new RetortException(
                    "%s: expected numbers of the observation or a window of them for %s, got %s, by which a policy cannot act. Say View.parts(..) or View.window(8)."
                        .formatted(owner, option, view)));
  }

  @Override
  default Prologue prologue(Env env) {
    Prologue everyEpisode = Accompanied.super.prologue(env);
    return stagger() == 0
        ? everyEpisode
        : new Staggered(stagger(), Given.given("prologue", "an environment", env), everyEpisode);
  }

  @Override
  default String[] columns() {
    Stream<String> usual = Stream.of(Accompanied.super.columns());
    return Stream.concat(usual, stagger() > 0 ? Stream.of("hidden") : Stream.empty())
        .distinct()
        .toArray(String[]::new);
  }

  @Override
  default Guidance.Learning learning(Env env, Distribution distribution, Blueprint network) {
    return Accompanied.super
        .learning(env, distribution, network)
        .seeing(sight(env), normalizeObservations());
  }

  /**
   * Refuses what rollouts of an environment cannot have.
   *
   * @param network what is guided
   */
  @Inner
  default void requireRollouts(Env env, Blueprint network) {
    String owner = settings().schema().owner();
    requireSeen(owner, env);
    requireCompany(env, Density.over(env.actions()), network);
    ActionMask.require(owner, maskedBy(), env);
    if (stagger() > 0) {
      Bounded.require(owner, "to stagger first episodes in", env.actions(), env.name());
    }
    Optional<Output> free = network.outputs().stream().filter(Output::isFree).findAny();
    if (initialDeviation() != 1 && free.isEmpty()) {
      throw new RetortException(
          "%s: expected continuous actions for an initial deviation, got %s (%s). Leave initialDeviation(..) out."
              .formatted(owner, env.actions().summary(), env.name()));
    }
    requireBatch(owner);
  }

  /** Refuses a network that does not take what the policy sees, or what the value sees. */
  private void requireSeen(String owner, Env env) {
    network()
        .features(NetworkPolicy.shape(sight(env).sees())); // refuses in the network's own words
    if (!network().takes(NetworkPolicy.shape(criticSight(env).sees()))) {
      throw new RetortException(
          "%s: expected a network for what the value sees too, got %s, which takes %s and not %s. Say criticSeeing(..) as seeing(..)."
              .formatted(owner, network(), seeing(), criticSeeing()));
    }
  }

  /** Refuses minibatches that do not divide a rollout. */
  private void requireBatch(String owner) {
    long perRollout = (long) environments() * rollout();
    if (perRollout % batchSize() != 0) {
      long fits = Math.min(perRollout, batchSize());
      while (perRollout % fits != 0) {
        fits--;
      }
      throw new RetortException(
          "%s: expected a batch that divides environments × rollout = %s, got %s. Say .batchSize(%s)."
              .formatted(owner, perRollout, batchSize(), fits));
    }
    if (perRollout > Integer.MAX_VALUE) {
      throw new RetortException(
          "%s: expected environments × rollout of at most %s steps, got %s."
              .formatted(owner, Integer.MAX_VALUE, perRollout));
    }
  }
}
