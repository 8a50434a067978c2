package dev.retort;

import dev.retort.collect.Behavior;
import dev.retort.collect.Demonstrations;
import dev.retort.data.Dataset;
import dev.retort.data.Sql;
import dev.retort.distill.Consistency;
import dev.retort.distill.Predictor;
import dev.retort.env.Definition;
import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.evaluate.Comparison;
import dev.retort.evaluate.Evaluation;
import dev.retort.evaluate.Metric;
import dev.retort.guidance.DqInit;
import dev.retort.guidance.JumpStart;
import dev.retort.guidance.Kickstart;
import dev.retort.guidance.ResidualGuide;
import dev.retort.guidance.WarmStart;
import dev.retort.loss.BehaviorCloning;
import dev.retort.loss.Cosine;
import dev.retort.loss.Distance;
import dev.retort.loss.Distances;
import dev.retort.loss.Huber;
import dev.retort.loss.JensenShannon;
import dev.retort.loss.Kl;
import dev.retort.loss.Mse;
import dev.retort.loss.Nll;
import dev.retort.loss.NormalKl;
import dev.retort.loss.ProbabilityMse;
import dev.retort.loss.ReverseKl;
import dev.retort.nn.Architecture;
import dev.retort.nn.Architectures;
import dev.retort.nn.ComputeDevice;
import dev.retort.nn.Engine;
import dev.retort.nn.Gru;
import dev.retort.nn.ImageCnn;
import dev.retort.nn.MaskedMlp;
import dev.retort.nn.Mlp;
import dev.retort.nn.ResidualCnn;
import dev.retort.nn.TokenTransformer;
import dev.retort.nn.Transformer;
import dev.retort.nn.Urma;
import dev.retort.option.Given;
import dev.retort.paper.Findings;
import dev.retort.paper.Reproduction;
import dev.retort.plan.Cohort;
import dev.retort.plan.Collecting;
import dev.retort.plan.Comparing;
import dev.retort.plan.Curves;
import dev.retort.plan.Distilling;
import dev.retort.plan.Evaluating;
import dev.retort.plan.Extracting;
import dev.retort.plan.Fitting;
import dev.retort.plan.Peers;
import dev.retort.plan.Plotting;
import dev.retort.plan.Rendering;
import dev.retort.plan.Resuming;
import dev.retort.plan.Solving;
import dev.retort.plan.Training;
import dev.retort.policy.Policy;
import dev.retort.policy.PolicyFile;
import dev.retort.policy.RandomPolicy;
import dev.retort.prior.QPrior;
import dev.retort.run.Quiet;
import dev.retort.run.Run;
import dev.retort.run.RunSummary;
import dev.retort.run.RunTable;
import dev.retort.run.Runs;
import dev.retort.space.Rotations;
import dev.retort.space.Symmetry;
import dev.retort.store.TensorFile;
import dev.retort.store.Tensors;
import dev.retort.teach.Algorithm;
import dev.retort.teach.Algorithms;
import dev.retort.teach.DecisionTransformer;
import dev.retort.teach.DelayedQ;
import dev.retort.teach.Dna;
import dev.retort.teach.Dqn;
import dev.retort.teach.Es;
import dev.retort.teach.Iter;
import dev.retort.teach.Ppo;
import dev.retort.teach.QLearning;
import dev.retort.teach.RMax;
import dev.retort.teach.Sac;
import dev.retort.teach.Td3;
import dev.retort.transfer.CyclicGroup;
import dev.retort.transfer.Invariance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleFunction;
import tech.tablesaw.api.Table;

