package dev.retort.teach;

import dev.retort.RetortException;
import dev.retort.distribution.Density;
import dev.retort.env.Env;
import dev.retort.env.Prologue;
import dev.retort.nn.Architecture;
import dev.retort.nn.Groups;
import dev.retort.nn.Mlp;
import dev.retort.nn.Output;
import dev.retort.nn.Trunk;
import dev.retort.option.Option;
import dev.retort.option.Schedule;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.policy.ExploreGo;
import dev.retort.policy.Policy;
import dev.retort.run.Session;
import dev.retort.space.Bounded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Proximal policy optimisation.
 *
 * <p>Each iteration plays {@code rollout} steps in {@code environments} copies and then improves,
 * for some epochs of minibatches, the clipped surrogate
 *
 * <pre>
 * r = π(a|s) / π_old(a|s)
 * L = E[ −min(r Â, clip(r, 1 − ε, 1 + ε) Â) + c_v (V(s) − R̂)² − c_e H(π(·|s)) ]
 * δ_t = r_t + γ (1 − terminated) V(s_{t+1}) − V(s_t)
 * Â_t = δ_t + γ λ (1 − ended) Â_{t+1}        R̂_t = Â_t + V(s_t)
 * </pre>
 *
 * <p>where {@code s_{t+1}} is the true next observation, also at the end of an episode. With {@code
 * surrogate kl} the first term is {@code −r Â + β KL(π_old ‖ π)} instead; after each iteration β
 * doubles where the divergence was above 1.5 times {@code kl-target} and halves where it was below
 * a 1.5th of it.
 *
 * <p>John Schulman, Filip Wolski, Prafulla Dhariwal, Alec Radford, Oleg Klimov, "Proximal policy
 * optimization algorithms", 2017, arXiv 1707.06347; advantages from Schulman, Moritz, Levine,
 * Jordan, Abbeel, 2015, arXiv 1506.02438.
 *
 * <p>Choices have the probabilities of a softmax; continuous actions a normal distribution whose
 * deviations do not depend on the observation, clipped into the bounds when taken.
 *
 * <p>Departures from the paper are listed in {@code docs/departures.md}. The settings of an
 * untouched {@code Ppo} are those that solve CartPole.
 */
public record Ppo(Settings settings) implements Normalizing<Ppo> {
  /** What keeps the new policy near the one that played. */
  public enum Surrogate {
    /** The clipped ratio. */
    CLIP,
    /** A penalty on the divergence, {@code β KL(π_old ‖ π)}, whose weight adapts. */
    KL
  }

  // spotless:off
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("ppo").endingWith(NORMALIZING);

  static final Option<Long>         STEPS         = OPTIONS.whole("steps", 100_000L).from(1).in("environment steps").says("length of each seed's training");
  static final Option<Architecture> NETWORK       = OPTIONS.option("network", Architecture.type(), Mlp.of(64, 64)).says("network of policy and value");
  static final Option<Trunk>        TRUNK         = OPTIONS.choice("trunk", Trunk.SEPARATE).formerly("torso").says("whether policy and value share layers");
  static final Option<Integer>      ENVIRONMENTS  = OPTIONS.whole("environments", 8).from(1).in("copies").says("copies that are stepped together for each seed");
  static final Option<Integer>      ROLLOUT       = OPTIONS.whole("rollout", 32).from(1).in("steps").says("steps of each copy between two updates");
  static final Option<Integer>      EPOCHS        = OPTIONS.whole("epochs", 20).from(1).says("passes over each rollout");
  static final Option<Integer>      BATCH_SIZE    = OPTIONS.whole("batch-size", 256).from(2).in("steps").formerly("batch").says("size of a minibatch, within which advantages are normalized");
  static final Option<Schedule>     LEARNING_RATE = OPTIONS.schedule("learning-rate", Schedule.linear(0.001)).says("step size of Adam");
  static final Option<Surrogate>    SURROGATE     = OPTIONS.choice("surrogate", Surrogate.CLIP).says("what keeps the policy near the one that played");
  static final Option<Schedule>     CLIP          = OPTIONS.schedule("clip", Schedule.linear(0.2)).says("ε, bound of the ratio's move");
  static final Option<Double>       KL_TARGET     = OPTIONS.real("kl-target", 0.01).from(0).in("nats").says("move of the policy in an iteration, with surrogate kl");
  static final Option<Double>       GAMMA         = OPTIONS.real("gamma", 0.98).from(0, 1).says("discount factor γ");
  static final Option<Double>       LAMBDA        = OPTIONS.real("lambda", 0.8).from(0, 1).says("λ of the advantage estimate");
  static final Option<Schedule>     ENTROPY       = OPTIONS.schedule("entropy", 0).says("weight c_e of the entropy bonus");
  static final Option<Double>       VALUE_WEIGHT  = OPTIONS.real("value-weight", 0.5).from(0).says("weight c_v of the value loss");
  static final Option<Double>       MAX_NORM      = OPTIONS.real("max-norm", 0.5).from(0).says("where the gradient's norm is clipped");
  static final Option<Integer>      EXPLORE_GO    = OPTIONS.whole("explore-go", 0).from(0).in("steps").says("bound of the hidden random steps that an episode begins with; 0 for none");
  static final Option<Double>       COUNT_BONUS   = OPTIONS.real("count-bonus", 0).from(0).says("β of the reward β/√N(s, a) for what has been tried seldom; 0 for none");
  static final Option<Boolean>      TASK_REWARD   = OPTIONS.flag("task-reward", true).says("whether the task's own reward counts; off with a count bonus trains a pure explorer");

