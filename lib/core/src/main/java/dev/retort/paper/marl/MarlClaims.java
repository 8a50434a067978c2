package dev.retort.paper.marl;

import static dev.retort.paper.marl.OfflineAgents.FIXED;

import dev.retort.evaluate.Statistics;
import dev.retort.figure.Numbers;
import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import dev.retort.paper.Scale;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What was expected before anything was trained, held against what came out. Where the gate of a
 * task is missed there is nothing to distill, and all claims about the task are void.
 *
 * @param scale size of the study; the smallest is not judged
 */
record MarlClaims(Scale scale) {
  private static final String DIFFERENCE = "difference of mean returns";
  private static final String PAIRED = "difference of mean returns, run by run";
  private static final String ERRORS = "difference of mean returns, in standard errors";

  /** A claim about no task. */
  Finding claim(String claim, String quantity, double... values) {
    return claim("", claim, quantity, values);
  }

  /** A claim of which every value counts; void where one of them is no number. */
  private Finding claim(String where, String claim, String quantity, double... values) {
    return Measured.of(named(where, claim), quantity, values)
        .judged(scale, FIXED.bound(claim, scale), "there is nothing that it could be told by");
  }

  private static String named(String where, String claim) {
    return where.isEmpty() ? claim : where + ", " + claim;
  }

  /**
   * Gate A0: whether a teacher that sees everything is better than each of those that do not, and
   * than the data, by more than chance.
   *
   * @param data returns of the episodes that were learned from
   */
  List<Finding> gate(
      String where, MethodReturns teacher, List<MethodReturns> others, double[] data) {
    List<Finding> gates = new ArrayList<>();
    for (MethodReturns other : others) {
      gates.add(gate(where, other.method(), teacher.over(other), teacher.errorOver(other)));
    }
    gates.add(
        gate(
            where,
            "the mean of the data",
            teacher.mean() - Statistics.mean(data),
            Math.hypot(teacher.error(), Statistics.standardError(data))));
    return gates;
  }

  private Finding gate(String where, String other, double gain, double error) {
    int errors = FIXED.count("gate A0: standard errors");
    return Measured.of(named(where, "gate A0: teacher over %s".formatted(other)), DIFFERENCE, gain)
        .how("standard error", Numbers.of(error))
        .judged(scale, "> %s standard errors".formatted(errors), gain > errors * error);
  }

  /** Who receives most. */
  static MethodReturns best(List<MethodReturns> methods) {
    return methods.stream().max(Comparator.comparingDouble(MethodReturns::mean)).orElseThrow();
  }

  private static MethodReturns worst(List<MethodReturns> methods) {
    return methods.stream().min(Comparator.comparingDouble(MethodReturns::mean)).orElseThrow();
  }

  /** Claim (a): ours is no worse than any rival, and than IDT. */
  List<Finding> rivals(String where, MethodReturns ours, List<MethodReturns> rivals) {
    MethodReturns best = best(rivals);
    MethodReturns idt = named(rivals, MarlMethod.IDT);
    return List.of(
        claim(
            where,
            "(a) ours over the best rival",
            "%s, the best is %s; standard error %s"
                .formatted(DIFFERENCE, best.method(), Numbers.of(ours.errorOver(best))),
            ours.over(best)),
        claim(
            where,
            "(a) ours over IDT",
            "%s; standard error %s".formatted(DIFFERENCE, Numbers.of(ours.errorOver(idt))),
            ours.over(idt)));
  }

