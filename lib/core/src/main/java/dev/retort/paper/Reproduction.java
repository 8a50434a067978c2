package dev.retort.paper;

import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.option.Type;

/**
 * The plan to do a study again.
 *
 * <pre>{@code
 * Findings found = reproduce("benchmarks").preset("unit").run();
 * }</pre>
 *
 * @param settings how large
 * @param study which
 */
public record Reproduction(Settings settings, Study study) {
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("reproduce");

  static final Option<Scale> PRESET =
      OPTIONS.option(
          "preset",
          Type.choice(Scale.class),
          Scale.UNIT,
          "",
          "how large: unit takes seconds and is not judged, cpu wants no GPU, gpu is the full size");

  /** A study at unit size. */
  public static Reproduction of(String study) {
    return new Reproduction(OPTIONS.standard(), Study.of(study));
  }

  /** How large: {@code unit}, {@code cpu} or {@code gpu}. */
  public Reproduction preset(String size) {
    return new Reproduction(settings.parse(PRESET.name(), size), study);
  }

  /** What would happen. */
  public String explain() {
    return study.explain(settings.get(PRESET));
  }

  /**
   * Does it; trainings that have been done before are found again in the folder of runs, and those
   * that were stopped go on.
   */
  public Findings run() {
    return study.run(settings.get(PRESET));
  }
}
