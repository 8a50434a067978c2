package dev.retort.guidance;

import com.google.gson.JsonParser;
import dev.retort.RetortException;
import dev.retort.distribution.ActionValues;
import dev.retort.env.Env;
import dev.retort.option.Given;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.policy.Fit;
import dev.retort.prior.QPrior;
import dev.retort.space.Discrete;
import dev.retort.store.Tensors;
import java.util.List;
import java.util.stream.Stream;

/**
 * DQInit (reconstruction): a value learner believes a prior from solved tasks where it knows
 * little, and itself where it knows enough.
 *
 * <p>With the prior's values {@code P} and knownness {@code κ}, which is 1 wherever the prior says
 * nothing,
 *
 * <pre>
 * Q_mix(s, a) = κ(s, a) Q(s, a) + (1 − κ(s, a)) P(s, a)
 * act:        actions are chosen by Q_mix
 * target:     y = r + γ (1 − terminated) max_a' Q_mix⁻(s', a'), with the target network and the κ of now
 * auxiliary:  L + ½ (1 − κ(s, a)) (Q(s, a) − P(s, a))², its slope clipped to ±1
 * </pre>
 *
 * <p>each of which can be switched. Before the first step the network may be drawn towards the
 * prior. With κ at 0 for ever and no learning it is the prior alone, the rival that has to be
 * beaten.
 *
 * <p>With {@code residual} the network learns what to add to the prior, {@code Q(s, a) = P̃(s, a) +
 * f(s, a)}, in all of these formulas. Its last layer begins at 0, so that {@code Q} begins as the
 * prior, to the letter; {@code P̃} is the mean of all of P where the prior says nothing. Acting by
 * the mixture is then acting by {@code P̃ + κ f}. With {@code taking-turns} nothing is mixed where
 * actions are chosen: the prior chooses with probability {@code 1 − κ(s, a)} of the action that it
 * prefers, and the learner otherwise; random actions are as many as before.
 *
 * <p>What gives back late what it gained early is a knownness of single actions ({@link
 * Knownness.Counts}): actions that are not taken stay unknown for ever, so that the learner's value
 * of one action is compared with the prior's of another, which was made by other tasks. And a
 * target into which the prior is mixed keeps its error. {@link #fadedResidual} and {@link
 * #residualInTurns} have neither: they know states and leave targets alone, and so does {@link
 * #actingOnly}. In {@code reproduce("kept-gains")} no form kept early and late what it gained on
 * two of three families; acting only came nearest to a learner without a prior late, and the
 * residuals to the table early. The defaults, all three on and known after 1,000 visits to an
 * action, are those of {@code reproduce("dqinit")}; they are worth it for the first episodes, and
 * not where a task is learned to the end.
 *
 * <p>Soumia Mehimeh, "Value Function Initialization for Knowledge Transfer and Jump-start in Deep
 * Reinforcement Learning", 2025, arXiv 2508.09277. We know its abstract and the beginning of its
 * introduction: that values only are transferred, as compact tables, where little is known, without
 * a fixed decay. All formulas here are ours.
 *
 * @param settings what is switched on, and how the agent knows what it knows
 * @param prior what solved tasks say
 */
public record DqInit(Settings settings, QPrior prior) implements Guidance {
  // spotless:off
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("dqInit");

  static final Option<Knownness> KNOWNNESS   = OPTIONS.option("knownness", Knownness.type(), new Knownness.Counts(1_000)).says("how well the agent knows an action");
  static final Option<Boolean>   ACT         = OPTIONS.flag("act", true).says("whether the prior has a say in actions");
  static final Option<Boolean>   TARGET      = OPTIONS.flag("target", true).says("whether the prior has a say in targets");
  static final Option<Boolean>   AUXILIARY   = OPTIONS.flag("auxiliary", true).says("whether values are drawn towards the prior");
  static final Option<Long>      PRETRAINING = OPTIONS.whole("pretraining", 0L).from(0).in("updates").says("of the network towards the prior, before the first step");
  static final Option<Boolean>   RESIDUAL    = OPTIONS.flag("residual", false).says("whether the network learns what to add to the prior, from nothing on");
  static final Option<Boolean>   TAKING_TURNS = OPTIONS.flag("taking-turns", false).says("whether the prior itself chooses now and then, in place of a mixture");
  static final Option<Long>      HANDOVER_EVERY = OPTIONS.whole("handover-every", 0L).from(0).in("environment steps").says("span of which the curve says how the prior hands over; 0 for none");
  static final Option<Boolean>   LEARNING    = OPTIONS.flag("learning", true).says("whether anything is learned at all");

  /** Knownness: how the agent knows what it knows. */
  public DqInit knownness(Knownness how) { return with(KNOWNNESS, how); }
  public Knownness knownness() { return settings.get(KNOWNNESS); }

  /** Whether the prior has a say in actions. */
  public DqInit act(boolean on) { return with(ACT, on); }
  public boolean act() { return settings.get(ACT); }

  /** Whether the prior has a say in targets. */
  public DqInit target(boolean on) { return with(TARGET, on); }
  public boolean target() { return settings.get(TARGET); }

  /** Whether values are drawn towards the prior. */
  public DqInit auxiliary(boolean on) { return with(AUXILIARY, on); }
  public boolean auxiliary() { return settings.get(AUXILIARY); }

  /** Updates of the network's values towards the prior before the first step, in the middle of every cell. */
  public DqInit pretraining(long updates) { return with(PRETRAINING, updates); }
  public long pretraining() { return settings.get(PRETRAINING); }