  /** Environment steps of each seed. */
  @Override public Ppo steps(long steps) { return with(STEPS, steps); }
  @Override public long steps() { return get(STEPS); }

  /** Network of policy and value. */
  public Ppo network(Architecture network) { return with(NETWORK, network); }
  public Architecture network() { return get(NETWORK); }

  /** Whether policy and value share layers. */
  public Ppo trunk(Trunk trunk) { return with(TRUNK, trunk); }
  public Trunk trunk() { return get(TRUNK); }

  /** Copies that are stepped together for each seed. */
  public Ppo environments(int copies) { return with(ENVIRONMENTS, copies); }
  public int environments() { return get(ENVIRONMENTS); }

  /** Steps of each copy between two updates. */
  public Ppo rollout(int steps) { return with(ROLLOUT, steps); }
  public int rollout() { return get(ROLLOUT); }

  /** Passes over each rollout. */
  public Ppo epochs(int epochs) { return with(EPOCHS, epochs); }
  public int epochs() { return get(EPOCHS); }

  /** Size of a minibatch, in steps. */
  public Ppo batchSize(int size) { return with(BATCH_SIZE, size); }
  public int batchSize() { return get(BATCH_SIZE); }

  /** Step size of Adam, constant or over training. */
  public Ppo learningRate(Schedule rate) { return with(LEARNING_RATE, rate); }
  public Ppo learningRate(double rate) { return learningRate(Schedule.constant(rate)); }
  public Schedule learningRate() { return get(LEARNING_RATE); }

  /** What keeps the new policy near the one that played. */
  public Ppo surrogate(Surrogate surrogate) { return with(SURROGATE, surrogate); }
  public Surrogate surrogate() { return get(SURROGATE); }

  /** ε, bound of the ratio's move, constant or over training. */
  public Ppo clip(Schedule clip) { return with(CLIP, clip); }
  public Ppo clip(double clip) { return clip(Schedule.constant(clip)); }
  public Schedule clip() { return get(CLIP); }

  /** Move of the policy in an iteration, in nats, to which the penalty of {@link Surrogate#KL} adapts. */
  public Ppo klTarget(double nats) { return with(KL_TARGET, nats); }
  public double klTarget() { return get(KL_TARGET); }

  /** Discount factor γ. */
  public Ppo gamma(double gamma) { return with(GAMMA, gamma); }
  public double gamma() { return get(GAMMA); }

  /** λ of the advantage estimate. */
  public Ppo lambda(double lambda) { return with(LAMBDA, lambda); }
  public double lambda() { return get(LAMBDA); }

  /** Weight c_e of the entropy bonus, constant or over training. */
  public Ppo entropy(Schedule weight) { return with(ENTROPY, weight); }
  public Ppo entropy(double weight) { return entropy(Schedule.constant(weight)); }
  public Schedule entropy() { return get(ENTROPY); }

  /** Weight c_v of the value loss. */
  public Ppo valueWeight(double weight) { return with(VALUE_WEIGHT, weight); }
  public double valueWeight() { return get(VALUE_WEIGHT); }

  /** Where the gradient's norm is clipped. */
  public Ppo maxNorm(double norm) { return with(MAX_NORM, norm); }
  public double maxNorm() { return get(MAX_NORM); }

