package dev.retort.paper.catalogue;

import static dev.retort.Retort.collect;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.dna;
import static dev.retort.Retort.iter;
import static dev.retort.Retort.jumpStart;
import static dev.retort.Retort.kickstart;
import static dev.retort.Retort.kl;
import static dev.retort.Retort.mse;
import static dev.retort.Retort.stochastic;
import static dev.retort.Retort.train;
import static dev.retort.paper.catalogue.Catalogue.FIXED;

import dev.retort.data.Dataset;
import dev.retort.distill.Loss;
import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.evaluate.Evaluator;
import dev.retort.evaluate.RunGroup;
import dev.retort.evaluate.Statistics;
import dev.retort.figure.Dots;
import dev.retort.figure.Figure;
import dev.retort.figure.Line;
import dev.retort.figure.Lines;
import dev.retort.figure.Numbers;
import dev.retort.figure.Scatter;
import dev.retort.figure.Trace;
import dev.retort.guidance.Guidance;
import dev.retort.guidance.Kickstart;
import dev.retort.loss.Distance;
import dev.retort.loss.Distances;
import dev.retort.nn.Mlp;
import dev.retort.option.Schedule;
import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import dev.retort.plan.Aggregating;
import dev.retort.plan.Curves;
import dev.retort.plan.Distilling;
import dev.retort.plan.Training;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.random.RandomStream;
import dev.retort.space.Discrete;
import dev.retort.teach.Accompanied;
import dev.retort.teach.Dna;
import dev.retort.teach.Iter;
import dev.retort.teach.Keep;
import dev.retort.teach.Ppo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * All losses and loops in one task.
 *
 * @param name of the task
 * @param world its environment
 * @param preset the settings by which the teacher is trained, and those of every agent
 */
record Course(String name, String world, Ppo preset) implements StudyPart {
  private static final long TEACHER = 1_000;

  @Override
  public String explain(Scale scale) {
    return "%s: a teacher, and %s environment steps for every loss and loop"
        .formatted(name, Numbers.count(steps(scale)));
  }

  private Env env() {
    return Environments.get(world);
  }

  private int steps(Scale scale) {
    return FIXED.count(name + " steps", scale);
  }

  private static int seeds(Scale scale) {
    return FIXED.count("seeds", scale);
  }

  /** The teacher; at unit size one that was hardly trained. */
  private NetworkPolicy teacher(Scale scale) {
    Ppo ppo = scale == Scale.UNIT ? agent(scale) : preset;
    return (NetworkPolicy) train(ppo).on(env()).seed(TEACHER).seeds(1).once().policy(0);
  }

  /** What every agent is: the teacher's settings for the budget, and its last policy. */
  private Ppo agent(Scale scale) {
    return preset.steps(steps(scale)).evaluateEvery(0).keep(Keep.LAST);
  }

  private static Mlp network() {
    return Mlp.of(64, 64);
  }

