package dev.retort.distill;

import dev.retort.RetortException;
import dev.retort.data.Dataset;
import dev.retort.nn.Targets;
import dev.retort.option.Type;
import dev.retort.policy.Head;
import dev.retort.policy.Softmax;
import dev.retort.space.Discrete;
import java.util.List;
import java.util.Locale;

/**
 * How far a student is from what it should do, for one state; the loss of a batch is the mean.
 *
 * <p>{@code z} are the student's outputs (logits, or squashed actions), {@code t} the teacher's
 * (logits, action values, or actions), {@code n} how many there are.
 */
public sealed interface Loss {
  /** Whether the loss can serve a teacher with such outputs. */
  boolean serves(Head teacher);

  /** What a student shall give in each state of a dataset, and how its distance is measured. */
  Targets targets(Dataset data);

  /**
   * The squared distance of the outputs, {@code Σ_k (z_k − t_k)²}: of actions after squashing, or
   * of logits or action values.
   */
  record Mse() implements Loss {
    @Override
    public boolean serves(Head teacher) {
      return true;
    }

    @Override
    public Targets targets(Dataset data) {
      return Targets.numbers(data.width(), data.targets());
    }

    @Override
    public String toString() {
      return "mse";
    }
  }

  /**
   * The Kullback-Leibler divergence from student to teacher, teacher first: {@code KL(p ‖ q) = Σ_k
   * p_k (log p_k − log q_k)} with {@code p = softmax(t / T)}, {@code q = softmax(z)}. The student's
   * side has no temperature. Andrei A. Rusu and others, "Policy distillation", 2015, arXiv
   * 1511.06295, with T = 0.01 for action values.
   *
   * @param temperature T; below 1 sharpens the teacher, above 1 softens it
   */
  record Kl(double temperature) implements Loss {
    /** Refuses a temperature that is not positive. */
    public Kl {
      if (!(temperature > 0 && Double.isFinite(temperature))) {
        throw new RetortException("kl: expected a temperature above 0, got " + temperature + ".");
      }
    }

    /** The same divergence with another temperature. */
    public Kl temperature(double other) {
      return new Kl(other);
    }

    @Override
    public boolean serves(Head teacher) {
      return teacher != Head.ACTION;
    }

    @Override
    public Targets targets(Dataset data) {
      int n = data.width();
      float[] p = data.targets().clone();
      float[] negativeEntropy = new float[data.size()];
      for (int row = 0; row < data.size(); row++) {
        Softmax.apply(p, row * n, n, temperature, p);
        double sum = 0;
        for (int k = row * n; k < (row + 1) * n; k++) {
          sum += p[k] > 0 ? p[k] * Math.log(p[k]) : 0;
        }
        negativeEntropy[row] = (float) sum;
      }
      return Targets.distributions(n, p, negativeEntropy);
    }

    @Override
    public String toString() {
      return "kl:" + temperature;
    }
  }

  /**
   * The squared distance of the probabilities, {@code Σ_k (softmax(z)_k − softmax(t)_k)²}, never of
   * the logits. Weltevrede, Zanger, Spaan, Böhmer, 2025, arXiv 2505.16581.
   */
  record ProbabilityMse() implements Loss {
    @Override
    public boolean serves(Head teacher) {
      return teacher == Head.LOGITS;
    }

    @Override
    public Targets targets(Dataset data) {
      int n = data.width();
      float[] p = data.targets().clone();
      for (int row = 0; row < data.size(); row++) {
        Softmax.apply(p, row * n, n, 1, p);
      }
      return Targets.probabilities(n, p);
    }

    @Override
    public String toString() {
      return "probability-mse";
    }
  }

  /**
   * Behaviour cloning: {@code −log softmax(z)_a} of the action that was taken, or {@code Σ_k (z_k −
   * a_k)²}.
   */
  record BehaviourCloning() implements Loss {
    @Override
    public boolean serves(Head teacher) {
      return true;
    }

    @Override
    public Targets targets(Dataset data) {
      int n = data.width();
      if (!(data.actions() instanceof Discrete)) {
        return Targets.numbers(n, data.taken());
      }
      float[] taken = new float[data.size() * n];
      for (int row = 0; row < data.size(); row++) {
        taken[row * n + (int) data.taken()[row]] = 1;
      }
      return Targets.distributions(n, taken, new float[data.size()]);
    }

    @Override
    public String toString() {
      return "behaviour-cloning";
    }
  }

  /**
   * Losses as text: {@code mse}, {@code kl:0.5}, {@code probability-mse}, {@code
   * behaviour-cloning}.
   */
  static Type<Loss> type() {
    return new Type<>(
        "mse, kl, kl:0.5, probability-mse or behaviour-cloning",
        Loss::parse,
        Loss::toString,
        List.of("kl", "kl:0.5", "probability-mse", "mse", "behaviour-cloning"));
  }

  private static Loss parse(String text) {
    String[] words = text.trim().toLowerCase(Locale.ROOT).split("[:\\s]+", -1);
    Type.require(words.length <= 2);
    if (words[0].equals("kl")) {
      double temperature = words.length == 2 ? Double.parseDouble(words[1]) : 1;
      Type.require(temperature > 0 && Double.isFinite(temperature));
      return new Kl(temperature);
    }
    Type.require(words.length == 1);
    return switch (words[0]) {
      case "mse" -> new Mse();
      case "probability-mse" -> new ProbabilityMse();
      case "behaviour-cloning", "bc" -> new BehaviourCloning();
      default -> throw new IllegalArgumentException();
    };
  }
}
