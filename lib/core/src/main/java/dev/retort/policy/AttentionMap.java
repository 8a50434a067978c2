package dev.retort.policy;

import dev.retort.RetortException;
import dev.retort.figure.Heat;
import java.util.Arrays;
import java.util.List;

/**
 * How much each token in a policy's network sees of each: the weights of one attention, as a mean
 * over its heads and over observations.
 *
 * <pre>{@code
 * AttentionMap seen = AttentionMap.of(student, "block0.attention", walked.obs());
 * seen.heat("Who sees whom", List.of("all", "hip 0", "knee 0"));
 * }</pre>
 *
 * <p>Each row sums to 1. A weight says where a token looks, and not what follows from it.
 *
 * @param attention which one, by its name in the network
 * @param weights {@code (tokens, tokens)}: how much the token of a row sees of that of a column
 */
public record AttentionMap(String attention, List<List<Double>> weights) {
  /** Keeps a copy of the weights. */
  public AttentionMap {
    weights = weights.stream().map(List::copyOf).toList();
  }

  /**
   * The map of a policy.
   *
   * @param policy whose network attends; of an ensemble, one of its members
   * @param attention name of the attention in the network, such as {@code block0.attention} in the
   *     first block of a transformer
   * @param observations {@code (rows, obsSize)}, over which the mean is
   * @throws dev.retort.UnknownNameException if nothing in its network attends by that name
   */
  public static AttentionMap of(Policy policy, String attention, float[] observations) {
    float[] all = policy.says(attention + ".weights", observations);
    int rows = observations.length / policy.observations().size();
    int tokens = (int) Math.rint(Math.sqrt((double) all.length / rows));
    double[][] mean = new double[tokens][tokens];
    for (int i = 0; i < all.length; i++) {
      mean[i / tokens % tokens][i % tokens] += (double) all[i] / rows;
    }
    return new AttentionMap(
        attention, Arrays.stream(mean).map(row -> Arrays.stream(row).boxed().toList()).toList());
  }

  /**
   * The weights of the first tokens as a heat map.
   *
   * @param names of these tokens, at most as many as there are: those that no joint is behind are
   *     left out
   */
  public Heat heat(String title, List<String> names) {
    int shown = names.size();
    if (shown < 1 || shown > weights.size()) {
      throw new RetortException(
          "attention map %s: expected names of 1 to %s tokens, got %s."
              .formatted(attention, weights.size(), shown));
    }
    return new Heat(
        title,
        "who is seen",
        "who sees",
        names,
        names,
        weights.subList(0, shown).stream().map(row -> row.subList(0, shown)).toList());
  }

  /** The name and how many tokens there are. */
  @Override
  public String toString() {
    return "attention map of %s: %s tokens".formatted(attention, weights.size());
  }
}
