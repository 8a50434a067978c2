package dev.retort.paper.geomagnetic;

import static dev.retort.paper.geomagnetic.Navigation.FIXED;

import dev.retort.evaluate.Statistics;
import dev.retort.figure.Numbers;
import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import dev.retort.paper.Scale;
import java.util.Arrays;
import java.util.List;

/**
 * What was expected before anything was trained, held against what came out. Gates are about the
 * world: where one is missed, the claims that stand on it are void.
 *
 * @param scale size of the study; the smallest is not judged
 */
record NavigationClaims(Scale scale) {
  private Finding claim(String claim, String quantity, double... values) {
    double[] known = values.length == 0 ? new double[] {Double.NaN} : values;
    return Measured.of(claim, quantity, known)
        .judged(scale, FIXED.bound(claim, scale))
        .provided(values.length > 0, "there is no mission that it could be told by");
  }

  /** The world can be solved, a controller without a map nearly does, and a search strays. */
  List<Finding> gates(Missions oracle, Missions broyden, Missions evolution) {
    String quantity = "on unseen areas, mean over areas";
    return List.of(
        claim("gate: the great circle succeeds", quantity, oracle.byArea(Missions.SUCCESS)),
        claim("gate: Broyden succeeds", quantity, broyden.byArea(Missions.SUCCESS)),
        claim(
            "gate: evolution strays",
            quantity + ", degrees",
            evolution.byArea(Missions.DEVIATION)));
  }

  /** Claim (a), of which the claims about students take the teachers to be true. */
  Finding home(double... success) {
    return claim("(a) teachers at home: success", "mean over teachers", success);
  }

  /**
   * Claims (a) and (b), of teachers at home and elsewhere.
   *
   * @param success {@code (teachers, areas)}, teacher {@code i} at home in area {@code i}
   * @param path ratios of the ways of each teacher at home
   */
  List<Finding> teachers(double[][] success, double[] path) {
    double[] home = new double[success.length];
    double[] elsewhere = new double[success.length];
    for (int teacher = 0; teacher < success.length; teacher++) {
      home[teacher] = success[teacher][teacher];
      double all = Arrays.stream(success[teacher]).sum();
      elsewhere[teacher] = (all - home[teacher]) / (success[teacher].length - 1);
    }
    return List.of(
        home(home),
        claim("(a) teachers at home: path ratio", "of successes, mean over teachers", path),
        claim(
            "(b) teachers elsewhere: success", "mean over teachers and foreign areas", elsewhere));
  }

  /** Claim (c): the student where its teachers were. */
  Finding source(Missions student) {
    return claim(
        "(c) student on source areas: success",
        "mean over areas, the least %s"
            .formatted(Numbers.of(Statistics.quantile(student.byArea(Missions.SUCCESS), 0))),
        student.byArea(Missions.SUCCESS));
  }

  /** Claim (d): the student where nobody was, against the best single teacher. */
  List<Finding> unseen(Missions student, Missions teacher) {
    double[] gain = student.over(teacher, Missions.SUCCESS);
    String quantity = "difference of success on unseen areas, paired by area";
    return List.of(
        claim("(d) student over the best teacher", quantity, gain),
        claim("(d) student over the best teacher, surely", quantity, gain));
  }

  /**
   * Claim (d), with the number of teachers: by how much success rises with every doubling, by least
   * squares in each area.
   *
   * @param counts numbers of teachers
   * @param students of so many, on the same areas
   */
  Finding rise(int[] counts, List<Missions> students) {
    double[][] byArea =
        students.stream().map(it -> it.byArea(Missions.SUCCESS)).toArray(double[][]::new);
    double[] x = Arrays.stream(counts).mapToDouble(n -> Math.log(n) / Math.log(2)).toArray();
    double mean = Statistics.mean(x);
    double squares = Arrays.stream(x).map(each -> (each - mean) * (each - mean)).sum();
    double[] slopes = new double[byArea[0].length];
    for (int area = 0; area < slopes.length; area++) {
      for (int i = 0; i < x.length; i++) {
        slopes[area] += (x[i] - mean) * byArea[i][area] / squares;
      }
    }
    return claim(
        "(d) success by the number of teachers",
        "rise with every doubling on unseen areas, mean over areas",
        slopes);
  }

  /** Claim (e): the student against evolution, on missions that both completed. */
  List<Finding> evolution(Missions student, Missions evolution) {
    return List.of(
        claim(
            "(e) path of the student over evolution's",
            "ratio on missions that both completed, mean over areas",
            student.onBoth(evolution, Missions.PATH)),
        claim(
            "(e) heading deviation of the student over evolution's",
            "ratio on missions that both completed, mean over areas",
            student.onBoth(evolution, Missions.DEVIATION)));
  }

  /** Claim (f′): students of shaped teachers over students of unshaped ones. */
  Finding shaped(Missions shaped, Missions plain) {
    return claim(
        "(f′) students by the shaping of their teachers",
        "difference of success on unseen areas, both shapings over none, paired by area",
        shaped.over(plain, Missions.SUCCESS));
  }

  /**
   * Claim (g): a teacher of few steps has a shorter way than evolution.
   *
   * @param gain path ratio of evolution less that of the teacher, one a seed
   */
  Finding smoke(double... gain) {
    return claim(
        "(g) a teacher of few steps over evolution",
        "difference of path ratios of successes at home, mean over seeds",
        gain);
  }
}
