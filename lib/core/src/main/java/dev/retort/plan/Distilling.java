package dev.retort.plan;

import com.google.gson.JsonObject;
import dev.retort.RetortException;
import dev.retort.data.Dataset;
import dev.retort.data.View;
import dev.retort.distill.Distillation;
import dev.retort.distill.Loss;
import dev.retort.distill.Supervised;
import dev.retort.distribution.Distribution;
import dev.retort.distribution.Point;
import dev.retort.env.Definition;
import dev.retort.env.Env;
import dev.retort.loss.Distance;
import dev.retort.loss.Mse;
import dev.retort.loss.Nll;
import dev.retort.nn.Architecture;
import dev.retort.nn.PopulationMemory;
import dev.retort.option.Given;
import dev.retort.option.Schedule;
import dev.retort.option.Settings;
import dev.retort.option.Traits;
import dev.retort.policy.Ensemble;
import dev.retort.policy.Policy;
import dev.retort.policy.PolicyFile;
import dev.retort.run.Job;
import dev.retort.run.Session;
import dev.retort.space.Discrete;
import dev.retort.space.Space;
import dev.retort.store.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The plan to distill a teacher into an ensemble of students.
 *
 * <pre>{@code
 * Ensemble students =
 *     distill(teacher).from(data).into(mlp(16, 16)).members(10)
 *         .minimizing(kl().temperature(0.5)).epochs(30).batchSize(256).seed(2).run();
 * }</pre>
 *
 * <p>{@code .seeds(5)} in the end makes it five ensembles that are independent runs.
 *
 * @param distillation how
 * @param teachers who says what to do at every step, once the plan runs; none where the data says
 * @param data what students learn from
 * @param seed names all chance
 */
