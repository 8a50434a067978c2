package dev.retort.plan;

import com.google.gson.JsonObject;
import dev.retort.data.Dataset;
import dev.retort.distill.Distillation;
import dev.retort.distill.Loss;
import dev.retort.nn.Architecture;
import dev.retort.nn.Output;
import dev.retort.nn.PopulationMemory;
import dev.retort.nn.Torso;
import dev.retort.option.Given;
import dev.retort.option.Schedule;
import dev.retort.option.Settings;
import dev.retort.policy.Ensemble;
import dev.retort.policy.Head;
import dev.retort.policy.Policy;
import dev.retort.policy.PolicyFile;
import dev.retort.run.Job;
import dev.retort.run.Session;
import dev.retort.store.Tensors;
import java.util.List;
import java.util.Locale;

/**
 * The plan to distill a teacher into an ensemble of students.
 *
 * <pre>{@code
 * Ensemble students =
 *     distill(teacher).from(data).into(mlp(16, 16)).members(10)
 *         .minimizing(kl().temperature(0.5)).epochs(30).batchSize(256).seed(2).run();
 * }</pre>
 *
 * @param distillation how
 * @param data what students learn from, with the teacher's outputs
 * @param seed names all chance
 */
public record Distilling(Distillation distillation, Dataset data, long seed)
    implements Plan<Ensemble> {
  private static final int MEASURED = 100;

  /** Checks that the loss can serve the data. */
  public Distilling {
    distillation.require(data);
  }

  /**
   * The plan at its defaults: an ensemble, by the divergence from the teacher, or by the squared
   * distance where its actions are continuous.
   */
  public static Distilling of(Dataset data) {
    Distillation usual = new Distillation();
    return new Distilling(data.head() == Head.ACTION ? usual.loss(new Loss.Mse()) : usual, data, 0);
  }

  /** What {@code distill(..)} gives: it still needs data. */
  public record Of(Policy teacher) {
    /**
     * What students learn from; the teacher's outputs at its states replace those that were
     * recorded.
     */
    public Distilling from(Dataset first, Dataset... more) {
      Dataset all = Given.given("distill", "a dataset", first).labelledBy(teacher);
      for (Dataset other : more) {
        all = all.and(Given.given("distill", "a dataset", other).labelledBy(teacher));
      }
      return Distilling.of(all);
    }

    @Override
    public String toString() {
      return Plan.unfinished("distill " + teacher.name(), ".from(data)");
    }
  }

  /** The network of each student. */
  public Distilling into(Architecture network) {
    return with(distillation.network(network));
  }

  /** Size of the ensemble. */
  public Distilling members(int members) {
    return with(distillation.members(members));
  }

  /** How students are compared with their teacher. */
  public Distilling minimizing(Loss loss) {
    return with(distillation.loss(loss));
  }

  /** How often the dataset is learned from. */
  public Distilling epochs(int epochs) {
    return with(distillation.epochs(epochs));
  }

  /** Size of a minibatch. */
  public Distilling batchSize(int size) {
    return with(distillation.batchSize(size));
  }

  /** A constant step size of Adam. */
  public Distilling learningRate(double rate) {
    return with(distillation.learningRate(Schedule.constant(rate)));
  }

  /** The step size of Adam over training. */
  public Distilling learningRate(Schedule rate) {
    return with(distillation.learningRate(rate));
  }

  /** Whose order of minibatches. */
  public Distilling order(Distillation.Order order) {
    return with(distillation.order(order));
  }

  /** Names all chance. */
  public Distilling seed(long other) {
    return new Distilling(distillation, data, other);
  }

  /** The same plan with other settings. */
  public Distilling with(Distillation other) {
    return new Distilling(other, data, seed);
  }

  /**
   * The students of a run of this very plan in the folder of runs: of one that has finished, of one
   * that was stopped, which goes on, or of a new one.
   */
  public Ensemble once() {
    return Plan.once(this, List.of(), folder -> (Ensemble) PolicyFile.of(folder.result()));
  }

  @Override
  public String toString() {
    return Plan.text(this);
  }

  @Override
  public String explain() {
    long updates = distillation.updates(data.size());
    PopulationMemory memory = distillation.memory(data);
    memory.require("distill");
    return String.format(
        Locale.ROOT,
        "distill '%s' (%,d steps) into %d student%s%n%s%n%s%n%,d updates; students of %,d parameters, %s; %s%n%s",
        data.name(),
        data.size(),
        distillation.members(),
        distillation.members() == 1 ? "" : "s as one population",
        insight(),
        distillation,
        updates,
        memory.parameters(),
        memory,
        memory.isOnGpu() ? "its time on this GPU is not known before" : time(updates),
        "files: runs/NNNN with its spec, data, curve, last two checkpoints and the students");
  }

  /** What decides how well students do where their teacher has not been. */
  private String insight() {
    String together =
        distillation.members() == 1
            ? "one student alone: members(10), whose outputs are averaged, transfer better"
            : "an ensemble, whose outputs are averaged, since it transfers better than one student";
    return String.format(
        Locale.ROOT,
        "%s; all data given, %,d different states: more of them transfer better (arXiv 2505.16581)",
        together,
        data.distinctObservations());
  }

  /** Measured with fewer students where there are very many. */
  private String time(long updates) {
    int measured = Math.min(distillation.members(), MEASURED);
    Cost cost =
        Cost.measure(
            distillation.architecture(),
            data.observations(),
            List.of(Output.of("outputs", data.width())),
            Torso.SHARED,
            measured,
            1,
            distillation.batch(data.size()));
    return cost.time(0, updates * distillation.members() / measured);
  }

  static Plan<?> read(JsonObject spec, Tensors inputs) {
    return new Distilling(
        new Distillation(Settings.of(Distillation.OPTIONS, spec.getAsJsonObject("settings"))),
        Dataset.of(inputs),
        spec.get("seed").getAsLong());
  }

  @Override
  public Job<Ensemble> job() {
    return new Job<>() {
      @Override
      public String kind() {
        return "distill";
      }

      @Override
      public String title() {
        return "%s student%s of %s from %s"
            .formatted(
                distillation.members(),
                distillation.members() == 1 ? "" : "s",
                distillation.architecture(),
                data.name());
      }

      @Override
      public JsonObject spec() {
        JsonObject spec = new JsonObject();
        spec.add("settings", distillation.settings().json());
        spec.addProperty("data", Fingerprint.of(data.tensors()));
        spec.addProperty("seed", seed);
        return spec;
      }

      @Override
      public Tensors inputs() {
        return data.tensors();
      }

      /** The spec names the content of the data. */
      @Override
      public boolean isDetermined() {
        return true;
      }

      @Override
      public String[] columns() {
        return new String[] {"loss", "agreement"};
      }

      @Override
      public long total() {
        return distillation.updates(data.size());
      }

      @Override
      public String unit() {
        return "updates";
      }

      @Override
      public Ensemble execute(Session session) {
        return distillation.run(data, seed, session);
      }

      @Override
      public Tensors keep(Ensemble students) {
        return PolicyFile.tensors(students);
      }
    };
  }
}