  /** The one of that method. */
  static MethodReturns named(List<MethodReturns> all, MarlMethod method) {
    return all.stream()
        .filter(it -> it.method().equals(method.toString()))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Claim (b): what ours takes from the cost of IDT, or adds to its reward.
   *
   * @param heuristic who knows all, beyond whose cost is counted too
   */
  List<Finding> gain(String where, MethodReturns ours, MethodReturns idt, MethodReturns heuristic) {
    double ratio = ours.mean() / idt.mean();
    if (idt.mean() > 0) {
      return List.of(claim(where, "(b) reward that ours adds", "share of IDT's reward", ratio - 1));
    }
    double beyond = 1 - (heuristic.mean() - ours.mean()) / (heuristic.mean() - idt.mean());
    return List.of(
        claim(
            where,
            "(b) cost that ours takes away",
            "share of IDT's cost; the paper's 0.56 and 0.70",
            1 - ratio),
        Measured.of(
                named(where, "(b) cost that ours takes away, beyond the heuristic's"),
                "share of IDT's cost beyond that of the heuristic without noise",
                beyond)
            .reported());
  }

  /** Claim (c): cloning is the worst, or within noise of it. */
  List<Finding> cloning(String where, MethodReturns cloning, List<MethodReturns> others) {
    List<MethodReturns> transformers =
        List.of(named(others, MarlMethod.IDT), named(others, MarlMethod.MADT));
    return List.of(
        cloning(where, "(c) cloning over the worst transformer", cloning, transformers),
        cloning(where, "(c) cloning over the worst of all", cloning, others));
  }

  private Finding cloning(
      String where, String claim, MethodReturns cloning, List<MethodReturns> others) {
    MethodReturns worst = worst(others);
    return claim(
        where,
        claim,
        "%s; the worst is %s".formatted(ERRORS, worst.method()),
        cloning.over(worst) / cloning.errorOver(worst));
  }

  /** Claim (d): the relation is worth something, and so are two mappings in place of one. */
  List<Finding> relation(String where, MethodReturns full, MethodReturns alone, MethodReturns one) {
    return List.of(
        claim(where, "(d) relation over KL alone", PAIRED, full.pairs(alone)),
        claim(where, "(d) two mappings over one", PAIRED, full.pairs(one)));
  }

  /** The same of the paper's own loss: with the relation and without. */
  Finding relationAsWritten(String where, MethodReturns written, MethodReturns without) {
    return Measured.of(
            named(where, "the paper's own loss, with the relation over without it"),
            PAIRED,
            written.pairs(without))
        .reported();
  }

  /** Claim (e): how much of the way from IDT to the teacher ours comes. */
  Finding gap(String where, MethodReturns ours, MethodReturns idt, MethodReturns teacher) {
    double way = teacher.over(idt);
    return claim(where, "(e) gap that ours closes", "share of teacher − IDT", ours.over(idt) / way)
        .provided(way > 0, "the teacher is no better than IDT");
  }

  /** Claim (f): the gain is not in the literal form, but for few data. */
  Finding literal(String where, MethodReturns literal, MethodReturns idt, MethodReturns ours) {
    double gain = ours.over(idt);
    return claim(
            where,
            "(f) gain that soft, logged has",
            "share of ours − IDT; the law of total expectation says 0 with endless data",
            literal.over(idt) / gain)
        .provided(gain > 0, "ours is no better than IDT");
  }

  /** Claim (f), for few data. */
  Finding literalOfFew(String where, MethodReturns literal, MethodReturns idt) {
    return claim(where, "(f) soft, logged over IDT, few data", DIFFERENCE, literal.over(idt));
  }

  /**
   * Updates after which an evaluation is at 90 % of the way from a return that needs no learning to
   * the last one; NaN where the last is no better.
   *
   * @param steps at which was evaluated
   * @param evaluations mean returns there
   * @param unlearned what is received without learning
   */
  static double updates(double[] steps, double[] evaluations, double unlearned) {
    int last = evaluations.length - 1;
    if (last < 0 || !(evaluations[last] > unlearned)) {
      return Double.NaN;
    }
    double wanted = unlearned + FIXED.number("converged") * (evaluations[last] - unlearned);
    int at = 0;
    while (evaluations[at] < wanted) {
      at++;
    }
    return steps[at];
  }

  /** Claim (g): ours is where it ends after no more updates than IDT. */
  Finding convergence(String where, double[] ours, double[] idt) {
    return claim(
        where,
        "(g) updates of ours over those of IDT",
        "ratio of mean updates until 90 % of the own last return",
        Statistics.mean(ours) / Statistics.mean(idt));
  }

  /** Claim (h): with few data ours is no worse than IDT. */
  Finding few(String where, MethodReturns ours, MethodReturns idt) {
    return claim(
        where,
        "(h) ours over IDT, few data",
        "%s; standard error %s".formatted(DIFFERENCE, Numbers.of(ours.errorOver(idt))),
        ours.over(idt));
  }

  /**
   * Claim (i): at how many qualities of data ours is the best, or within noise of it.
   *
   * @param ours of each quality
   * @param rivals of each quality
   */
  Finding qualities(String where, List<MethodReturns> ours, List<List<MethodReturns>> rivals) {
    double noise = FIXED.number("noise: standard errors");
    List<String> words = new ArrayList<>();
    int count = 0;
    for (int i = 0; i < ours.size(); i++) {
      MethodReturns best = best(rivals.get(i));
      double errors = ours.get(i).over(best) / ours.get(i).errorOver(best);
      count += errors >= -noise ? 1 : 0;
      words.add("%s over %s".formatted(Numbers.of(errors), best.method()));
    }
    return claim(
        where,
        "(i) qualities at which ours is best",
        "of %s, or within %s standard errors: %s"
            .formatted(ours.size(), Numbers.of(noise), String.join("; ", words)),
        count);
  }
}
