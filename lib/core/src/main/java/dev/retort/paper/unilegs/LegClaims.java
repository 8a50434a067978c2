package dev.retort.paper.unilegs;

import static dev.retort.paper.unilegs.ManyLegs.FIXED;

import dev.retort.env.legs.Morphology;
import dev.retort.evaluate.Statistics;
import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import dev.retort.paper.Scale;
import dev.retort.paper.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was expected before anything was trained, held against what came out. A robot whose teacher
 * does not keep gate C1 is left out of all means; where too few robots are left, the claims about
 * means are void, and those about the unseen robot where its teacher is not valid.
 *
 * @param scale size of the study; the smallest is not judged
 * @param taught robots that teach
 * @param unseen the robot that nobody learned on
 */
record LegClaims(Scale scale, List<Morphology> taught, Morphology unseen) {
  private static final String ERROR = "gate C1: speed error";
  private static final String FALLS = "gate C1: falls";
  private static final String TAUGHT = "robots that taught";
  private static final String UNSEEN = "unseen robot";
  private static final String DIFFERENCE = "difference of ρ, student by student";
  private static final String UNKNOWN = "there is no number that it could be told by";

  /** A gate or a claim of which every value counts; void where there is none. */
  Finding claim(String claim, String quantity, double... values) {
    return claim(Measured.of(claim, quantity, values));
  }

  private Finding claim(Measured measured) {
    return measured.judged(scale, FIXED.bound(measured.name(), scale), UNKNOWN);
  }

  /** Gate C1 of the teacher who teaches: speed error and falls; other seeds are values beside. */
  List<Finding> teacher(Walks teachers) {
    String name = teachers.robot().name();
    Measured error =
        Measured.of(ERROR + ", " + name, "m/s, mean of the first seed", teachers.errorOf(0));
    Measured falls =
        Measured.of(
            FALLS + ", " + name, "share of episodes of the first seed", teachers.fallsOf(0));
    // No number is no small error: who always fell misses the gate.
    return List.of(
        teachers.how(error).judged(scale, FIXED.bound(ERROR)),
        teachers.how(falls).judged(scale, FIXED.bound(FALLS)));
  }

  /** Robots whose teacher misses gate C1, and why. */
  Map<Morphology, String> invalid(List<Walks> teachers) {
    Map<Morphology, String> invalid = new LinkedHashMap<>();
    for (Walks walks : teachers) {
      List<String> missed = new ArrayList<>();
      for (Finding gate : teacher(walks)) {
        if (gate.verdict() == Verdict.MISSED) {
          missed.add(
              "%s %s is not %s"
                  .formatted(
                      gate.name(), gate.ours().value(), gate.criterion().orElseThrow().words()));
        }
      }
      if (!missed.isEmpty()) {
        invalid.put(walks.robot(), String.join("; ", missed));
      }
    }
    return invalid;
  }

  /** Void where too few of the robots that teach have a valid teacher. */
  private Finding ofMeans(Finding claim, LegRatios... methods) {
    int least = FIXED.count("robots that a claim needs", scale);
    int valid = Arrays.stream(methods).mapToInt(each -> each.count(taught)).min().orElse(0);
    return claim.provided(
        valid >= least,
        "the teachers of %s robots are valid, and %s are needed".formatted(valid, least));
  }

  /** Void where the teacher of the unseen robot is not valid. */
  private Finding ofUnseen(Finding claim, LegRatios method) {
    return claim.provided(
        method.count(List.of(unseen)) == 1,
        "the teacher of the unseen robot is not valid, %s"
            .formatted(method.undefined().getOrDefault(unseen, "since it did not walk")));
  }

  private double[] seen(LegRatios method) {
    return method.mean(taught);
  }

  private double[] away(LegRatios method) {
    return method.mean(List.of(unseen));
  }

