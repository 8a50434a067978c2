package dev.retort.plan;

import com.google.gson.JsonObject;
import dev.retort.data.Dataset;
import dev.retort.data.View;
import dev.retort.distill.Loss;
import dev.retort.distill.Predictor;
import dev.retort.distill.Regression;
import dev.retort.distill.Supervised;
import dev.retort.loss.Distance;
import dev.retort.nn.Architecture;
import dev.retort.nn.Output;
import dev.retort.nn.PopulationMemory;
import dev.retort.option.Given;
import dev.retort.option.Schedule;
import dev.retort.option.Settings;
import dev.retort.option.Traits;
import dev.retort.run.Job;
import dev.retort.run.Session;
import dev.retort.store.Tensors;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The plan to fit networks to columns of a dataset: supervised learning.
 *
 * <pre>{@code
 * Predictor reward = fit(mlp(64)).to(data).minimizing("reward", mse()).members(5).seed(1).run();
 * Predictor model = fit(mlp(64, 64)).to(data).seeing("position", "velocity").minimizing(Loss.of("next-observation", huber(1))).run();
 * }</pre>
 *
 * @param regression how
 * @param data what they learn from
 * @param seed names all chance
 */
public record Fitting(Regression regression, Dataset data, long seed) implements Plan<Predictor> {
  private static final String SEEING = "seeing";

  /** Checks that the data has what is seen and what is predicted. */
  public Fitting {
    regression.require(data);
  }

  /** What {@code fit(..)} gives: it still needs data. */
  public record Of(Architecture network) {
    /** What networks learn from. */
    public Fitting to(Dataset first, Dataset... more) {
      Dataset all = Given.given("fit", "a dataset", first);
      Given.given("fit", "datasets", (Object) more);
      for (Dataset other : more) {
        all = all.and(Given.given("fit", "a dataset", other));
      }
      return new Fitting(new Regression().into(network), all, 0);
    }

    @Override
    public String toString() {
      return Plan.unfinished("fit " + network, ".to(data)");
    }
  }

  // spotless:off
  /** Each network. */
  public Fitting into(Architecture network) { return with(regression.into(network)); }

  /** How many networks learn; what they say is averaged. */
  public Fitting members(int members) { return with(regression.members(members)); }

  /** What of a row they see; a view of your own too. */
  public Fitting seeing(View view) { return with(regression.seeing(view)); }

  /** Parts of the observation that they see, by their names. */
  public Fitting seeing(String... parts) { return seeing(View.parts(Given.given("fit", "names of parts", parts).toArray(String[]::new))); }

  /** The column that is predicted, such as {@code reward} or {@code next-observation}. */
  public Fitting minimizing(String column, Distance distance) {
    return minimizing(Loss.of(Given.given("fit", "the name of a column", column), Given.given("fit", "a distance such as mse()", distance)));
  }

  /** The columns that are predicted, each by a distance. */
  public Fitting minimizing(Loss loss) { return with(regression.minimizing(loss)); }

  /** Passes over the dataset. */
  public Fitting epochs(int epochs) { return with(regression.epochs(epochs)); }

  /** Size of a minibatch, in steps. */
  public Fitting batchSize(int size) { return with(regression.batchSize(size)); }

  /** Step size of Adam, constant or over training. */
  public Fitting learningRate(Schedule rate) { return with(regression.learningRate(rate)); }
  public Fitting learningRate(double rate) { return with(regression.learningRate(rate)); }

  /** Whose order of minibatches. */
  public Fitting order(Supervised.Order order) { return with(regression.order(order)); }

  /** Share of episodes that nobody learns from, at least one; none where it is 0. */
  public Fitting holdingOut(double share) { return with(regression.holdingOut(share)); }
  // spotless:on

  /** Seed, which names all chance. */
  public Fitting seed(long other) {
    return new Fitting(regression, data, other);
  }

  private Fitting with(Regression other) {
    return new Fitting(other, data, seed);
  }

  @Override
  public Predictor once() {
    return Plan.once(this, folder -> Predictor.of(folder.result()));
  }

  @Override
  public String toString() {
    return Plan.text(this);
  }

