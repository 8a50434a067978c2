package dev.retort.paper.geomagnetic;

import static dev.retort.paper.geomagnetic.Navigation.FIXED;

import dev.retort.env.geomagnetic.Geomagnetic;
import dev.retort.figure.Numbers;
import dev.retort.paper.Finding;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import java.util.ArrayList;
import java.util.List;

/**
 * The same students, and Broyden, where the instrument is better or worse than in their schooling.
 */
final class NoiseTable implements StudyPart {
  private static final List<Sight> SIGHTS =
      List.of(Sight.ABSOLUTE, Sight.MOVE, Sight.WINDOW, Sight.JACOBIAN);

  @Override
  public String name() {
    return "noise";
  }

  @Override
  public String explain(Scale scale) {
    return "Students of %s teachers, evolution and Broyden at noise of %s nT"
        .formatted(FIXED.count("teachers", scale), FIXED.words("noise", scale).replace(" ", ", "));
  }

  @Override
  public Found run(Scale scale) {
    List<Setting> settings = Setting.all(scale);
    int count = settings.get(0).count("teachers");
    int each = settings.get(0).count("missions of a student");
    List<Finding> findings = new ArrayList<>();
    for (double noise : FIXED.numbers("noise", scale)) {
      List<Geomagnetic> worlds =
          WorldGates.unseen(scale).stream().map(world -> world.with("noise", noise)).toList();
      List<Missions> rows = new ArrayList<>();
      for (Sight sight : SIGHTS) {
        String method = sight.toString();
        rows.add(
            Missions.inAll(
                method,
                settings,
                order ->
                    Missions.flown(
                        method,
                        order.students(count, sight).members(),
                        order.unseen().with("noise", noise),
                        each)));
      }
      rows.add(Rivals.evolution(worlds, each));
      rows.add(Rivals.broyden(worlds, each));
      String where = "noise %s nT".formatted(Numbers.of(noise));
      rows.forEach(row -> findings.addAll(row.rows(where)));
    }
    return new Found(findings, List.of(), List.of(), 0);
  }
}
