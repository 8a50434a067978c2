package dev.retort.plan;

import com.google.gson.JsonObject;
import dev.retort.RetortException;
import dev.retort.env.Definition;
import dev.retort.env.Env;
import dev.retort.option.Given;
import dev.retort.option.Option;
import dev.retort.option.Settings;
import dev.retort.option.Traits;
import dev.retort.policy.Fit;
import dev.retort.policy.Policy;
import dev.retort.policy.PolicyFile;
import dev.retort.prior.Aggregation;
import dev.retort.prior.Extraction;
import dev.retort.prior.QPrior;
import dev.retort.run.Job;
import dev.retort.run.Session;
import dev.retort.store.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The plan to take a prior out of solved tasks.
 *
 * <pre>{@code
 * QPrior prior = qPrior(solvers).on(family.train(6)).bins(12).run();
 * }</pre>
 *
 * @param settings how cells are made, how long each task is played, and by what tables are joined
 * @param solvers who solved the tasks, with action values
 * @param env what they solved; solver {@code i} task {@code i} of a family
 * @param known a prior of tasks that were solved before, to which these are added; empty for none
 */
public record Extracting(Settings settings, List<Policy> solvers, Env env, Optional<QPrior> known)
    implements Plan<QPrior> {
  private static final String KNOWN = "known";

  /** Checks that there are as many solvers as tasks. */
  public Extracting {
    solvers = List.copyOf(solvers);
    Definition.given("qPrior", env);
    int tasks = env.contexts();
    if (tasks > 1 && tasks != solvers.size()) {
      throw new RetortException(
          "qPrior: expected one solver for each of the tasks of %s, got %s for %s. Narrow the family: train(%s)."
              .formatted(
                  env.name(),
                  solvers.size(),
                  tasks == Integer.MAX_VALUE ? "all of them" : String.valueOf(tasks),
                  solvers.size()));
    }
  }

  /** What {@code qPrior(..)} gives: it still needs the tasks. */
  public record Of(List<? extends Policy> solvers) {
    /** Refuses nobody, and null. */
    public Of {
      for (int i = 0; i < solvers.size(); i++) {
        if (solvers.get(i) == null) {
          throw new RetortException(
              "qPrior: expected policies, got null (policy %s). Did its cell fail?".formatted(i));
        }
      }
      solvers = List.copyOf(solvers);
      if (solvers.isEmpty()) {
        throw new RetortException("qPrior: expected at least one solved task, got none.");
      }
    }

    /** What they solved: one task, or a family of as many as there are solvers. */
    public Extracting on(Env env) {
      return new Extracting(
          Extraction.OPTIONS.standard(), List.copyOf(solvers), env, Optional.empty());
    }

    @Override
    public String toString() {
      return Plan.unfinished("take a prior out of solved tasks", ".on(tasks)");
    }
  }

  private <T> Extracting with(Option<T> option, T value) {
    return new Extracting(settings.with(option, value), solvers, env, known);
  }

  // spotless:off
  /** How observations are discretized. */
  public Extracting discretization(Extraction.Cells cells) { return with(Extraction.DISCRETIZATION, cells); }

  /** Numbers of bins, one for each number of an observation; a single one holds for all. */
  public Extracting bins(int... counts) { return counts("bins", counts); }

  /** Where the first bins begin; the least that was visited, unless said. */
  public Extracting low(double... bounds) { return with(Extraction.LOW, Given.given("qPrior", "bounds of bins", bounds)); }

  /** Where the last bins end; the most that was visited, unless said. */
  public Extracting high(double... bounds) { return with(Extraction.HIGH, Given.given("qPrior", "bounds of bins", bounds)); }

  /** Layers of tiles, where these are the cells. */
  public Extracting layers(int layers) { return with(Extraction.LAYERS, layers); }

  /** Centers of clusters, where these are the cells. */
  public Extracting centers(int count) { return with(Extraction.CENTERS, count); }

  /** Environment steps of each task's play. */
  public Extracting steps(int steps) { return with(Extraction.STEPS, steps); }

  /** Share of random actions while it is played. */
  public Extracting epsilon(double epsilon) { return with(Extraction.EPSILON, epsilon); }

  /** γ, by which the sources' values discount, where they do not say it themselves. */
  public Extracting discount(double gamma) { return with(Extraction.DISCOUNT, gamma); }

  /** Whether values that no return can have are clipped, where they would be refused. */
  public Extracting clipping(boolean on) { return with(Extraction.CLIPPING, on); }
  public Extracting clipping() { return clipping(true); }

  /** How the tasks' values become one. */
  public Extracting aggregation(Aggregation how) { return with(Extraction.AGGREGATION, how); }

  /** Seed, which names all chance. */
  public Extracting seed(long seed) { return with(Extraction.SEED, seed); }
  // spotless:on

  /**
   * Begins with what tasks say that were solved before: these are added, and joined as those are.
   */
  public Extracting initializedBy(QPrior solved) {
    return new Extracting(
        settings, solvers, env, Optional.of(Given.given("qPrior", "a prior", solved)));
  }

  /** Bins that are equally full. */
  public Extracting quantiles(int... counts) {
    return discretization(Extraction.Cells.QUANTILES).counts("quantiles", counts);
  }

  /** Layers of bins that overlap. */
  public Extracting tiles(int layers, int... counts) {
    return discretization(Extraction.Cells.TILES).layers(layers).counts("tiles", counts);
  }

  /** The nearest of so many centers, which are learned. */
  public Extracting clusters(int count) {
    return discretization(Extraction.Cells.CLUSTERS).centers(count);
  }

  private Extracting counts(String word, int... counts) {
    Given.given("qPrior", "numbers of " + word, counts);
    if (Arrays.stream(counts).anyMatch(count -> count < 1)) {
      throw new RetortException(
          "qPrior: expected at least 1 of %s for each number of an observation, got %s. Say how many: %s."
              .formatted(
                  word,
                  Arrays.toString(counts),
                  word.equals("tiles") ? "tiles(8, 12)" : word + "(12)"));
    }
    return with(Extraction.BINS, Arrays.stream(counts).boxed().toList());
  }

  /** Any option by its name. */
  public Extracting set(String option, String value) {
    return new Extracting(settings.parse(option, value), solvers, env, known);
  }

  private List<Env> tasks() {
    return IntStream.range(0, solvers.size())
        .mapToObj(i -> env.contexts() > 1 ? env.task(i) : env)
        .toList();
  }

  @Override
  public QPrior once() {
    return Plan.once(this, folder -> QPrior.of(folder.result()));
  }

  @Override
  public String toString() {
    return Plan.text(this);
  }

  @Override
  public String explain() {
    Extraction extraction = new Extraction(settings);
    return String.format(
        Locale.ROOT,
        "take a prior out of %d solved task%s of %s%s%n%s%n%,d environment steps; values discount by %s, %s; files: runs/NNNN with the tables",
        solvers.size(),
        solvers.size() == 1 ? "" : "s",
        env.title(),
        known
            .map(prior -> ", added to the %s of another prior".formatted(prior.tasks()))
            .orElse(""),
        settings,
        job().total(),
        extraction.discount(solvers),
        solvers.stream().anyMatch(each -> each.discount().isPresent())
            ? "as the sources say"
            : "which the sources do not say");
  }

  static Plan<?> read(JsonObject spec, Tensors inputs, Function<JsonObject, Env> envs) {
    Tensors known = inputs.part(KNOWN);
    List<Policy> solvers = new ArrayList<>();
    for (int i = 0; i < spec.get("solvers").getAsInt(); i++) {
      solvers.add(PolicyFile.of(inputs.part("solver" + i)));
    }
    return new Extracting(
        Settings.of(Extraction.OPTIONS, spec.getAsJsonObject("settings")),
        solvers,
        envs.apply(spec.getAsJsonObject("environment")),
        known.all().isEmpty() ? Optional.empty() : Optional.of(QPrior.of(known)));
  }

  @Override
  public List<String> cautions() {
    List<Env> tasks = tasks();
    return IntStream.range(0, solvers.size())
        .boxed()
        .flatMap(i -> Fit.cautions(solvers.get(i), tasks.get(i)).stream())
        .distinct()
        .toList();
  }

  @Override
  public Job<QPrior> job() {
    Extraction extraction = new Extraction(settings);
    extraction.require(solvers, tasks());
    known.ifPresent(prior -> extraction.require(prior, solvers));
    return new Job<>() {
      @Override
      public String kind() {
        return "extract";
      }

      @Override
      public String title() {
        return "prior of %s task%s of %s"
            .formatted(solvers.size(), solvers.size() == 1 ? "" : "s", env.title());
      }

      @Override
      public Traits traits() {
        return Traits.of(Traits.ENVIRONMENT, env.title())
            .and(Traits.SEED, settings.get(Extraction.SEED))
            .and(settings);
      }

      @Override
      public JsonObject spec() {
        JsonObject spec = new JsonObject();
        spec.add("settings", settings.json());
        spec.add("environment", EnvText.write(env));
        spec.addProperty("solvers", solvers.size());
        spec.addProperty("inputs", Fingerprint.of(inputs()));
        return spec;
      }

      @Override
      public Tensors inputs() {
        Tensors inputs = new Tensors();
        for (int i = 0; i < solvers.size(); i++) {
          inputs.putAll("solver" + i, PolicyFile.tensors(solvers.get(i)));
        }
        known.ifPresent(prior -> inputs.putAll(KNOWN, prior.tensors()));
        return inputs;
      }

      /** The spec names the content of the solvers, and the environment as far as can be told. */
      @Override
      public Optional<String> undetermined() {
        return EnvText.unknown(env);
      }

      @Override
      public String resuming(int run) {
        return Resumption.words(run, List.of(env), solvers.stream());
      }

      @Override
      public String[] columns() {
        return new String[] {"return"};
      }

      @Override
      public long total() {
        return (long) settings.get(Extraction.STEPS) * solvers.size();
      }

      @Override
      public String unit() {
        return "environment steps";
      }

      @Override
      public QPrior execute(Session session) {
        return extraction.run(solvers, tasks(), known, session);
      }

      @Override
      public Tensors keep(QPrior prior) {
        return prior.tensors();
      }
    };
  }
}