/**
 * The words of the language, for static import.
 *
 * <pre>{@code
 * import static dev.retort.Retort.*;
 *
 * Env cartPole = env("CartPole");
 * Policy teacher = train(ppo().steps(100_000)).on(cartPole).seed(0).run();
 * Dataset data = collect(20_000).from(teacher).on(cartPole).exploring(epsilon(0.1)).seed(1).run();
 * Ensemble students = distill(teacher).from(data).into(mlp(16, 16)).members(10).seed(2).run();
 * Evaluation result = evaluate(teacher, students).on(cartPole).episodes(100).seed(3).run();
 * }</pre>
 *
 * <p>A verb starts a plan, prepositions say with what, and {@code run()}, {@code start()} or {@code
 * explain()} ends it.
 */
public final class Retort {
  private Retort() {}

  // Environments

  /**
   * The environment of that name, such as {@code CartPole}, {@code FourRooms/train-200} or {@code
   * Pendulum/frameStack-4}.
   */
  public static Env env(String name) {
    return Environments.get(name);
  }

  /**
   * Makes an environment of your own known by its name, so that magics and {@code resume} find it.
   */
  public static Env register(Env env) {
    return Environments.register(env);
  }

  /**
   * Makes an algorithm of your own known by its name, so that {@code %teacher} and {@code resume}
   * find it.
   */
  public static <A extends Algorithm> A register(A algorithm) {
    return Algorithms.register(algorithm);
  }

  /**
   * Makes a network of your own known by the name of its record before it is used, so that magics,
   * and in another session files and {@code resume}, find it.
   */
  public static <A extends Architecture> A register(A network) {
    return Architectures.register(network);
  }

  /**
   * Makes a loss of your own known by its name, so that {@code %distill} and {@code resume} find
   * it.
   */
  public static Distance register(String name, Distance distance) {
    return Distances.register(name, distance);
  }

  /** The same of losses that differ by a number, such as {@code pinball:0.9}. */
  public static void register(String name, DoubleFunction<? extends Distance> family) {
    Distances.register(name, family);
  }

  /** All environments that are known. */
  public static List<Env> envs() {
    return Environments.all();
  }