public record Distilling(Distillation distillation, List<Policy> teachers, Dataset data, long seed)
    implements Plan<Ensemble> {
  /** Where the spec of a population says how many there are. */
  static final String SEEDS = "seeds";

  /**
   * Checks that the loss can serve the data. Where nobody has said what to do in it, that waits
   * until the plan runs or explains itself: a loss that compares what was done may yet be said.
   */
  public Distilling {
    teachers = List.copyOf(teachers);
    if (!teachers.isEmpty() || !data.teachers().isEmpty()) {
      distillation.require(labeled(teachers, first(data), distillation.minimizing()));
    }
  }

  /**
   * The plan at its defaults: an ensemble, by the divergence from the teacher; by the squared
   * distance where actions are continuous, and by likelihood where a teacher only names a choice.
   */
  public static Distilling of(List<Policy> teachers, Dataset data) {
    List<Distribution> known = new ArrayList<>();
    teachers.forEach(teacher -> known.add(teacher.distribution()));
    data.teachers().forEach(whose -> known.add(data.teacher(whose)));
    return new Distilling(usual(data.actions(), known), teachers, data, 0);
  }

  /**
   * How students learn where nothing is said: by the loss that serves such actions and teachers.
   */
  static Distillation usual(Space actions, List<Distribution> teachers) {
    Distillation usual = new Distillation();
    if (!(actions instanceof Discrete)) {
      return usual.minimizing(Loss.of(new Mse()));
    }
    boolean namesOne = teachers.stream().anyMatch(Point.class::isInstance);
    return namesOne ? usual.minimizing(Loss.of(new Nll())) : usual;
  }

  /** The first episode: enough to see what there is to learn from. */
  private static Dataset first(Dataset data) {
    return data.episodes() == 1 ? data : data.where(episode -> episode.index() == 0);
  }

  /** The first episode with what the teachers say of it. */
  private Dataset example() {
    Dataset example = labeled(teachers, first(data), distillation.minimizing());
    distillation.require(example);
    return example;
  }

  /** Data with what teachers say of it, in columns of the first, the second, and so on. */
  private static Dataset labeled(List<Policy> teachers, Dataset data, Loss loss) {
    Dataset labeled = data;
    for (int i = 0; i < teachers.size(); i++) {
      String whose = i == 0 ? Dataset.TEACHER : Dataset.TEACHER + (i + 1);
      labeled = labeled.labeledBy(whose, teachers.get(i), loss.outputs());
    }
    return labeled;
  }

  private Dataset labeled() {
    Dataset labeled = labeled(teachers, data, distillation.minimizing());
    distillation.require(labeled);
    return labeled;
  }

  /** What {@code distill(..)} gives: it still needs data, or where students shall act for it. */
  public record Of(List<Policy> teachers) {
    /** One teacher, or several, each of whom counts alike. */
    public Of {
      teachers = List.copyOf(teachers);
    }

    /**
     * What students learn from; the teachers' outputs at its states replace those that were
     * recorded.
     */
    public Distilling from(Dataset first, Dataset... more) {
      Dataset all = Given.given("distill", "a dataset", first).unlabeled();
      for (Dataset other : more) {
        all = all.and(Given.given("distill", "a dataset", other).unlabeled());
      }
      return Distilling.of(teachers, all);
    }

    /** Where students act, round by round, and the teacher labels what they visit. */
    public Aggregating on(Env env) {
      return Aggregating.of(teachers, Definition.given("distill", env));
    }

    @Override
    public String toString() {
      return Plan.unfinished(
          "distill " + String.join(" and ", teachers.stream().map(Policy::name).toList()),
          ".from(data) or .on(env)");
    }
  }

  // spotless:off
  /** Network of each student. */
  public Distilling into(Architecture network) { return with(distillation.into(network)); }

  /** What students see of an observation, such as {@code View.parts("position", "goal")}. */
  public Distilling seeing(View view) { return with(distillation.seeing(view)); }

  /** Parts of the observation that students see, by their names. */
  public Distilling seeing(String... parts) { return seeing(View.parts(Given.given("distill", "names of parts", parts).toArray(String[]::new))); }

  /** Size of the ensemble, in students. */
  public Distilling members(int members) { return with(distillation.members(members)); }

  /** Distance of a student from its teacher. */
  public Distilling minimizing(Distance distance) {
    return minimizing(Loss.of(Given.given("distill", "a loss such as kl()", distance)));
  }

  /** Loss of a student against its teacher: how they are compared, and any further terms. */
  public Distilling minimizing(Loss loss) { return with(distillation.minimizing(loss)); }

  /** Passes over the dataset. */
  public Distilling epochs(int epochs) { return with(distillation.epochs(epochs)); }

  /** Size of a minibatch, in steps. */
  public Distilling batchSize(int size) { return with(distillation.batchSize(size)); }

  /** Step size of Adam, constant or over training. */
  public Distilling learningRate(Schedule rate) { return with(distillation.learningRate(rate)); }
  public Distilling learningRate(double rate) { return with(distillation.learningRate(rate)); }

  /** Whose order of minibatches. */
  public Distilling order(Supervised.Order order) { return with(distillation.order(order)); }

  /** Whether students, perceptrons, subtract what they gave before they learned. */
  public Distilling centered(boolean centered) { return with(distillation.centered(centered)); }
  // spotless:on

  /** Seed, which names all chance. */
  public Distilling seed(long other) {
    return new Distilling(distillation, teachers, data, other);
  }

  /**
   * The plan to distill several times, as one population of students: by this plan's seed and those
   * that follow it.
   */
  public Population seeds(int count) {
    return new Population(this, count);
  }

  /** The same plan with other settings. */
  public Distilling with(Distillation other) {
    return new Distilling(other, teachers, data, seed);
  }

  @Override
  public Ensemble once() {
    return Plan.once(this, folder -> (Ensemble) PolicyFile.of(folder.result()));
  }

  @Override
  public String toString() {
    return Plan.text(this);
  }

  @Override
  public String explain() {
    return explain(1);
  }

  private String explain(int count) {
    long updates = distillation.updates(data.size());
    PopulationMemory memory = distillation.memory(example(), data.size(), count);
    memory.require("distill");
    return String.format(
        Locale.ROOT,
        "distill '%s' (%,d steps) into %s%s%n%s%n%s%n%,d updates; students of %,d parameters, %s; %s%n%s",
        data.name(),
        data.size(),
        together(count),
        distillation.members() * count == 1 ? "" : " as one population",
        insight(),
        distillation,
        updates,
        memory.parameters(),
        memory,
        Cost.learning(distillation, example(), data.size(), updates, count, memory.isOnGpu()),
        "files: runs/NNNN with its spec, data, curve, last two checkpoints and the students");
  }

  /** What tells the ensemble of one seed from others. */
  private Traits traits(String name, Object value) {
    return Traits.of("minimizing", distillation.minimizing())
        .and(name, value)
        .and(distillation.settings())
        .and("data", data.name());
  }

  /** Such as {@code 10 students}, or {@code 5 ensembles of 10 students}. */
  private String together(int count) {
    int members = distillation.members();
    String each = students(members);
    if (count == 1) {
      return each;
    }
    return members == 1 ? count + " students of a seed each" : count + " ensembles of " + each;
  }

  /** Such as {@code 10 students}. */
  static String students(int members) {
    return members == 1 ? "1 student" : members + " students";
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

  /**
   * The plan to distill several times, as one population of students.
   *
   * @param first of the first seed
   * @param count how many seeds, one an ensemble
   */
  public record Population(Distilling first, int count) implements Plan<Cohort> {
    /** Refuses an empty population. */
    public Population {
      if (count < 1) {
        throw new RetortException("distill: expected at least 1 seed, got " + count + ".");
      }
    }

    @Override
    public Cohort once() {
      return Plan.once(this, Cohort::of);
    }

    @Override
    public String explain() {
      return first.explain(count);
    }

    @Override
    public Job<Cohort> job() {
      return new Work<>(
          first,
          first.labeled(),
          OptionalInt.of(count),
          cohort -> cohort,
          cohort -> PolicyFile.tensors(cohort.policies()));
    }

    @Override
    public String toString() {
      return Plan.text(this);
    }
  }

  static Plan<?> read(JsonObject spec, Tensors inputs) {
    Distilling first =
        new Distilling(
            new Distillation(Settings.of(Distillation.OPTIONS, spec.getAsJsonObject("settings"))),
            List.of(),
            Dataset.of(inputs),
            spec.get("seed").getAsLong());
    return spec.has(SEEDS) ? first.seeds(spec.get(SEEDS).getAsInt()) : first;
  }

  @Override
  public Job<Ensemble> job() {
    return new Work<>(
        this, labeled(), OptionalInt.empty(), cohort -> cohort.policy(0), PolicyFile::tensors);
  }

  /**
   * The computation.
   *
   * @param plan of the first seed
   * @param data its data with what the teachers say of it
   * @param seeds how many there are; empty where the plan gives an ensemble, and no cohort
   */
  private record Work<R>(
      Distilling plan,
      Dataset data,
      OptionalInt seeds,
      Function<Cohort, R> result,
      Function<R, Tensors> files)
      implements Job<R> {
    @Override
    public String kind() {
      return "distill";
    }

    @Override
    public String title() {
      return "%s of %s from %s"
          .formatted(plan.together(seeds.orElse(1)), plan.distillation.into(), plan.data.name());
    }

    @Override
    public Traits traits() {
      return Plan.seeds(plan.seed, seeds.orElse(1), plan::traits);
    }

    @Override
    public JsonObject spec() {
      JsonObject spec = new JsonObject();
      spec.add("settings", plan.distillation.settings().json());
      OwnCode.of(plan.distillation.settings()).write(spec);
      spec.addProperty("data", Fingerprint.of(data.tensors()));
      spec.addProperty("seed", plan.seed);
      seeds.ifPresent(count -> spec.addProperty(SEEDS, count));
      return spec;
    }

    @Override
    public Tensors inputs() {
      return data.tensors();
    }

    /** The spec names the content of the data, and the loss as far as it can be told. */
    @Override
    public Optional<String> undetermined() {
      return OwnCode.of(plan.distillation.settings()).unknown();
    }

    @Override
    public String resuming(int run) {
      OwnCode own = OwnCode.of(plan.distillation.settings());
      return Resumption.words(run, List.of(), Stream.empty(), own);
    }

    @Override
    public String[] columns() {
      return new String[] {"loss", "agreement"};
    }

    @Override
    public long total() {
      return plan.distillation.updates(plan.data.size());
    }

    @Override
    public String unit() {
      return "updates";
    }

    @Override
    public R execute(Session session) {
      long[] all = LongStream.range(plan.seed, plan.seed + seeds.orElse(1)).toArray();
      List<Ensemble> ensembles = new ArrayList<>();
      for (Ensemble ensemble : plan.distillation.run(data, all, session)) {
        Traits traits = plan.traits(Traits.SEED, plan.seed + ensembles.size());
        ensembles.add(ensemble.made(ensemble.origin().with(traits)));
      }
      return result.apply(new Cohort(title(), session.curve(), ensembles));
    }

    @Override
    public Tensors keep(R kept) {
      return files.apply(kept);
    }
  }
}
