package dev.retort.plan;

import com.google.gson.JsonObject;
import dev.retort.RetortException;
import dev.retort.nn.Engine;
import dev.retort.option.Inner;
import dev.retort.option.Traits;
import dev.retort.run.Job;
import dev.retort.run.Reused;
import dev.retort.run.Run;
import dev.retort.run.RunFolder;
import dev.retort.run.RunOptions;
import dev.retort.run.RunState;
import dev.retort.run.Runs;
import dev.retort.store.DamagedFileException;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Something to be done, as an immutable value.
 *
 * @param <R> what it gives
 */
public interface Plan<R> {
  /** Where the facts of a run say which Java it was, whose compiler a shell uses. */
  String JAVA = "java";

  /** The computation; checks everything that can be checked before anything is started. */
  @Inner
  Job<R> job();

  /** What would happen: sizes, updates, memory, files, time. */
  String explain();

  /** What a person should know who carries it out; the notes of its run say it. */
  @Inner
  default List<String> cautions() {
    return List.of();
  }

  /** Starts a run in the background. */
  default Run<R> start() {
    return Runs.start(job(), cautioned(this));
  }

  /** Runs to the end, and gives the result. */
  default R run() {
    return start().await();
  }

  /**
   * Does nothing twice: what a run of this very plan in the folder of runs gives, one that has
   * finished, one that was stopped, which goes on, or a new one.
   */
  R once();

  /** The same, without cards and lines of progress: say it last, before {@code run()}. */
  default Quietly<R> quiet() {
    return new Quietly<>(this);
  }

  /**
   * What a run of this very plan gave: one in the folder of runs that has finished, one that was
   * stopped, which goes on, or a new one.
   *
   * @param read the result of a finished run
   */
  static <R> R once(Plan<R> plan, Function<RunFolder, R> read) {
    Job<R> job = plan.job();
    Optional<String> undetermined = job.undetermined();
    if (undetermined.isPresent()) {
      return Runs.start(job, cautioned(plan).noting("a new run: " + undetermined.get())).await();
    }
    Optional<RunFolder> found = Earlier.find(job);
    if (found.isEmpty()) {
      RunOptions cautioned = cautioned(plan);
      RunOptions options = LostRun.of(job).map(cautioned::noting).orElse(cautioned);
      return Runs.start(job, options).await();
    }
    RunFolder folder = found.get();
    return folder.summary().state() == RunState.FINISHED
        ? again(folder, read)
        : Runs.resume(folder.id(), Resumption.of(job, folder.spec()), options()).await();
  }

  /** The result of a run that has finished before. */
  private static <R> R again(RunFolder run, Function<RunFolder, R> read) {
    R result;
    try {
      result = read.apply(run);
    } catch (DamagedFileException e) {
      throw new RetortException(
          "once: expected what run %s of this very plan gave, got a damaged file. %s Or remove the folder '%s', and once() makes a new run."
              .formatted(run.id(), e.getMessage(), run.path()),
          e);
    }
    Reused.tell(run);
    return result;
  }

  /** The newest run of this very plan, which has finished or can be resumed. */
  @Inner
  default Optional<RunFolder> found() {
    return Earlier.find(job());
  }

  /**
   * The traits of seeds that follow each other.
   *
   * @param made makes traits of the word for one seed, or several, and what they are
   */
  static Traits seeds(long first, int count, BiFunction<String, Object, Traits> made) {
    return count == 1
        ? made.apply(Traits.SEED, first)
        : made.apply("seeds", first + " to " + (first + count - 1));
  }

  /** How a plan prints itself: what it would do, or why it could not. */
  static String text(Plan<?> plan) {
    return text(
        () -> plan.job().kind() + " " + plan.job().title(),
        ", start() does it in the background, explain() says more");
  }

  /** How a plan without a run prints itself. */
  static String text(Supplier<String> words, String more) {
    try {
      return "plan: %s. run() does it%s.".formatted(words.get(), more);
    } catch (RetortException e) {
      return "plan that cannot be carried out: " + e.getMessage();
    }
  }

  /** How a plan prints itself to which something is missing. */
  static String unfinished(String verb, String missing) {
    return "the beginning of a plan to %s; it needs %s.".formatted(verb, missing);
  }

  /** How a new run of a plan is carried: with what a person should know. */
  private static RunOptions cautioned(Plan<?> plan) {
    RunOptions options = options();
    for (String caution : plan.cautions()) {
      options = options.noting(caution);
    }
    return options;
  }

  /** How runs of plans are carried: with the engine's facts written down beside them. */
  static RunOptions options() {
    Engine.awaitReady();
    JsonObject facts = new JsonObject();
    facts.addProperty(JAVA, String.valueOf(Runtime.version().feature()));
    Engine.facts().forEach(facts::addProperty);
    return RunOptions.standard().facts(facts);
  }
}
