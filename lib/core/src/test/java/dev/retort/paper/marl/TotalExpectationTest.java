package dev.retort.paper.marl;

import static dev.retort.Retort.kl;
import static dev.retort.Retort.nll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Gate 6: with exact expectations, by the losses with which students learn. */
class TotalExpectationTest {
  @Test
  void aSoftTeacherAskedAtWhatCameTeachesWhatTheDataSay() {
    assertThat(TotalExpectation.difference(kl(), false)).isLessThan(1e-6);
  }

  @Test
  void aSharpenedOneAnArgmaxAndOneAskedAtTheGoalTeachSomethingElse() {
    assertThat(TotalExpectation.difference(kl(0.5), false)).isGreaterThan(0.05);
    assertThat(TotalExpectation.difference(nll(), false)).isGreaterThan(0.05);
    assertThat(TotalExpectation.difference(kl(), true)).isGreaterThan(0.01);
  }

  /** By hand: what is done in (o = 0, R = 1), where the fellow's sight is 0.05 and 0.2 likely. */
  @Test
  void theConditionalIsTheMeanOverWhatTheFellowSees() {
    double[] wanted = {0.2 * 0.8 + 0.8 * 0.1, 0.2 * 0.1 + 0.8 * 0.8, 0.1};
    assertThat(TotalExpectation.conditional(0, 1)).containsExactly(wanted, within(1e-12));
    double[] student = TotalExpectation.student(kl(), 0, 1, false);
    assertThat(student).containsExactly(wanted, within(1e-6));
    assertThat(Arrays.stream(student).sum()).isCloseTo(1, within(1e-12));
  }

  /** Asked at the goal, and told it: what the teacher does at R = 1, whatever came. */
  @Test
  void whoIsToldTheGoalLearnsWhatIsDoneThere() {
    double first = 0.15 / 0.4;
    double[] wanted = {first * 0.8 + (1 - first) * 0.1, first * 0.1 + (1 - first) * 0.8, 0.1};
    assertThat(TotalExpectation.student(kl(), 0, 1, true)).containsExactly(wanted, within(1e-6));
  }
}
