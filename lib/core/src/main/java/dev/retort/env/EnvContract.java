package dev.retort.env;

import java.util.List;

/**
 * What came out when an environment was asked to keep its word.
 *
 * <p>Anyone's environment can be checked: spaces and sizes, that every number is written and finite
 * and inside its space, that nothing is decided outside of state, action and stream, that what must
 * not be changed is not, that contexts and splits are what they say, and that drawing does no harm.
 *
 * <pre>{@code
 * EnvContract report = EnvContract.check(new Corridor(5), 0);
 * report.ok();
 * }</pre>
 *
 * @param environment the environment's name
 * @param seed what the episodes were drawn from
 * @param episodes how many were played
 * @param steps how many steps they took
 * @param findings the breaches, each kind once, in the order in which they were met
 */
public record EnvContract(
    String environment, long seed, int episodes, long steps, List<Finding> findings) {
  private static final int LINES = 12;
  private static final int COLUMNS = 80;

  /** Keeps the findings as they are. */
  public EnvContract {
    findings = List.copyOf(findings);
  }

  /**
   * One breach, at the place where it was first met.
   *
   * @param what what was being done: {@code reset}, {@code step}, {@code observe}, {@code replay} …
   * @param step at which step of its episode, 0 for the beginning, {@link #NO_STEP} for none
   * @param quantity what was looked at, such as {@code state[2]}
   * @param expected what it was expected to do or to be
   * @param got what came instead
   */
  public record Finding(String what, int step, String quantity, String expected, String got) {
    /** Stands where there is no episode. */
    public static final int NO_STEP = -1;

    @Override
    public String toString() {
      return "%s%s: expected %s %s, got %s"
          .formatted(what, step == NO_STEP ? "" : " at step " + step, quantity, expected, got);
    }
  }

  /**
   * Plays an environment and looks at everything that it does.
   *
   * @param env what to check
   * @param seed what to draw episodes from; another seed plays others
   */
  public static EnvContract check(Env env, long seed) {
    return new EnvInspection(env, seed).inspect();
  }

  /** Whether there is no finding. */
  public boolean ok() {
    return findings.isEmpty();
  }

  @Override
  public String toString() {
    String played =
        " (%s episode%s, %s step%s)"
            .formatted(episodes, episodes == 1 ? "" : "s", steps, steps == 1 ? "" : "s");
    if (ok()) {
      return environment + " keeps the contract" + played;
    }
    StringBuilder text = new StringBuilder(environment);
    text.append(" breaks the contract in ").append(findings.size());
    text.append(findings.size() == 1 ? " way" : " ways").append(played);
    int shown = findings.size() <= LINES - 1 ? findings.size() : LINES - 2;
    for (Finding finding : findings.subList(0, shown)) {
      text.append('\n').append(cut("  " + finding));
    }
    if (shown < findings.size()) {
      text.append("\n  and ").append(findings.size() - shown).append(" more");
    }
    return text.toString();
  }

  private static String cut(String line) {
    return line.length() <= COLUMNS ? line : line.substring(0, COLUMNS - 1) + "…";
  }
}
