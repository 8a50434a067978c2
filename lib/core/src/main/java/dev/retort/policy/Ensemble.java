package dev.retort.policy;

import dev.retort.RetortException;
import dev.retort.nn.Architecture;
import dev.retort.nn.Network;
import dev.retort.nn.Output;
import dev.retort.nn.Rows;
import dev.retort.option.Traits;
import dev.retort.space.Space;
import java.util.List;
import java.util.Locale;

/**
 * Several policies of one architecture that act as one.
 *
 * <p>Choices: the members' probabilities are averaged, {@code p(a|s) = 1/N Σ_i softmax(z_i(s))_a},
 * never their logits; the ensemble's outputs are {@code log p}. Continuous actions are averaged
 * after squashing. Weltevrede, Zanger, Spaan, Böhmer, "How ensembles of distilled policies improve
 * generalisation in reinforcement learning", 2025, arXiv 2505.16581.
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
      NetworkPolicy.requireSame(
          "ensemble observations", first.observations(), member.observations());
      NetworkPolicy.requireSame("ensemble actions", first.actions(), member.actions());
      if (!member.architecture().equals(first.architecture())
          || member.head() != first.head()
          || member.spread() != first.spread()) {
        throw new RetortException(
            "ensemble: expected members of one kind, %s, got %s ('%s')."
                .formatted(kind(first), kind(member), member.name()));
      }
    }
    if (members.stream().anyMatch(member -> member.normalization().isPresent())) {
      throw new RetortException(
          "ensemble: expected members that all see the same, got one that normalises by statistics of its own. Distill it first.");
    }
    if (first.head() == Head.Q_VALUES) {
      throw new RetortException(
          "ensemble: expected members that give probabilities or actions, got action values.");
    }
    this.name = name;
    this.members = List.copyOf(members);
    this.traits = traits;
  }

  private static String kind(NetworkPolicy member) {
    String drawn = member.spread() == Spread.NONE ? "" : ", " + member.spread();
    return "%s with %s%s".formatted(member.architecture(), member.head(), drawn);
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
  public Origin origin() {
    return Origin.of(members.stream().map(NetworkPolicy::origin).toList()).with(traits);
  }

  /** The same ensemble, which says how it came about; its members say where they are at home. */
  @Override
  public Ensemble made(Origin from) {
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

  @Override
  public Head head() {
    return members.get(0).head();
  }

  /** The architecture of every member. */
  public Architecture architecture() {
    return members.get(0).architecture();
  }

  @Override
  public Forward forward(int batch) {
    Network network =
        Network.of(
            architecture(),
            NetworkPolicy.shape(observations()),
            Output.of("outputs", members.get(0).numbers()),
            members.stream().map(NetworkPolicy::parameters).toList());
    ActionMap map = new ActionMap(members.get(0));
    float[] numbers = new float[members.size() * batch * members.get(0).numbers()];
    float[] all = new float[members.size() * batch * width()];
    return new Forward() {
      @Override
      public void apply(float[] rows, int count, float[] outputs) {
        network.predict(rows, count, Rows.SHARED, numbers);
        map.prefer(numbers, members.size() * count, all);
        average(all, count, outputs);
      }

      @Override
      public void close() {
        network.close();
      }
    };
  }

  private void average(float[] all, int count, float[] outputs) {
    int width = width();
    int size = count * width;
    if (head() == Head.LOGITS) {
      for (int at = 0; at < members.size() * size; at += width) {
        Softmax.apply(all, at, width, 1, all);
      }
    }
    for (int i = 0; i < size; i++) {
      double sum = 0;
      for (int member = 0; member < members.size(); member++) {
        sum += all[member * size + i];
      }
      double mean = sum / members.size();
      outputs[i] =
          (float) (head() == Head.LOGITS ? Math.log(Math.max(mean, Float.MIN_NORMAL)) : mean);
    }
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: %d members, each %s with %,d parameters, %s -> %s%s",
        name,
        members.size(),
        architecture(),
        members.get(0).size(),
        observations().summary(),
        actions().summary(),
        Fit.home(this));
  }
}
