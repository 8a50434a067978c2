package dev.retort.paper;

import dev.retort.figure.Figure;
import dev.retort.figure.Panels;
import dev.retort.nn.Engine;
import dev.retort.run.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Max Weltevrede, Moritz A. Zanger, Matthijs T. J. Spaan, Wendelin Böhmer, "How Ensembles of
 * Distilled Policies Improve Generalisation in Reinforcement Learning", 2025, arXiv 2505.16581,
 * done again: students of a teacher of Reacher, alone and in ensembles, in rotations and poses that
 * they have not seen.
 *
 * <p>Students are trained once as a population, from which disjoint ensembles are drawn; intervals
 * are over ensembles, not episodes. What was to be reached was fixed before the runs.
 */
final class Ensembles implements Study {
  private static final List<StudyPart> PARTS =
      List.of(new SymmetryTable(), new InvarianceFigure(), new PoseTable(), new FourRoomsTable());

  @Override
  public String name() {
    return "ensembles";
  }

  @Override
  public String title() {
    return "Ensembles of distilled policies";
  }

  @Override
  public String explain(Scale scale, Parts parts) {
    return parts.of(PARTS, StudyPart::name).stream()
        .map(part -> part.name() + "\n\n" + part.explain(scale))
        .collect(Collectors.joining("\n\n"));
  }

  @Override
  public Findings run(Scale scale, Parts parts) {
    List<Finding> findings = new ArrayList<>();
    List<Figure> figures = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    double seconds = 0;
    for (StudyPart part : parts.of(PARTS, StudyPart::name)) {
      StudyPart.Found found = part.run(scale);
      findings.addAll(found.findings());
      figures.addAll(found.figures());
      notes.addAll(found.notes());
      seconds += found.seconds();
    }
    if (!scale.isJudged()) {
      notes.add("Unit size: all is done once, with too few students to be judged.");
    }
    Map<String, String> facts = new TreeMap<>(Machine.facts());
    facts.putAll(Engine.facts());
    return new Findings(
        name(),
        title(),
        scale,
        findings,
        notes,
        facts,
        seconds,
        new Panels("Ensembles of distilled policies", 2, figures));
  }
}
