package dev.retort.policy;

import dev.retort.RetortException;
import dev.retort.distribution.ActionValues;
import dev.retort.distribution.Categorical;
import dev.retort.distribution.Distribution;
import dev.retort.distribution.Point;
import dev.retort.nn.Architecture;
import dev.retort.nn.Network;
import dev.retort.nn.Output;
import dev.retort.nn.Rows;
import dev.retort.option.Traits;
import dev.retort.space.Discrete;
import dev.retort.space.Group;
import dev.retort.space.Space;
import java.util.List;
import java.util.Locale;

/**
 * Several policies of one architecture that act as one.
 *
 * <p>Choices: the members' probabilities are averaged, {@code p(a|s) = 1/N Σ_i softmax(z_i(s))_a},
 * never their logits; the ensemble's outputs are {@code log p}. Continuous actions are averaged
 * after squashing, action values as they are. Weltevrede, Zanger, Spaan, Böhmer, "How ensembles of
 * distilled policies improve generalisation in reinforcement learning", 2025, arXiv 2505.16581.
 */
public final class Ensemble implements Policy {
  private final String name;
  private final List<NetworkPolicy> members;
  private final Traits traits;

  /** An ensemble of members with the same spaces, head and architecture. */
  public Ensemble(String name, List<NetworkPolicy> members) {
    this(name, members, Traits.none());
  }

  private Ensemble(String name, List<NetworkPolicy> members, Traits traits) {
    if (members.isEmpty()) {
      throw new RetortException("ensemble: expected at least 1 member, got none.");
    }
    NetworkPolicy first = members.get(0);
    for (NetworkPolicy member : members) {
      Fit.difference(first.observations(), first.actions(), member.observations(), member.actions())
          .ifPresent(
              differs -> {
                throw new RetortException(
                    "ensemble: expected members %s, got '%s' %s. Use policies of the same spaces."
                        .formatted(differs.expected(), member.name(), differs.got()));
              });
      if (!member.selection().toString().equals(first.selection().toString())
          || !member.blueprint().equals(first.blueprint())
          || !member.distribution().equals(first.distribution())) {
        throw new RetortException(
            "ensemble: expected members of one kind, %s, got %s ('%s')."
                .formatted(kind(first), kind(member), member.name()));
      }
    }
    if (members.stream().anyMatch(member -> member.normalization().isPresent())) {
      throw new RetortException(
          "ensemble: expected members that all see the same, got one that normalizes by statistics of its own. Distill it first.");
    }
    if (first.actions() instanceof Group) {
      throw new RetortException(
          "ensemble: expected members whose actions are choices or numbers, got %s."
              .formatted(first.actions().summary()));
    }
    this.name = name;
    this.members = List.copyOf(members);
    this.traits = traits;
  }

  private static String kind(NetworkPolicy member) {
    return "%s%s with outputs %s (%s)"
        .formatted(
            member.architecture(),
            NetworkPolicy.sight(member.selection()),
            Output.names(member.blueprint().outputs()),
            member.distribution().kind());
  }

  /** The members. */
  public List<NetworkPolicy> members() {
    return members;
  }

  /** The ensemble of the first {@code n} members. */
  public Ensemble first(int n) {
    if (n < 1 || n > members.size()) {
      throw new RetortException(
          "ensemble: expected 1 to %s members, got %s.".formatted(members.size(), n));
    }
    return new Ensemble(name + " (first " + n + ")", members.subList(0, n), traits);
  }

  @Override
  public String name() {
    return name;
  }

  /** At home where its members are. */
  @Override
  public Provenance origin() {
    return Provenance.of(members.stream().map(NetworkPolicy::origin).toList()).with(traits);
  }

  /** The same ensemble, which says how it came about; its members say where they are at home. */
  @Override
  public Ensemble made(Provenance from) {
    return new Ensemble(name, members, from.traits());
  }

  @Override
  public Space observations() {
    return members.get(0).observations();
  }

  @Override
  public Space actions() {
    return members.get(0).actions();
  }

  /** That of choices whose probabilities, or values, or that of actions, are means. */
  @Override
  public Distribution distribution() {
    if (actions() instanceof Discrete choices) {
      return members.get(0).distribution() instanceof ActionValues
          ? new ActionValues(choices)
          : new Categorical(choices);
    }
    return new Point(actions());
  }

  /** The architecture of every member. */
  public Architecture architecture() {
    return members.get(0).architecture();
  }

  @Override
  public Forward forward(int batch) {
    NetworkPolicy first = members.get(0);
    Network network =
        Network.of(
            first.blueprint().of(first.acting()),
            members.stream()
                .map(each -> first.blueprint().parametersOf(first.acting(), each.parameters()))
                .toList());
    float[] numbers = new float[members.size() * batch * first.distribution().size()];
    return new Forward() {
      @Override
      public void apply(float[] rows, int count, float[] outputs) {
        network.predict(first.selection().of(rows, count), count, Rows.SHARED, numbers);
        average(numbers, count, outputs);
      }

      @Override
      public void close() {
        network.close();
      }
    };
  }

  /** Means over the members, of rows {@code (members, count, size)} into {@code (count, width)}. */
  private void average(float[] numbers, int count, float[] outputs) {
    Distribution each = members.get(0).distribution();
    int width = distribution().size();
    float[] own = new float[width];
    double[] sums = new double[count * width];
    if (each instanceof ActionValues values) {
      values.combine(numbers, members.size() * count);
    }
    for (int i = 0; i < members.size() * count; i++) {
      if (each instanceof ActionValues) {
        System.arraycopy(numbers, i * width, own, 0, width);
      } else if (actions() instanceof Discrete) {
        each.probabilities(numbers, i * each.size(), own, 0);
      } else {
        each.mode(numbers, i * each.size(), own, 0);
      }
      for (int k = 0; k < width; k++) {
        sums[i % count * width + k] += own[k];
      }
    }
    boolean isChoice = distribution() instanceof Categorical;
    for (int i = 0; i < sums.length; i++) {
      double mean = sums[i] / members.size();
      outputs[i] = (float) (isChoice ? Math.log(Math.max(mean, Float.MIN_NORMAL)) : mean);
    }
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: %d members, each %s with %,d parameters, %s%s -> %s%s",
        name,
        members.size(),
        architecture(),
        members.get(0).size(),
        observations().summary(),
        NetworkPolicy.sight(members.get(0).selection()),
        actions().summary(),
        Fit.home(this));
  }
}
