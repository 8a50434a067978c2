package dev.retort.paper;

import dev.retort.figure.Figure;
import dev.retort.plan.Plan;
import dev.retort.run.Job;
import dev.retort.run.Session;
import java.util.ArrayList;
import java.util.List;

/** A part of a study that can be done alone: a table, or a figure. */
public interface StudyPart {
  /** How it is called, and how it is chosen. */
  String name();

  /** What would be done, and how long that takes about. */
  String explain(Scale scale);

  /** Does it. */
  Found run(Scale scale);

  /**
   * What a part found.
   *
   * @param findings its numbers
   * @param figures its pictures
   * @param notes what a reader has to know of them
   * @param seconds how long its runs have worked
   * @param artifacts what it leaves beside them
   */
  record Found(
      List<Finding> findings,
      List<Figure> figures,
      List<String> notes,
      double seconds,
      List<Artifact> artifacts) {
    /** What a part found that leaves numbers and pictures alone. */
    public Found(List<Finding> findings, List<Figure> figures, List<String> notes, double seconds) {
      this(findings, figures, notes, seconds, List.of());
    }

    /** What several found, one behind the other. */
    public static Found all(List<Found> each) {
      return new Found(
          each.stream().flatMap(it -> it.findings.stream()).toList(),
          each.stream().flatMap(it -> it.figures.stream()).toList(),
          each.stream().flatMap(it -> it.notes.stream()).toList(),
          each.stream().mapToDouble(Found::seconds).sum(),
          each.stream().flatMap(it -> it.artifacts.stream()).toList());
    }

    /** The same with something more that a reader has to know. */
    public Found noting(List<String> more) {
      List<String> all = new ArrayList<>(notes);
      all.addAll(more);
      return new Found(findings, figures, all, seconds, artifacts);
    }
  }

  /** The result of a plan that leaves no run behind: what is made sooner than it is looked for. */
  static <R> R inPassing(Plan<R> plan) {
    Job<R> job = plan.job();
    return job.execute(Session.unwatched(job.columns()));
  }

  /** How long the run of a plan has worked. */
  static double seconds(Plan<?> plan) {
    return plan.found().orElseThrow().summary().seconds();
  }
}