  @Override
  public Found run(Scale scale) {
    NetworkPolicy teacher = teacher(scale);
    float[] before = teacher.parameters();
    List<Arm> losses = losses(scale, teacher);
    List<Arm> loops = loops(scale, teacher);
    List<Arm> all = new ArrayList<>(losses);
    all.addAll(loops);
    Map<String, double[]> returns = new TreeMap<>();
    List<Finding> findings = new ArrayList<>();
    Measured taught = Measured.of(name + ", teacher", "mean return", returnOf(teacher, scale));
    Finding solves = taught.judged(scale, FIXED.bound(name + " teacher", scale));
    findings.add(solves);
    Dataset hers = Likeness.states(teacher, env(), FIXED.count("states", scale));
    List<Measured> ranked = new ArrayList<>();
    Map<String, double[]> ownStates = new TreeMap<>();
    for (Arm arm : all) {
      double[] each = Measured.each(arm.policies(), policy -> returnOf(policy, scale));
      double[] own = distances(scale, teacher, arm);
      returns.put(arm.name(), each);
      ownStates.put(arm.name(), own);
      ranked.add(
          Measured.of(name + ", " + arm.name(), "return, mean of " + each.length + " runs", each)
              .how("environment steps", Numbers.count(arm.steps()))
              .how("labels of the teacher", Numbers.count(arm.queries()))
              .how("how", arm.how())
              .how(unlikeness() + " on its own states", Numbers.of(Statistics.mean(own)))
              .how(
                  unlikeness() + " on the teacher's states",
                  Numbers.of(
                      Statistics.mean(
                          Measured.each(
                              arm.policies(), it -> Likeness.distance(teacher, it, hers))))));
    }
    ranked.sort(Comparator.comparingDouble(Measured::mean).reversed());
    ranked.forEach(each -> findings.add(each.reported()));
    claims(scale, returns, ownStates, loops).forEach(claim -> findings.add(claim.provided(solves)));
    boolean same = Arrays.equals(before, teacher(scale).parameters());
    findings.add(
        Measured.of(
                name + ", the teacher after all of it",
                "share of parameters unchanged",
                same ? 1 : 0)
            .judged(scale, FIXED.bound("teacher unchanged", scale)));
    return new Found(
        findings,
        figures(ranked, all, returns),
        List.of(),
        all.stream().mapToDouble(Arm::seconds).sum());
  }

  private String unlikeness() {
    return env().actions() instanceof Discrete ? "share of other choices" : "distance of actions";
  }

  private double returnOf(Policy policy, Scale scale) {
    int episodes = FIXED.count("episodes", scale);
    return Statistics.mean(
        new Evaluator(episodes, FIXED.count("evaluation"), () -> {})
            .evaluate(policy, env())
            .returns()[0]);
  }

  private double[] distances(Scale scale, Policy teacher, Arm arm) {
    int count = FIXED.count("states", scale);
    return Measured.each(
        arm.policies(),
        policy -> Likeness.distance(teacher, policy, Likeness.states(policy, env(), count)));
  }

  // Losses: the teacher acts, and is asked in every state

  private List<Arm> losses(Scale scale, Policy teacher) {
    int steps = steps(scale);
    Dataset data = data(teacher, steps);
    List<Arm> arms = new ArrayList<>();
    for (Loss loss : every()) {
      arms.add(offline(scale, String.valueOf(loss), teacher, data, loss, steps));
    }
    int few = FIXED.count("few labels", scale);
    Dataset little = data(teacher, few);
    Loss usual = Loss.of(usual());
    arms.add(offline(scale, usual + ", few labels", teacher, little, usual, few));
    return arms;
  }

  private Dataset data(Policy teacher, int steps) {
    return StudyPart.inPassing(
        collect(steps).from(teacher).on(env()).exploring(stochastic()).seed(TEACHER));
  }

  /** The distance that is usual for the teacher's actions. */
  private Distance usual() {
    return env().actions() instanceof Discrete ? kl() : normal("normal-kl");
  }

  private static Distance normal(String name) {
    return Distances.type().reader().apply(name);
  }

  /** Every distance that can be taken of such a teacher, and the terms that are added to one. */
  private List<Loss> every() {
    boolean choices = env().actions() instanceof Discrete;
    List<String> names =
        choices
            ? List.of(
                "kl:1",
                "kl:0.1",
                "kl:5",
                "cross-entropy:1",
                "reverse-kl:1",
                "jensen-shannon:1",
                "nll",
                "behavior-cloning",
                "mse",
                "probability-mse",
                "cosine",
                "huber:1",
                "l1")
            : List.of(
                "normal-kl", "reverse-normal-kl", "normal-nll", "mse", "cosine", "huber:1", "l1");
    List<Loss> all = new ArrayList<>();
    names.forEach(each -> all.add(Loss.of(normal(each))));
    all.add(Loss.of(usual()).and(0.1, "features", mse()));
    all.add(Loss.of(usual()).and(0.1, "value", mse()));
    return all;
  }

