package dev.retort.teach;

import dev.retort.env.VectorEnv;
import dev.retort.run.Curve;
import dev.retort.store.Tensors;
import java.util.Optional;

/** Means over the episodes that each member ended since its last row in the curve. */
final class Episodes {
  private final int members;
  private final double[] returns;
  private final double[] lengths;
  private final long[] counts;

  Episodes(int members) {
    this.members = members;
    this.returns = new double[members];
    this.lengths = new double[members];
    this.counts = new long[members];
  }

  /** Takes in the episodes that ended with the last step; copies are ordered by member. */
  void observe(VectorEnv envs) {
    int perMember = envs.copies() / members;
    for (int copy = 0; copy < envs.copies(); copy++) {
      if (envs.ended(copy)) {
        int member = copy / perMember;
        returns[member] += envs.episodeReturn(copy);
        lengths[member] += envs.episodeLength(copy);
        counts[member]++;
      }
    }
  }

  /**
   * Adds a row for each member that has ended an episode or been evaluated, or whose learner always
   * has something to tell, and begins anew.
   *
   * @param learner of these members
   * @param first which member of the population is the first of these
   * @param scores of the evaluation at this step, one a member of the population, where there was
   *     one
   */
  void record(Curve curve, Learner learner, int first, Optional<double[]> scores) {
    for (int member = 0; member < members; member++) {
      if (counts[member] == 0 && scores.isEmpty() && !learner.isAlwaysTold()) {
        continue;
      }
      double[] row = new double[curve.columns().size() - 2];
      for (int column = 2; column < curve.columns().size(); column++) {
        row[column - 2] =
            switch (curve.columns().get(column)) {
              case "return" -> mean(returns, member);
              case "length" -> mean(lengths, member);
              case "episodes" -> counts[member];
              case "evaluation" -> scores.isPresent() ? scores.get()[first + member] : Double.NaN;
              default -> learner.column(curve.columns().get(column), member);
            };
      }
      curve.add(learner.stepOf(member), first + member, row);
      forget(member);
    }
  }

  private double mean(double[] sums, int member) {
    return counts[member] == 0 ? Double.NaN : sums[member] / counts[member];
  }

  /** Leaves out the episodes that a member ended since its last row. */
  void forget(int member) {
    returns[member] = 0;
    lengths[member] = 0;
    counts[member] = 0;
  }

  Tensors save() {
    return new Tensors()
        .put("returns", returns.clone())
        .put("lengths", lengths.clone())
        .put("counts", counts.clone());
  }

  void restore(Tensors saved) {
    System.arraycopy(saved.doubles("returns"), 0, returns, 0, members);
    System.arraycopy(saved.doubles("lengths"), 0, lengths, 0, members);
    System.arraycopy(saved.longs("counts"), 0, counts, 0, members);
  }
}
