package dev.retort.policy;

import dev.retort.distribution.ActionValues;
import dev.retort.distribution.Categorical;
import dev.retort.distribution.Distribution;
import dev.retort.distribution.SquashedPoint;
import dev.retort.nn.Mlp;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Space;
import java.util.ArrayList;
import java.util.List;

/** Linear policies small enough to compute by hand. */
final class Policies {
  static final Space TWO_NUMBERS = Box.of(-10, 10, 2);

  private Policies() {}

  /** A policy whose logits, whatever it sees, are these. */
  static NetworkPolicy choosing(String name, float... logits) {
    return of(name, new Categorical(new Discrete(logits.length)), logits);
  }

  /** A policy whose action values, whatever it sees, are these. */
  static NetworkPolicy valuing(String name, float... values) {
    return of(name, new ActionValues(new Discrete(values.length)), values);
  }

  /** A policy whose numbers before squashing, whatever it sees, are these. */
  static NetworkPolicy acting(String name, Box actions, float... numbers) {
    return of(name, new SquashedPoint(actions), numbers);
  }

  private static NetworkPolicy of(String name, Distribution distribution, float... biases) {
    float[] parameters = new float[3 * biases.length];
    System.arraycopy(biases, 0, parameters, 2 * biases.length, biases.length);
    return new NetworkPolicy(name, TWO_NUMBERS, distribution, Mlp.of(), parameters);
  }

  static List<NetworkPolicy> copies(NetworkPolicy policy, int n) {
    List<NetworkPolicy> copies = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      copies.add(policy.named(policy.name() + i));
    }
    return copies;
  }
}