  private Arm offline(Scale scale, String arm, Policy teacher, Dataset data, Loss loss, int steps) {
    Distilling plan =
        distill(teacher)
            .from(data)
            .into(network())
            .minimizing(loss)
            .epochs(epochs(scale, data.size()))
            .members(seeds(scale));
    List<NetworkPolicy> students = plan.once().members();
    return new Arm(
        arm,
        students,
        steps,
        steps,
        Optional.empty(),
        Arm.TEACHER_ACTS + loss,
        StudyPart.seconds(plan));
  }

  /** As many updates for few labels as for many. */
  private static int epochs(Scale scale, int rows) {
    long updates = FIXED.count("updates", scale);
    return (int) Math.max(1, updates * 64 / rows);
  }

  // Loops: who acts, and what else is learned

  private List<Arm> loops(Scale scale, Policy teacher) {
    Ppo agent = agent(scale);
    Kickstart throughout = kickstart(teacher).throughout();
    int horizon = env().horizon() / 2;
    List<Arm> arms = new ArrayList<>();
    arms.add(learned(scale, "from scratch", agent));
    arms.add(learned(scale, "kickstarting", agent.guidedBy(kickstart(teacher))));
    arms.add(learned(scale, "jump-start RL", agent.guidedBy(jumpStart(teacher).horizon(horizon))));
    Ppo student = agent.taskReward(false);
    arms.add(learned(scale, "student acts", student.guidedBy(throughout)));
    Guidance field = throughout.expectedEntropy(true);
    arms.add(learned(scale, "student acts, expected entropy", student.guidedBy(field)));
    arms.add(learned(scale, "student acts, task reward too", agent.guidedBy(throughout)));
    arms.add(learned(scale, "proximal distillation", agent.guidedBy(throughout.proximal(0.2))));
    arms.add(learned(scale, "DNA", dual(scale)));
    arms.add(learned(scale, "ITER", renewed(scale)));
    int rounds = FIXED.count("rounds", scale);
    int each = steps(scale) / rounds;
    arms.add(dagger(scale, "DAgger", teacher, rounds, each, new Schedule(1, 0)));
    arms.add(dagger(scale, "mixed control", teacher, rounds, each, Schedule.constant(0.5)));
    int few = FIXED.count("few labels", scale) / rounds;
    arms.add(dagger(scale, "DAgger, few labels", teacher, rounds, few, new Schedule(1, 0)));
    return arms;
  }

  private Dna dual(Scale scale) {
    Ppo agent = agent(scale);
    Dna dna =
        dna()
            .steps(steps(scale))
            .environments(agent.environments())
            .rollout(agent.rollout())
            .batchSize(agent.batchSize())
            .policyEpochs(agent.epochs())
            .valueEpochs(agent.epochs())
            .learningRate(agent.learningRate())
            .gamma(agent.gamma())
            .policyLambda(agent.lambda())
            .valueLambda(agent.lambda())
            .entropy(agent.entropy());
    return dna.normalizeObservations(agent.normalizeObservations())
        .normalizeRewards(agent.normalizeRewards());
  }

  private Iter renewed(Scale scale) {
    int period = steps(scale) / FIXED.count("generations", scale);
    Ppo agent = agent(scale);
    return iter()
        .agent(agent)
        .period(Math.max(period, agent.environments() * agent.rollout()))
        .normalizeObservations(agent.normalizeObservations());
  }

  private Arm learned(Scale scale, String arm, Accompanied<?> algorithm) {
    Training.Population plan = train(algorithm).on(env()).seeds(seeds(scale));
    Curves curves = plan.once();
    return Arm.of(arm, curves, steps(scale), algorithm, StudyPart.seconds(plan));
  }

  private Arm dagger(
      Scale scale, String arm, Policy teacher, int rounds, int each, Schedule share) {
    List<Policy> runs = new ArrayList<>();
    double seconds = 0;
    for (int seed = 0; seed < seeds(scale); seed++) {
      Aggregating plan =
          distill(teacher)
              .on(env())
              .rounds(rounds)
              .stepsEach(each)
              .mixing(share)
              .into(network())
              .minimizing(usual())
              .epochs(Math.max(1, epochs(scale, rounds * each) / rounds))
              .members(1)
              .seed(seed);
      runs.add(plan.once());
      seconds += StudyPart.seconds(plan);
    }
    long steps = (long) rounds * each;
    return new Arm(
        arm,
        runs,
        steps,
        steps,
        Optional.empty(),
        "%s rounds, the teacher acts in a share of %s".formatted(rounds, share),
        seconds);
  }

