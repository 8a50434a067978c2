package dev.retort.teach;

import dev.retort.RetortException;
import dev.retort.data.Dataset;
import dev.retort.env.Env;
import dev.retort.loss.Distance;
import dev.retort.loss.Distances;
import dev.retort.loss.Kl;
import dev.retort.nn.CausalTransformer;
import dev.retort.nn.Groups;
import dev.retort.nn.Output;
import dev.retort.nn.Trunk;
import dev.retort.option.Given;
import dev.retort.option.Option;
import dev.retort.option.Schedule;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.policy.Fit;
import dev.retort.policy.Policy;
import dev.retort.store.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Decision transformers: policies that learn from data what was done where so much was still to
 * come, and act by being told what to aim at. Each step is an update on windows of episodes,
 *
 * <pre>
 * L = Σ_i [ −log π_i(a_i | window) · action + β D(teacher_i, π_i) + α L_rel_i + φ ‖f_i − f̂_i‖² ]
 * L_rel_i = Σ_{j≠i} huber( ∠(N f_i, N f_j) − ∠(M f̂_i, M f̂_j) )
 * </pre>
 *
 * <p>on the mean over the steps of the windows. A window is a {@link dev.retort.space.Trajectory}:
 * tokens of return-to-go, of what is seen and, in an environment with {@code lastAction()}, of what
 * was done before. Returns-to-go are those of the data, with mean 0 and deviation 1 at each step;
 * who acts is told a quantile of them. Windows begin at any step up to {@code window − 1} before an
 * episode, so that every step is learned from equally often, early ones without a past.
 *
 * <p>Where actions are a group of choices with a part an agent, {@code agents} says how they learn:
 * {@code together}, one network with a token an agent and step, which all see, a central policy;
 * {@code shared}, one network for windows of each agent's own; {@code apart}, a network an agent.
 * The last two give a {@link dev.retort.policy.Joint} of policies that see their own part alone.
 *
 * <p>β, α and φ want what a teacher says of the data, {@code data.labeledBy("teacher", teacher,
 * List.of("features"))}, which asks it at its own goal, or {@link #labeled}, which asks it at the
 * returns-to-go that came. Students of one seed are coupled by L_rel.
 *
 * <p>Lili Chen and others, "Decision transformer: reinforcement learning via sequence modeling",
 * 2021, arXiv 2106.01345. A shared one for several agents: Linghui Meng and others, "Offline
 * pre-trained multi-agent decision transformer", 2021, arXiv 2112.02845. Students of a central
 * teacher, with β, α and φ: Wei-Cheng Tseng, Tsun-Hsuan Wang, Yen-Chen Lin, Phillip Isola, "Offline
 * multi-agent reinforcement learning with knowledge distillation", 2022.
 *
 * <p>Departures from the papers are listed in {@code docs/departures.md}.
 *
 * @param settings what is set
 * @param data what it learns from
 */
public record DecisionTransformer(Settings settings, Optional<Dataset> data)
    implements Evaluated<DecisionTransformer> {
  /** How several agents learn. */
  public enum Agents {
    /** One network sees all of them: a central policy. */
    TOGETHER,
    /** One network serves each of them with its own part. */
    SHARED,
    /** Each has a network of its own. */
    APART
  }

  /** What returns-to-go are told while it learns. */
  public enum Told {
    /** Those that came. */
    LOGGED,
    /** The goal, whatever came. */
    TARGET
  }

  /** What features pass before their angles are compared. */
  public enum Mapping {
    /** A perceptron of the teacher's, M, and another one of the students', N. */
    TWO,
    /** One for both, M = N. */
    ONE,
    /** None: the angles of features as they are. */
    NONE
  }

  /** Where the data stand in a run's inputs. */
  private static final String DATA = "data";

  // spotless:off
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("decisionTransformer").endingWith(EVALUATION);

  static final Option<Long>     STEPS          = OPTIONS.whole("steps", 2_000L).from(1).in("updates").says("length of each seed's training");
  static final Option<Schedule> LEARNING_RATE  = OPTIONS.schedule("learning-rate", new Schedule(0.001, 0)).says("step size of Adam");
  static final Option<Integer>  BATCH_SIZE     = OPTIONS.whole("batch-size", 32).from(1).in("windows").says("size of a minibatch");
  static final Option<Double>   MAX_NORM       = OPTIONS.real("max-norm", 1).from(0).says("where the gradient's norm is clipped");
  static final Option<Integer>  WINDOW         = OPTIONS.whole("window", 10).from(1, 20_000).in("steps").says("how far it looks back, the present step included");
  static final Option<Integer>  WIDTH          = OPTIONS.whole("width", 32).from(1).says("numbers of a token");
  static final Option<Integer>  LAYERS         = OPTIONS.whole("layers", 2).from(1).says("blocks of attention and perceptron");
  static final Option<Integer>  HEADS          = OPTIONS.whole("heads", 2).from(1).says("heads of the attention, which divide the width");
  static final Option<Boolean>  TOKENS_APART   = OPTIONS.flag("tokens-apart", false).says("whether return-to-go, what is seen and what was done are tokens of their own");
  static final Option<Double>   QUANTILE       = OPTIONS.real("quantile", 0.9).from(0, 1).says("of the data's returns-to-go, what is aimed at while acting");
  static final Option<Boolean>  FALLING        = OPTIONS.flag("falling", false).says("whether the goal falls by what is received, which asks for lastReward()");
  static final Option<Agents>   AGENTS         = OPTIONS.choice("agents", Agents.TOGETHER).says("how several agents learn");
  static final Option<Boolean>  OWN_RETURNS    = OPTIONS.flag("own-returns", false).says("whether each agent's token has the return-to-go of its own rewards, reward.agent1 and so on; together alone");
  static final Option<Told>     TOLD           = OPTIONS.choice("told", Told.LOGGED).says("return-to-go that is told while it learns");
  static final Option<Double>   ACTION         = OPTIONS.real("action", 1).from(0).says("weight of the likelihood of what was done");
  static final Option<Double>   IMITATION      = OPTIONS.real("imitation", 0).from(0).says("β, weight of the distance from the teacher");
  static final Option<Distance> DISTANCE       = OPTIONS.option("distance", Distances.type(), new Kl(1)).says("distance from the teacher: kl is soft, kl:0.5 sharpened, nll takes its greedy choice");
  static final Option<Double>   RELATION       = OPTIONS.real("relation", 0).from(0).says("α, weight of the difference of angles between agents' features");
  static final Option<Double>   FEATURE_DISTANCE = OPTIONS.real("feature-distance", 0).from(0).says("φ, weight of the squared distance of an agent's features from the teacher's, which has as many");
  static final Option<Mapping>  MAPPING        = OPTIONS.choice("mapping", Mapping.TWO).says("what features pass before their angles are compared");
  static final Option<Integer>  MAPPING_WIDTH  = OPTIONS.whole("mapping-width", 64).from(1).says("width of both layers of a mapping");
  static final Option<Integer>  TEACHER_EVERY  = OPTIONS.whole("teacher-every", 4).from(1).in("updates").says("distance of two updates of the teacher's mapping");

  /** Updates of each seed. */
  @Override public DecisionTransformer steps(long updates) { return with(STEPS, updates); }
  @Override public long steps() { return get(STEPS); }

  /** Step size of Adam, constant or over training. */
  public DecisionTransformer learningRate(Schedule rate) { return with(LEARNING_RATE, rate); }
  public DecisionTransformer learningRate(double rate) { return learningRate(Schedule.constant(rate)); }
  public Schedule learningRate() { return get(LEARNING_RATE); }

  /** Size of a minibatch, in windows. */
  public DecisionTransformer batchSize(int windows) { return with(BATCH_SIZE, windows); }
  public int batchSize() { return get(BATCH_SIZE); }

  /** Where the gradient's norm is clipped. */
  public DecisionTransformer maxNorm(double norm) { return with(MAX_NORM, norm); }
  public double maxNorm() { return get(MAX_NORM); }

  /** Steps that it looks back, the present one included. */
  public DecisionTransformer window(int steps) { return with(WINDOW, steps); }
  public int window() { return get(WINDOW); }

  /** Numbers of a token. */
  public DecisionTransformer width(int numbers) { return with(WIDTH, numbers); }
  public int width() { return get(WIDTH); }

  /** Blocks of attention and perceptron. */
  public DecisionTransformer layers(int blocks) { return with(LAYERS, blocks); }
  public int layers() { return get(LAYERS); }

  /** Heads of the attention, which divide the width. */
  public DecisionTransformer heads(int count) { return with(HEADS, count); }
  public int heads() { return get(HEADS); }

  /** Three tokens a step in place of one. */
  public DecisionTransformer tokensApart(boolean on) { return with(TOKENS_APART, on); }
  public boolean tokensApart() { return get(TOKENS_APART); }

  /** Quantile of the data's returns-to-go at each step that is aimed at while acting. */
  public DecisionTransformer quantile(double share) { return with(QUANTILE, share); }
  public double quantile() { return get(QUANTILE); }

  /** Goal that falls by what is received, where the environment shows {@code lastReward()}. */
  public DecisionTransformer falling(boolean on) { return with(FALLING, on); }
  public boolean falling() { return get(FALLING); }

  /** How several agents learn. */
  public DecisionTransformer agents(Agents how) { return with(AGENTS, how); }
  public Agents agents() { return get(AGENTS); }

  /** Return-to-go of each agent's own rewards, as {@code AgentData.withOwnRewards} makes them columns. */
  public DecisionTransformer ownReturns(boolean on) { return with(OWN_RETURNS, on); }
  public boolean ownReturns() { return get(OWN_RETURNS); }

  /** Return-to-go that is told while it learns. */
  public DecisionTransformer told(Told what) { return with(TOLD, what); }
  public Told told() { return get(TOLD); }

  /** Weight of the likelihood of what was done. */
  public DecisionTransformer action(double weight) { return with(ACTION, weight); }
  public double action() { return get(ACTION); }

  /** β, weight of the distance from the teacher. */
  public DecisionTransformer imitation(double beta) { return with(IMITATION, beta); }
  public double imitation() { return get(IMITATION); }

  /** Distance from the teacher: {@code kl()} is soft, {@code kl(0.5)} sharpened, {@code nll()} takes its greedy choice. */
  public DecisionTransformer distance(Distance of) { return with(DISTANCE, of); }
  public Distance distance() { return get(DISTANCE); }

  /** α, weight of the difference of angles between agents' features. */
  public DecisionTransformer relation(double alpha) { return with(RELATION, alpha); }
  public double relation() { return get(RELATION); }

  /** φ, weight of the squared distance of an agent's features from the teacher's. */
  public DecisionTransformer featureDistance(double phi) { return with(FEATURE_DISTANCE, phi); }
  public double featureDistance() { return get(FEATURE_DISTANCE); }

  /** What features pass before their angles are compared. */
  public DecisionTransformer mapping(Mapping how) { return with(MAPPING, how); }
  public Mapping mapping() { return get(MAPPING); }

  /** Width of both layers of a mapping. */
  public DecisionTransformer mappingWidth(int width) { return with(MAPPING_WIDTH, width); }
  public int mappingWidth() { return get(MAPPING_WIDTH); }

  /** Updates between two of the teacher's mapping. */
  public DecisionTransformer teacherEvery(int updates) { return with(TEACHER_EVERY, updates); }
  public int teacherEvery() { return get(TEACHER_EVERY); }
  // spotless:on

  /** Decision transformers at their defaults. */
  public DecisionTransformer() {
    this(OPTIONS.standard(), Optional.empty());
  }

  /** What is learned from; the environment is there for its spaces and for evaluations. */
  public DecisionTransformer from(Dataset given) {
    Dataset known = Given.given("decisionTransformer", "a dataset", given);
    return new DecisionTransformer(settings, Optional.of(known));
  }

  /**
   * The same data with what a decision transformer says of every step at the return-to-go that
   * came, as columns {@code teacher.agent1.logits} and so on, and {@code teacher.features}.
   *
   * @param teacher trained by {@link DecisionTransformer} on one network
   */
  public static Dataset labeled(Dataset data, Policy teacher) {
    return LoggedLabels.of(
        Given.given("labeled", "a dataset", data), Given.given("labeled", "a teacher", teacher));
  }

  @Override
  public String unit() {
    return "updates";
  }

  @Override
  public Tensors inputs() {
    Tensors inputs = new Tensors();
    data.ifPresent(given -> inputs.putAll(DATA, given.tensors()));
    return inputs;
  }

  @Override
  public DecisionTransformer withInputs(Tensors inputs) {
    Tensors saved = inputs.part(DATA);
    return saved.all().isEmpty() ? this : from(Dataset.of(saved));
  }

  @Override
  public String name() {
    return "Decision-Transformer";
  }

  @Override
  public DecisionTransformer with(Settings other) {
    return new DecisionTransformer(other, data);
  }

  @Override
  public String[] columns() {
    List<String> columns = new ArrayList<>(List.of(Evaluated.super.columns()));
    columns.add("loss");
    if (imitation() > 0) {
      columns.add("divergence");
    }
    if (relation() > 0) {
      columns.addAll(List.of("relation", "teacher-angles", "student-angles"));
    }
    if (featureDistance() > 0) {
      columns.add("feature-distance");
    }
    return columns.toArray(String[]::new);
  }

  @Override
  public void require(Env env) {
    network(1, 1); // refuses heads that do not divide the width
    if (data.isEmpty()) {
      throw new RetortException(
          "decisionTransformer: expected data to learn from, got none. Say .from(data).");
    }
    Fit.spaces(env)
        .require(
            "decisionTransformer",
            "data",
            "for " + env.name(),
            "'%s'".formatted(data.get().name()),
            data.get().spaces(),
            "Collect it in this environment.");
    if (action() == 0 && imitation() == 0) {
      throw new RetortException(
          "decisionTransformer: expected something to learn, got a weight of 0 for what was done and for the teacher. Say imitation(1) or action(1).");
    }
    if (ownReturns() && (agents() != Agents.TOGETHER || falling())) {
      throw new RetortException(
          "decisionTransformer: expected agents together and a fixed goal with own returns, got %s%s, which are told the team's alone."
              .formatted(agents(), falling() ? ", falling" : ""));
    }
    SequenceData.of(this, env);
  }

  CausalTransformer network(int agentsOfIt, int times) {
    return new CausalTransformer(width(), layers(), heads(), agentsOfIt, times, tokensApart());
  }

  @Override
  public Optional<Budget> budget(Env env) {
    if (data.isEmpty()) {
      return Optional.empty();
    }
    SequenceData windows = SequenceData.of(this, env);
    int rows = windows.isShared() ? windows.agents() * batchSize() : batchSize();
    return Optional.of(
        new Budget(
            windows.network(),
            windows.trajectory(0).sees(),
            windows.networks(),
            List.of(Output.of("logits", windows.choices())),
            Trunk.SHARED,
            1,
            0,
            rows,
            OptionalLong.of(steps())));
  }

  @Override
  public int[] groups(int members) {
    return Groups.of(network(1, 1), members, batchSize());
  }

  @Override
  public Learner learner(Env env, long[] seeds) {
    return new SequenceLearner(this, env, seeds);
  }

  @Override
  public String toString() {
    return settings + data.map(given -> " from '" + given.name() + "'").orElse("");
  }
}
