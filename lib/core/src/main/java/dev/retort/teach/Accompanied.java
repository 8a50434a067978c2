package dev.retort.teach;

import dev.retort.RetortException;
import dev.retort.data.View;
import dev.retort.distribution.Distribution;
import dev.retort.env.Env;
import dev.retort.env.Prologue;
import dev.retort.guidance.Guidance;
import dev.retort.nn.Blueprint;
import dev.retort.option.Given;
import dev.retort.option.Inner;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.option.Type;
import dev.retort.policy.ExploreGo;
import dev.retort.space.Bounded;
import dev.retort.space.Selection;
import dev.retort.space.Space;
import dev.retort.store.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An algorithm that trains networks, and what may accompany its learner: running statistics by
 * which it sees and earns, bonuses, hidden steps, guides and teachers.
 *
 * @param <A> the algorithm itself
 */
public interface Accompanied<A extends Accompanied<A>> extends Evaluated<A> {
  // spotless:off
  /** Options of what accompanies a learner, and of every algorithm. */
  Schema COMPANY = new Schema("company").endingWith(EVALUATION);

  Option<Integer> EXPLORE_GO             = COMPANY.whole("explore-go", 0).from(0).in("steps").says("bound of the hidden random steps that an episode begins with; 0 for none");
  Option<Double>  COUNT_BONUS            = COMPANY.real("count-bonus", 0).from(0).says("β of the reward β/√N(s, a) for what has been tried seldom; 0 for none");
  Option<Double>  COUNT_CELLS            = COMPANY.real("count-cells", 0).from(0).says("side of the cells in which what is seen next is counted; 0 where what was tried is, exactly as it is");
  Option<View>    COUNT_SEEING           = COMPANY.option("count-seeing", View.type(), View.all()).says("what of an observation has cells");
  Option<Double>  NETWORK_BONUS          = COMPANY.real("network-bonus", 0).from(0).says("β of the reward for what a random network's student does not know yet; 0 for none");
  Option<Double>  BONUS_UNTIL            = COMPANY.option("bonus-until", Type.orWord(Type.real(1e-6, 1), "never", Double.POSITIVE_INFINITY), Double.POSITIVE_INFINITY).in("part of training").says("when both bonuses have fallen to 0");
  Option<Double>  SHAPING                = COMPANY.real("shaping", 0).from(0).says("w of the reward w(γ Φ(s′) − Φ(s)), Φ the environment's potential; 0 for none");
  Option<Boolean> TASK_REWARD            = COMPANY.flag("task-reward", true).says("whether the task's own reward counts; off with a bonus trains a pure explorer, with a teacher a pure student");
  Option<Boolean> NORMALIZE_OBSERVATIONS = COMPANY.flag("normalize-observations", false).formerly("normalise-observations").says("whether the network sees deviations from a running mean");
  Option<Boolean> NORMALIZE_REWARDS      = COMPANY.flag("normalize-rewards", false).formerly("normalise-rewards").says("whether rewards are divided by the deviation of the running return");

  /**
   * Explore-Go: every episode of training begins with {@code k ~ U[0, limit)} random steps, from which nothing is
   * learned and which end no later than the horizon. They do not count to {@link #steps(long)}, which are those that
   * are learned from; the column {@code hidden} of the curve says how many environment steps a seed has spent on them
   * so far. Evaluations have none. Max Weltevrede, Felix Kaubek, Matthijs T. J. Spaan, Wendelin Böhmer, 2024, arXiv
   * 2406.08069.
   */
  default A exploreGo(int limit) { return with(EXPLORE_GO, limit); }
  default int exploreGo() { return get(EXPLORE_GO); }

  /**
   * Bonus {@code β/√N(s, a)} on the reward, where {@code N} is how often a seed has taken {@code a} where it saw
   * {@code s} since training began; hidden steps are not counted. It is for tasks whose observations come again
   * exactly, such as grids. Curves and evaluations show the returns of the task, without the bonus. Alexander L.
   * Strehl, Michael L. Littman, 2008; Haoran Tang and others, 2017, arXiv 1611.04717.
   */
  default A countBonus(double weight) { return with(COUNT_BONUS, weight); }
  default double countBonus() { return get(COUNT_BONUS); }

