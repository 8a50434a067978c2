package dev.retort.plan;

import com.google.gson.JsonObject;
import dev.retort.collect.Behaviour;
import dev.retort.collect.Collector;
import dev.retort.data.Dataset;
import dev.retort.env.Env;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.policy.Policy;
import dev.retort.policy.PolicyFile;
import dev.retort.run.Job;
import dev.retort.run.Session;
import dev.retort.store.Tensors;

/**
 * The plan to collect a dataset.
 *
 * <pre>{@code
 * Dataset data = collect(20_000).from(teacher).on(env).exploring(epsilon(0.1)).seed(1).run();
 * }</pre>
 *
 * @param settings steps, behaviour and seed
 * @param teacher whose outputs are recorded
 * @param env where
 */
public record Collecting(Settings settings, Policy teacher, Env env) implements Plan<Dataset> {
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("collect");

  static final Option<Long> STEPS =
      OPTIONS.whole("steps", 20_000, 1, "steps", "how many are recorded");
  static final Option<Behaviour> EXPLORING =
      OPTIONS.option(
          "exploring",
          Behaviour.type(),
          new Behaviour.Stochastic(),
          "",
          "who acts: the teacher, or who else");
  static final Option<Long> SEED = OPTIONS.whole("seed", 0, Long.MIN_VALUE, "", "names all chance");

  /** Checks that the teacher fits the environment. */
  public Collecting {
    collector(settings, teacher, env);
  }

  private static Collector collector(Settings settings, Policy teacher, Env env) {
    return new Collector(
        teacher, env, settings.get(EXPLORING), settings.whole(STEPS), settings.get(SEED));
  }

  /** What {@code collect(..)} gives: it still needs a teacher. */
  public record Of(Settings settings) {
    /** So many steps. */
    public static Of steps(long steps) {
      return new Of(OPTIONS.standard().with(STEPS, steps));
    }

    /** Whose outputs are recorded. */
    public From from(Policy teacher) {
      return new From(settings, teacher);
    }
  }

  /** What {@code from(..)} gives: it still needs an environment. */
  public record From(Settings settings, Policy teacher) {
    /** Where to collect. */
    public Collecting on(Env env) {
      return new Collecting(settings, teacher, env);
    }
  }

  /** Who acts. */
  public Collecting exploring(Behaviour behaviour) {
    return new Collecting(settings.with(EXPLORING, behaviour), teacher, env);
  }

  /** Names all chance. */
  public Collecting seed(long seed) {
    return new Collecting(settings.with(SEED, seed), teacher, env);
  }

  @Override
  public String explain() {
    int width = env.observations().size() + env.actions().size() + teacher.width() + 1;
    return "collect %,d steps of %s from '%s', acting %s%nmemory: %,d KB; files: a folder runs/NNNN with the dataset"
        .formatted(
            settings.get(STEPS),
            env.name(),
            teacher.name(),
            settings.get(EXPLORING),
            4L * width * settings.get(STEPS) / 1024);
  }

  static Plan<?> read(JsonObject spec, Tensors inputs) {
    return new Collecting(
        Settings.of(OPTIONS, spec.getAsJsonObject("settings")),
        PolicyFile.of(inputs),
        EnvText.read(spec.getAsJsonObject("environment")));
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
        return "%,d steps of %s from %s".formatted(settings.get(STEPS), env.name(), teacher.name());
      }

      @Override
      public JsonObject spec() {
        JsonObject spec = new JsonObject();
        spec.add("settings", settings.json());
        spec.add("environment", EnvText.write(env));
        spec.addProperty("teacher", Fingerprint.of(inputs()));
        return spec;
      }

      @Override
      public Tensors inputs() {
        return PolicyFile.isNumbers(teacher)
            ? PolicyFile.tensors(teacher)
            : new Tensors().describe("code", teacher.name());
      }

      @Override
      public String[] columns() {
        return new String[] {"return", "length"};
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
        return collector(settings, teacher, env).run(session);
      }

      @Override
      public Tensors keep(Dataset data) {
        return data.tensors();
      }
    };
  }
}
