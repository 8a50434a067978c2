package dev.retort.teach;

import dev.retort.env.Env;
import dev.retort.option.Option;
import dev.retort.option.Schedule;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.prior.QPrior;
import dev.retort.run.Finite;
import dev.retort.run.Session;
import dev.retort.table.QTable;
import java.util.Optional;

/**
 * Q-learning with a table: a value for every state that is met and each of its actions.
 *
 * <p>After every environment step
 *
 * <pre>
 * Q(s, a) ← Q(s, a) + α / N(s, a)^ω · (r + γ (1 − terminated) max_a' Q(s', a') − Q(s, a))
 * </pre>
 *
 * <p>where {@code N} counts how often the action was taken in the state, this time included. A
 * truncated episode bootstraps; only a terminated one does not. The agent takes a random action
 * with probability ε, and one of the best ones otherwise, each of equals as often. With ω above a
 * half and up to 1 and with ε above 0 the values converge to the best ones with probability 1; with
 * ω = 0 they follow at a constant pace.
 *
 * <p>States are known by all numbers of an observation exactly, or, with {@code bins}, by the cell
 * that the numbers fall into.
 *
 * <p>With {@link #initializedBy} values begin at what solved tasks say, and at {@code initial}
 * where these know nothing. For MaxQInit join the tasks by {@code Aggregation.MAX} and let {@code
 * initial} be the largest value that a return can have, {@code prior.high()} or less where one
 * knows better.
 *
 * <p>Christopher J. C. H. Watkins, Peter Dayan, "Q-learning", 1992; step sizes that are powers of
 * the visits: Eyal Even-Dar, Yishay Mansour, "Learning rates for Q-learning", 2003; MaxQInit: David
 * Abel, Yuu Jinnai, Sophie Yue Guo, George Konidaris, Michael L. Littman, "Policy and value
 * transfer in lifelong reinforcement learning", 2018.
 *
 * <p>Departures from the papers are listed in {@code docs/departures.md}.
 *
 * @param settings what is set
 * @param prior what values begin at
 */
public record QLearning(Settings settings, Optional<QPrior> prior) implements Tabular<QLearning> {
  /** What learns: act, and move the value of what was done. */
  private final class Learning extends TabularLearner {
    Learning(Env env, long[] seeds) {
      super(QLearning.this, env, seeds);
    }

    /** Part of training that is over. */
    private double part() {
      return (double) step / steps();
    }

    @Override
    int choose(int member, int state) {
      return explore(member, state, epsilon().at(part()));
    }

    @Override
    void update(int member, int state, int action, Session session) {
      QTable table = table(member);
      // r + γ (1 − terminated) max_a' Q(s', a')
      double target = reward(member) + gamma() * future(member);
      // Q(s, a) ← Q(s, a) + α / N(s, a)^ω · (target − Q(s, a))
      double rate = learningRate().at(part());
      double change = rate * (target - table.value(state, action));
      Finite.require(change, member, "temporal difference", step);
      double visit = table.visits(state, action) + 1.0;
      table.learn(state, action, target, rate / Math.pow(visit, rateDecay()));
    }
  }

  // spotless:off
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("qLearning").including(TABLE)
      .standard(GAMMA, 0.99);

  static final Option<Schedule> LEARNING_RATE = OPTIONS.schedule("learning-rate", 0.1).says("α, part of the way to its target that a value moves");
  static final Option<Double>   RATE_DECAY    = OPTIONS.real("rate-decay", 0).from(0, 1).says("ω, power of the visits that divides the learning rate");
  static final Option<Schedule> EPSILON       = OPTIONS.schedule("epsilon", new Schedule(1, 0.05)).says("ε, share of random actions over training");

  /** α, constant or over training: part of the way to its target that a value moves. */
  public QLearning learningRate(Schedule rate) { return with(LEARNING_RATE, rate); }
  public QLearning learningRate(double rate) { return learningRate(Schedule.constant(rate)); }
  public Schedule learningRate() { return get(LEARNING_RATE); }

  /** ω, power of the visits that divides the learning rate. */
  public QLearning rateDecay(double power) { return with(RATE_DECAY, power); }
  public double rateDecay() { return get(RATE_DECAY); }

  /** ε, constant or over training: share of random actions. */
  public QLearning epsilon(Schedule epsilon) { return with(EPSILON, epsilon); }
  public QLearning epsilon(double epsilon) { return epsilon(Schedule.constant(epsilon)); }
  public Schedule epsilon() { return get(EPSILON); }
  // spotless:on

  /** Q-learning at its defaults. */
  public QLearning() {
    this(OPTIONS.standard(), Optional.empty());
  }

  @Override
  public String name() {
    return "Q-learning";
  }

  @Override
  public QLearning with(Settings other, Optional<QPrior> solved) {
    return new QLearning(other, solved);
  }

  @Override
  public Learner learner(Env env, long[] seeds) {
    return new Learning(env, seeds);
  }

  @Override
  public String toString() {
    return FreshTable.text(this);
  }
}