  @Override
  public String explain() {
    PopulationMemory memory = regression.memory(data);
    memory.require("fit");
    long updates = regression.updates(learned());
    return String.format(
        Locale.ROOT,
        "fit %s to %s of '%s' (%,d steps in %,d episodes, of which %,d are held out), seeing %s%n%s%n%,d updates; networks of %,d parameters, %s; %s%n%s",
        networks(),
        String.join(" and ", regression.minimizing().outputs()),
        data.name(),
        data.size(),
        data.episodes(),
        regression.heldOut(data, seed).map(Dataset::episodes).orElse(0),
        regression.seeing(),
        regression,
        updates,
        memory.parameters(),
        memory,
        Cost.learning(
            regression,
            regression.seeing().sees(data.observations()),
            outputs(),
            learned(),
            updates,
            1,
            memory.isOnGpu()),
        "files: runs/NNNN with its spec, data, curve, last two checkpoints and the predictor");
  }

  private int learned() {
    return regression.learned(data, seed).size();
  }

  private List<Output> outputs() {
    return regression.outputs(data);
  }

  /** Such as {@code 10 networks of mlp:64}. */
  private String networks() {
    int members = regression.members();
    return "%s of %s"
        .formatted(members == 1 ? "1 network" : members + " networks", regression.into());
  }

  static Plan<?> read(JsonObject spec, Tensors inputs) {
    View view = View.type().read("fit", SEEING, spec.get(SEEING).getAsString());
    return new Fitting(
        new Regression(Settings.of(Regression.OPTIONS, spec.getAsJsonObject("settings")), view),
        Dataset.of(inputs),
        spec.get("seed").getAsLong());
  }

  @Override
  public Job<Predictor> job() {
    return new Work(this);
  }

  /** The computation. */
  private record Work(Fitting plan) implements Job<Predictor> {
    @Override
    public String kind() {
      return "fit";
    }

    @Override
    public String title() {
      return "%s to %s of %s"
          .formatted(
              plan.networks(),
              String.join(" and ", plan.regression.minimizing().outputs()),
              plan.data.name());
    }

    @Override
    public Traits traits() {
      return Traits.of("minimizing", plan.regression.minimizing())
          .and(Traits.SEED, plan.seed)
          .and(plan.regression.settings())
          .and("data", plan.data.name());
    }

    @Override
    public JsonObject spec() {
      JsonObject spec = new JsonObject();
      spec.add("settings", plan.regression.settings().json());
      OwnCode.of(plan.regression.settings()).write(spec);
      spec.addProperty(SEEING, plan.regression.seeing().toString());
      spec.addProperty("data", Fingerprint.of(plan.data.tensors()));
      spec.addProperty("seed", plan.seed);
      return spec;
    }

    private boolean isText() {
      return View.isText(plan.regression.seeing());
    }

    @Override
    public Tensors inputs() {
      Tensors inputs = plan.data.tensors();
      return isText()
          ? inputs
          : inputs.describe(Resumption.CODE, plan.regression.seeing().toString());
    }

    /**
     * The spec names the content of the data, and the loss as far as it can be told; of a view that
     * is code nothing is known.
     */
    @Override
    public Optional<String> undetermined() {
      return isText()
          ? OwnCode.of(plan.regression.settings()).unknown()
          : Optional.of(
              "view '%s' is code, which cannot be compared".formatted(plan.regression.seeing()));
    }

    @Override
    public String resuming(int run) {
      OwnCode own = OwnCode.of(plan.regression.settings());
      return isText()
          ? Resumption.words(run, List.of(), Stream.empty(), own)
          : "it cannot be resumed, since view '%s' is code: start the plan again"
              .formatted(plan.regression.seeing());
    }

    @Override
    public String[] columns() {
      return new String[] {"loss", "held-out"};
    }

    @Override
    public long total() {
      return plan.regression.updates(plan.learned());
    }

    @Override
    public String unit() {
      return "updates";
    }

    @Override
    public Predictor execute(Session session) {
      return plan.regression.run(plan.data, plan.seed, session);
    }

    /** By a view that is code it has learned, and lives as long as the session. */
    @Override
    public Tensors keep(Predictor predictor) {
      return isText()
          ? predictor.tensors()
          : new Tensors().describe(Resumption.CODE, plan.regression.seeing().toString());
    }
  }
}
