package dev.retort.plan;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.retort.env.Env;
import dev.retort.evaluate.Evaluation;
import dev.retort.evaluate.Evaluator;
import dev.retort.evaluate.Scores;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.policy.Policy;
import dev.retort.policy.PolicyFile;
import dev.retort.run.Job;
import dev.retort.run.Session;
import dev.retort.store.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
  }

  /** What {@code evaluate(..)} gives: it still needs an environment. */
  public record Of(List<Candidate> candidates) {
    /** These policies, a row each. */
    public static Of policies(List<Policy> policies) {
      return new Of(
          policies.stream().map(policy -> new Candidate(policy.name(), List.of(policy))).toList());
    }

    /** One more row: a population of independent runs. */
    public Of and(String name, Curves curves) {
      List<Candidate> more = new ArrayList<>(candidates);
      more.add(new Candidate(name, List.copyOf(curves.policies())));
      return new Of(more);
    }

    /** One more row. */
    public Of and(String name, Policy policy) {
      List<Candidate> more = new ArrayList<>(candidates);
      more.add(new Candidate(name, List.of(policy)));
      return new Of(more);
    }

    /** Where to evaluate. */
    public Evaluating on(Env first, Env... more) {
      List<Env> envs = new ArrayList<>(List.of(first));
      envs.addAll(Arrays.asList(more));
      return new Evaluating(OPTIONS.standard(), candidates, envs);
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
    return "evaluate %d rows on %d environments, %,d episodes each, greedily; IQM with 95 %% stratified-bootstrap intervals"
        .formatted(candidates.size(), envs.size(), settings.get(EPISODES));
  }

  static Plan<?> read(JsonObject spec, Tensors inputs) {
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
        .forEach(env -> envs.add(EnvText.read(env.getAsJsonObject())));
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
          + String.join(", ", plan.envs.stream().map(Env::name).toList());
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
          }
        }
      }
      return inputs;
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
      int episodes = plan.settings.whole(EPISODES);
      long seed = plan.settings.get(SEED);
      Evaluator evaluator = new Evaluator(episodes, seed, session::check);
      List<Scores> rows = new ArrayList<>();
      long played = 0;
      for (int e = 0; e < plan.envs.size(); e++) {
        Env env = plan.envs.get(e);
        Policy reference = plan.candidates.get(0).runs.get(0);
        for (int c = 0; c < plan.candidates.size(); c++) {
          List<Scores> runs = new ArrayList<>();
          for (Policy policy : plan.candidates.get(c).runs) {
            Scores scores =
                c == 0
                    ? evaluator.evaluate(policy, env)
                    : evaluator.evaluate(policy, reference, env);
            played += episodes;
            session
                .curve()
                .add(
                    played,
                    runs.size(),
                    e,
                    c,
                    dev.retort.evaluate.Statistics.mean(scores.runMeans()),
                    scores.meanLength().orElse(Double.NaN),
                    scores.agreement().orElse(Double.NaN));
            session.boundary(played, Tensors::new);
            runs.add(scores);
          }
          rows.add(Scores.population(plan.candidates.get(c).name, runs));
        }
      }
      return Evaluation.of(rows, seed);
    }

    @Override
    public Tensors keep(Evaluation evaluation) {
      Tensors kept = new Tensors().describe("kind", "evaluation");
      for (int i = 0; i < evaluation.rows().size(); i++) {
        Evaluation.Row row = evaluation.rows().get(i);
        kept.describe("row" + i, row.policy() + " on " + row.env());
        kept.put(
            "row" + i,
            new double[] {
              row.iqm().value(), row.iqm().interval().low(), row.iqm().interval().high(), row.mean()
            });
      }
      return kept;
    }
  }
}
