package dev.retort.distribution;

import dev.retort.nn.Output;
import dev.retort.random.RandomStream;
import dev.retort.space.Group;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Independent distributions over the parts of a group of actions, their numbers side by side: log
 * probabilities, entropies and divergences add up.
 *
 * @param actions the group
 * @param parts the distribution of each part, in the order of the group
 */
public record Product(Group actions, Map<String, Density> parts) implements Density {
  /** Keeps the order of the parts. */
  public Product {
    parts = new LinkedHashMap<>(parts);
  }

  /** Categorical over choices, normal over numbers. */
  static Product over(Group actions) {
    Map<String, Density> parts = new LinkedHashMap<>();
    actions.parts().forEach((name, part) -> parts.put(name, Density.over(part)));
    return new Product(actions, parts);
  }

  /** Outputs of the parts, each named after its part, as in {@code gripper.logits}. */
  @Override
  public List<Output> outputs() {
    List<Output> outputs = new ArrayList<>();
    parts.forEach(
        (name, part) ->
            part.outputs()
                .forEach(output -> outputs.add(output.named(name + "." + output.name()))));
    return List.copyOf(outputs);
  }

  @Override
  public String kind() {
    return "product";
  }

  /** What is done with each part: where its numbers and its actions begin. */
  @FunctionalInterface
  private interface Visit {
    void part(Density part, int numbers, int action);
  }

  private void each(int at, int from, Visit visit) {
    int numbers = at;
    int action = from;
    for (Density part : parts.values()) {
      visit.part(part, numbers, action);
      numbers += part.size();
      action += part.actions().size();
    }
  }

  @Override
  public void mode(float[] z, int at, float[] action, int to) {
    each(at, to, (part, numbers, own) -> part.mode(z, numbers, action, own));
  }

  @Override
  public void draw(float[] z, int at, RandomStream random, float[] action, int to) {
    each(at, to, (part, numbers, own) -> part.draw(z, numbers, random, action, own));
  }

  @Override
  public void clip(float[] action, int at) {
    each(0, at, (part, numbers, own) -> part.clip(action, own));
  }

  @Override
  public double logProbability(float[] z, int at, float[] action, int from) {
    double[] sum = new double[1];
    each(at, from, (part, numbers, own) -> sum[0] += part.logProbability(z, numbers, action, own));
    return sum[0];
  }

  @Override
  public double entropy(float[] z, int at) {
    double[] sum = new double[1];
    each(at, 0, (part, numbers, own) -> sum[0] += part.entropy(z, numbers));
    return sum[0];
  }

  @Override
  public double divergence(float[] old, int oldAt, float[] z, int at) {
    double[] sum = new double[1];
    int shift = oldAt - at;
    each(
        at, 0, (part, numbers, own) -> sum[0] += part.divergence(old, numbers + shift, z, numbers));
    return sum[0];
  }

  @Override
  public void addGradient(
      float[] z,
      int at,
      float[] action,
      int from,
      double dLogProbability,
      double dEntropy,
      float[] dz) {
    each(
        at,
        from,
        (part, numbers, own) ->
            part.addGradient(z, numbers, action, own, dLogProbability, dEntropy, dz));
  }

  @Override
  public void addDivergenceGradient(
      float[] old, int oldAt, float[] z, int at, double weight, float[] dz) {
    int shift = oldAt - at;
    each(
        at,
        0,
        (part, numbers, own) ->
            part.addDivergenceGradient(old, numbers + shift, z, numbers, weight, dz));
  }
}
