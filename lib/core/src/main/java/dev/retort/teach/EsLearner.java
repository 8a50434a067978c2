package dev.retort.teach;

import dev.retort.distribution.Distribution;
import dev.retort.env.Env;
import dev.retort.env.Prologue;
import dev.retort.nn.Adam;
import dev.retort.nn.Initialization;
import dev.retort.nn.Network;
import dev.retort.nn.Rows;
import dev.retort.nn.Trunk;
import dev.retort.policy.NetworkPolicy;
import dev.retort.random.RandomStream;
import dev.retort.random.RandomStreams;
import dev.retort.run.Finite;
import dev.retort.run.Session;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The algorithm of {@link Es}: a generation plays, and the parameters move to where the better ones
 * were. The networks of all generations of all members are one population; each acts in one
 * environment of its own, and rests when it has played its episodes.
 */
final class EsLearner extends Learner {
  private final Es es;
  private final int population;
  private final int size;
  private final Network candidates;
  private final Distribution distribution;
  private final RandomStreams noise;
  private final Adam[] adams;
  private final float[][] theta;
  private final float[] slope;
  private final long[] taken;
  private final float[] perturbations;
  private final double[] fitness;
  private final int[] played;
  private final boolean[] playing;
  private final float[] outputs;
  private final float[] actions;

  EsLearner(Es es, Env env, long[] seeds) {
    super(env, es.population(), seeds, Prologue.NONE);
    this.es = es;
    this.population = copies;
    this.distribution = Es.distribution(env.actions());
    long[] each = IntStream.range(0, members * copies).mapToLong(i -> seeds[i / copies]).toArray();
    this.candidates =
        Network.of(
            es.network(),
            NetworkPolicy.shape(env.observations()),
            distribution.outputs(),
            Trunk.SHARED,
            Initialization.PYTORCH,
            each);
    this.size = candidates.parametersPerMember();
    this.noise = RandomStreams.of(seeds, "perturbation");
    this.adams = new Adam[members];
    this.theta = new float[members][];
    for (int member = 0; member < members; member++) {
      adams[member] = new Adam(size, 1e-8);
      theta[member] = candidates.member(member * copies);
    }
    this.slope = new float[size];
    this.taken = new long[members];
    this.perturbations = new float[members * population / 2 * size];
    this.fitness = new double[members * population];
    this.played = new int[members * population];
    this.playing = new boolean[members * population];
    this.outputs = new float[members * population * candidates.width()];
    this.actions = new float[members * population * env.actions().size()];
    state
        .longs("taken", taken::clone, saved -> System.arraycopy(saved, 0, taken, 0, members))
        .longs("noise", noise::states, noise::restore);
    for (int member = 0; member < members; member++) {
      float[] own = theta[member];
      state
          .floats("theta" + member, () -> own, saved -> System.arraycopy(saved, 0, own, 0, size))
          .part("adam" + member, adams[member]::save, adams[member]::restore);
    }
  }

  @Override
  protected long stepOf(int member) {
    return taken[member];
  }

  @Override
  protected void iterate(Session session) {
    scatter();
    play(session);
    for (int member = 0; member < members; member++) {
      if (isComplete(member)) {
        climb(member);
      } else {
        episodes.forget(member); // those that ended in time were the short ones
      }
    }
    step = Arrays.stream(taken).min().orElseThrow();
  }

  /** Gives every network of the generation its parameters, two by two around the members' own. */
  private void scatter() {
    float[] own = new float[size];
    double sigma = es.sigma();
    for (int network = 0; network < members * population; network++) {
      int member = network / population;
      int from = network / 2 * size;
      if (network % 2 == 0) {
        RandomStream random = noise.get(member);
        for (int i = 0; i < size; i++) {
          perturbations[from + i] = (float) random.nextGaussian();
        }
      }
      double side = network % 2 == 0 ? sigma : -sigma;
      for (int i = 0; i < size; i++) {
        own[i] = (float) (theta[member][i] + side * perturbations[from + i]);
      }
      candidates.set(network, own);
    }
    candidates.parametersChanged();
  }

