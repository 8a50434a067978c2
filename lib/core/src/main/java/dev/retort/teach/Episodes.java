package dev.retort.teach;

import dev.retort.env.VectorEnv;
import dev.retort.run.Curve;
import dev.retort.store.Tensors;
import java.util.Optional;
import java.util.function.IntToLongFunction;

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
   * Adds a row for each member that has ended an episode or been evaluated, and begins anew.
   *
   * @param first which member of the population is the first of these
   * @param steps that a member has taken
   * @param scores of the evaluation at this step, one a member of the population, where there was
   *     one
   */
  void record(Curve curve, int first, IntToLongFunction steps, Optional<double[]> scores) {
    boolean evaluated = curve.columns().contains("evaluation");
    for (int member = 0; member < members; member++) {
      if (counts[member] == 0 && scores.isEmpty()) {
        continue;
      }
      double meanReturn = counts[member] == 0 ? Double.NaN : returns[member] / counts[member];
      double meanLength = counts[member] == 0 ? Double.NaN : lengths[member] / counts[member];
      if (evaluated) {
        double score = scores.isPresent() ? scores.get()[first + member] : Double.NaN;
        curve.add(steps.applyAsLong(member), first + member, meanReturn, meanLength, score);
      } else {
        curve.add(steps.applyAsLong(member), first + member, meanReturn, meanLength);
      }
      forget(member);
    }
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
