package dev.retort.plan;

import com.google.gson.JsonObject;
import dev.retort.RetortException;
import dev.retort.env.Definition;
import dev.retort.env.Env;
import dev.retort.option.Option;
import dev.retort.option.Settings;
import dev.retort.option.Traits;
import dev.retort.policy.Policy;
import dev.retort.policy.PolicyFile;
import dev.retort.policy.Provenance;
import dev.retort.run.Job;
import dev.retort.run.Session;
import dev.retort.store.Tensors;
import dev.retort.teach.Algorithm;
import dev.retort.teach.Budget;
import dev.retort.teach.Evaluated;
import dev.retort.teach.Keep;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The plan to train a teacher.
 *
 * <pre>{@code
 * Policy teacher = train(ppo().steps(100_000)).on(env("CartPole")).seed(0).run();
 * Curves ten = train(ppo()).on(env("CartPole")).seeds(10).run();
 * }</pre>
 *
 * @param algorithm how
 * @param env on what
 * @param seed which one
 */
public record Training(Algorithm algorithm, Env env, long seed) implements Plan<Policy> {
  /** Checks that the algorithm can learn the environment. */
  public Training {
    algorithm.require(env);
  }

  /** What {@code train(..)} gives: it still needs an environment. */
  public record Of(Algorithm algorithm) {
    /** Where to train. */
    public Training on(Env env) {
      return new Training(algorithm, Definition.given("train", env), 0);
    }

    @Override
    public String toString() {
      return Plan.unfinished("train " + algorithm.name(), ".on(env)");
    }
  }

  /** The same plan with another seed. */
  public Training seed(long other) {
    return new Training(algorithm, env, other);
  }

  /**
   * The same plan with an evaluation of the greedy actions after every so many environment steps;
   * the episodes of evaluations do not count as steps.
   */
  public Training evaluating(long everySteps, int episodes) {
    return with(Evaluated.EVALUATE_EVERY, everySteps).with(Evaluated.EVALUATE_EPISODES, episodes);
  }

  /** The same plan, which gives the policy of the best evaluation in place of the last. */
  public Training keepingBest() {
    return with(Evaluated.KEEP, Keep.BEST);
  }

  /** The same plan, which ends when every seed has been evaluated at this mean return. */
  public Training stoppingAt(double meanReturn) {
    return with(Evaluated.STOP_AT, meanReturn);
  }

  private <T> Training with(Option<T> option, T value) {
    return new Training(algorithm.with(algorithm.settings().with(option, value)), env, seed);
  }

  /** Refuses to keep the best, or to stop early, by evaluations that nobody asked for. */
  private void requireEvaluations() {
    if (algorithm.get(Evaluated.EVALUATE_EVERY) > 0) {
      return;
    }
    boolean keeps = algorithm.get(Evaluated.KEEP) == Keep.BEST;
    if (keeps || Double.isFinite(algorithm.get(Evaluated.STOP_AT))) {
      throw new RetortException(
          "train: expected evaluations to %s by, got none. Say .evaluating(2_000, 10): every 2,000 steps, 10 episodes."
              .formatted(keeps ? "keep the best policy" : "stop"));
    }
  }

  /** {@inheritDoc} A population of one seed, which gives curves, is another plan. */
  @Override
  public Policy once() {
    return Plan.once(this, folder -> PolicyFile.of(folder.result()));
  }

  /**
   * The plan to train several seeds as one population: this plan's seed and those that follow it.
   */
  public Population seeds(int count) {
    return new Population(this, count);
  }

  /**
   * The plan to train several seeds as one population.
   *
   * @param first of the first seed
   * @param count how many seeds
   */
  public record Population(Training first, int count) implements Plan<Curves> {
    private static final String TABLES =
        " for each seed, each of them an update\ntables that grow with the states that are met";

    /** Refuses an empty population. */
    public Population {
      if (count < 1) {
        throw new RetortException("train: expected at least 1 seed, got " + count + ".");
      }
    }

    @Override
    public Job<Curves> job() {
      first.requireEvaluations();
      return new Work<>(
          this, true, curves -> curves, curves -> PolicyFile.tensors(curves.policies()));
    }

    @Override
    public Curves once() {
      return Plan.once(
          this,
          folder -> new Curves(title(), folder.curve(), PolicyFile.population(folder.result())));
    }

    @Override
    public List<String> cautions() {
      return first.cautions();
    }

    /** What tells the teacher of one seed from others. */
    private Traits traits(String name, Object seed) {
      return Traits.of(Traits.ALGORITHM, first.algorithm.name())
          .and(Traits.ENVIRONMENT, first.env.title())
          .and(name, seed)
          .and(first.algorithm.settings());
    }

    private long[] seeds() {
      return LongStream.range(first.seed, first.seed + count).toArray();
    }

