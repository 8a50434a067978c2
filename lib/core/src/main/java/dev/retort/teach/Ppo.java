package dev.retort.teach;

import dev.retort.RetortException;
import dev.retort.distribution.Density;
import dev.retort.env.Env;
import dev.retort.env.Prologue;
import dev.retort.nn.Architecture;
import dev.retort.nn.Groups;
import dev.retort.nn.Mlp;
import dev.retort.nn.Output;
import dev.retort.nn.Torso;
import dev.retort.option.Option;
import dev.retort.option.Schedule;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.option.Switch;
import dev.retort.option.Type;
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
public record Ppo(Settings settings) implements Algorithm {
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("ppo");

  /** What keeps the new policy near the one that played. */
  public enum Surrogate {
    /** The clipped ratio. */
    CLIP,
    /** A penalty on the divergence, {@code β KL(π_old ‖ π)}, whose weight adapts. */
    KL
  }

  static final Option<Long> STEPS =
      OPTIONS.whole("steps", 100_000, 1, "environment steps", "how long each seed trains");
  static final Option<Architecture> NETWORK =
      OPTIONS.option(
          "network", Architecture.type(), Mlp.of(64, 64), "", "the network of policy and value");
  static final Option<Torso> TORSO =
      OPTIONS.option(
          "torso",
          Type.choice(Torso.class),
          Torso.SEPARATE,
          "",
          "whether policy and value share layers");
  static final Option<Long> ENVIRONMENTS =
      OPTIONS.whole(
          "environments", 8, 1, "copies", "how many copies are stepped together for each seed");
  static final Option<Long> ROLLOUT =
      OPTIONS.whole(
          "rollout", 32, 1, "steps", "how many steps each copy takes between two updates");
  static final Option<Long> EPOCHS =
      OPTIONS.whole("epochs", 20, 1, "", "how often each rollout is learned from");
  static final Option<Long> BATCH =
      OPTIONS.whole(
          "batch", 256, 2, "steps", "size of a minibatch, within which advantages are normalised");
  static final Option<Schedule> LEARNING_RATE =
      OPTIONS.option(
          "learning-rate", Schedule.type(), Schedule.linear(0.001), "", "step size of Adam");
  static final Option<Surrogate> SURROGATE =
      OPTIONS.option(
          "surrogate",
          Type.choice(Surrogate.class),
          Surrogate.CLIP,
          "",
          "what keeps the policy near the one that played");
  static final Option<Schedule> CLIP =
      OPTIONS.option(
          "clip", Schedule.type(), Schedule.linear(0.2), "", "ε, how far the ratio may move");
  static final Option<Double> KL_TARGET =
      OPTIONS.real(
          "kl-target",
          0.01,
          0,
          Double.MAX_VALUE,
          "nats",
          "how far the policy should move in an iteration, with surrogate kl");
  static final Option<Double> GAMMA = OPTIONS.real("gamma", 0.98, 0, 1, "", "discount factor γ");
  static final Option<Double> LAMBDA =
      OPTIONS.real("lambda", 0.8, 0, 1, "", "λ of the advantage estimate");
  static final Option<Schedule> ENTROPY =
      OPTIONS.option(
          "entropy", Schedule.type(), Schedule.constant(0), "", "weight c_e of the entropy bonus");
  static final Option<Double> VALUE =
      OPTIONS.real("value-weight", 0.5, 0, Double.MAX_VALUE, "", "weight c_v of the value loss");
  static final Option<Double> MAX_NORM =
      OPTIONS.real(
          "max-norm", 0.5, 0, Double.MAX_VALUE, "", "where the gradient's norm is clipped");

  static final Normalising NORMALISING = Normalising.in(OPTIONS);
  static final Option<Long> EXPLORE_GO =
      OPTIONS.whole(
          "explore-go",
          0,
          0,
          "steps",
          "episodes begin with fewer than so many hidden random steps; 0 for none");
  static final Option<Double> COUNT_BONUS =
      OPTIONS.real(
          "count-bonus",
          0,
          0,
          Double.MAX_VALUE,
          "",
          "β of the reward β/√N(s, a) for what has been tried seldom; 0 for none");
  static final Option<Switch> TASK_REWARD =
      OPTIONS.option(
          "task-reward",
          Type.choice(Switch.class),
          Switch.ON,
          "",
          "whether the task's own reward counts; off with a count bonus trains a pure explorer");
  static final Coaching COACHING = Coaching.in(OPTIONS);

  /** PPO at its defaults. */
  public Ppo() {
    this(OPTIONS.standard());
  }

  /** The settings that are known to learn a task, such as {@code CartPole}. */
  public static Ppo preset(String task) {
    return Presets.find("ppo", Presets.ppo(), task);
  }

  /** How many environment steps each seed trains. */
  public Ppo steps(long steps) {
    return with(settings.with(STEPS, steps));
  }

  /** A perceptron with these hidden widths. */
  public Ppo hidden(int... widths) {
    return network(Mlp.of(widths));
  }

  /** The network of policy and value. */
  public Ppo network(Architecture network) {
    return with(settings.with(NETWORK, network));
  }

  /** Whether policy and value share layers. */
  public Ppo torso(Torso torso) {
    return with(settings.with(TORSO, torso));
  }

  /** How many copies are stepped together for each seed. */
  public Ppo environments(int copies) {
    return with(settings.with(ENVIRONMENTS, (long) copies));
  }

  /** How many steps each copy takes between two updates. */
  public Ppo rollout(int steps) {
    return with(settings.with(ROLLOUT, (long) steps));
  }

  /** How often each rollout is learned from. */
  public Ppo epochs(int epochs) {
    return with(settings.with(EPOCHS, (long) epochs));
  }

