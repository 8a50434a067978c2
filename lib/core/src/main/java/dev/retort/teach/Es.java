package dev.retort.teach;

import dev.retort.RetortException;
import dev.retort.distribution.Categorical;
import dev.retort.distribution.Distribution;
import dev.retort.distribution.SquashedPoint;
import dev.retort.env.Env;
import dev.retort.env.Prologue;
import dev.retort.nn.Adam;
import dev.retort.nn.Architecture;
import dev.retort.nn.Blueprint;
import dev.retort.nn.Groups;
import dev.retort.nn.Initialization;
import dev.retort.nn.Mlp;
import dev.retort.nn.Network;
import dev.retort.nn.Rows;
import dev.retort.nn.Trunk;
import dev.retort.option.Option;
import dev.retort.option.Schedule;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.policy.NetworkPolicy;
import dev.retort.random.RandomStream;
import dev.retort.random.RandomStreams;
import dev.retort.run.Finite;
import dev.retort.run.Session;
import dev.retort.space.Bounded;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Group;
import dev.retort.space.Space;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * Evolution strategies: a baseline that climbs the return without a gradient of it.
 *
 * <p>A generation is a population of {@code n} networks around the one that is learned, in pairs on
 * opposite sides of it: {@code θ + σ ε_i} and {@code θ − σ ε_i} with {@code ε_i} from a unit
 * normal. Each plays its episodes; only the ranks of their mean returns count, spread evenly from
 * −½ to ½, equals at the mean of their ranks. Then
 *
 * <pre>
 * g = 1/(n σ) Σ_i (u(θ + σ ε_i) − u(θ − σ ε_i)) ε_i          θ ← θ + Adam(g − λ θ)
 * </pre>
 *
 * <p>Networks act by their greedy choice, or by their numbers squashed into the bounds of the
 * actions. Every step of every network of a generation counts as an environment step; the
 * generation that the last step cuts short is not learned from.
 *
 * <p>Tim Salimans, Jonathan Ho, Xi Chen, Szymon Sidor, Ilya Sutskever, "Evolution strategies as a
 * scalable alternative to reinforcement learning", 2017, arXiv 1703.03864.
 *
 * <p>Departures from the paper are listed in {@code docs/departures.md}.
 */
public record Es(Settings settings) implements Evaluated<Es> {
  /**
   * What learns: a generation plays, and the parameters move to where the better ones were. The
   * networks of all generations of all members are one population; each acts in one environment of
   * its own, and rests when it has played its episodes.
   */
  private final class Learning extends Learner {
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

    Learning(Env env, long[] seeds) {
      super(env, population(), seeds, Prologue.NONE);
      this.distribution = Es.distribution(env.actions());
      long[] each =
          IntStream.range(0, members * copies).mapToLong(i -> seeds[i / copies]).toArray();
      this.candidates =
          Network.of(
              new Blueprint(
                  network(),
                  NetworkPolicy.shape(env.observations()),
                  distribution.outputs(),
                  Trunk.SHARED),
              Initialization.FAN_IN,
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
      this.perturbations = new float[members * copies / 2 * size];
      this.fitness = new double[members * copies];
      this.played = new int[members * copies];
      this.playing = new boolean[members * copies];
      this.outputs = new float[members * copies * candidates.width()];
      this.actions = new float[members * copies * actionSize];
      state
          .longs("taken", taken::clone, saved -> System.arraycopy(saved, 0, taken, 0, members))
          .longs("noise", noise::states, noise::restore);
      for (int member = 0; member < members; member++) {
        float[] own = theta[member];
        state
            .floats("theta" + member, () -> own, saved -> System.arraycopy(saved, 0, own, 0, size))
            .part("adam" + member, adams[member]::save, adams[member]::restore);
        candidates.describe(state, "theta" + member, "parameters", member);
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
          update(member);
        } else {
          episodes.forget(member); // those that ended in time were the short ones
        }
      }
      step = Arrays.stream(taken).min().orElseThrow();
    }

    /** Gives every network of the generation its parameters, two by two around the members' own. */
    private void scatter() {
      float[] own = new float[size];
      double sigma = sigma();
      for (int network = 0; network < members * copies; network++) {
        int member = network / copies;
        int from = network / 2 * size;
        if (network % 2 == 0) {
          RandomStream random = noise.get(member);
          for (int i = 0; i < size; i++) {
            perturbations[from + i] = (float) random.nextGaussian();
          }
        }
        // θ + σ ε_i, θ − σ ε_i
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
      int episodes = episodes();
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
        int member = network / copies;
        playing[network] &= taken[member] < steps();
        taken[member] += playing[network] ? 1 : 0;
        any |= playing[network];
      }
      return any;
    }

    private void choose() {
      for (int network = 0; network < playing.length; network++) {
        distribution.mode(outputs, network * distribution.size(), actions, network * actionSize);
      }
    }

    private boolean isComplete(int member) {
      int from = member * copies;
      int episodes = episodes();
      return Arrays.stream(played, from, from + copies).allMatch(n -> n == episodes);
    }