  /** Plays until every network has played its episodes, or its member has taken all its steps. */
  private void play(Session session) {
    Arrays.fill(fitness, 0);
    Arrays.fill(played, 0);
    Arrays.fill(playing, true);
    int episodes = es.episodes();
    while (mayPlay()) {
      candidates.predict(observe(session), 1, Rows.PER_MEMBER, outputs);
      choose();
      act(actions, playing);
      for (int network = 0; network < playing.length; network++) {
        if (playing[network] && envs.ended(network)) {
          fitness[network] += envs.episodeReturn(network) / episodes;
          playing[network] = ++played[network] < episodes;
        }
      }
    }
  }

  /** Counts the steps that are about to be taken; a network without one left rests. */
  private boolean mayPlay() {
    boolean any = false;
    for (int network = 0; network < playing.length; network++) {
      int member = network / population;
      playing[network] &= taken[member] < es.steps();
      taken[member] += playing[network] ? 1 : 0;
      any |= playing[network];
    }
    return any;
  }

  private void choose() {
    for (int network = 0; network < playing.length; network++) {
      distribution.mode(
          outputs, network * distribution.size(), actions, network * env.actions().size());
    }
  }

  private boolean isComplete(int member) {
    int from = member * population;
    int episodes = es.episodes();
    return Arrays.stream(played, from, from + population).allMatch(n -> n == episodes);
  }

  /** A step of Adam, which goes down: against the gradient of the ranks, and towards zero. */
  private void climb(int member) {
    int from = member * population;
    double[] ranks = ranks(Arrays.copyOfRange(fitness, from, from + population));
    gradient(ranks, perturbations, from / 2 * size, es.sigma(), slope);
    double decay = es.weightDecay();
    for (int i = 0; i < size; i++) {
      slope[i] = (float) (decay * theta[member][i] - slope[i]);
    }
    Finite.require(slope, 0, size, "gradient", taken[member]);
    double part = (double) taken[member] / es.steps();
    adams[member].step(theta[member], slope, es.learningRate().at(part));
  }

  /**
   * Ranks from −½ for the least to ½ for the largest, evenly spread; equals share the mean of
   * theirs.
   *
   * @param fitness at least two numbers
   */
  static double[] ranks(double[] fitness) {
    int n = fitness.length;
    Integer[] order = IntStream.range(0, n).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(i -> fitness[i]));
    double[] ranks = new double[n];
    int first = 0;
    while (first < n) {
      int last = first;
      while (last + 1 < n && fitness[order[last + 1]] == fitness[order[first]]) {
        last++;
      }
      for (int i = first; i <= last; i++) {
        ranks[order[i]] = (first + last) / 2.0 / (n - 1) - 0.5;
      }
      first = last + 1;
    }
    return ranks;
  }

  /**
   * The estimate {@code 1/(n σ) Σ_i (u_2i − u_2i+1) ε_i} of the gradient of the mean utility.
   *
   * @param utilities of the pairs, {@code (pairs, 2)}
   * @param noise {@code noise[at ..]}, {@code (pairs, size)}
   * @param gradient receives the estimate, {@code (size)}
   */
  static void gradient(double[] utilities, float[] noise, int at, double sigma, float[] gradient) {
    int size = gradient.length;
    double[] sums = new double[size];
    for (int pair = 0; pair < utilities.length / 2; pair++) {
      double weight = utilities[2 * pair] - utilities[2 * pair + 1];
      for (int i = 0; i < size && weight != 0; i++) {
        sums[i] += weight * noise[at + pair * size + i];
      }
    }
    for (int i = 0; i < size; i++) {
      gradient[i] = (float) (sums[i] / (utilities.length * sigma));
    }
  }

  @Override
  protected NetworkPolicy policy(int member) {
    return new NetworkPolicy(
        es.name(), env.observations(), distribution, es.network(), theta[member].clone());
  }

  @Override
  public void close() {
    candidates.close();
  }
}
