package dev.retort.paper;

import dev.retort.UnknownNameException;
import java.util.List;

/** An experiment that can be done again. */
public interface Study {
  /** How it is typed. */
  String name();

  /** What it is about, in one line. */
  String title();

  /** What would be done, and how long that takes about. */
  String explain(Scale scale, Parts parts);

  /** Does it. */
  Findings run(Scale scale, Parts parts);

  /** All studies. */
  static List<Study> all() {
    return List.of(new Benchmarks(), new Ensembles(), new ValueInitialization());
  }

  /** The study of that name, upper and lower case alike. */
  static Study of(String name) {
    return all().stream()
        .filter(study -> study.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UnknownNameException("study", name, all().stream().map(Study::name).toList()));
  }
}
