package dev.retort.dagger;

import dev.retort.RetortException;
import dev.retort.data.Dataset;
import dev.retort.data.End;
import dev.retort.data.Recorder;
import dev.retort.data.Supervision;
import dev.retort.data.View;
import dev.retort.distill.Distillation;
import dev.retort.distill.Loss;
import dev.retort.env.Env;
import dev.retort.loss.Distance;
import dev.retort.nn.PopulationMemory;
import dev.retort.option.Given;
import dev.retort.option.Option;
import dev.retort.option.Schedule;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.option.Type;
import dev.retort.policy.Ensemble;
import dev.retort.policy.Policy;
import dev.retort.random.RandomStream;
import dev.retort.run.Session;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * DAgger, dataset aggregation: rounds in which students act, the teacher labels what they visited,
 * and they learn from all that there is so far. The algorithm is {@link DaggerRounds}.
 *
 * <p>Stéphane Ross, Geoffrey J. Gordon, J. Andrew Bagnell, "A reduction of imitation learning and
 * structured prediction to no-regret online learning", 2011, arXiv 1011.0686.
 *
 * @param settings of the rounds
 * @param distillation how students learn in each of them
 */
public record Dagger(Settings settings, Distillation distillation) {
  /** Columns of the curve, a row a round. */
  public static final List<String> COLUMNS =
      List.of("return", "length", "agreement", "loss", "queries");

  /** The same of several teachers, who may disagree where students are. */
  public static final List<String> COLUMNS_OF_SEVERAL =
      Stream.concat(COLUMNS.stream(), Stream.of("disagreement")).toList();

  /** Refuses shares above 1, and losses that do not ask the teacher. */
  public Dagger {
    Schedule mixing = settings.get(MIXING);
    if (Math.max(mixing.first(), mixing.last()) > 1) {
      throw new RetortException(
          "distill: expected a teacher's share of the steps from 0 to 1 for 'mixing', got %s. Say mixing(new Schedule(1, 0))."
              .formatted(mixing));
    }
    if (clones(distillation.minimizing())) {
      throw new RetortException(
          "distill: expected a loss of what the teacher would do, got %s, by which students who act learn from themselves. Use kl, nll or mse."
              .formatted(distillation.minimizing()));
    }
  }

  private static boolean clones(Loss loss) {
    return loss.behavior()
        .map(Distance::compares)
        .filter(
            compares ->
                compares == Distance.Compares.TAKEN || compares == Distance.Compares.TAKEN_NUMBERS)
        .isPresent();
  }

  /** DAgger at its defaults, by students at theirs. */
  public Dagger() {
    this(OPTIONS.standard(), new Distillation());
  }

  /** How students learn in each round. */
  public Dagger by(Distillation how) {
    return new Dagger(settings, how);
  }

  // spotless:off
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("distill");

  public static final Option<Integer>  ROUNDS     = OPTIONS.whole("rounds", 10).from(1).in("rounds").says("rounds in which students act, and learn");
  public static final Option<Integer>  STEPS_EACH = OPTIONS.whole("steps-each", 2_000).from(1).in("environment steps").says("steps recorded in each round");
  public static final Option<Schedule> MIXING     = OPTIONS.schedule("mixing", 0).says("share β of steps at which the teacher acts, from the first round to the last");

  public static final Option<List<Double>> WEIGHING = OPTIONS.option("weighing", Type.list("alike, or one number a teacher", "alike", Dagger::weight), List.of()).says("how much the rows of each teacher's task count");
  public static final Option<List<String>> GATED_BY = OPTIONS.option("gated-by", Type.list("none, or parts of the observation", "none", word -> word), List.of()).says("parts by which tasks are distinguished where all teachers label a state; none where the one of its task does");

  /** Rounds in which students act, and learn. */
  public Dagger rounds(int rounds) { return new Dagger(settings.with(ROUNDS, rounds), distillation); }
  public int rounds() { return settings.get(ROUNDS); }

  /** Environment steps recorded in each round. */
  public Dagger stepsEach(int steps) { return new Dagger(settings.with(STEPS_EACH, steps), distillation); }
  public int stepsEach() { return settings.get(STEPS_EACH); }

  /** Share β of steps at which the teacher acts, from the first round to the last. */
  public Dagger mixing(Schedule share) { return new Dagger(settings.with(MIXING, share), distillation); }
  public Schedule mixing() { return settings.get(MIXING); }

  /** How much the rows of each teacher's task count, such as how often each succeeds; alike where none is given. */
  public Dagger weighing(double... weights) { return new Dagger(settings.with(WEIGHING, Given.given("distill", "a weight for each teacher", weights)), distillation); }
  public List<Double> weighing() { return settings.get(WEIGHING); }

  /** Parts of the observation that distinguish the teachers' tasks: all label every state, and count by how likely their task is there. */
  public Dagger gatedBy(String... parts) { return new Dagger(settings.with(GATED_BY, Given.given("distill", "names of parts", parts)), distillation); }
  public List<String> gatedBy() { return settings.get(GATED_BY); }
  // spotless:on

