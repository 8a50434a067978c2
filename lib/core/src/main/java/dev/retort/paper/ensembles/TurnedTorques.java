package dev.retort.paper.ensembles;

import static dev.retort.Retort.demonstrations;
import static dev.retort.paper.ensembles.Ensembles.FIXED;

import dev.retort.data.Dataset;
import dev.retort.env.reach.Reacher;
import dev.retort.evaluate.Statistics;
import dev.retort.paper.Scale;
import dev.retort.policy.Actor;
import dev.retort.policy.NetworkPolicy;
import dev.retort.run.Parallel;
import dev.retort.space.Rotations;
import dev.retort.transfer.CyclicGroup;
import dev.retort.transfer.TransferBound;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Torques of the students of a pool in the teacher's states, turned through the circle, and the
 * constants of the bound on them.
 *
 * <p>With {@code π̄} the mean of the students that constants are estimated from, {@code g} a
 * rotation, {@code k} one of the outputs and {@code κ} of the pool's group,
 *
 * <pre>
 *   C_Θ(s, k) = max_g |π̄_k(s) − π̄_k(g s)| / κ
 *   σ²(g s, k) = variance of the students' outputs,  C_Σ(ε) = σ √W₀(2 / (π ε²))
 * </pre>
 */
final class TurnedTorques {
  private final double kappa;
  private final int states;
  private final int turns;
  private final int outputs;
  private final float[][] held;
  private final double[] mean;
  private final double[] deviation;
  private final double[] kernel;

  /**
   * What the bound came to for ensembles of one size.
   *
   * @param bound mean over turned states and outputs, in N m
   * @param seen distance that a share of ensembles as large as the risk exceeds, likewise
   * @param share of ensembles, outputs and turned states that keep the bound
   * @param ensembles how many there were
   */
  record Kept(double bound, double seen, double share, int ensembles) {}

  /**
   * Torques that are known.
   *
   * @param known of the students that constants are estimated from, each {@code (turns, states,
   *     outputs)}; the first turn is none
   * @param held of the others, likewise
   */
  TurnedTorques(double kappa, int states, int turns, int outputs, float[][] known, float[][] held) {
    this.kappa = kappa;
    this.states = states;
    this.turns = turns;
    this.outputs = outputs;
    this.held = held;
    int all = turns * states * outputs;
    this.mean = new double[all];
    this.deviation = new double[all];
    for (int i = 0; i < all; i++) {
      int at = i;
      double[] own = IntStream.range(0, known.length).mapToDouble(m -> known[m][at]).toArray();
      mean[i] = Statistics.mean(own);
      deviation[i] = own.length == 1 ? 0 : Statistics.deviation(own);
    }
    this.kernel = new double[states * outputs];
    for (int i = 0; i < all; i++) {
      int state = i % kernel.length;
      kernel[state] = Math.max(kernel[state], Math.abs(mean[i] - mean[state]) / kappa);
    }
  }

  /** Those of a pool. */
  static TurnedTorques of(ReacherPool pool, Scale scale) {
    int most = Math.min(pool.size(), FIXED.count("bound: students", scale));
    List<NetworkPolicy> students = pool.students().members().subList(0, most);
    Reacher one = pool.recipe().seen(new Reacher().symmetry(1));
    Dataset data = demonstrations(Teachers.handcrafted(one), one);
    Rotations group = new Rotations(360 / FIXED.count("bound: degrees", scale));
    int size = one.observations().size();
    float[] seen = new float[group.order() * data.size() * size];
    for (int turn = 0; turn < group.order(); turn++) {
      for (int row = 0; row < data.size(); row++) {
        int to = (turn * data.size() + row) * size;
        group.transform(turn, data.obs(), row * size, seen, to, size);
      }
    }
    int outputs = one.actions().size();
    float[][] torques = new float[most][seen.length / size * outputs];
    Parallel.all(
        IntStream.range(0, most)
            .mapToObj(i -> (Runnable) () -> act(students.get(i), seen, torques[i]))
            .toList());
    return new TurnedTorques(
        new CyclicGroup(pool.rotations()).kappa(),
        data.size(),
        group.order(),
        outputs,
        Arrays.copyOfRange(torques, 0, most / 2),
        Arrays.copyOfRange(torques, most / 2, most));
  }

  private static void act(NetworkPolicy student, float[] seen, float[] torques) {
    try (Actor actor = student.actor(torques.length / student.actions().size())) {
      actor.greedy(seen, torques);
    }
  }

  /** κ of the group. */
  double kappa() {
    return kappa;
  }

  /** How many students ensembles can be drawn from. */
  int held() {
    return held.length;
  }

  /** Mean of C_Θ over states and outputs, in N m. */
  double kernel() {
    return Statistics.mean(kernel);
  }

  /** Mean of C_Σ over turned states and outputs, in N m. */
  double spread(double risk) {
    return bound(0, Statistics.mean(deviation), risk).finiteEnsemble();
  }

  private static TransferBound bound(double kernel, double deviation, double risk) {
    return new TransferBound(1, 0, 0, 0, kernel, deviation, risk);
  }

  /** Holds the disjoint ensembles of a size against the bound. */
  Kept kept(int members, double risk) {
    int ensembles = held.length / members;
    double bounds = 0;
    double seen = 0;
    long within = 0;
    for (int i = 0; i < mean.length; i++) {
      int state = i % kernel.length;
      double bound = bound(kernel[state], deviation[i], risk).of(members, kappa);
      double[] distances = new double[ensembles];
      for (int ensemble = 0; ensemble < ensembles; ensemble++) {
        double sum = 0;
        for (int member = 0; member < members; member++) {
          sum += held[ensemble * members + member][i];
        }
        distances[ensemble] = Math.abs(sum / members - mean[state]);
        within += distances[ensemble] <= bound ? 1 : 0;
      }
      bounds += bound;
      seen += Statistics.quantile(distances, 1 - risk);
    }
    int all = turns * states * outputs;
    return new Kept(bounds / all, seen / all, (double) within / all / ensembles, ensembles);
  }
}
