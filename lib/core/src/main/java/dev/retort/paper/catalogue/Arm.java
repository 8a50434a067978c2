package dev.retort.paper.catalogue;

import dev.retort.plan.Curves;
import dev.retort.policy.Policy;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What one loss or loop gave: a run a seed.
 *
 * @param name what tables call it
 * @param policies one a run
 * @param steps environment steps of a run
 * @param queries labels of the teacher that a run was given
 * @param curves of returns while learning, where a run has such
 * @param how what was done, in the words of the language
 * @param seconds that all its runs have worked
 */
record Arm(
    String name,
    List<? extends Policy> policies,
    long steps,
    long queries,
    Optional<Curves> curves,
    String how,
    double seconds) {
  /** How the arms begin that compare losses. */
  static final String TEACHER_ACTS = "teacher acts, minimizing ";

  /** From the curves of a training. */
  static Arm of(String name, Curves curves, long steps, Object how, double seconds) {
    long queries =
        curves.curve().columns().contains("queries")
            ? (long) Arrays.stream(curves.curve().column("queries")).max().orElse(0)
            : 0;
    return new Arm(
        name, curves.policies(), steps, queries, Optional.of(curves), String.valueOf(how), seconds);
  }

  /** Whether it is about who acts, and not about what is compared. */
  boolean isLoop() {
    return !how.startsWith(TEACHER_ACTS);
  }
}