  /** Size of a minibatch. */
  public Ppo batchSize(int size) {
    return with(settings.with(BATCH, (long) size));
  }

  /** A constant step size of Adam. */
  public Ppo learningRate(double rate) {
    return learningRate(Schedule.constant(rate));
  }

  /** The step size of Adam over training. */
  public Ppo learningRate(Schedule rate) {
    return with(settings.with(LEARNING_RATE, rate));
  }

  /** How far the ratio may move, always the same. */
  public Ppo clip(double clip) {
    return clip(Schedule.constant(clip));
  }

  /** How far the ratio may move, over training. */
  public Ppo clip(Schedule clip) {
    return with(settings.with(CLIP, clip));
  }

  /** An adaptive penalty on the divergence in place of clipping, and its target in nats. */
  public Ppo klPenalty(double target) {
    return with(settings.with(SURROGATE, Surrogate.KL).with(KL_TARGET, target));
  }

  /** Discount factor γ. */
  public Ppo gamma(double gamma) {
    return with(settings.with(GAMMA, gamma));
  }

  /** λ of the advantage estimate. */
  public Ppo lambda(double lambda) {
    return with(settings.with(LAMBDA, lambda));
  }

  /** A constant weight of the entropy bonus. */
  public Ppo entropy(double weight) {
    return entropy(Schedule.constant(weight));
  }

  /** The weight of the entropy bonus over training. */
  public Ppo entropy(Schedule weight) {
    return with(settings.with(ENTROPY, weight));
  }

  /** Weight of the value loss. */
  public Ppo valueWeight(double weight) {
    return with(settings.with(VALUE, weight));
  }

  /** Where the gradient's norm is clipped. */
  public Ppo maxNorm(double norm) {
    return with(settings.with(MAX_NORM, norm));
  }

  /** Observations and rewards normalised by running statistics, which become part of the policy. */
  public Ppo normalised() {
    return with(NORMALISING.on(settings));
  }

  /**
   * Explore-Go: every episode of training begins with {@code k ~ U[0, limit)} random steps, from
   * which nothing is learned and which end no later than the horizon. They do not count to {@link
   * #steps(long)}, which are those that are learned from; the column {@code hidden} of the curve
   * says how many environment steps a seed has spent on them so far. Evaluations have none. Max
   * Weltevrede, Felix Kaubek, Matthijs T. J. Spaan, Wendelin Böhmer, 2024, arXiv 2406.08069.
   */
  public Ppo exploreGo(int limit) {
    return with(settings.with(EXPLORE_GO, (long) limit));
  }

  /**
   * Adds {@code β/√N(s, a)} to the reward, where {@code N} is how often a seed has taken {@code a}
   * where it saw {@code s} since training began; hidden steps are not counted. It is for tasks
   * whose observations come again exactly, such as grids. Curves and evaluations show the returns
   * of the task, without the bonus. Alexander L. Strehl, Michael L. Littman, 2008; Haoran Tang and
   * others, 2017, arXiv 1611.04717.
   */
  public Ppo countBonus(double weight) {
    return with(settings.with(COUNT_BONUS, weight));
  }

  /**
   * Whether the task's own reward counts: without it, and with {@link #countBonus}, training gives
   * a pure explorer, which goes wherever it has seldom been.
   */
  public Ppo taskReward(Switch task) {
    return with(settings.with(TASK_REWARD, task));
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
  public long steps() {
    return get(STEPS);
  }

  @Override
  public String[] columns() {
    String[] columns = Algorithm.super.columns();
    if (get(EXPLORE_GO) == 0) {
      return columns;
    }
    String[] more = Arrays.copyOf(columns, columns.length + 1);
    more[columns.length] = "hidden";
    return more;
  }

  @Override
  public void require(Env env) {
    if (get(EXPLORE_GO) > 0) {
      Bounded.require("ppo", "to explore uniformly in", env.actions(), env.name());
    }
    if (get(TASK_REWARD) == Switch.OFF && get(COUNT_BONUS) == 0) {
      throw new RetortException(
          "ppo: expected a count bonus where the task's reward is off, got no reward at all. Say countBonus(0.1), or leave task-reward on.");
    }
    long perRollout = (long) settings.whole(ENVIRONMENTS) * settings.whole(ROLLOUT);
    if (perRollout % settings.whole(BATCH) != 0) {
      long fits = Math.min(perRollout, settings.whole(BATCH));
      while (perRollout % fits != 0) {
        fits--;
      }
      throw new RetortException(
          "ppo: expected a batch that divides environments × rollout = %s, got %s. Say .batchSize(%s)."
              .formatted(perRollout, settings.whole(BATCH), fits));
    }
    if (perRollout > Integer.MAX_VALUE) {
      throw new RetortException(
          "ppo: expected environments × rollout of at most %s steps, got %s."
              .formatted(Integer.MAX_VALUE, perRollout));
    }
  }

  @Override
  public Optional<Budget> budget(Env env) {
    long perRollout = get(ENVIRONMENTS) * get(ROLLOUT);
    long iterations = (steps() + perRollout - 1) / perRollout;
    return Optional.of(
        new Budget(
            get(NETWORK),
            outputs(Density.over(env.actions())),
            get(TORSO),
            settings.whole(ENVIRONMENTS),
            iterations * (get(ROLLOUT) + 1),
            settings.whole(BATCH),
            iterations * get(EPOCHS) * perRollout / get(BATCH)));
  }

  /** The hidden steps of every episode. */
  Prologue prologue(Env env) {
    int limit = settings.whole(EXPLORE_GO);
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
        Groups.of(get(NETWORK), seeds.length, settings.whole(BATCH)),
        COACHING,
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