  /** The environments whose names contain this part, upper and lower case alike. */
  public static List<Env> envs(String part) {
    Given.given("envs", "a part of a name", part);
    return Environments.all().stream()
        .filter(env -> env.name().toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT)))
        .toList();
  }

  // Experiments

  /** An experiment done again, such as {@code reproduce("benchmarks").preset("unit").run()}. */
  public static Reproduction reproduce(String study) {
    return Reproduction.of(study);
  }

  /**
   * What a study found when it was done last at its largest size, such as {@code
   * findings("ensembles")}, of those that stand in {@code reproductions}, {@code docs} and {@code
   * datasets}.
   *
   * @param study its name, or with a size, {@code ensembles-unit}
   */
  public static Findings findings(String study) {
    return Findings.open(study);
  }

  // Teachers

  /** Proximal policy optimization at its defaults. */
  public static Ppo ppo() {
    return new Ppo();
  }

  /**
   * Proximal policy optimization with the settings that are known to learn a task: {@code
   * CartPole}, {@code FourRooms}, {@code FourRooms-small} or {@code FourRooms-egocentric}.
   */
  public static Ppo ppo(String preset) {
    return Ppo.preset(preset);
  }

  /** PPO with a value network of its own, distilled into the policy's: DNA at its defaults. */
  public static Dna dna() {
    return new Dna();
  }

  /** PPO whose network is replaced now and then by a student of it: ITER at its defaults. */
  public static Iter iter() {
    return new Iter();
  }

  /** Deep Q-learning at its defaults. */
  public static Dqn dqn() {
    return new Dqn();
  }

  /** DQN at the settings that are known to learn a task, such as {@code CartPole}. */
  public static Dqn dqn(String preset) {
    return Dqn.preset(preset);
  }

  /** Decision transformers, which learn {@code from(data)}, at their defaults. */
  public static DecisionTransformer decisionTransformer() {
    return new DecisionTransformer();
  }

  /** Twin delayed deep deterministic policy gradient, at its defaults. */
  public static Td3 td3() {
    return new Td3();
  }

  /** TD3 at the settings that are known to learn a task, such as {@code Pendulum}. */
  public static Td3 td3(String preset) {
    return Td3.preset(preset);
  }

  /** Soft actor-critic, at its defaults. */
  public static Sac sac() {
    return new Sac();
  }

  /** SAC at the settings that are known to learn a task, such as {@code Pendulum}. */
  public static Sac sac(String preset) {
    return Sac.preset(preset);
  }

  /** Evolution strategies, at their defaults. */
  public static Es es() {
    return new Es();
  }

  /**
   * Evolution strategies at the settings that are known to learn a task, such as {@code CartPole}.
   */
  public static Es es(String preset) {
    return Es.preset(preset);
  }

  /** Q-learning with a table, at its defaults. */
  public static QLearning qLearning() {
    return new QLearning();
  }

  /** Delayed Q-learning with a table, at its defaults. */
  public static DelayedQ delayedQ() {
    return new DelayedQ();
  }

  /** R-Max with a table and a model of what is known, at its defaults. */
  public static RMax rMax() {
    return new RMax();
  }

  /**
   * The network of that text, such as {@code mlp:64,64}; one of your own was registered or used.
   */
  public static Architecture network(String text) {
    return Architecture.type().read("network", "network", Given.given("network", "a text", text));
  }

  /** The algorithm of that name at its defaults; one of your own was registered. */
  public static Algorithm algorithm(String name) {
    return Algorithm.of(name);
  }

  /** Begins a plan to train a teacher. */
  public static Training.Of train(Algorithm algorithm) {
    return new Training.Of(Given.given("train", "an algorithm such as ppo()", algorithm));
  }

  // Networks

  /** A multilayer perceptron with these hidden widths and hyperbolic tangents. */
  public static Mlp mlp(int... hidden) {
    return Mlp.of(hidden);
  }

  /**
   * A transformer over the steps of a window, {@code seeing(View.window(8))}, or over observations
   * of the shape of tokens; {@code types(3)} where tokens are of three types.
   *
   * @param width numbers of a token
   * @param layers blocks of attention and perceptron
   * @param heads of the attention, which divide the width
   */
  public static Transformer transformer(int width, int layers, int heads) {
    return new Transformer(width, layers, heads);
  }

  /**
   * A transformer over the parts of an observation that are tokens, such as joints, which gives a
   * number for each of them and knows no places.
   *
   * @param width numbers of a token
   * @param layers blocks of attention and perceptron
   * @param heads of the attention, which divide the width
   */
  public static TokenTransformer tokens(int width, int layers, int heads) {
    return new TokenTransformer(width, layers, heads);
  }

  /**
   * A perceptron with hyperbolic tangents whose actions are 0 where the part {@code present} of an
   * observation is, such as joints that a robot lacks.
   */
  public static MaskedMlp maskedMlp(int... hidden) {
    return MaskedMlp.of(hidden);
  }

  /**
   * A perceptron of joints in any number, which are pooled by their descriptions.
   *
   * @param latent numbers that joints are pooled in
   * @param hidden widths of the trunk
   */
  public static Urma urma(int latent, int... hidden) {
    return new Urma(Given.given("urma", "widths such as urma(4, 64, 64)", hidden), latent);
  }

  /** A gated recurrent unit along the steps of a window, {@code seeing(View.window(8))}. */
  public static Gru gru(int width) {
    return new Gru(width);
  }

  /**
   * A convolutional network for images, whose convolutions of so many channels halve the sides:
   * {@code image(16, 32, 32).hidden(128).scaled(1.0 / 255)}.
   */
  public static ImageCnn image(int... channels) {
    return ImageCnn.of(Given.given("image", "channels such as image(16, 32)", channels));
  }

  /**
   * The small residual convolutional network for grids, with so many channels and these linear
   * layers.
   */
  public static ResidualCnn cnn(int channels, int... hidden) {
    return new ResidualCnn(channels, Given.given("cnn", "widths such as cnn(8, 64)", hidden));
  }

  // Data

  /** Begins a plan to collect a dataset of so many steps. */
  public static Collecting.Of collect(int steps) {
    return Collecting.Of.steps(steps);
  }

  /** One whole episode of a teacher's greedy actions from each task of a family. */
  public static Dataset demonstrations(Policy teacher, Env family) {
    return Demonstrations.of(
        Given.given("demonstrations", "a teacher", teacher),
        Given.given("demonstrations", "a family of tasks", family));
  }

  /** The teacher's greedy action, but a random one with this share. */
  public static Behavior epsilon(double share) {
    return new Behavior.Epsilon(share);
  }

  /**
   * The teacher's greedy action, but random with a share that is drawn for each episode from these,
   * each part of a group of actions by itself.
   */
  public static Behavior noisy(double... shares) {
    return new Behavior.Noisy(Given.given("noisy", "shares of random actions", shares));
  }

  /**
   * The teacher's greedy action and Ornstein-Uhlenbeck noise on it: a drift of which each step
   * takes the share {@code theta} away and adds to it with the deviation {@code sigma}.
   */
  public static Behavior ornsteinUhlenbeck(double theta, double sigma) {
    return new Behavior.OrnsteinUhlenbeck(theta, sigma);
  }

  /**
   * Episodes begin with fewer than {@code steps} random steps, or steps {@code by(explorer)}, and
   * go on with the stochastic teacher.
   */
  public static Behavior.ExploreGo exploreGo(int steps) {
    return new Behavior.ExploreGo(steps);
  }

  /** The teacher's own distribution. */
  public static Behavior stochastic() {
    return new Behavior.Stochastic();
  }

  /** The teacher's greedy action. */
  public static Behavior greedy() {
    return new Behavior.Greedy();
  }

  /** Random actions. */
  public static Behavior uniform() {
    return new Behavior.Uniform();
  }

  /** Random actions, of which each episode has a favorite. */
  public static Behavior styled() {
    return new Behavior.Styled();
  }

  // Students

  /**
   * Distills teachers into an ensemble of students; {@code .from(data)} says what they learn from,
   * or {@code .on(env)} where teachers label what students visit. Several teachers count alike.
   */
  public static Distilling.Of distill(Policy teacher, Policy... more) {
    List<Policy> all = new ArrayList<>();
    all.add(Given.given("distill", "a teacher", teacher));
    Given.given("distill", "teachers", (Object) more);
    for (Policy other : more) {
      all.add(Given.given("distill", "a teacher", other));
    }
    return new Distilling.Of(all);
  }

  /** Distills teachers who were trained together, such as one a task of a family. */
  public static Distilling.Of distill(Curves teachers) {
    return new Distilling.Of(Given.given("distill", "teachers", teachers).policies());
  }

  /** Distills what datasets' teachers were recorded to do. */
  public static Distilling distill(Dataset data, Dataset... more) {
    Dataset all = Given.given("distill", "a dataset", data);
    Given.given("distill", "datasets", (Object) more);
    for (Dataset other : more) {
      all = all.and(Given.given("distill", "a dataset", other));
    }
    return Distilling.of(List.of(), all);
  }

  /**
   * Fits networks to columns of a dataset: {@code fit(mlp(64)).to(data).minimizing("reward",
   * mse())}.
   */
  public static Fitting.Of fit(Architecture network) {
    return new Fitting.Of(Given.given("fit", "a network such as mlp(64)", network));
  }

  /** Divergence of students from the teacher, {@code KL(teacher ‖ student)}. */
  public static Kl kl() {
    return kl(1);
  }

  /** The same with the teacher's logits or values divided by a temperature. */
  public static Kl kl(double temperature) {
    return new Kl(temperature);
  }

  /** Divergence of the teacher from students, {@code KL(student ‖ teacher)}. */
  public static ReverseKl reverseKl() {
    return new ReverseKl(1);
  }

  /** Jensen-Shannon divergence of student and teacher, at most log 2. */
  public static JensenShannon jensenShannon() {
    return new JensenShannon(1);
  }

  /** Negative log-likelihood of the teacher's greedy choice. */
  public static Nll nll() {
    return new Nll();
  }

  /** Squared distance of actions, logits, values or features. */
  public static Mse mse() {
    return new Mse();
  }

  /** Squared distance of probabilities. */
  public static ProbabilityMse probabilityMse() {
    return new ProbabilityMse();
  }

  /** Huber loss of actions or values, linear beyond a threshold. */
  public static Huber huber(double threshold) {
    return new Huber(threshold);
  }

  /** Cosine distance of actions or features. */
  public static Cosine cosine() {
    return new Cosine();
  }

  /** Divergence of normal distributions, {@code KL(teacher ‖ student)}. */
  public static NormalKl normalKl() {
    return new NormalKl();
  }

  /** The distance of that text, such as {@code huber:0.5}; one of your own was registered. */
  public static Distance distance(String text) {
    return Distances.type().read("distance", "text", Given.given("distance", "a text", text));
  }

  /**
   * Behavior cloning: the actions that were taken are what is learned, not the teacher's outputs.
   */
  public static BehaviorCloning behaviorCloning() {
    return new BehaviorCloning();
  }

  /**
   * Students treat transformed observations alike: a further term, {@code Loss.of(kl()).and(0.5,
   * consistent(rooms.quarterTurns()))}.
   */
  public static Consistency consistent(Symmetry group) {
    return new Consistency(Given.given("consistent", "a group of transformations", group));
  }

  /** The same for the rotations of the plane, of observations that are points. */
  public static Consistency consistent(CyclicGroup rotations) {
    return consistent(new Rotations(Given.given("consistent", "rotations", rotations).order()));
  }

  // Values from solved tasks

  /** Begins a plan to take a prior out of solved tasks: whoever solved them, with action values. */
  public static Extracting.Of qPrior(Policy... solvers) {
    Given.given("qPrior", "policies", (Object) solvers);
    return new Extracting.Of(Arrays.asList(solvers));
  }

  /** Begins a plan to take a prior out of the tasks that a population solved. */
  public static Extracting.Of qPrior(Curves solved) {
    return new Extracting.Of(Given.given("qPrior", "curves", solved).policies());
  }

  /** The prior in a file. */
  public static QPrior qPrior(Path file) {
    return QPrior.open(file);
  }

  /** The prior that a run gave. */
  public static QPrior qPrior(int run) {
    return QPrior.of(result(run, "qPrior"));
  }

  /**
   * DQInit, a reconstruction: a learner believes the prior where it knows little, and itself where
   * it knows enough.
   */
  public static DqInit dqInit(QPrior prior) {
    return new DqInit(prior);
  }

  /** Training begins with the parameters of these networks, seed by seed. */
  public static WarmStart warmStart(Policy... sources) {
    return WarmStart.of(Given.given("warmStart", "networks", sources));
  }

  /** A guide plays the first steps of every episode, fewer and fewer. */
  public static JumpStart jumpStart(Policy guide) {
    return new JumpStart(guide);
  }

  /** The learner is drawn towards a teacher's behavior, less and less. */
  public static Kickstart kickstart(Policy teacher) {
    return new Kickstart(teacher);
  }

  /** The learner learns what to add to the greedy action of a policy that stays as it is. */
  public static ResidualGuide residual(Policy base) {
    return new ResidualGuide(base);
  }

  // Results

  /** Begins a plan to evaluate policies; the first is what the others are compared to. */
  public static Evaluating.Of evaluate(Policy... policies) {
    return Evaluating.Of.policies(Given.given("evaluate", "at least one policy", policies));
  }

  /** A policy that draws every action uniformly; {@code againstRandom()} adds its row. */
  public static Policy randomPolicy(Env env) {
    return RandomPolicy.of(Definition.given("randomPolicy", env));
  }

  /**
   * Begins a plan to evaluate independent runs: a population of teachers, or of ensembles, under
   * the name that each of them has.
   */
  public static Evaluating.Of evaluate(Peers peers) {
    Given.given("evaluate", "curves or a cohort", peers);
    return new Evaluating.Of(List.of()).and(peers.policies().get(0).name(), peers);
  }

  /**
   * Begins a comparison of learning curves. A cohort has none of returns: {@code
   * compare(evaluation)} takes what its students played.
   */
  public static Comparing compare(String name, Peers peers) {
    return Comparing.of(name, peers);
  }

  /**
   * What was played in one environment, side by side: populations by the mean return of each run,
   * policies by the return of each episode.
   */
  public static Comparison compare(Evaluation played) {
    return Comparing.played(Given.given("compare", "an evaluation", played));
  }

  /** The mean height of a learning curve. */
  public static Metric areaUnderCurve() {
    return Metric.areaUnderCurve();
  }

  /** The mean of the first so many returns of a learning curve. */
  public static Metric jumpStart(int first) {
    return Metric.jumpStart(first);
  }

  /** The mean of the last tenth of a learning curve. */
  public static Metric finalReturn() {
    return Metric.finalReturn();
  }

  /** The first step at which a learning curve reaches a threshold. */
  public static Metric timeTo(double threshold) {
    return Metric.timeTo(threshold);
  }

  /** A plan to solve an environment exactly, where it says how its steps may turn out. */
  public static Solving solve(Env env) {
    return Solving.of(env);
  }

  /**
   * How much a policy's outputs vary over the first states of a family, such as one task seen from
   * all sides; 0 for a policy that does not care.
   */
  public static double totalVariation(Policy policy, Env family) {
    return Invariance.totalVariation(
        Given.given("totalVariation", "a policy", policy),
        Given.given("totalVariation", "a family of tasks", family));
  }

  /** Begins a plan to film a policy. */
  public static Rendering.Of render(Policy policy) {
    return new Rendering.Of(Given.given("render", "a policy", policy));
  }

  // Runs and files

  /** From now on runs show no cards and no progress; {@link #aloud()} ends that. */
  public static void quiet() {
    Quiet.everywhere(true);
  }

  /** From now on runs show themselves again, but those of plans that are quiet. */
  public static void aloud() {
    Quiet.everywhere(false);
  }

  /**
   * From now on runs are written down in these formats too, such as {@code tensorboard}, beside
   * their own files; without a name in none.
   */
  public static void logging(String... formats) {
    Given.given("logging", "names of formats such as tensorboard", (Object) formats);
    Runs.logging(formats);
  }

  /** Where populations are computed that can live on a device, and why there. */
  public static ComputeDevice gpu() {
    return Engine.device();
  }

  /** A line for every run, oldest first. */
  public static RunTable runs() {
    return Runs.all();
  }

  /** Asks a run of this JVM to stop at its next boundary; returns at once. */
  public static Run<?> stop(int id) {
    Run<?> run =
        Runs.live(id)
            .orElseThrow(
                () ->
                    new RetortException(
                        "stop run %s: expected a run at work in this JVM, got one that is %s. runs() lists them all."
                            .formatted(
                                id,
                                Runs.open(id).summary().state().name().toLowerCase(Locale.ROOT))));
    run.stop();
    return run;
  }

  /** Begins a plan to plot the curves of runs. */
  public static Plotting plot(int... runs) {
    return Plotting.of(runs);
  }

  /** Begins a plan to plot the curve of a run, which may still be at work. */
  public static Plotting plot(Run<?> run) {
    return Plotting.of(Given.given("plot", "a run", run).id());
  }

  /** Begins a plan to plot the curve of a run that {@link #runs} lists. */
  public static Plotting plot(RunSummary run) {
    return Plotting.of(Given.given("plot", "a run", run).id());
  }

  /**
   * Goes on with a run that was stopped or died, exactly, to its result.
   *
   * @param <R> what the run gives: a policy, curves, a dataset, an ensemble or an evaluation
   * @param id the run's number
   */
  @SuppressWarnings({
    "unchecked",
    "TypeParameterUnusedInFormals"
  }) // the caller knows what the run gives
  public static <R> R resume(int id) {
    return (R) Resuming.start(id).await();
  }

  /**
   * Goes on from where a run stopped, to its result, in the environment that is known by its name
   * now, whatever has changed since; {@link #resume} refuses that. It is a new run, whose notes say
   * what differs, and the other one stays as it is.
   *
   * @param <R> what the run gives
   * @param id the number of the run that stopped
   */
  @SuppressWarnings({
    "unchecked",
    "TypeParameterUnusedInFormals"
  }) // the caller knows what the run gives
  public static <R> R resumeAnyway(int id) {
    return (R) Resuming.startAnyway(id).await();
  }

  /** The policy, or ensemble, that a run gave. */
  public static Policy policy(int run) {
    return PolicyFile.of(result(run, "policy"));
  }

  /** The policy, or ensemble, in a file, in the format that its name ends in. */
  public static Policy policy(Path file) {
    return PolicyFile.open(file);
  }

  /**
   * The policy, or ensemble, of that name: one of the teachers in the folder {@code datasets} of
   * the repository, such as {@code zoo/CartPole-ppo}. A file is {@code policy(Path.of(..))}.
   */
  public static Policy policy(String name) {
    return PolicyFile.open(name);
  }

  /** The curves and the policies of a training that has finished. */
  public static Curves curves(int run) {
    return Curves.open(run);
  }

  /** The curves and the policies of a training that has finished. */
  public static Curves curves(Run<?> run) {
    return Curves.open(Given.given("curves", "a run", run).id());
  }

  /** The curves and the policies of a training that {@link #runs} lists, and that has finished. */
  public static Curves curves(RunSummary run) {
    return Curves.open(Given.given("curves", "a run", run).id());
  }

  /** The ensembles of a distillation of several seeds that has finished. */
  public static Cohort cohort(int run) {
    return Cohort.open(run);
  }

  /** The evaluation that a run gave. */
  public static Evaluation evaluation(int run) {
    return Evaluating.open(run);
  }

  /** The dataset that a run gave. */
  public static Dataset dataset(int run) {
    return Dataset.of(result(run, "dataset"));
  }

  /** The predictor that a run gave. */
  public static Predictor predictor(int run) {
    return Predictor.of(result(run, "predictor"));
  }

  /** The predictor in a file. */
  public static Predictor predictor(Path file) {
    return Predictor.open(file);
  }

  /** The dataset in a file. */
  public static Dataset dataset(Path file) {
    return Dataset.open(file);
  }

  /**
   * The dataset of that name: one of those in the folder {@code datasets} of the repository, such
   * as {@code zoo/CartPole-expert}. A file is {@code dataset(Path.of(..))}.
   */
  public static Dataset dataset(String name) {
    return Dataset.open(name);
  }

  /**
   * The answer to a question in SQL, such as {@code select episode, sum(reward) from data group by
   * episode}. The names of tables are the notebook's variables: datasets, a row a step,
   * evaluations, curves, findings, tables; {@code runs} is the table of runs, {@code findings} that
   * of all findings on the disk, and the name of a study, {@code ensembles}, that of its own.
   */
  public static Table sql(String question) {
    return sql(question, Map.of());
  }

  /**
   * The same where there is no notebook, or of other names.
   *
   * @param tables what the names of tables stand for, such as {@code Map.of("data", data)}
   */
  public static Table sql(String question, Map<String, ?> tables) {
    return Sql.answer(question, tables);
  }

  private static Tensors result(int run, String word) {
    return TensorFile.require(Runs.open(run).result(), "run " + run, word);
  }
}
