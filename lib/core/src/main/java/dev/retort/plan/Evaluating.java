package dev.retort.plan;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.retort.RetortException;
import dev.retort.env.Definition;
import dev.retort.env.Env;
import dev.retort.evaluate.Evaluation;
import dev.retort.evaluate.Evaluator;
import dev.retort.evaluate.Scores;
import dev.retort.figure.Numbers;
import dev.retort.option.Given;
import dev.retort.option.Labels;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.option.Traits;
import dev.retort.option.Type;
import dev.retort.policy.Fit;
import dev.retort.policy.Policy;
import dev.retort.policy.PolicyFile;
import dev.retort.policy.RandomPolicy;
import dev.retort.run.Job;
import dev.retort.run.Runs;
import dev.retort.run.Session;
import dev.retort.store.TensorFile;
import dev.retort.store.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The plan to evaluate policies; the first is what the others are compared to.
 *
 * <pre>{@code
 * Evaluation result = evaluate(teacher, students).on(env).episodes(100).seed(3).run();
 * }</pre>
 *
 * @param settings episodes and seed
 * @param candidates what is evaluated
 * @param envs where
 */
public record Evaluating(Settings settings, List<Candidate> candidates, List<Env> envs)
    implements Plan<Evaluation> {
  // spotless:off
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("evaluate");

  public static final Option<Integer> EPISODES   = OPTIONS.whole("episodes", 0).from(0).in("episodes").says("episodes of each policy; 0 for as many as it takes");
  public static final Option<String>  BY         = OPTIONS.option("by", Type.text("a measure of the environment, or return"), Evaluator.RETURN).says("the measure that leads: return, or one of the environment's such as success");
  public static final Option<Boolean> STOCHASTIC = OPTIONS.flag("stochastic", false).says("draw actions from the policy, in place of the greedy ones");
  public static final Option<Long>    SEED       = OPTIONS.whole("seed", 0L).says("names all chance");
  // spotless:on

  private static final String REMARKS = "remarks";
  private static final Type<Integer> COUNT = Type.whole(0, Integer.MAX_VALUE);
  private static final Type<Long> SEEDS = Type.whole(Long.MIN_VALUE, Long.MAX_VALUE);

  /** How many episodes are played where nobody says how many. */
  private static final int USUAL = 100;

  /**
   * Runs of a population play more, up to so many each, until the choice of episodes adds no more
   * than this share to the width of the interval over them.
   */
  private static final int MOST = 10_000;

  private static final double MOST_WIDENING = 0.2;

  /** A round asks for at most so many times the episodes before it, which may mislead it. */
  private static final int MOST_GROWTH = 50;

  /** Keeps copies; refuses a measure that one of the environments does not have. */
  public Evaluating {
    candidates = List.copyOf(candidates);
    envs = List.copyOf(envs);
    String by = settings.get(BY);
    envs.forEach(env -> Evaluator.requireMeasure(by, env));
  }

  /**
   * A row of the table: one policy, or independent runs of one thing.
   *
   * @param name in the table
   * @param runs the policies
   */
  public record Candidate(String name, List<Policy> runs) {
    /** Keeps a copy. */
    public Candidate {
      runs = List.copyOf(runs);
    }

    /** The same rows, no two of them under one name. */
    private static List<Candidate> apart(List<Candidate> rows) {
      List<String> names = Labels.of(rows, Candidate::name, Candidate::traits);
      return IntStream.range(0, names.size())
          .mapToObj(row -> new Candidate(names.get(row), rows.get(row).runs))
          .toList();
    }

    /** How the first of them came about; the others differ by their seeds. */
    private Traits traits() {
      return runs.get(0).origin().traits();
    }
  }

  /** What {@code evaluate(..)} gives: it still needs an environment. */
  public record Of(List<Candidate> candidates) {
    /** These policies, a row each. */
    public static Of policies(List<Policy> policies) {
      return new Of(
          policies.stream().map(policy -> new Candidate(policy.name(), List.of(policy))).toList());
    }

    /** One more row: independent runs of one thing. */
    public Of and(String name, Peers peers) {
      Given.given("evaluate", "a name for the runs", name);
      List<Candidate> more = new ArrayList<>(candidates);
      Given.given("evaluate", "curves or a cohort", peers);
      more.add(new Candidate(name, List.copyOf(peers.policies())));
      return new Of(more);
    }

    /** One more row. */
    public Of and(String name, Policy policy) {
      Given.given("evaluate", "a name for the policy", name);
      List<Candidate> more = new ArrayList<>(candidates);
      more.add(new Candidate(name, List.of(Given.given("evaluate", "a policy", policy))));
      return new Of(more);
    }

    @Override
    public String toString() {
      return Plan.unfinished("evaluate", ".on(env)");
    }

    /** Where to evaluate. */
    public Evaluating on(Env first, Env... more) {
      if (candidates.isEmpty()) {
        throw new RetortException("evaluate: expected at least one policy, got none.");
      }
      Given.given("evaluate", "environments", (Object) more);
      List<Env> envs = new ArrayList<>(List.of(Definition.given("evaluate", first)));
      Arrays.stream(more).map(env -> Definition.given("evaluate", env)).forEach(envs::add);
      return new Evaluating(OPTIONS.standard(), Candidate.apart(candidates), envs);
    }
  }

  /**
   * How many episodes each policy plays. Unless said, 100; of a population each run plays more, up
   * to 10,000, until the choice of episodes adds less than a quarter to the width of the interval.
   * An episode that would only repeat another, as nothing is left to chance, is not played again.
   */
  public Evaluating episodes(int episodes) {
    if (episodes < 1) {
      throw new RetortException("evaluate: expected at least 1 episode, got " + episodes + ".");
    }
    return new Evaluating(settings.with(EPISODES, episodes), candidates, envs);
  }

  /**
   * What leads the evaluation in place of the return, which stays as a column: a measure that every
   * environment has, such as {@code "success"}; {@code "return"} is the default.
   */
  public Evaluating by(String measure) {
    Given.given("evaluate", "the name of a measure, such as success", measure);
    return new Evaluating(settings.with(BY, measure), candidates, envs);
  }

  /** Draws actions from the policy, in place of the greedy ones. */
  public Evaluating stochastic() {
    return stochastic(true);
  }

  /** Whether actions are drawn from the policies' own distributions, in place of greedy ones. */
  public Evaluating stochastic(boolean on) {
    return new Evaluating(settings.with(STOCHASTIC, on), candidates, envs);
  }

  /** One more row: a policy that draws every action uniformly; none where there is one. */
  public Evaluating againstRandom() {
    if (candidates.stream().anyMatch(row -> row.runs.get(0) instanceof RandomPolicy)) {
      return this;
    }
    RandomPolicy random = RandomPolicy.of(envs.get(0));
    List<Candidate> more = new ArrayList<>(candidates);
    more.add(new Candidate(random.name(), List.of(random)));
    return new Evaluating(settings, Candidate.apart(more), envs);
  }

  private boolean isStochastic() {
    return settings.get(STOCHASTIC);
  }

  private boolean isAsMany() {
    return settings.get(EPISODES) == 0;
  }

  /** How many episodes each policy plays at first. */
  private int atFirst() {
    return isAsMany() ? USUAL : settings.get(EPISODES);
  }

  private String how() {
    return isStochastic() ? "drawn actions" : "greedy actions";
  }

  /** Seed, which names all chance. */
  public Evaluating seed(long seed) {
    return new Evaluating(settings.with(SEED, seed), candidates, envs);
  }

  @Override
  public String explain() {
    return String.format(
        Locale.ROOT,
        "evaluate %s on %s, %,d episodes each%s, %s%s; 95 %% intervals",
        String.join(", ", candidates.stream().map(Candidate::name).toList()),
        String.join(", ", labels(envs)),
        atFirst(),
        isAsMany() && candidates.stream().anyMatch(candidate -> candidate.runs.size() > 1)
            ? " (of a population up to "
                + Numbers.count(MOST)
                + ", until they add little to its interval)"
            : "",
        how(),
        settings.get(BY).equals(Evaluator.RETURN) ? "" : ", by " + settings.get(BY));
  }

  @Override
  public String toString() {
    return Plan.text(this);
  }

  static Plan<?> read(JsonObject spec, Tensors inputs, Function<JsonObject, Env> known) {
    List<Candidate> candidates = new ArrayList<>();
    JsonArray names = spec.getAsJsonArray("candidates");
    for (int i = 0; i < names.size(); i++) {
      JsonObject candidate = names.get(i).getAsJsonObject();
      List<Policy> runs = new ArrayList<>();
      for (int run = 0; run < candidate.get("runs").getAsInt(); run++) {
        runs.add(PolicyFile.of(inputs.part(i + "." + run)));
      }
      candidates.add(new Candidate(candidate.get("name").getAsString(), runs));
    }
    List<Env> envs = new ArrayList<>();
    spec.getAsJsonArray("environments")
        .forEach(env -> envs.add(known.apply(env.getAsJsonObject())));
    return new Evaluating(Settings.of(OPTIONS, spec.getAsJsonObject("settings")), candidates, envs);
  }

  /**
   * {@inheritDoc} An evaluation of policies that are code is a new run: nobody sees whether their
   * code is the same.
   */
  @Override
  public Evaluation once() {
    return Plan.once(this, folder -> open(folder.id()));
  }

  @Override
  public List<String> cautions() {
    return policies()
        .flatMap(policy -> envs.stream().flatMap(env -> Fit.cautions(policy, env).stream()))
        .distinct()
        .toList();
  }

  @Override
  public Job<Evaluation> job() {
    for (Candidate candidate : candidates) {
      for (Env env : envs) {
        candidate.runs.forEach(policy -> Evaluator.require(policy, env));
      }
    }
    return new Work(this);
  }

  /** Every run of every candidate. */
  private Stream<Policy> policies() {
    return candidates.stream().flatMap(candidate -> candidate.runs.stream());
  }

  /** The computation, see {@link Player}. */
  private record Work(Evaluating plan) implements Job<Evaluation> {
    @Override
    public String kind() {
      return "evaluate";
    }

    @Override
    public String title() {
      return String.join(", ", plan.candidates.stream().map(Candidate::name).toList())
          + " on "
          + String.join(", ", labels(plan.envs));
    }

    @Override
    public Traits traits() {
      return Traits.of(Traits.SEED, plan.settings.get(SEED)).and(plan.settings);
    }

    @Override
    public JsonObject spec() {
      JsonObject spec = new JsonObject();
      spec.add("settings", plan.settings.json());
      JsonArray candidates = new JsonArray();
      for (Candidate candidate : plan.candidates) {
        JsonObject json = new JsonObject();
        json.addProperty("name", candidate.name);
        json.addProperty("runs", candidate.runs.size());
        candidates.add(json);
      }
      spec.add("candidates", candidates);
      JsonArray envs = new JsonArray();
      plan.envs.forEach(env -> envs.add(EnvText.write(env)));
      spec.add("environments", envs);
      spec.addProperty("policies", Fingerprint.of(inputs()));
      return spec;
    }

    @Override
    public Tensors inputs() {
      Tensors inputs = new Tensors();
      for (int i = 0; i < plan.candidates.size(); i++) {
        List<Policy> runs = plan.candidates.get(i).runs;
        for (int run = 0; run < runs.size(); run++) {
          if (PolicyFile.isNumbers(runs.get(run))) {
            inputs.putAll(i + "." + run, PolicyFile.tensors(runs.get(run)));
          } else {
            inputs.describe(Resumption.CODE, runs.get(run).name());
          }
        }
      }
      return inputs;
    }

    @Override
    public Optional<String> undetermined() {
      return Resumption.undetermined(plan.envs, plan.policies(), OwnCode.none());
    }

    @Override
    public String resuming(int run) {
      return Resumption.words(run, plan.envs, plan.policies());
    }

    @Override
    public String[] columns() {
      return new String[] {"environment", "candidate", "return", "length", "agreement"};
    }

    @Override
    public long total() {
      return plan.policies().count() * plan.atFirst() * plan.envs.size();
    }

    @Override
    public String unit() {
      return "episodes";
    }

    @Override
    public Evaluation execute(Session session) {
      Player player = new Player(plan, session);
      List<Scores> scores = player.all(plan.games(), plan::more);
      return plan.evaluation(rows(scores));
    }

    /** A row for each candidate on each environment. */
    private List<Scores> rows(List<Scores> played) {
      List<String> labels = labels(plan.envs);
      List<Scores> rows = new ArrayList<>();
      plan.rows(played)
          .forEach(
              (game, scores) -> {
                String name = plan.candidates.get(game.candidate).name;
                rows.add(plan.row(name, scores).named(name, labels.get(game.env)));
              });
      return rows;
    }

    @Override
    public Tensors keep(Evaluation evaluation) {
      return write(evaluation.scores())
          .describe("kind", "evaluation")
          .describe(REMARKS, String.join("\n", evaluation.remarks()))
          .describe("seed", String.valueOf(plan.settings.get(SEED)));
    }
  }

  /**
   * One policy on one environment.
   *
   * @param env which environment
   * @param candidate which row of the table
   * @param run which of its independent runs
   * @param first how many episodes of it were played before
   * @param all how many there will be
   */
  record Game(int env, int candidate, int run, int first, int all) {
    /** The first run of the same row. */
    private Game row() {
      return new Game(env, candidate, 0, 0, 0);
    }

    /** What comes after so many episodes of it. */
    private Game then(int played, int more) {
      return new Game(env, candidate, run, played, more);
    }

    /** The game of so many first episodes that this one goes on with. */
    Game begun(int count) {
      return new Game(env, candidate, run, 0, count);
    }
  }

  /** Who plays a game. */
  Evaluator evaluator(Game game, Session session) {
    return new Evaluator(game.all, settings.get(SEED), session::check)
        .from(game.first, game.all)
        .ofRun(game.run)
        .stochastic(isStochastic());
  }

  private List<Game> games() {
    List<Game> games = new ArrayList<>();
    for (int env = 0; env < envs.size(); env++) {
      for (int candidate = 0; candidate < candidates.size(); candidate++) {
        for (int run = 0; run < candidates.get(candidate).runs.size(); run++) {
          games.add(new Game(env, candidate, run, 0, atFirst()));
        }
      }
    }
    return games;
  }

  /** The scores of the runs of each row. */
  private Map<Game, List<Scores>> rows(List<Scores> played) {
    List<Game> games = games();
    Map<Game, List<Scores>> rows = new LinkedHashMap<>();
    for (int i = 0; i < games.size(); i++) {
      rows.computeIfAbsent(games.get(i).row(), row -> new ArrayList<>()).add(played.get(i));
    }
    return rows;
  }

  /**
   * What is left to play of each game, now that variances are known from the episodes so far; a
   * first look is often wrong about them, and so another one follows.
   *
   * <p>After Charles Stein, "A two-sample test for a linear hypothesis whose power is independent
   * of the variance", 1945.
   */
  private List<Game> more(List<Scores> played) {
    List<Game> more = new ArrayList<>();
    if (!isAsMany()) {
      return more;
    }
    Map<Game, Integer> wanted = new LinkedHashMap<>();
    rows(played).forEach((row, runs) -> wanted.put(row, wanted(row("runs", runs))));
    List<Game> games = games();
    for (int i = 0; i < games.size(); i++) {
      int before = played.get(i).episodes();
      int all = wanted.get(games.get(i).row());
      if (all > before) {
        more.add(games.get(i).then(before, all));
      }
    }
    return more;
  }

  /** Runs as one row, led by what the plan asks for. */
  private Scores row(String name, List<Scores> runs) {
    return Scores.population(name, runs).by(settings.get(BY));
  }

  private static int wanted(Scores played) {
    return played.wanted(MOST_WIDENING, Math.min(MOST, MOST_GROWTH * played.episodes()));
  }

  private Evaluation evaluation(List<Scores> rows) {
    List<String> remarks = new ArrayList<>(cautions());
    remarks.add("Evaluated with " + how() + ".");
    return Evaluation.of(rows, settings.get(SEED)).remarking(remarks);
  }

  private static List<String> labels(List<Env> envs) {
    return Labels.of(envs, Env::title, EnvText::traits);
  }

  static Tensors write(List<Scores> all) {
    Tensors tensors = new Tensors().describe("count", String.valueOf(all.size()));
    for (int i = 0; i < all.size(); i++) {
      tensors.putAll("scores" + i, all.get(i).tensors());
    }
    return tensors;
  }

  static List<Scores> read(Tensors tensors) {
    return IntStream.range(0, COUNT.read("evaluation", "count", tensors.described("count")))
        .mapToObj(i -> Scores.of(tensors.part("scores" + i)))
        .toList();
  }

  /** The evaluation that a finished run gave. */
  public static Evaluation open(int run) {
    Tensors result = TensorFile.require(Runs.open(run).result(), "run " + run, "evaluation");
    long seed = SEEDS.read("evaluation", "seed", result.described("seed"));
    return Evaluation.of(read(result), seed)
        .remarking(result.metadata().getOrDefault(REMARKS, "").lines().toList());
  }
}