  // Claims, fixed before anything is trained

  private List<Finding> claims(
      Scale scale, Map<String, double[]> returns, Map<String, double[]> own, List<Arm> loops) {
    String few = Loss.of(usual()) + ", few labels";
    return List.of(
        claim(
            scale,
            "DAgger over cloning, few labels",
            "difference of mean returns",
            returns.get("DAgger, few labels"),
            returns.get(few)),
        claim(
            scale,
            "teacher-driven over student-driven, unlikeness on own states",
            "difference of " + unlikeness(),
            own.get(String.valueOf(Loss.of(usual()))),
            own.get("student acts")),
        claim(
            scale,
            "kickstarting over scratch, early",
            "difference of returns while learning, first half",
            early(loops, "kickstarting"),
            early(loops, "from scratch")),
        claim(
            scale,
            "jump-start over scratch, early",
            "difference of returns while learning, first half",
            early(loops, "jump-start RL"),
            early(loops, "from scratch")),
        claim(
            scale,
            "expected entropy over none",
            "difference of mean returns",
            returns.get("student acts, expected entropy"),
            returns.get("student acts")));
  }

  private Finding claim(Scale scale, String claim, String quantity, double[] more, double[] less) {
    return Measured.of(
            name + ", " + claim, quantity + ", mean over seeds", Statistics.differences(more, less))
        .judged(scale, FIXED.bound(claim, scale));
  }

  /** The mean return of each run over the first half of its steps. */
  private static double[] early(List<Arm> loops, String arm) {
    RunGroup group =
        loops.stream()
            .filter(each -> each.name().equals(arm))
            .findFirst()
            .flatMap(Arm::curves)
            .orElseThrow()
            .group(arm);
    double[][] returns = group.returns();
    double[] early = new double[returns.length];
    for (int run = 0; run < early.length; run++) {
      double[] half = Arrays.copyOf(returns[run], returns[run].length / 2);
      early[run] = Arrays.stream(half).filter(Double::isFinite).average().orElse(0);
    }
    return early;
  }

  // Pictures

  private List<Figure> figures(
      List<Measured> ranked, List<Arm> all, Map<String, double[]> returns) {
    List<Figure> figures = new ArrayList<>();
    figures.add(ranking(name + ": losses", ranked, all, false));
    figures.add(ranking(name + ": loops", ranked, all, true));
    List<Line> lines =
        all.stream()
            .filter(arm -> arm.curves().isPresent())
            .map(arm -> arm.curves().get().group(arm.name()).line(RandomStream.of(0, "band")))
            .toList();
    Figure learning = new Lines(name + ": while learning", "environment steps", "return", lines);
    Function<Arm, Trace> place =
        arm ->
            Trace.of(
                arm.name(),
                new double[] {Math.log10(1 + (double) arm.queries())},
                new double[] {Statistics.mean(returns.get(arm.name()))});
    Figure asked =
        new Scatter(
            name + ": labels",
            "labels of the teacher (log₁₀)",
            "mean return",
            all.stream().filter(Arm::isLoop).map(place).toList(),
            false);
    figures.add(learning);
    figures.add(asked);
    return figures;
  }

  /** Mean returns of those arms that are loops, or of those that are losses. */
  private Figure ranking(String title, List<Measured> ranked, List<Arm> all, boolean loops) {
    List<String> names = all.stream().filter(arm -> arm.isLoop() == loops).map(Arm::name).toList();
    String before = name + ", ";
    return new Dots(
        title,
        "mean return of each run",
        ranked.stream()
            .filter(each -> names.contains(each.name().substring(before.length())))
            .map(each -> each.dot(each.name().substring(before.length())).runs(each.values()))
            .toList());
  }
}