    private String title() {
      return "%s on %s, %s"
          .formatted(
              first.algorithm.name(),
              first.env.title(),
              count == 1 ? "seed " + first.seed : count + " seeds");
    }

    @Override
    public String explain() {
      first.requireEvaluations();
      return String.format(
          Locale.ROOT,
          "train %s%n%s%n%,d %s%s%nfiles: runs/NNNN with its spec, curve, last two checkpoints and the policies",
          title(),
          first.algorithm,
          first.algorithm.steps(),
          first.algorithm.unit(),
          first.algorithm.budget(first.env).map(this::networks).orElse(TABLES));
    }

    @Override
    public String toString() {
      return Plan.text(this);
    }

    private String networks(Budget budget) {
      Cost cost =
          Cost.measure(
              budget.network(),
              budget.sees(),
              budget.outputs(),
              budget.trunk(),
              count * budget.networks(),
              budget.acting(),
              budget.batch());
      String updates =
          budget.updates().isEmpty()
              ? " for each seed, in generations that last as long as their episodes"
              : String.format(
                  Locale.ROOT, " and %,d updates for each seed", budget.updates().getAsLong());
      return String.format(
          Locale.ROOT,
          "%s%nnetworks of %,d parameters, %s in all; %s",
          updates,
          cost.parameters(),
          cost.memory(),
          cost.time(budget.predictions(), budget.updates().orElse(0)));
    }
  }

  @Override
  public List<String> cautions() {
    return algorithm.cautions(env);
  }

  @Override
  public Job<Policy> job() {
    requireEvaluations();
    return new Work<>(
        seeds(1), false, curves -> curves.policy(0), policy -> PolicyFile.tensors(policy));
  }

  @Override
  public String explain() {
    return seeds(1).explain();
  }

  @Override
  public String toString() {
    return Plan.text(this);
  }

  static Plan<?> read(JsonObject spec, Tensors inputs, Function<JsonObject, Env> envs) {
    Algorithm plain = Algorithm.of(spec.get("algorithm").getAsString());
    Settings settings = Settings.of(plain.settings().schema(), spec.getAsJsonObject("settings"));
    Algorithm algorithm = plain.with(settings).withInputs(inputs);
    Training first =
        new Training(
            algorithm,
            envs.apply(spec.getAsJsonObject("environment")),
            spec.get("seed").getAsLong());
    return spec.get("population").getAsBoolean()
        ? first.seeds(spec.get("seeds").getAsInt())
        : first;
  }

  /** The computation. */
  private record Work<R>(
      Population plan, boolean population, Function<Curves, R> result, Function<R, Tensors> files)
      implements Job<R> {
    @Override
    public String kind() {
      return "train";
    }

    @Override
    public String title() {
      return plan.title();
    }

    @Override
    public Traits traits() {
      return Plan.seeds(plan.first.seed, plan.count, plan::traits);
    }

    @Override
    public JsonObject spec() {
      JsonObject spec = new JsonObject();
      spec.addProperty("algorithm", plan.first.algorithm.name());
      spec.add("settings", plan.first.algorithm.settings().json());
      OwnCode.of(plan.first.algorithm).write(spec);
      spec.add("environment", EnvText.write(plan.first.env));
      spec.addProperty("seed", plan.first.seed);
      spec.addProperty("seeds", plan.count);
      spec.addProperty("population", population);
      if (!inputs().all().isEmpty()) {
        spec.addProperty("inputs", Fingerprint.of(inputs()));
      }
      return spec;
    }

    @Override
    public Tensors inputs() {
      return plan.first.algorithm.inputs();
    }

    /** The spec names the content of the inputs, and the environment as far as it can be told. */
    @Override
    public Optional<String> undetermined() {
      return Resumption.undetermined(
          List.of(plan.first.env), Stream.empty(), OwnCode.of(plan.first.algorithm));
    }

    @Override
    public String resuming(int run) {
      return Resumption.words(
          run, List.of(plan.first.env), Stream.empty(), OwnCode.of(plan.first.algorithm));
    }

    @Override
    public String[] columns() {
      return plan.first.algorithm.columns();
    }

    @Override
    public long total() {
      return plan.first.algorithm.steps();
    }

    @Override
    public String unit() {
      return plan.first.algorithm.unit();
    }

    @Override
    public R execute(Session session) {
      Provenance origin = Provenance.in(plan.first.env);
      List<Policy> policies = new ArrayList<>();
      for (Policy policy : plan.first.algorithm.train(plan.first.env, plan.seeds(), session)) {
        Traits traits = plan.traits(Traits.SEED, plan.first.seed + policies.size());
        policies.add(policy.made(origin.with(traits)));
      }
      return result.apply(new Curves(plan.title(), session.curve(), policies));
    }

    @Override
    public Tensors keep(R kept) {
      return files.apply(kept);
    }
  }
}
