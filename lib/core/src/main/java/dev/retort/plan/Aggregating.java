package dev.retort.plan;

import com.google.gson.JsonObject;
import dev.retort.dagger.Dagger;
import dev.retort.data.View;
import dev.retort.distill.Distillation;
import dev.retort.distill.Loss;
import dev.retort.distill.Supervised;
import dev.retort.distribution.Distribution;
import dev.retort.env.Env;
import dev.retort.loss.Distance;
import dev.retort.nn.Architecture;
import dev.retort.nn.PopulationMemory;
import dev.retort.option.Given;
import dev.retort.option.Schedule;
import dev.retort.option.Settings;
import dev.retort.option.Traits;
import dev.retort.policy.Ensemble;
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

/**
 * The plan to distill teachers in rounds: students act, a teacher labels what they visit, and they
 * learn from all that there is so far.
 *
 * <pre>{@code
 * Ensemble students =
 *     distill(teacher).on(env).rounds(8).stepsEach(20_000).mixing(new Schedule(1, 0))
 *         .into(mlp(64, 64)).members(10).minimizing(kl()).epochs(10).seed(1).run();
 * }</pre>
 *
 * <p>Several teachers teach one student, each in its own task of a family that deals its tasks out:
 *
 * <pre>{@code
 * Env areas = env("Geomagnetic").train(8).eachTask();
 * Curves teachers = train(td3("Geomagnetic")).on(areas).seeds(8).run();
 * Ensemble student = distill(teachers).on(areas).minimizing(cosine()).rounds(3).run();
 * }</pre>
 *
 * @param dagger how
 * @param teachers who label every state, and act in the first round: one, or one a task
 * @param env where
 * @param seed names all chance
 */
