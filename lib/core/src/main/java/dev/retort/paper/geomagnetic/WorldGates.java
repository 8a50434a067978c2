package dev.retort.paper.geomagnetic;

import dev.retort.env.geomagnetic.Geomagnetic;
import dev.retort.figure.Figure;
import dev.retort.film.WorldMap;
import dev.retort.paper.Finding;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import java.util.ArrayList;
import java.util.List;

/** Whether the world is what the study supposes: gates, and how far a reading tells a place. */
final class WorldGates implements StudyPart {
  @Override
  public String name() {
    return "world";
  }

  @Override
  public String explain(Scale scale) {
    return "Great circles, Broyden and evolution on the unseen areas; how well a reading tells its place. Seconds.";
  }

  /** The unseen areas of all orders. */
  static List<Geomagnetic> unseen(Scale scale) {
    return Setting.all(scale).stream().map(Setting::unseen).toList();
  }

  /** The gates of the world, which claims stand on. */
  static List<Finding> gates(Scale scale) {
    int each = new Setting(scale, 0).count("missions");
    List<Geomagnetic> worlds = unseen(scale);
    return new NavigationClaims(scale)
        .gates(
            Rivals.oracle(worlds, each),
            Rivals.broyden(worlds, each),
            Rivals.evolution(worlds, each));
  }

  @Override
  public Found run(Scale scale) {
    List<Finding> findings = new ArrayList<>(gates(scale));
    Setting first = new Setting(scale, 0);
    Ambiguity readings = Ambiguity.of(first.source(first.count("teachers of few")));
    findings.addAll(readings.findings());
    List<Figure> figures =
        List.of(
            WorldMap.of(
                "The field of the Earth, and one order of its areas",
                WorldMap.areas("teachers", first.source(first.count("teachers, at most"))),
                WorldMap.areas("validation", first.validation()),
                WorldMap.areas("unseen", first.unseen())));
    return new Found(findings, figures, List.of(), 0);
  }
}
