package dev.retort.transfer;

import dev.retort.RetortException;
import dev.retort.figure.Line;
import dev.retort.figure.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How much return an ensemble of {@code N} students may lose on tasks that are related to its
 * training tasks by a symmetry: theorem 1 of Weltevrede, Zanger, Spaan, Böhmer, 2025, arXiv
 * 2505.16581.
 *
 * <pre>
 * J* − J ≤ L_R / ((1 − γ) (1 − γ L_T (1 + L_π))) · ( κ C_Θ + C_Σ(ε) / √N )
 *
 * C_Σ(ε) = σ √W₀(2 / (π ε²))
 * </pre>
 *
 * <p>with probability {@code 1 − ε} over the students' initializations, where the teacher is
 * optimal on the training tasks and {@code γ L_T (1 + L_π) < 1}. The first term shrinks with a
 * training set that holds more of the group, the second with the ensemble. {@code W₀} is the
 * principal branch of Lambert's function: the chance that a mean of {@code N} normal outputs is
 * further than {@code δ} from its limit is at most {@code √(2/π) (s/δ) exp(−δ²/2s²)} with {@code s
 * = σ/√N}, and {@code δ = s √W₀(2/(π ε²))} makes that {@code ε}.
 *
 * <p><b>Reconstructed</b> from the paper's prose and proof: the displayed formulae were not at
 * hand. The authors do not claim that the bound is tight; it shows what depends on what.
 *
 * @param reward {@code L_R}, how much the reward changes with state and action at most
 * @param transition {@code L_T}, the same of the next state
 * @param policy {@code L_π}, how much the ensemble's action changes with the state at most
 * @param discount {@code γ}
 * @param kernel {@code C_Θ}, how much the infinite ensemble's output can differ between a state and
 *     its image, for each unit of κ
 * @param spread {@code σ}, the deviation of one student's output from that of the infinite ensemble
 * @param risk {@code ε}, how often the bound may fail
 */
public record TransferBound(
    double reward,
    double transition,
    double policy,
    double discount,
    double kernel,
    double spread,
    double risk) {
  private static final int MOST_MEMBERS = 1000;

  /** Refuses constants for which the theorem says nothing. */
  public TransferBound {
    for (double constant : new double[] {reward, transition, policy, kernel, spread}) {
      if (!(constant >= 0 && Double.isFinite(constant))) {
        throw new RetortException(
            "transfer bound: expected constants of at least 0, got %s.".formatted(constant));
      }
    }
    if (!(discount >= 0 && discount < 1)) {
      throw new RetortException(
          "transfer bound: expected a discount from 0 to below 1, got %s.".formatted(discount));
    }
    if (!(risk > 0 && risk < 1)) {
      throw new RetortException(
          "transfer bound: expected a risk between 0 and 1, got %s.".formatted(risk));
    }
    double contraction = discount * transition * (1 + policy);
    if (!(contraction < 1)) {
      throw new RetortException(
          "transfer bound: expected γ L_T (1 + L_π) < 1, got %s: the theorem says nothing of such tasks."
              .formatted(contraction));
    }
  }

  /** Constants of one, as far as the theorem allows: to look at, not of any task. */
  public static TransferBound illustration() {
    return new TransferBound(1, 0.4, 1, 0.9, 1, 1, 0.05);
  }

  /** {@code L_R / ((1 − γ) (1 − γ L_T (1 + L_π)))}. */
  public double prefactor() {
    return reward / ((1 - discount) * (1 - discount * transition * (1 + policy)));
  }

  /** {@code C_Σ(ε)}, how far one student may be from the infinite ensemble with that risk. */
  public double finiteEnsemble() {
    return spread * Math.sqrt(LambertW.principal(2 / (Math.PI * risk * risk)));
  }

  /**
   * The bound.
   *
   * @param members {@code N}
   * @param kappa how far the group is from the training set, such as {@link CyclicGroup#kappa()}
   */
  public double of(int members, double kappa) {
    if (members < 1) {
      throw new RetortException("transfer bound: expected at least 1 member, got " + members + ".");
    }
    return prefactor() * (kappa * kernel + finiteEnsemble() / Math.sqrt(members));
  }

  /** What is left of the bound for endlessly many members. */
  public double limit(double kappa) {
    return prefactor() * kappa * kernel;
  }

  /** The bound against the size of the ensemble, a line for each group. */
  public Lines plot(CyclicGroup... groups) {
    List<Line> lines = new ArrayList<>();
    for (CyclicGroup group : groups) {
      List<Double> x = new ArrayList<>();
      List<Double> y = new ArrayList<>();
      for (int members = 1; members <= MOST_MEMBERS; members += Math.max(1, members / 10)) {
        x.add(Math.log10(members));
        y.add(of(members, group.kappa()));
      }
      lines.add(
          Line.of(
              String.format(Locale.ROOT, "%s, κ = %.3f", group, group.kappa()),
              x.stream().mapToDouble(Double::doubleValue).toArray(),
              y.stream().mapToDouble(Double::doubleValue).toArray()));
    }
    return new Lines(
        "Bound on the return that is lost", "members (log₁₀)", "J* − J at most", lines);
  }
}
