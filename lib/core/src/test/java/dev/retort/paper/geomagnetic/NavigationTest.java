package dev.retort.paper.geomagnetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.retort.env.geomagnetic.Geomagnetic;
import dev.retort.figure.Trace;
import dev.retort.film.WorldMap;
import dev.retort.paper.Finding;
import dev.retort.paper.Findings;
import dev.retort.paper.Scale;
import dev.retort.paper.WholeStudy;
import dev.retort.run.OwnRuns;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class NavigationTest implements OwnRuns {
  @Test
  void noAreaIsTaughtChosenByAndFlownOverInTheSameOrder() {
    for (Setting setting : Setting.all(Scale.CPU)) {
      Set<String> all = new TreeSet<>();
      for (Geomagnetic part : List.of(setting.source(32), setting.validation(), setting.unseen())) {
        for (int area = 0; area < part.contexts(); area++) {
          all.add(part.area(area));
        }
      }
      assertThat(all).as("split %s", setting.split()).hasSize(72);
    }
    assertThat(Setting.all(Scale.CPU)).hasSize(3);
    assertThat(new Setting(Scale.CPU, 0).unseen().area(0))
        .isNotEqualTo(new Setting(Scale.CPU, 1).unseen().area(0));
  }

  @Test
  void theTeachersOfFewAreasAreThoseOfManyAndStudentsHaveAsManyUpdatesOfAnyNumber() {
    Setting setting = new Setting(Scale.CPU, 0);
    assertThat(setting.schooling(8)).hasSize(1).isEqualTo(setting.schooling(32).subList(0, 1));
    assertThat(setting.source(1).area(0)).isEqualTo(setting.source(32).area(0));
    assertThat(setting.learner().seeing().toString()).isEqualTo("parts:goal,field,move");
    assertThat(setting.learner().shaping()).isEqualTo(Navigation.FIXED.number("shaping"));
    assertThat(setting.learner().networkBonus())
        .isEqualTo(Navigation.FIXED.number("network bonus"));
    assertThat(setting.learner().bonusUntil()).isEqualTo(Navigation.FIXED.number("bonus until"));
  }

  @Test
  void readingsOfAnAreaHaveTwinsAndATestOfArrivalOfTheirOwn() {
    Ambiguity readings = Ambiguity.of(new Setting(Scale.CPU, 0).source(8));
    assertThat(readings.thresholds()).hasSize(8);
    for (double threshold : readings.thresholds()) {
      assertThat(threshold).isBetween(0.03, 0.4);
    }
    assertThat(Setting.mean(readings.twins())).isBetween(0.02, 0.8);
  }

  @Test
  void theWayOfTheOracleLeadsFromTheStartToTheGoalByMovesOfFiftyKilometers() {
    Geomagnetic seen = new Setting(Scale.CPU, 0).unseen().with("bearing", 1);
    Trace way = WorldMap.way("oracle", Rivals.oracle(seen), seen, 0, 3);
    Trace goal = WorldMap.goal(seen, 0, 3);
    int last = way.x().size() - 1;
    double north = (goal.y().get(0) - way.y().get(last)) * 111.2;
    double middle = (goal.x().get(0) + goal.x().get(12)) / 2;
    double east =
        (middle - way.x().get(last)) * 111.2 * Math.cos(Math.toRadians(way.y().get(last)));
    assertThat(Math.hypot(north, east)).isLessThan(61);
    for (int i = 1; i <= last; i++) {
      double up = (way.y().get(i) - way.y().get(i - 1)) * 111.2;
      double latitude = Math.toRadians((way.y().get(i) + way.y().get(i - 1)) / 2);
      double across = (way.x().get(i) - way.x().get(i - 1)) * 111.2 * Math.cos(latitude);
      assertThat(Math.hypot(up, across)).isCloseTo(50, within(0.5));
    }
  }

  @Tag("once")
  @Test
  void theWholeStudyGoesThroughAtUnitSizeAndIsFoundAgain() {
    Findings found = WholeStudy.goneThrough("geomagnetic", "students");
    assertThat(found.findings())
        .extracting(Finding::name)
        .contains(
            "gate: Broyden succeeds",
            "(b) teachers elsewhere: success",
            "unseen areas, running Jacobian, success",
            "unseen areas, last move, teachers by a gate, path efficiency",
            "unseen areas, best single teacher, direct",
            "(d) success by the number of teachers",
            "noise 100 nT, Broyden, success",
            "(f) end, counts of cells",
            "(f′) students by the shaping of their teachers",
            "(g) a teacher of few steps over evolution");
  }
}