  /**
   * Cells in which the count bonus counts, for tasks whose observations hardly ever come again: the bonus is then
   * {@code β/√N(⌊x/w⌋)}, where {@code x} are the numbers of the next observation that {@link #countSeeing(View)} names,
   * and {@code w} is the side of a cell in their units. Haoran Tang and others, 2017, arXiv 1611.04717, count cells of
   * learned features or of random directions.
   */
  default A countCells(double side) { return with(COUNT_CELLS, side); }
  default double countCells() { return get(COUNT_CELLS); }

  /** What of an observation has cells: few numbers, or every cell is new. */
  default A countSeeing(View view) { return with(COUNT_SEEING, view); }
  default View countSeeing() { return get(COUNT_SEEING); }

  /** Names of the parts of an observation that have cells. */
  default A countSeeing(String... parts) { return countSeeing(View.parts(Given.given(settings().schema().owner(), "names of parts", parts).toArray(String[]::new))); }

  /**
   * Bonus for coming where it looks new, by random network distillation: β times the error of a
   * network that learns what a random one says of the next observation, in units of the running
   * deviation of its discounted sum. It is for tasks whose observations hardly ever come again. Curves and evaluations
   * show the returns of the task, without the bonus. Yuri Burda, Harrison Edwards, Amos Storkey, Oleg Klimov, 2018,
   * arXiv 1810.12894.
   */
  default A networkBonus(double weight) { return with(NETWORK_BONUS, weight); }
  default double networkBonus() { return get(NETWORK_BONUS); }

  /**
   * Part of training at which both bonuses have fallen to 0, in a straight line from the first step on: a bonus that
   * stays pays for wandering.
   */
  default A bonusUntil(double part) { return with(BONUS_UNTIL, part); }
  default double bonusUntil() { return get(BONUS_UNTIL); }

  /**
   * Shaping of the reward by {@code w (γ Φ(s′) − Φ(s))}, where Φ is the potential that the environment gives of what is
   * seen, and 0 where the task has ended: it tells on the way what is gained, and leaves the best policy what it is.
   * Curves and evaluations show the returns of the task, without it. Andrew Y. Ng, Daishi Harada, Stuart Russell,
   * "Policy invariance under reward transformations", 1999.
   */
  default A shaping(double weight) { return with(SHAPING, weight); }
  default double shaping() { return get(SHAPING); }

  /**
   * Reward of the task, which counts unless it is off: with a bonus training then gives a pure
   * explorer, which goes wherever it has seldom been, and with {@code kickstart(teacher)} a pure student.
   */
  default A taskReward(boolean on) { return with(TASK_REWARD, on); }
  default boolean taskReward() { return get(TASK_REWARD); }

  /** Observations as deviations from a running mean, in units of the running deviation. */
  default A normalizeObservations(boolean on) { return with(NORMALIZE_OBSERVATIONS, on); }
  default boolean normalizeObservations() { return get(NORMALIZE_OBSERVATIONS); }

  /** Rewards divided by the deviation of the running return. */
  default A normalizeRewards(boolean on) { return with(NORMALIZE_REWARDS, on); }
  default boolean normalizeRewards() { return get(NORMALIZE_REWARDS); }
  // spotless:on

  /**
   * Observations and rewards normalized by running statistics. Those of observations become part of
   * the policy. A memory keeps what the environment gave, which is normalized when it is drawn;
   * values of actions are then in units of the return's deviation.
   */
  default A normalized() {
    return normalizeObservations(true).normalizeRewards(true);
  }

  /** Whether anything is normalized. */
  @Inner
  default boolean normalizes() {
    return normalizeObservations() || normalizeRewards();
  }

  /** Discount factor γ. */
  double gamma();

  /** Guides and teachers, in the order in which they have their say. */
  List<Guidance> guidance();

  /** The same algorithm with other settings and other guidance. */
  @Inner
  A with(Settings settings, List<Guidance> guidance);

  @Override
  default A with(Settings settings) {
    return with(settings, guidance());
  }

  /**
   * With what solved tasks give: {@code kickstart(teacher)}, {@code jumpStart(guide)}, {@code
   * warmStart(policies)} or, for learners of action values, {@code dqInit(prior)}; several have
   * their say one after the other.
   */
  default A guidedBy(Guidance given) {
    String owner = settings().schema().owner();
    List<Guidance> all = new ArrayList<>(guidance());
    all.add(Given.given(owner, "guidance such as kickstart(teacher)", given));
    return with(settings(), List.copyOf(all));
  }

  @Override
  default Tensors inputs() {
    return Guidance.tensors(guidance());
  }

