package dev.retort.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.InEveryLocale;
import dev.retort.Retort;
import dev.retort.RetortException;
import dev.retort.env.Environments;
import dev.retort.evaluate.Comparison;
import dev.retort.evaluate.Metric;
import dev.retort.figure.Lines;
import dev.retort.policy.Policy;
import dev.retort.policy.Scripted;
import dev.retort.run.Curve;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

@InEveryLocale
class ComparingTest {
  /** Two members whose episodes all last and return the same. */
  private static Curves curves(int length, double result, int until) {
    Curve curve = new Curve("return", "length", "episodes");
    for (int step = length; step <= until; step += length) {
      curve.add(step, 0, result, length, 1);
      curve.add(step, 1, result + 1, length, 1);
    }
    Policy nobody =
        Scripted.of("nobody", Environments.get("CartPole"), (seen, action) -> action[0] = 0);
    return new Curves("curves", curve, Collections.nCopies(2, nobody));
  }

  @Test
  void trainingsThatEndWithinAnEpisodeOfEachOtherAreComparedOverTheSameSteps() {
    var found = Comparing.of("short", curves(30, 5, 1_000)).and("long", curves(70, 9, 1_000)).run();
    assertThat(found.table().doubleColumn("IQM").asDoubleArray()).containsExactly(5.5, 9.5);
    assertThatThrownBy(
            () -> Comparing.of("half", curves(30, 5, 500)).and("all", curves(30, 5, 1_000)).run())
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("Train both equally long");
  }

  @Test
  void studentsAreNotComparedByHowTheyLearnedButByWhatTheyPlay() {
    Peers students = new Cohort("students", new Curve("loss", "agreement"), List.of());
    String words =
        "compare: expected curves of returns in 'mine', got a cohort, whose students play nothing while they learn. Play them: compare(evaluate(cohort).on(env).run()).";
    assertThatThrownBy(() -> Retort.compare("mine", students)).hasMessage(words);
    Peers learned = curves(30, 5, 300);
    assertThatThrownBy(() -> Retort.compare("first", learned).and("mine", students))
        .isInstanceOf(RetortException.class)
        .hasMessage(words);
    assertThat(Retort.compare("first", learned).and("second", learned).run().rows()).hasSize(2);
  }

  @Test
  void episodesAreComparedOneByOne() {
    Comparing plan =
        Comparing.of("short", curves(30, 5, 300))
            .and("long", curves(70, 9, 1_000))
            .overEpisodes(8)
            .by(Metric.jumpStart(3));
    assertThat(plan.run().table().doubleColumn("IQM").asDoubleArray()).containsExactly(5.5, 9.5);
    assertThatThrownBy(() -> plan.overEpisodes(0)).isInstanceOf(RetortException.class);
    assertThatThrownBy(() -> plan.overEpisodes(12).run())
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "compare: expected at least 12 episodes of every run of 'short', got 10. Take overEpisodes(10), or train longer.");
    assertThatThrownBy(() -> plan.by(Metric.jumpStart(9)).run())
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("at least 9 recorded returns in every run, got 8");
  }

  @Test
  void overEpisodesItIsSaidHowManyEnvironmentStepsTheyTook() {
    Comparing plan =
        Comparing.of("short", curves(30, 5, 300)).and("long", curves(70, 9, 1_000)).overEpisodes(8);
    Comparison first = plan.by(Metric.jumpStart(3)).run();
    assertThat(first.table().doubleColumn("environment steps").asDoubleArray())
        .containsExactly(3 * 30, 3 * 70);
    assertThat(first.toString().lines())
        .hasSizeLessThanOrEqualTo(12)
        .contains("These episodes took environment steps: short 90, long 210.");
    assertThat(plan.by(Metric.areaUnderCurve()).run().rows().get(1).steps()).hasValue(8 * 70);
    Curve uneven = new Curve("return", "length", "episodes");
    uneven.add(10, 0, 1, 10, 1);
    uneven.add(20, 1, 1, 20, 1);
    Curves two = new Curves("two", uneven, curves(1, 1, 1).policies());
    assertThat(Comparing.of("two", two).overEpisodes(1).by(Metric.jumpStart(1)).run().rows().get(0))
        .extracting(row -> row.steps().getAsDouble())
        .isEqualTo(15.0);
    Comparison overSteps = Comparing.of("short", curves(30, 5, 300)).run();
    assertThat(overSteps.toString()).doesNotContain("These episodes");
    assertThat(overSteps.table().columnNames()).doesNotContain("environment steps");
  }

  @Test
  void meansOfSeveralEpisodesAreNotCountedAsOne() {
    Curve curve = new Curve("return", "length", "episodes");
    curve.add(50, 0, 20, 5, 10);
    Curves coarse = new Curves("coarse", curve, List.of(curves(10, 1, 10).policy(0)));
    assertThatThrownBy(() -> Comparing.of("coarse", coarse).overEpisodes(5).run())
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "curves 'coarse': expected a record of every episode, got the mean of 10 in one (run 0, step 50). Look at steps: compare(..) without overEpisodes(..).");
  }

  @Test
  void timesOverEpisodesAreEpisodes() {
    Comparison found =
        Comparing.of("short", curves(30, 5, 300)).overEpisodes(8).by(Metric.timeTo(6)).run();
    assertThat(found.label()).isEqualTo("episodes to 6");
    assertThat(((Lines) found.plot()).xLabel()).isEqualTo("episodes");
  }

  @Test
  void populationsOfOneNameAreToldApart() {
    Curves curves = curves(30, 5, 300);
    assertThat(Comparing.of("same", curves).and("same", curves).run().rows())
        .extracting(Comparison.Row::name)
        .containsExactly("same #1", "same #2");
  }

  @Test
  void everyPointOfACurveIsOfAllRuns() {
    Curve curve = new Curve("return", "length", "episodes");
    curve.add(10, 0, 100, 10, 1);
    curve.add(30, 1, 20, 30, 1);
    curve.add(100, 1, 40, 70, 1);
    Policy nobody = curves(10, 1, 10).policy(0);
    Lines lines = (Lines) new Curves("two", curve, List.of(nobody, nobody)).plot();
    List<Double> middle = lines.lines().get(0).y();
    assertThat(middle.subList(0, 29)).containsOnly(Double.NaN);
    assertThat(middle.subList(29, 99)).containsOnly(60.0);
    assertThat(middle.get(99)).isEqualTo(70);
  }
}