    /** A step of Adam, which goes down: against the gradient of the ranks, and towards zero. */
    private void update(int member) {
      int from = member * copies;
      // g = 1/(n σ) Σ_i (u(θ + σ ε_i) − u(θ − σ ε_i)) ε_i
      double[] ranks = ranks(Arrays.copyOfRange(fitness, from, from + copies));
      gradient(ranks, perturbations, from / 2 * size, sigma(), slope);
      // θ ← θ + Adam(g − λ θ)
      double decay = weightDecay();
      for (int i = 0; i < size; i++) {
        slope[i] = (float) (decay * theta[member][i] - slope[i]);
      }
      Finite.require(slope, 0, size, "gradient", taken[member]);
      double part = (double) taken[member] / steps();
      adams[member].step(theta[member], slope, learningRate().at(part));
    }

    @Override
    protected NetworkPolicy policy(int member) {
      return new NetworkPolicy(
          name(), env.observations(), distribution, network(), theta[member].clone());
    }

    @Override
    public void close() {
      candidates.close();
    }
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

  // spotless:off
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("es").endingWith(EVALUATION);

  static final Option<Long>         STEPS         = OPTIONS.whole("steps", 500_000L).from(1).in("environment steps").says("length of each seed's training, all networks of all generations together");
  static final Option<Architecture> NETWORK       = OPTIONS.option("network", Architecture.type(), Mlp.of(16, 16)).says("network of the policy");
  static final Option<Integer>      POPULATION    = OPTIONS.whole("population", 32).from(2).in("networks").says("size of a generation, in pairs of opposites");
  static final Option<Integer>      EPISODES      = OPTIONS.whole("episodes", 1).from(1).in("episodes").says("episodes of each of them");
  static final Option<Double>       SIGMA         = OPTIONS.real("sigma", 0.1).from(1e-6).says("σ, standard deviation of what the networks differ by");
  static final Option<Schedule>     LEARNING_RATE = OPTIONS.schedule("learning-rate", new Schedule(0.1, 0)).says("step size of Adam");
  static final Option<Double>       WEIGHT_DECAY  = OPTIONS.real("weight-decay", 0).from(0).says("λ, pull of the parameters towards zero");

  /** Environment steps of each seed, all networks of all generations together. */
  @Override public Es steps(long steps) { return with(STEPS, steps); }
  @Override public long steps() { return get(STEPS); }

  /** Network of the policy. */
  public Es network(Architecture network) { return with(NETWORK, network); }
  public Architecture network() { return get(NETWORK); }

  /** Size of a generation, in networks; an even number. */
  public Es population(int networks) { return with(POPULATION, networks); }
  public int population() { return get(POPULATION); }

  /** Episodes of each network. */
  public Es episodes(int episodes) { return with(EPISODES, episodes); }
  public int episodes() { return get(EPISODES); }

  /** σ, standard deviation of what the networks of a generation differ by. */
  public Es sigma(double sigma) { return with(SIGMA, sigma); }
  public double sigma() { return get(SIGMA); }

  /** Step size of Adam, constant or over training. */
  public Es learningRate(Schedule rate) { return with(LEARNING_RATE, rate); }
  public Es learningRate(double rate) { return learningRate(Schedule.constant(rate)); }
  public Schedule learningRate() { return get(LEARNING_RATE); }

  /** λ, pull of the parameters towards zero. */
  public Es weightDecay(double decay) { return with(WEIGHT_DECAY, decay); }
  public double weightDecay() { return get(WEIGHT_DECAY); }
  // spotless:on

  /** Evolution strategies at their defaults. */
  public Es() {
    this(OPTIONS.standard());
  }

  /** The settings that are known to learn a task, such as {@code CartPole}. */
  public static Es preset(String task) {
    return Presets.find("es", Presets.es(), task);
  }

  @Override
  public String name() {
    return "ES";
  }

  @Override
  public Es with(Settings other) {
    return new Es(other);
  }

  /** A perceptron with these hidden widths and hyperbolic tangents. */
  public Es hidden(int... widths) {
    return network(Mlp.of(widths));
  }

  @Override
  public void require(Env env) {
    if (env.actions() instanceof Group) {
      throw new RetortException(
          "es: expected an environment with discrete choices or bounded numbers as actions, got %s with %s."
              .formatted(env.name(), env.actions().summary()));
    }
    Bounded.require("es", "to scale to", env.actions(), env.name());
    if (population() % 2 != 0) {
      throw new RetortException(
          "es: expected an even population, pairs of opposites, got %s. Take %s."
              .formatted(population(), population() + 1));
    }
  }

  /** Greedy choices of logits, or actions squashed into their bounds. */
  static Distribution distribution(Space actions) {
    return actions instanceof Discrete choices
        ? new Categorical(choices)
        : new SquashedPoint((Box) actions);
  }

  @Override
  public Optional<Budget> budget(Env env) {
    return Optional.of(
        new Budget(
            network(),
            env.observations(),
            population(),
            distribution(env.actions()).outputs(),
            Trunk.SHARED,
            1,
            steps() / population(),
            1,
            OptionalLong.empty()));
  }

  @Override
  public int[] groups(int members) {
    return Groups.of(network(), members, population());
  }

  @Override
  public Learner learner(Env env, long[] seeds) {
    return new Learning(env, seeds);
  }

  @Override
  public String toString() {
    return settings.toString();
  }
}