  @Override
  default A withInputs(Tensors inputs) {
    return with(settings(), Guidance.list(inputs));
  }

  @Override
  default List<String> cautions(Env env) {
    return guidance().stream().flatMap(given -> given.cautions(env).stream()).distinct().toList();
  }

  @Override
  default String[] columns() {
    return Stream.of(
            Stream.of(Evaluated.super.columns()),
            exploreGo() > 0 ? Stream.of("hidden") : Stream.<String>of(),
            guidance().stream().flatMap(given -> given.columns().stream()))
        .flatMap(each -> each)
        .distinct()
        .toArray(String[]::new);
  }

  /** Actions that the learner itself gives: those of the environment, or what it adds to a base. */
  @Inner
  default Space ownActions(Env env) {
    Space own = Given.given("actions", "an environment", env).actions();
    for (Guidance given : guidance()) {
      own = given.own(own);
    }
    return own;
  }

  /** Whether what is new or seldom is rewarded. */
  @Inner
  default boolean hasBonus() {
    return countBonus() > 0 || networkBonus() > 0;
  }

  /** Whether anything gives rewards to learn from. */
  @Inner
  default boolean isRewarded() {
    return taskReward() || hasBonus() || guidance().stream().anyMatch(Guidance::rewards);
  }

  /**
   * The numbers of an observation that a view shows; {@code option} is who asks, for the message.
   */
  @Inner
  default Selection selection(String option, View view, Env env) {
    String owner = settings().schema().owner();
    Env shown = Given.given(owner, "an environment", env);
    return view.selection(shown.observations())
        .orElseThrow(
            () ->
                new RetortException(
                    "%s: expected numbers of the observation for %s, got %s, by which a policy cannot act. Say View.parts(..), and wrap the environment for more, as in env.frameStack(8)."
                        .formatted(owner, option, view)));
  }

  /** Hidden steps of every episode. */
  @Inner
  default Prologue prologue(Env env) {
    Given.given("prologue", "an environment", env);
    int limit = exploreGo();
    return limit == 0 ? Prologue.NONE : ExploreGo.random(limit, env.actions());
  }

  /**
   * Refuses companions that an algorithm cannot have.
   *
   * @param distribution of what it acts by
   * @param network what is guided
   */
  @Inner
  default void requireCompany(Env env, Distribution distribution, Blueprint network) {
    String owner = settings().schema().owner();
    if (exploreGo() > 0) {
      Bounded.require(owner, "to explore uniformly in", env.actions(), env.name());
    }
    if (shaping() > 0 && !Shaping.hasPotential(env)) {
      throw new RetortException(
          "%s: expected an environment that gives a potential for shaping, got %s, which gives none. Write potential(..) in an environment of your own, or leave shaping out."
              .formatted(owner, env.name()));
    }
    selection("countSeeing", countSeeing(), env);
    if (!taskReward() && !hasBonus() && guidance().stream().noneMatch(Guidance::teaches)) {
      throw new RetortException(
          "%s: expected a bonus or a teacher where the task's reward is off, got no reward at all. Say countBonus(0.1), guidedBy(kickstart(teacher)), or taskReward(true)."
              .formatted(owner));
    }
    if (normalizeObservations() && network.readsChoices()) {
      throw new RetortException(
          "%s: expected observations as they are for %s, which reads choices among them such as types of tokens, got normalized ones. Say normalizeObservations(false)."
              .formatted(owner, network.architecture()));
    }
    if (guidance().stream().filter(each -> !each.isBeginning()).count() > 1) {
      guidance().stream().filter(Guidance::isAlone).findFirst().ifPresent(this::requireAlone);
    }
    Guidance.Learning learning = learning(env, distribution, network);
    guidance().forEach(given -> given.require(learning));
  }

  private void requireAlone(Guidance alone) {
    throw new RetortException(
        "%s: expected %s as the only guidance but a warm start, got %s."
            .formatted(
                settings().schema().owner(),
                alone.name(),
                guidance().stream().map(Guidance::name).collect(Collectors.joining(", "))));
  }

  /** How guidance stands behind an algorithm's settings in texts. */
  static String text(List<Guidance> guidance) {
    return guidance.stream().map(given -> " guided by " + given).collect(Collectors.joining());
  }

  /** What guides may ask about a learner. */
  @Inner
  default Guidance.Learning learning(Env env, Distribution distribution, Blueprint network) {
    return new Guidance.Learning(name(), env, distribution, network, gamma(), normalizes());
  }
}
