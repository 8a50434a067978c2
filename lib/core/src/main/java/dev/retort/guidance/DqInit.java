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
 * <p>The defaults, all three on and known after 1,000 visits, did best on the tuning tasks of
 * {@code reproduce("dqinit")}, valleys and poles alike; smaller numbers of visits threw the prior
 * away before anything was learned.
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
    return List.of("believed");
  }

  @Override
  public Companion companion(Learners learners) {
    return new PriorGuide(this, learners);
  }

  @Override
  public String toString() {
    return settings + " prior " + prior.summary();
  }
}