  /**
   * Explore-Go: every episode of training begins with {@code k ~ U[0, limit)} random steps, from which nothing is
   * learned and which end no later than the horizon. They do not count to {@link #steps(long)}, which are those that
   * are learned from; the column {@code hidden} of the curve says how many environment steps a seed has spent on them
   * so far. Evaluations have none. Max Weltevrede, Felix Kaubek, Matthijs T. J. Spaan, Wendelin Böhmer, 2024, arXiv
   * 2406.08069.
   */
  public Ppo exploreGo(int limit) { return with(EXPLORE_GO, limit); }
  public int exploreGo() { return get(EXPLORE_GO); }

  /**
   * Bonus {@code β/√N(s, a)} on the reward, where {@code N} is how often a seed has taken {@code a} where it saw
   * {@code s} since training began; hidden steps are not counted. It is for tasks whose observations come again
   * exactly, such as grids. Curves and evaluations show the returns of the task, without the bonus. Alexander L.
   * Strehl, Michael L. Littman, 2008; Haoran Tang and others, 2017, arXiv 1611.04717.
   */
  public Ppo countBonus(double weight) { return with(COUNT_BONUS, weight); }
  public double countBonus() { return get(COUNT_BONUS); }

  /**
   * Reward of the task, which counts unless it is off: with {@link #countBonus(double)} training then gives a pure
   * explorer, which goes wherever it has seldom been.
   */
  public Ppo taskReward(boolean on) { return with(TASK_REWARD, on); }
  public boolean taskReward() { return get(TASK_REWARD); }
  // spotless:on

  /** PPO at its defaults. */
  public Ppo() {
    this(OPTIONS.standard());
  }

  /** The settings that are known to learn a task, such as {@code CartPole}. */
  public static Ppo preset(String task) {
    return Presets.find("ppo", Presets.ppo(), task);
  }

  /** A perceptron with these hidden widths. */
  public Ppo hidden(int... widths) {
    return network(Mlp.of(widths));
  }

  @Override
  public String name() {
    return "PPO";
  }

  @Override
  public Ppo with(Settings other) {
    return new Ppo(other);
  }

  @Override
  public String[] columns() {
    String[] columns = Normalizing.super.columns();
    if (exploreGo() == 0) {
      return columns;
    }
    String[] more = Arrays.copyOf(columns, columns.length + 1);
    more[columns.length] = "hidden";
    return more;
  }

  @Override
  public void require(Env env) {
    if (exploreGo() > 0) {
      Bounded.require("ppo", "to explore uniformly in", env.actions(), env.name());
    }
    if (!taskReward() && countBonus() == 0) {
      throw new RetortException(
          "ppo: expected a count bonus where the task's reward is off, got no reward at all. Say countBonus(0.1), or taskReward(true).");
    }
    long perRollout = (long) environments() * rollout();
    if (perRollout % batchSize() != 0) {
      long fits = Math.min(perRollout, batchSize());
      while (perRollout % fits != 0) {
        fits--;
      }
      throw new RetortException(
          "ppo: expected a batch that divides environments × rollout = %s, got %s. Say .batchSize(%s)."
              .formatted(perRollout, batchSize(), fits));
    }
    if (perRollout > Integer.MAX_VALUE) {
      throw new RetortException(
          "ppo: expected environments × rollout of at most %s steps, got %s."
              .formatted(Integer.MAX_VALUE, perRollout));
    }
  }

  @Override
  public Optional<Budget> budget(Env env) {
    long perRollout = (long) environments() * rollout();
    long iterations = (steps() + perRollout - 1) / perRollout;
    return Optional.of(
        new Budget(
            network(),
            outputs(Density.over(env.actions())),
            trunk(),
            environments(),
            iterations * (rollout() + 1),
            batchSize(),
            iterations * epochs() * perRollout / batchSize()));
  }

  /** The hidden steps of every episode. */
  Prologue prologue(Env env) {
    int limit = exploreGo();
    return limit == 0 ? Prologue.NONE : ExploreGo.random(limit, env.actions());
  }

  static List<Output> outputs(Density distribution) {
    List<Output> outputs = new ArrayList<>(distribution.outputs());
    outputs.add(new Output("value", 1, 1));
    return outputs;
  }

  @Override
  public List<Policy> train(Env env, long[] seeds, Session session) {
    return Population.train(
        this,
        Groups.of(network(), seeds.length, batchSize()),
        env,
        seeds,
        session,
        group -> new PpoLearner(this, env, group));
  }

  @Override
  public String toString() {
    return settings.toString();
  }
}