  /** Whether the network learns what to add to the prior, {@code Q = P̃ + f}, its last layer from 0. */
  public DqInit residual(boolean on) { return with(RESIDUAL, on); }
  public boolean residual() { return settings.get(RESIDUAL); }

  /** Whether the prior itself chooses with probability {@code 1 − κ}, in place of a mixture. */
  public DqInit takingTurns(boolean on) { return with(TAKING_TURNS, on); }
  public boolean takingTurns() { return settings.get(TAKING_TURNS); }

  /** Environment steps over which the columns of {@link PriorHandover} are taken; 0 for no such columns. */
  public DqInit handoverEvery(long steps) { return with(HANDOVER_EVERY, steps); }
  public long handoverEvery() { return settings.get(HANDOVER_EVERY); }

  /** Whether anything is learned at all. */
  public DqInit learning(boolean on) { return with(LEARNING, on); }
  public boolean learning() { return settings.get(LEARNING); }
  // spotless:on

  /** Refuses no prior. */
  public DqInit {
    Given.given("dqInit", "a prior", prior);
  }

  /** A prior at its defaults. */
  public DqInit(QPrior prior) {
    this(OPTIONS.standard(), prior);
  }

  @Override
  public DqInit with(Settings other) {
    return new DqInit(other, prior);
  }

  private <T> DqInit with(Option<T> option, T value) {
    return with(settings.with(option, value));
  }

  /** Visits to a cell of the prior after which an action is known there. */
  public DqInit knownAfter(int visits) {
    return knownness(new Knownness.Counts(visits));
  }

  /** Visits to a cell of the prior after which all of it is known, whatever was done there. */
  private DqInit knownStates(int visits) {
    return knownness(new Knownness.States(visits)).target(false).auxiliary(false);
  }

  /** Acting only: a state is known after so many visits, and nothing but actions is mixed. */
  public DqInit actingOnly(int visits) {
    return knownStates(visits).act(true);
  }

  /**
   * Faded residual: acts by {@code P̃ + κ(s) f}, learns {@code P̃ + f}; a state is known after so
   * many visits.
   */
  public DqInit fadedResidual(int visits) {
    return actingOnly(visits).residual(true);
  }

  /**
   * Residual in turns: the prior chooses with probability {@code 1 − κ(s)}, {@code P̃ + f}
   * otherwise; a state is known after so many visits.
   */
  public DqInit residualInTurns(int visits) {
    return fadedResidual(visits).takingTurns(true);
  }

  /** Value distillation and nothing else: after it, the prior has no say. */
  public DqInit distilled(long updates) {
    return pretraining(updates)
        .knownness(new Knownness.Always())
        .act(false)
        .target(false)
        .auxiliary(false);
  }

  /** The prior alone: nothing is learned, and the prior is believed for ever. */
  public DqInit tableOnly() {
    return knownness(new Knownness.Never()).act(true).learning(false);
  }

  @Override
  public String name() {
    return "DQInit (reconstruction)";
  }

  @Override
  public List<String> cautions(Env env) {
    return prior.cautions(env);
  }

  @Override
  public Tensors knowledge() {
    return prior.tensors();
  }

  static DqInit of(String settings, Tensors knowledge) {
    return new DqInit(
        Settings.of(OPTIONS, JsonParser.parseString(settings).getAsJsonObject()),
        QPrior.of(knowledge));
  }

  @Override
  public void require(Learning learning) {
    learning.requireValues("dqInit");
    if (pretraining() > 0
        && !learning
            .distribution()
            .equals(new ActionValues((Discrete) learning.env().actions(), false))) {
      throw new RetortException(
          "dqInit: expected plain values where weights are given, got dueling ones. Leave dueling() out.");
    }
    if (residual() && pretraining() > 0) {
      throw new RetortException(
          "dqInit: expected a residual, which begins as the prior, without pretraining, got %s updates. Leave one of them out."
              .formatted(pretraining()));
    }
    if (residual() && prior.layers() > 1) {
      throw new RetortException(
          "dqInit: expected a prior of one layer of cells for a residual, got %s. Cut it by bins, quantiles or clusters."
              .formatted(prior.layers()));
    }
    Env env = learning.env();
    Fit.spaces(env)
        .require(
            "dqInit",
            "a prior of tasks",
            "for " + env.name(),
            "one of tasks",
            prior.spaces(),
            "Extract it from tasks of the same family.");
    if (learning.discount() != prior.discount()) {
      throw new RetortException(
          "dqInit: expected a learner that discounts by the prior's γ of %s, got %s. Say gamma(%s), or extract the prior with that discount."
              .formatted(prior.discount(), learning.discount(), prior.discount()));
    }
  }

  @Override
  public List<String> columns() {
    return handoverEvery() == 0
        ? List.of("believed")
        : Stream.concat(Stream.of("believed"), PriorHandover.COLUMNS.stream()).toList();
  }

  @Override
  public Companion companion(Learners learners) {
    return new PriorGuide(this, learners);
  }

  @Override
  public String toString() {
    return settings + " prior " + prior.summary() + "; " + formulas();
  }

  /** What is acted by and learned from, in the terms of the page above. */
  private String formulas() {
    String own = residual() ? "P̃ + f" : "Q";
    String mixed = residual() ? "P̃ + κ f" : "κ Q + (1 − κ) P";
    String turns = "P with probability 1 − κ and by " + own + " otherwise";
    String acts = !act() ? own : takingTurns() ? turns : mixed;
    String targets = target() ? mixed : own;
    return learning()
        ? "acts by %s, targets by the largest %s%s"
            .formatted(acts, targets, auxiliary() ? ", drawn to P by 1 − κ" : "")
        : "acts by P, learns nothing";
  }
}