  /** Claims (a) and (b), of the transformer. */
  List<Finding> transformer(LegRatios transformer) {
    String quantity = "ρ, mean over robots, student by student";
    return List.of(
        ofMeans(
            claim(
                Measured.of("(a) transformer, " + TAUGHT, quantity, seen(transformer))
                    .published(0.9447)),
            transformer),
        ofMeans(
            claim(
                "(a) transformer, the least of these robots",
                "ρ, mean over students",
                transformer.least(taught)),
            transformer),
        ofUnseen(
            claim(
                Measured.of(
                        "(b) transformer, " + UNSEEN, "ρ, student by student", away(transformer))
                    .published(0.7264)),
            transformer),
        ofMeans(
            ofUnseen(
                claim(
                    Measured.of(
                            "(b) seen over unseen",
                            DIFFERENCE,
                            differences(seen(transformer), away(transformer)))
                        .published(0.2183)),
                transformer),
            transformer));
  }

  /** What the perceptron has where the paper has numbers of it; it is only reported. */
  List<Finding> perceptron(LegRatios perceptron) {
    return List.of(
        Measured.of("perceptron, " + TAUGHT, "ρ, mean over robots", seen(perceptron))
            .known()
            .published(0.9045)
            .reported(),
        Measured.of("perceptron, " + UNSEEN, "ρ", away(perceptron))
            .known()
            .published(0.6929)
            .reported());
  }

  /** Claim (c): the transformer against the perceptron of equal size, student by student. */
  List<Finding> networks(LegRatios transformer, LegRatios perceptron) {
    String claim = "(c) transformer over perceptron, ";
    return both(
        seenOver(claim, transformer, perceptron).published(0.0402),
        awayOver(claim, transformer, perceptron).published(0.0335),
        transformer,
        perceptron);
  }

  /** Claim (d): rounds against cloning, at equal labels and updates. */
  List<Finding> rounds(LegRatios dagger, LegRatios cloning) {
    String claim = "(d) DAgger over cloning, ";
    return both(
        seenOver(claim, dagger, cloning), awayOver(claim, dagger, cloning), dagger, cloning);
  }

  private List<Finding> both(Measured ofSeen, Measured away, LegRatios one, LegRatios other) {
    return List.of(ofMeans(claim(ofSeen), one, other), ofUnseen(claim(away), one));
  }

  /** The same differences where nothing was expected. */
  List<Finding> reported(String name, LegRatios one, LegRatios other) {
    return List.of(
        seenOver(name + ", ", one, other).known().reported(),
        awayOver(name + ", ", one, other).known().reported());
  }

  private Measured seenOver(String name, LegRatios one, LegRatios other) {
    return Measured.of(name + TAUGHT, DIFFERENCE, differences(seen(one), seen(other)));
  }

  private Measured awayOver(String name, LegRatios one, LegRatios other) {
    return Measured.of(name + UNSEEN, DIFFERENCE, differences(away(one), away(other)));
  }

  /** Of as many students as there are of both. */
  private static double[] differences(double[] one, double[] other) {
    int n = Math.min(one.length, other.length);
    return Statistics.differences(Arrays.copyOf(one, n), Arrays.copyOf(other, n));
  }

  /**
   * Claim (f): whether transformer and perceptron, and seen and unseen, are in the same order with
   * finer steps of the physics.
   *
   * @param usual transformer and perceptron in the usual world
   * @param fine the same two in the finer one
   */
  List<Finding> finer(List<LegRatios> usual, List<LegRatios> fine) {
    double before = usual.get(0).over(usual.get(1), taught);
    double after = fine.get(0).over(fine.get(1), taught);
    double drop = drop(usual.get(0));
    double fineDrop = drop(fine.get(0));
    Finding networks =
        ofMeans(
            order("(f) transformer over perceptron in finer steps", before, after),
            usual.get(0),
            fine.get(0));
    Finding robots = order("(f) seen over unseen in finer steps", drop, fineDrop);
    return List.of(
        networks,
        ofMeans(ofUnseen(ofUnseen(robots, usual.get(0)), fine.get(0)), usual.get(0), fine.get(0)),
        Measured.of("(f) in the physics of MuJoCo", "not run", Double.NaN).reported());
  }

  private double drop(LegRatios method) {
    return LegRatios.average(seen(method)) - LegRatios.average(away(method));
  }

  private Finding order(String name, double usual, double fine) {
    boolean known = Double.isFinite(usual) && Double.isFinite(fine);
    return Measured.of(name, "difference of mean ρ", fine)
        .how("in the usual steps", usual)
        .judged(scale, "of the sign that it has in usual steps", usual * fine > 0)
        .provided(known, UNKNOWN);
  }
}