public record Aggregating(Dagger dagger, List<Policy> teachers, Env env, long seed)
    implements Plan<Ensemble> {
  private static final String TEACHERS = "teachers";

  /** Checks that the teachers fit the environment, and that the loss can serve them. */
  public Aggregating {
    teachers = List.copyOf(teachers);
    dagger.require(teachers, env);
  }

  /** The plan at its defaults. */
  static Aggregating of(List<Policy> teachers, Env env) {
    List<Distribution> known = teachers.stream().map(Policy::distribution).toList();
    Distillation usual = Distilling.usual(env.actions(), known);
    return new Aggregating(new Dagger().by(usual), teachers, env, 0);
  }

  /** How often students act, and learn. */
  public Aggregating rounds(int rounds) {
    return with(dagger.rounds(rounds));
  }

  /** Environment steps of each round, and queries of the teacher. */
  public Aggregating stepsEach(int steps) {
    return with(dagger.stepsEach(steps));
  }

  /** Share of steps at which the teacher acts, the same in all rounds after the first. */
  public Aggregating mixing(double share) {
    return mixing(Schedule.constant(share));
  }

  /** Share of steps at which the teacher acts, from the first round to the last. */
  public Aggregating mixing(Schedule share) {
    return with(dagger.mixing(Given.given("distill", "a share such as new Schedule(1, 0)", share)));
  }

  /**
   * How much the rows of each teacher's task count, one number a teacher, such as how often it
   * succeeds; alike unless said.
   */
  public Aggregating weighing(double... weights) {
    return with(dagger.weighing(weights));
  }

  /**
   * Parts of the observation by which the teachers' tasks are distinguished: all of them label
   * every state, and each counts by how likely its task is there. Unless said, a state is labeled
   * by the teacher of the task in which it was visited.
   */
  public Aggregating gatedBy(String... parts) {
    return with(dagger.gatedBy(parts));
  }

  /** Network of each student. */
  public Aggregating into(Architecture network) {
    return by(how().into(network));
  }

  /** What students see of an observation; the teacher sees all of it. */
  public Aggregating seeing(View view) {
    return by(how().seeing(view));
  }

  /** Parts of the observation that students see, by their names. */
  public Aggregating seeing(String... parts) {
    return seeing(
        View.parts(Given.given("distill", "names of parts", parts).toArray(String[]::new)));
  }

  /** Size of the ensemble. */
  public Aggregating members(int members) {
    return by(how().members(members));
  }

  /** How students are compared with their teacher. */
  public Aggregating minimizing(Distance distance) {
    return minimizing(Loss.of(Given.given("distill", "a loss such as kl()", distance)));
  }

  /** What students minimize: how they are compared with their teacher, and any further terms. */
  public Aggregating minimizing(Loss loss) {
    return by(how().minimizing(loss));
  }

  /** How often all data so far is learned from in each round. */
  public Aggregating epochs(int epochs) {
    return by(how().epochs(epochs));
  }

  /** Size of a minibatch. */
  public Aggregating batchSize(int size) {
    return by(how().batchSize(size));
  }

  /** A constant step size of Adam. */
  public Aggregating learningRate(double rate) {
    return learningRate(Schedule.constant(rate));
  }

  /** Step size of Adam over each round. */
  public Aggregating learningRate(Schedule rate) {
    return by(how().learningRate(rate));
  }

  /** Whose order of minibatches. */
  public Aggregating order(Supervised.Order order) {
    return by(how().order(order));
  }

  /** Names all chance. */
  public Aggregating seed(long other) {
    return new Aggregating(dagger, teachers, env, other);
  }

  private Aggregating with(Dagger other) {
    return new Aggregating(other, teachers, env, seed);
  }

  private Distillation how() {
    return dagger.distillation();
  }

  private Aggregating by(Distillation other) {
    return with(dagger.by(other));
  }

  @Override
  public Ensemble once() {
    return Plan.once(this, folder -> (Ensemble) PolicyFile.of(folder.result()));
  }

  @Override
  public List<String> cautions() {
    return teachers.stream()
        .flatMap(teacher -> Fit.cautions(teacher, env).stream())
        .distinct()
        .toList();
  }

  @Override
  public String toString() {
    return Plan.text(this);
  }

  @Override
  public String explain() {
    PopulationMemory memory = dagger.memory(teachers.get(0), env);
    memory.require("distill");
    return String.format(
        Locale.ROOT,
        "distill '%s' on %s into %s in %s%n%,d environment steps and as many queries of the teacher, who acts in the first round, and then at a share of the steps: %s%n%s%n%,d updates; students of %,d parameters, %s; learning: %s%n%s",
        names(),
        env.title(),
        Distilling.students(how().members()),
        rounds(),
        dagger.steps(),
        dagger.mixing(),
        dagger,
        dagger.updates(),
        memory.parameters(),
        memory,
        Cost.learning(
            how(),
            dagger.example(teachers.get(0), env),
            dagger.steps(),
            dagger.updates(),
            1,
            memory.isOnGpu()),
        "files: runs/NNNN with its spec, teacher, curve, last two checkpoints, which hold all data, and the students");
  }

  /** Such as {@code 8 rounds of 20,000 steps}. */
  private String rounds() {
    String each = String.format(Locale.ROOT, "%,d steps", dagger.stepsEach());
    return dagger.rounds() == 1 ? "1 round of " + each : dagger.rounds() + " rounds of " + each;
  }

  /** Such as {@code PPO}, or {@code 8 teachers}. */
  private String names() {
    return teachers.size() == 1 ? teachers.get(0).name() : teachers.size() + " teachers";
  }

  private Traits traits() {
    return Traits.of("minimizing", how().minimizing())
        .and(Traits.ENVIRONMENT, env.title())
        .and("from", names())
        .and(Traits.SEED, seed)
        .and(dagger.settings())
        .and(how().settings());
  }

  static Plan<?> read(JsonObject spec, Tensors inputs, Function<JsonObject, Env> envs) {
    Settings rounds = Settings.of(Dagger.OPTIONS, spec.getAsJsonObject("rounds"));
    Settings each = Settings.of(Distillation.OPTIONS, spec.getAsJsonObject("settings"));
    return new Aggregating(
        new Dagger(rounds, new Distillation(each)),
        spec.has(TEACHERS) ? PolicyFile.population(inputs) : List.of(PolicyFile.of(inputs)),
        envs.apply(spec.getAsJsonObject("environment")),
        spec.get("seed").getAsLong());
  }

  @Override
  public Job<Ensemble> job() {
    return new Work(this);
  }

  /** The computation. */
  private record Work(Aggregating plan) implements Job<Ensemble> {
    @Override
    public String kind() {
      return "dagger";
    }

    @Override
    public String title() {
      return "%s of %s from %s, %s on %s"
          .formatted(
              Distilling.students(plan.how().members()),
              plan.how().into(),
              plan.names(),
              plan.rounds(),
              plan.env.title());
    }

    @Override
    public Traits traits() {
      return plan.traits();
    }

    @Override
    public JsonObject spec() {
      JsonObject spec = new JsonObject();
      spec.add("rounds", plan.dagger.settings().json());
      spec.add("settings", plan.how().settings().json());
      OwnCode.of(plan.how().settings()).write(spec);
      spec.add("environment", EnvText.write(plan.env));
      spec.addProperty("teacher", Fingerprint.of(inputs()));
      if (plan.teachers.size() > 1) {
        spec.addProperty(TEACHERS, plan.teachers.size());
      }
      spec.addProperty("seed", plan.seed);
      return spec;
    }

    @Override
    public Tensors inputs() {
      if (plan.teachers.size() == 1) {
        return Collecting.numbers(plan.teachers.get(0));
      }
      return plan.teachers.stream().allMatch(PolicyFile::isNumbers)
          ? PolicyFile.tensors(plan.teachers)
          : new Tensors().describe(Resumption.CODE, plan.names());
    }

    /** The spec names the content of a teacher of numbers, and the environment as far as it can. */
    @Override
    public Optional<String> undetermined() {
      return Resumption.undetermined(
          List.of(plan.env), plan.teachers.stream(), OwnCode.of(plan.how().settings()));
    }

    @Override
    public String resuming(int run) {
      return Resumption.words(
          run, List.of(plan.env), plan.teachers.stream(), OwnCode.of(plan.how().settings()));
    }

    @Override
    public String[] columns() {
      return Dagger.columns(plan.teachers.size()).toArray(String[]::new);
    }

    @Override
    public long total() {
      return plan.dagger.steps();
    }

    @Override
    public String unit() {
      return "environment steps";
    }

    @Override
    public Ensemble execute(Session session) {
      Ensemble students = plan.dagger.run(plan.teachers, plan.env, plan.seed, session);
      return students.made(students.origin().with(plan.traits()));
    }

    @Override
    public Tensors keep(Ensemble students) {
      return PolicyFile.tensors(students);
    }
  }
}
