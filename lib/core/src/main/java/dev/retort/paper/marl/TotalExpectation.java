package dev.retort.paper.marl;

import dev.retort.loss.Distance;

/**
 * The law of total expectation on a table: what an agent's student of a central teacher comes to,
 * with exact expectations in place of data.
 *
 * <pre>
 *   argmin_q E[ KL(teacher(·|o, h, R) ‖ q(·|o, R)) | o, R ] = E[ teacher(·|o, h, R) | o, R ]
 * </pre>
 *
 * <p>and that is what the logged actions of the agent are distributed by, given what it sees, o,
 * and the return-to-go R: a student of a soft teacher who is told what came learns nothing that the
 * data do not say to who clones them. h is what its fellow sees. It differs where the teacher is
 * sharpened, or asked at another return than the one that came.
 */
final class TotalExpectation {
  private static final int CHOICES = 3;
  private static final int UPDATES = 4_000;

  /** How often o, h and R come together, {@code (o, h, R)}. */
  private static final double[][][] TOGETHER = {
    {{0.10, 0.05}, {0.05, 0.20}}, {{0.15, 0.05}, {0.10, 0.10}}, {{0.02, 0.08}, {0.06, 0.04}}
  };

  /** What is done then, {@code (o, h, R, choices)}. */
  private static final double[][][][] DONE = {
    {{{0.6, 0.3, 0.1}, {0.8, 0.1, 0.1}}, {{0.3, 0.4, 0.3}, {0.1, 0.8, 0.1}}},
    {{{0.2, 0.2, 0.6}, {0.1, 0.1, 0.8}}, {{0.5, 0.2, 0.3}, {0.7, 0.2, 0.1}}},
    {{{0.4, 0.5, 0.1}, {0.2, 0.7, 0.1}}, {{0.3, 0.3, 0.4}, {0.1, 0.2, 0.7}}}
  };

  private static final int GOAL = 1;

  private TotalExpectation() {}

  /** What is done by who sees o and is told R, whatever its fellow sees: IDT with endless data. */
  static double[] conditional(int seen, int told) {
    double[] mean = new double[CHOICES];
    double all = 0;
    for (int hidden = 0; hidden < TOGETHER[seen].length; hidden++) {
      double weight = TOGETHER[seen][hidden][told];
      all += weight;
      for (int k = 0; k < CHOICES; k++) {
        mean[k] += weight * DONE[seen][hidden][told][k];
      }
    }
    for (int k = 0; k < CHOICES; k++) {
      mean[k] /= all;
    }
    return mean;
  }

  /**
   * What a student learns by a loss of this library, descending its exact expectation.
   *
   * @param told the return that the student is told, and at which it is played
   * @param isAsked whether the teacher is asked at the goal, whatever came
   */
  static double[] student(Distance distance, int seen, int told, boolean isAsked) {
    int hiddens = TOGETHER[seen].length;
    float[] logits = new float[hiddens * 2 * CHOICES];
    double[] weights = new double[hiddens * 2];
    for (int hidden = 0; hidden < hiddens; hidden++) {
      for (int came = 0; came < 2; came++) {
        int row = 2 * hidden + came;
        boolean counts = isAsked || came == told;
        weights[row] = counts ? TOGETHER[seen][hidden][came] : 0;
        for (int k = 0; k < CHOICES; k++) {
          logits[row * CHOICES + k] =
              (float) Math.log(DONE[seen][hidden][isAsked ? GOAL : came][k]);
        }
      }
    }
    float[] targets = distance.prepare(logits, weights.length, CHOICES);
    double[] z = new double[CHOICES];
    float[] rounded = new float[CHOICES];
    float[] slope = new float[CHOICES];
    double all = 0;
    for (double weight : weights) {
      all += weight;
    }
    for (int update = 0; update < UPDATES; update++) {
      double[] gradient = new double[CHOICES];
      for (int k = 0; k < CHOICES; k++) {
        rounded[k] = (float) z[k];
      }
      for (int row = 0; row < weights.length; row++) {
        distance.at(rounded, 0, targets, row * distance.prepared(CHOICES), CHOICES, slope);
        for (int k = 0; k < CHOICES; k++) {
          gradient[k] += weights[row] / all * slope[k];
        }
      }
      for (int k = 0; k < CHOICES; k++) {
        z[k] -= gradient[k];
      }
    }
    return softmax(z);
  }

  private static double[] softmax(double[] z) {
    double[] p = new double[z.length];
    double sum = 0;
    for (int k = 0; k < z.length; k++) {
      p[k] = Math.exp(z[k]);
      sum += p[k];
    }
    for (int k = 0; k < z.length; k++) {
      p[k] /= sum;
    }
    return p;
  }

  /** The largest difference of a student's probabilities from those of IDT, at the goal or ever. */
  static double difference(Distance distance, boolean isAsked) {
    double most = 0;
    for (int seen = 0; seen < TOGETHER.length; seen++) {
      for (int told = isAsked ? GOAL : 0; told < 2; told++) {
        double[] own = student(distance, seen, told, isAsked);
        double[] cloned = conditional(seen, told);
        for (int k = 0; k < CHOICES; k++) {
          most = Math.max(most, Math.abs(own[k] - cloned[k]));
        }
      }
    }
    return most;
  }
}
