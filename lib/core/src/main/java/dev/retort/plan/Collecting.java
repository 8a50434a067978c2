package dev.retort.plan;

import com.google.gson.JsonObject;
import dev.retort.RetortException;
import dev.retort.collect.Behavior;
import dev.retort.collect.Collector;
import dev.retort.data.Dataset;
import dev.retort.data.Supervision;
import dev.retort.env.Definition;
import dev.retort.env.Env;
import dev.retort.option.Given;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.option.Traits;
import dev.retort.policy.Fit;
import dev.retort.policy.Policy;
import dev.retort.policy.PolicyFile;
import dev.retort.run.Job;
import dev.retort.run.Session;
import dev.retort.store.Tensors;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The plan to collect a dataset.
 *
 * <pre>{@code
 * Dataset data = collect(20_000).from(teacher).on(env).exploring(epsilon(0.1)).seed(1).run();
 * }</pre>
 *
 * @param settings steps, behavior and seed
 * @param teacher whose outputs are recorded
 * @param env where
 * @param explorer who takes the hidden steps of Explore-Go; empty for the uniformly random one
 */
public record Collecting(Settings settings, Policy teacher, Env env, Optional<Policy> explorer)
    implements Plan<Dataset> {
  // spotless:off
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("collect");

  public static final Option<Integer>   STEPS     = OPTIONS.whole("steps", 20_000).from(1).in("steps").says("length of the dataset");
  public static final Option<Behavior> EXPLORING = OPTIONS.option("exploring", Behavior.type(), new Behavior.Stochastic()).says("who acts: the teacher, or who else");
  public static final Option<Long>      SEED      = OPTIONS.whole("seed", 0L).says("names all chance");
  // spotless:on

  /** Checks that teacher and explorer fit the environment. */
  public Collecting {
    if (explorer.isPresent() && !(settings.get(EXPLORING) instanceof Behavior.ExploreGo)) {
      throw new RetortException(
          "collect: expected explore-go where there is an explorer, got %s. Say exploring(exploreGo(50).by(explorer))."
              .formatted(settings.get(EXPLORING)));
    }
    collector(settings, teacher, env, explorer);
  }

  /** A plan without a trained explorer. */
  public Collecting(Settings settings, Policy teacher, Env env) {
    this(settings, teacher, env, Optional.empty());
  }

  private static Collector collector(
      Settings settings, Policy teacher, Env env, Optional<Policy> explorer) {
    return new Collector(
        teacher, env, behavior(settings, explorer), settings.get(STEPS), settings.get(SEED));
  }

  private static Behavior behavior(Settings settings, Optional<Policy> explorer) {
    Behavior behavior = settings.get(EXPLORING);
    return behavior instanceof Behavior.ExploreGo go
        ? new Behavior.ExploreGo(go.limit(), explorer)
        : behavior;
  }

  /** What {@code collect(..)} gives: it still needs a teacher. */
  public record Of(Settings settings) {
    /** So many steps. */
    public static Of steps(int steps) {
      return new Of(OPTIONS.standard().with(STEPS, steps));
    }

    /** Whose outputs are recorded. */
    public From from(Policy teacher) {
      return new From(settings, Given.given("collect", "a teacher", teacher));
    }

    @Override
    public String toString() {
      return Plan.unfinished("collect", ".from(teacher) and .on(env)");
    }
  }

  /** What {@code from(..)} gives: it still needs an environment. */
  public record From(Settings settings, Policy teacher) {
    /** Where to collect. */
    public Collecting on(Env env) {
      return new Collecting(settings, teacher, Definition.given("collect", env));
    }

    @Override
    public String toString() {
      return Plan.unfinished("collect from " + teacher.name(), ".on(env)");
    }
  }

  /** Length of the dataset, in steps. */
  public Collecting steps(int steps) {
    return new Collecting(settings.with(STEPS, steps), teacher, env, explorer);
  }

  /** Who acts. */
  public Collecting exploring(Behavior behavior) {
    Given.given("collect", "a behavior such as epsilon(0.1)", behavior);
    if (behavior instanceof Behavior.Mixture) {
      throw new RetortException(
          "collect: expected a behavior of the teacher, got %s. Say distill(teacher).on(env), in whose rounds students act."
              .formatted(behavior));
    }
    Optional<Policy> trained =
        behavior instanceof Behavior.ExploreGo go ? go.explorer() : Optional.empty();
    return new Collecting(settings.with(EXPLORING, behavior), teacher, env, trained);
  }

  /** Seed, which names all chance. */
  public Collecting seed(long seed) {
    return new Collecting(settings.with(SEED, seed), teacher, env, explorer);
  }

  /**
   * {@inheritDoc} A collection from a policy that is code is a new run: nobody sees whether its
   * code is the same.
   */
  @Override
  public Dataset once() {
    return Plan.once(this, folder -> Dataset.of(folder.result()));
  }

  @Override
  public String toString() {
    return Plan.text(this);
  }

  @Override
  public String explain() {
    int width =
        env.observations().size() + env.actions().size() + Supervision.of(teacher).width() + 1;
    return String.format(
        Locale.ROOT,
        "collect %,d steps of %s from '%s', acting %s%nmemory: %,d KB; files: a folder runs/NNNN with the dataset",
        settings.get(STEPS),
        env.title(),
        teacher.name(),
        behavior(settings, explorer),
        4L * width * settings.get(STEPS) / 1024);
  }

  static Plan<?> read(JsonObject spec, Tensors inputs, Function<JsonObject, Env> envs) {
    Tensors explorer = inputs.part("explorer");
    return new Collecting(
        Settings.of(OPTIONS, spec.getAsJsonObject("settings")),
        PolicyFile.of(inputs),
        envs.apply(spec.getAsJsonObject("environment")),
        explorer.all().isEmpty() ? Optional.empty() : Optional.of(PolicyFile.of(explorer)));
  }

  /** A policy as the inputs of a run; one that is code leaves only its name. */
  static Tensors numbers(Policy policy) {
    return PolicyFile.isNumbers(policy)
        ? PolicyFile.tensors(policy)
        : new Tensors().describe(Resumption.CODE, policy.name());
  }

  /** Those who act. */
  private Stream<Policy> policies() {
    return Stream.concat(Stream.of(teacher), explorer.stream());
  }

  @Override
  public List<String> cautions() {
    return policies().flatMap(policy -> Fit.cautions(policy, env).stream()).distinct().toList();
  }

  @Override
  public Job<Dataset> job() {
    return new Job<>() {
      @Override
      public String kind() {
        return "collect";
      }

      @Override
      public String title() {
        return String.format(
            Locale.ROOT,
            "%,d steps of %s from %s",
            settings.get(STEPS),
            env.title(),
            teacher.name());
      }

      @Override
      public Traits traits() {
        return Traits.of(Traits.ENVIRONMENT, env.title())
            .and("from", teacher.name())
            .and(Traits.SEED, settings.get(SEED))
            .and(settings);
      }

      @Override
      public JsonObject spec() {
        JsonObject spec = new JsonObject();
        spec.add("settings", settings.json());
        spec.add("environment", EnvText.write(env));
        spec.addProperty("teacher", Fingerprint.of(numbers(teacher)));
        explorer.ifPresent(policy -> spec.addProperty("explorer", Fingerprint.of(numbers(policy))));
        return spec;
      }

      @Override
      public Tensors inputs() {
        Tensors inputs = numbers(teacher);
        explorer.ifPresent(
            policy -> {
              Tensors own = numbers(policy);
              inputs.putAll("explorer", own);
              if (own.metadata().containsKey(Resumption.CODE)) {
                inputs.describe(Resumption.CODE, policy.name());
              }
            });
        return inputs;
      }

      /**
       * The spec names the content of policies of numbers, and the environment as far as it can.
       */
      @Override
      public Optional<String> undetermined() {
        return Resumption.undetermined(List.of(env), policies(), OwnCode.none());
      }

      @Override
      public String resuming(int run) {
        return Resumption.words(run, List.of(env), policies());
      }

      @Override
      public String[] columns() {
        return settings.get(EXPLORING) instanceof Behavior.ExploreGo
            ? new String[] {"return", "length", "hidden"}
            : new String[] {"return", "length"};
      }

      @Override
      public long total() {
        return settings.get(STEPS);
      }

      @Override
      public String unit() {
        return "steps";
      }

      @Override
      public Dataset execute(Session session) {
        return collector(settings, teacher, env, explorer).run(session);
      }

      @Override
      public Tensors keep(Dataset data) {
        return data.tensors();
      }
    };
  }
}
