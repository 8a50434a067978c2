package dev.retort.paper;

import dev.retort.option.Given;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.option.Type;
import dev.retort.run.Quiet;
import dev.retort.run.Reused;
import java.nio.file.Path;
import java.util.List;

/**
 * The plan to do a study again.
 *
 * <pre>{@code
 * Findings found = reproduce("benchmarks").preset("unit").run();
 * }</pre>
 *
 * @param settings how large, and which parts
 * @param study which
 */
public record Reproduction(Settings settings, Study study) {
  private static final String ALL = "all";
  private static final Type<List<String>> PARTS =
      new Type<>(
          "all, or words of the parts' names such as Acrobot,Pendulum or MountainCar+DQN, or a whole name",
          text ->
              text.trim().equals(ALL)
                  ? List.of()
                  : List.of(text.trim().split(",(?!\\s)", -1)), // a name may have ", "
          words -> words.isEmpty() ? ALL : String.join(",", words),
          List.of(ALL));

  // spotless:off
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("reproduce");

  static final Option<Scale>        PRESET = OPTIONS.choice("preset", Scale.UNIT).says("how large: unit takes seconds and is not judged, cpu wants no GPU, gpu is the full size");
  static final Option<List<String>> ONLY   = OPTIONS.option("only", PARTS, List.of()).says("which parts are done");
  static final Option<String>       KEEPING = OPTIONS.option("keeping", Type.text("a folder"), "").says("where each part's findings are kept as it ends, so that the study goes on elsewhere; none if empty");
  // spotless:on

  /** A whole study at unit size. */
  public static Reproduction of(String study) {
    return new Reproduction(OPTIONS.standard(), Study.of(study));
  }

  /** How large: {@code unit}, {@code cpu} or {@code gpu}. */
  public Reproduction preset(String size) {
    return new Reproduction(settings.parse(PRESET.name(), size), study);
  }

  /** Any option by its name. */
  public Reproduction set(String option, String value) {
    return new Reproduction(settings.parse(option, value), study);
  }

  /** Only the parts whose names contain one of these words. */
  public Reproduction only(String... words) {
    return new Reproduction(
        settings.with(ONLY, Given.given("reproduce", "words of the parts' names", words)), study);
  }

  /**
   * With the findings of each part kept in a folder as it ends. A part whose findings are there, by
   * the same registration and at the same size, is not done again: a study that is longer than a
   * machine is at hand goes on from that folder on the next one.
   */
  public Reproduction keeping(Path folder) {
    return new Reproduction(
        settings.with(KEEPING, Given.given("reproduce", "a folder", folder).toString()), study);
  }

  /** What would happen. */
  public String explain() {
    return study.explain(settings.get(PRESET), new Parts(settings.get(ONLY)));
  }

  /**
   * Does it; trainings that have been done before are found again in the folder of runs, and those
   * that were stopped go on.
   */
  public Findings run() {
    String folder = settings.get(KEEPING);
    KeptParts kept = folder.isEmpty() ? KeptParts.NONE : KeptParts.in(Path.of(folder));
    return Reused.tellingOnce(
        () -> study.run(settings.get(PRESET), new Parts(settings.get(ONLY)), kept));
  }

  /** What it would do, and how it is done. */
  @Override
  public String toString() {
    List<String> parts = settings.get(ONLY);
    return "plan: reproduce %s at %s size%s. run() does it, explain() says more."
        .formatted(
            study.name(),
            settings.get(PRESET),
            parts.isEmpty() ? "" : ", only " + String.join(", ", parts));
  }

  /** The same without cards and lines of progress. */
  public Quietly quiet() {
    return new Quietly(this);
  }

  /**
   * A study that is done without cards and lines of progress: only what it finds shows itself.
   *
   * @param plan what is done
   */
  public record Quietly(Reproduction plan) {
    /** What would happen. */
    public String explain() {
      return plan.explain();
    }

    /** Does it. */
    public Findings run() {
      return Quiet.during(plan::run);
    }

    @Override
    public String toString() {
      return plan.toString();
    }
  }
}
