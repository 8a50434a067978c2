package dev.retort.policy;

import dev.retort.RetortException;
import dev.retort.distribution.Distribution;
import dev.retort.nn.Architecture;
import dev.retort.nn.Network;
import dev.retort.nn.Output;
import dev.retort.nn.Rows;
import dev.retort.option.Given;
import dev.retort.option.Traits;
import dev.retort.space.Group;
import dev.retort.space.Space;
import java.util.List;
import java.util.Locale;

/**
 * Several policies of one architecture that act as one, in one computation; {@link #of} takes
 * policies of any kind.
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
  private final Averaging averaging;

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
      requireSameSpaces(first, member);
      if (!member.perception().toString().equals(first.perception().toString())
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
    this.averaging = new Averaging(List.of(first.distribution()));
  }

  /** Refuses a member that does not fit the spaces of the first. */
  static void requireSameSpaces(Policy first, Policy member) {
    Fit.spaces(first)
        .require(
            "ensemble",
            "members",
            "",
            "'%s'".formatted(member.name()),
            Fit.spaces(member),
            "Use policies of the same spaces.");
  }

  /**
   * Policies of any kind that act as one: rules of one's own, tables, students with windows of
   * different lengths. Each has a memory of its own; what is averaged is the same.
   */
  public static Policy of(String name, Policy... members) {
    return new Averaged(name, Given.given("ensemble", "a policy", members));
  }

  private static String kind(NetworkPolicy member) {
    return "%s%s with outputs %s (%s)"
        .formatted(
            member.architecture(),
            NetworkPolicy.sight(member.perception()),
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
    return averaging.distribution();
  }

  /** That of a member; since all of them see the same, they remember the same, and keep it once. */
  @Override
  public int memory() {
    return members.get(0).memory();
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
    int size = first.distribution().size();
    float[] numbers = new float[members.size() * batch * size];
    return new Forward() {
      @Override
      public void apply(float[] rows, int count, float[] outputs) {
        apply(rows, new float[0], count, outputs);
      }

      @Override
      public void apply(float[] rows, float[] memory, int count, float[] outputs) {
        float[] seen = first.perception().see(rows, memory, count);
        network.predict(seen, count, Rows.SHARED, numbers);
        double[] sums = new double[count * averaging.distribution().size()];
        for (int member = 0; member < members.size(); member++) {
          averaging.add(first.distribution(), numbers, member * count * size, count, sums);
        }
        averaging.divide(sums, members.size(), outputs);
      }

      @Override
      public void close() {
        network.close();
      }
    };
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
        NetworkPolicy.sight(members.get(0).perception()),
        actions().summary(),
        Fit.home(this));
  }
}
