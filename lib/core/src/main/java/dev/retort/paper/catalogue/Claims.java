package dev.retort.paper.catalogue;

import static dev.retort.paper.catalogue.Catalogue.FIXED;

import dev.retort.data.Dataset;
import dev.retort.evaluate.RunGroup;
import dev.retort.evaluate.Statistics;
import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What was expected before anything was trained, held against what came out. */
final class Claims {
  private final Conditions all;
  private final Map<String, Arm> arms;
  private final Map<String, double[]> returns;
  private final Map<String, double[]> own;

  /**
   * Claims about arms by their names.
   *
   * @param returns mean returns of each run
   * @param own unlikeness of each run to the teacher on the states that it visits itself
   */
  Claims(
      Conditions all,
      Map<String, Arm> arms,
      Map<String, double[]> returns,
      Map<String, double[]> own) {
    this.all = all;
    this.arms = arms;
    this.returns = returns;
    this.own = own;
  }

  /**
   * All of them; those that were added later stand behind the others.
   *
   * @param hers states that the teacher visits
   */
  List<Finding> judged(Dataset hers) {
    String usual = Losses.usual(all);
    String early = "difference of returns while learning, first half";
    return List.of(
        ofReturns("DAgger over cloning, few labels", Loops.DAGGER_FEW, Losses.few(all)),
        claim(
            "teacher-driven over student-driven, unlikeness on own states",
            "difference of " + Likeness.words(all.env()),
            own.get(usual),
            own.get(Loops.STUDENT)),
        claim(
            "kickstarting over scratch, early",
            early,
            early(Loops.KICKSTARTING),
            early(Loops.SCRATCH)),
        claim(
            "jump-start over scratch, early", early, early(Loops.JUMP_START), early(Loops.SCRATCH)),
        ofReturns("expected entropy over none", Loops.EXPECTED_ENTROPY, Loops.STUDENT),
        ofReturns("QDagger over its learner alone", Loops.QDAGGER, Loops.VALUES),
        claim(
            "none over consistency, unlikeness when turned",
            "difference of " + Likeness.words(all.env()),
            turned(usual, hers),
            turned(Losses.CONSISTENT, hers)),
        ofReturns("window over none, blind student", Loops.WINDOW, Loops.BLIND),
        ofReturns("two teachers over one", Loops.TWO_TEACHERS, usual));
  }

  private Finding ofReturns(String claim, String more, String less) {
    return claim(claim, "difference of mean returns", returns.get(more), returns.get(less));
  }

  private Finding claim(String claim, String quantity, double[] more, double[] less) {
    return Measured.of(
            all.course().name() + ", " + claim,
            quantity + ", mean over seeds",
            Statistics.differences(more, less))
        .judged(all.scale(), FIXED.bound(claim, all.scale()));
  }

  /** How unlike what each run of an arm does in turned states is to what it does as they are. */
  private double[] turned(String arm, Dataset states) {
    return Measured.each(
        arms.get(arm).policies(), it -> Likeness.turned(all.course().group(), it, states));
  }

  /** The mean return of each run over the first half of its steps. */
  private double[] early(String arm) {
    RunGroup group = arms.get(arm).curves().orElseThrow().group(arm);
    double[][] all = group.returns();
    double[] early = new double[all.length];
    for (int run = 0; run < early.length; run++) {
      double[] half = Arrays.copyOf(all[run], all[run].length / 2);
      early[run] = Arrays.stream(half).filter(Double::isFinite).average().orElse(0);
    }
    return early;
  }
}
