package dev.retort.plan;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.retort.RetortException;
import dev.retort.env.Definition;
import dev.retort.env.Env;
import dev.retort.evaluate.Evaluation;
import dev.retort.evaluate.Evaluator;
import dev.retort.evaluate.Scores;
import dev.retort.evaluate.Statistics;
import dev.retort.option.Given;
import dev.retort.option.Labels;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.option.Traits;
import dev.retort.option.Type;
import dev.retort.policy.Policy;
import dev.retort.policy.PolicyFile;
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
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("evaluate");

  private static final Type<Long> COUNT = Type.whole(0, Integer.MAX_VALUE);
  private static final Type<Long> SEEDS = Type.whole(Long.MIN_VALUE, Long.MAX_VALUE);

  static final Option<Long> EPISODES =
      OPTIONS.whole("episodes", 100, 1, "episodes", "how many each policy plays");
  static final Option<Long> SEED = OPTIONS.whole("seed", 0, Long.MIN_VALUE, "", "names all chance");

  /** Keeps copies. */
  public Evaluating {
    candidates = List.copyOf(candidates);
    envs = List.copyOf(envs);
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

    /** How the first of them came about; the others differ by their seeds. */
    private Traits origin() {
      return runs.get(0).origin();
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
      List<String> names = Labels.of(candidates, Candidate::name, Candidate::origin);
      List<Candidate> apart =
          IntStream.range(0, names.size())
              .mapToObj(row -> new Candidate(names.get(row), candidates.get(row).runs))
              .toList();
      Given.given("evaluate", "environments", (Object) more);
      List<Env> envs = new ArrayList<>(List.of(Definition.given("evaluate", first)));
      Arrays.stream(more).map(env -> Definition.given("evaluate", env)).forEach(envs::add);
      return new Evaluating(OPTIONS.standard(), apart, envs);
    }
  }

  /** How many episodes each policy plays. */
  public Evaluating episodes(long episodes) {
    return new Evaluating(settings.with(EPISODES, episodes), candidates, envs);
  }

  /** Names all chance. */
  public Evaluating seed(long seed) {
    return new Evaluating(settings.with(SEED, seed), candidates, envs);
  }

  @Override
  public String explain() {
    return String.format(
        Locale.ROOT,
        "evaluate %s on %s, %,d episodes each, greedily; IQM with 95 %% stratified-bootstrap intervals",
        String.join(", ", candidates.stream().map(Candidate::name).toList()),
        String.join(", ", labels(envs)),
        settings.get(EPISODES));
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

  @Override
  public Job<Evaluation> job() {
    for (Candidate candidate : candidates) {
      for (Env env : envs) {
        candidate.runs.forEach(policy -> Evaluator.require(policy, env));
      }
    }
    return new Work(this);
  }

  /** The computation: policies one after the other, a row of the curve for each. */
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
    public String resuming(int run) {
      return Resumption.words(
          run, plan.envs, plan.candidates.stream().flatMap(candidate -> candidate.runs.stream()));
    }

    @Override
    public String[] columns() {
      return new String[] {"environment", "candidate", "return", "length", "agreement"};
    }

    @Override
    public long total() {
      return plan.settings.get(EPISODES) * policies();
    }

    private long policies() {
      return (long) plan.envs.size()
          * plan.candidates.stream().mapToInt(candidate -> candidate.runs.size()).sum();
    }

    @Override
    public String unit() {
      return "episodes";
    }

    @Override
    public Evaluation execute(Session session) {
      Evaluator evaluator =
          new Evaluator(plan.settings.whole(EPISODES), plan.settings.get(SEED), session::check);
      List<Scores> played = new ArrayList<>();
      Optional<Tensors> saved = session.resumed();
      saved.ifPresent(from -> played.addAll(read(from)));
      Optional<Tensors> begun = saved.map(from -> from.part("playing"));
      List<Game> games = plan.games();
      for (Game game : games.subList(played.size(), games.size())) {
        Scores scores = play(evaluator, game, begun, played, session);
        begun = Optional.empty();
        played.add(scores);
        session
            .curve()
            .add(
                (long) played.size() * evaluator.episodes(),
                game.run,
                game.env,
                game.candidate,
                Statistics.mean(scores.runMeans()),
                scores.meanLength().orElse(Double.NaN),
                scores.agreement().orElse(Double.NaN));
      }
      return Evaluation.of(rows(games, played), plan.settings.get(SEED));
    }

    private Scores play(
        Evaluator evaluator,
        Game game,
        Optional<Tensors> begun,
        List<Scores> before,
        Session session) {
      Policy policy = plan.candidates.get(game.candidate).runs.get(game.run);
      Optional<Policy> reference =
          game.candidate == 0 ? Optional.empty() : Optional.of(plan.candidates.get(0).runs.get(0));
      long done = (long) before.size() * evaluator.episodes();
      try (Evaluator.Play play = evaluator.play(policy, reference, plan.envs.get(game.env))) {
        begun.ifPresent(play::restore);
        while (!play.isOver()) {
          session.check();
          play.step();
          session.boundary(
              done + play.played(), () -> write(before).putAll("playing", play.save()));
        }
        return play.scores();
      }
    }

    /** A row for each candidate on each environment. */
    private List<Scores> rows(List<Game> games, List<Scores> played) {
      List<String> labels = labels(plan.envs);
      Map<List<Integer>, List<Scores>> runs = new LinkedHashMap<>();
      for (int i = 0; i < games.size(); i++) {
        Game game = games.get(i);
        runs.computeIfAbsent(List.of(game.env, game.candidate), row -> new ArrayList<>())
            .add(played.get(i));
      }
      List<Scores> rows = new ArrayList<>();
      runs.forEach(
          (row, scores) -> {
            String name = plan.candidates.get(row.get(1)).name;
            rows.add(Scores.population(name, scores).named(name, labels.get(row.get(0))));
          });
      return rows;
    }

    @Override
    public Tensors keep(Evaluation evaluation) {
      return write(evaluation.scores())
          .describe("kind", "evaluation")
          .describe("seed", String.valueOf(plan.settings.get(SEED)));
    }
  }

  /**
   * One policy on one environment.
   *
   * @param env which environment
   * @param candidate which row of the table
   * @param run which of its independent runs
   */
  private record Game(int env, int candidate, int run) {}

  private List<Game> games() {
    List<Game> games = new ArrayList<>();
    for (int env = 0; env < envs.size(); env++) {
      for (int candidate = 0; candidate < candidates.size(); candidate++) {
        for (int run = 0; run < candidates.get(candidate).runs.size(); run++) {
          games.add(new Game(env, candidate, run));
        }
      }
    }
    return games;
  }

  private static List<String> labels(List<Env> envs) {
    return Labels.of(envs, Env::title, EnvText::traits);
  }

  private static Tensors write(List<Scores> all) {
    Tensors tensors = new Tensors().describe("count", String.valueOf(all.size()));
    for (int i = 0; i < all.size(); i++) {
      tensors.putAll("scores" + i, all.get(i).tensors());
    }
    return tensors;
  }

  private static List<Scores> read(Tensors tensors) {
    return IntStream.range(
            0, COUNT.read("evaluation", "count", tensors.described("count")).intValue())
        .mapToObj(i -> Scores.of(tensors.part("scores" + i)))
        .toList();
  }

  /** The evaluation that a finished run gave. */
  public static Evaluation open(int run) {
    Tensors result = TensorFile.require(Runs.open(run).result(), "run " + run, "evaluation");
    return Evaluation.of(read(result), SEEDS.read("evaluation", "seed", result.described("seed")));
  }
}