  private static Double weight(String word) {
    double weight = Double.parseDouble(word);
    Type.require(weight > 0 && weight < Double.POSITIVE_INFINITY);
    return weight;
  }

  /** β of a round, counted from 0. */
  double mixing(int round) {
    return mixing().at(rounds() == 1 ? 0 : (double) round / (rounds() - 1));
  }

  /**
   * Seed of a round, counted from 0. That of the first is the whole's, so that one round is a
   * collection and a distillation of this seed.
   */
  static long seed(long whole, int round) {
    return round == 0 ? whole : RandomStream.of(whole, "round", round).nextLong();
  }

  /** Labels that so many teachers give for a recorded step. */
  int labels(int teachers) {
    return gatedBy().isEmpty() ? 1 : teachers;
  }

  /** Environment steps recorded in all rounds. */
  public int steps() {
    long steps = (long) rounds() * stepsEach();
    if (steps > Integer.MAX_VALUE) {
      throw new RetortException(
          "distill: expected at most %s environment steps in all rounds, got %s."
              .formatted(Integer.MAX_VALUE, steps));
    }
    return (int) steps;
  }

  /** Updates of the students in all rounds. */
  public long updates() {
    return IntStream.rangeClosed(1, rounds())
        .mapToLong(round -> distillation.updates(round * stepsEach()))
        .sum();
  }

  /** Refuses a teacher that does not fit an environment, and a loss that cannot serve it. */
  public void require(Policy teacher, Env env) {
    require(List.of(teacher), env);
  }

  /**
   * Refuses teachers that do not fit an environment, and a loss that cannot serve them.
   *
   * @param teachers one, or one a task of an environment that deals its tasks out
   */
  public void require(List<Policy> teachers, Env env) {
    Faculty faculty = new Faculty(teachers, env);
    distillation.require(example(teachers.get(0), env));
    if (distillation.centered()) {
      throw new RetortException(
          "distill: expected students that are not centered where they go on from round to round, got centered ones. Say centered(false), or distill from data.");
    }
    if (!weighing().isEmpty() && weighing().size() != faculty.size()) {
      throw new RetortException(
          "distill: expected a weight for each of %s teachers, got %s. Say weighing(..) with as many numbers, or leave it out."
              .formatted(faculty.size(), weighing().size()));
    }
    if (!gatedBy().isEmpty()) {
      View.parts(gatedBy().toArray(String[]::new)).sees(env.observations());
    }
    if (stepsEach() < faculty.size()) {
      throw new RetortException(
          "distill: expected at least one step for each of %s teachers in a round, got %s. Say stepsEach(%s)."
              .formatted(faculty.size(), stepsEach(), 100 * faculty.size()));
    }
    steps();
  }

  /** Columns of the curve with so many teachers, a row a round. */
  public static List<String> columns(int teachers) {
    return teachers == 1 ? COLUMNS : COLUMNS_OF_SEVERAL;
  }

  /** What the students of the last round take while they learn. */
  public PopulationMemory memory(Policy teacher, Env env) {
    return distillation.memory(example(teacher, env), steps(), 1);
  }

  /** One row of the kind that students learn from: enough to see what there is to learn. */
  public Dataset example(Policy teacher, Env env) {
    Supervision labels = Supervision.of(teacher, distillation.minimizing().outputs());
    Recorder recorder = new Recorder(env, labels);
    RandomStream random = RandomStream.of(0, "example");
    float[] seen = new float[env.observations().size()];
    float[] done = new float[env.actions().size()];
    env.observations().sample(random, seen, 0);
    env.actions().sample(random, done, 0);
    recorder.step(seen, 0, done, 0, 0, new float[labels.width()], 0);
    recorder.end(seen, 0, End.COLLECTION);
    return recorder.dataset(env.name());
  }

  /** Carries the rounds out with one teacher. */
  public Ensemble run(Policy teacher, Env env, long seed, Session session) {
    return run(List.of(teacher), env, seed, session);
  }

  /**
   * Carries the rounds out.
   *
   * @param teachers who label every state, and act in the first round: one everywhere, or one in
   *     each task, in the order of the tasks
   * @param env where
   * @param seed names all chance
   * @param session its curve has the {@link #columns}: mean return and length of the episodes that
   *     the round's behavior ended (NaN where it ended none); the share of the visited states at
   *     which students, before they learned of them, preferred what the teacher does (NaN in the
   *     first round, and for continuous actions); the mean loss of students over the last epoch;
   *     the queries of the teachers so far; and of several teachers their {@link Disagreement} in
   *     states that were visited
   */
  public Ensemble run(List<Policy> teachers, Env env, long seed, Session session) {
    require(teachers, env);
    return new DaggerRounds(this, new Faculty(teachers, env), seed).run(session);
  }

  @Override
  public String toString() {
    return settings + ", " + distillation;
  }
}
