package dev.retort.collect;

import dev.retort.RetortException;
import dev.retort.option.Given;
import dev.retort.option.Type;
import dev.retort.policy.Policy;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Who acts while data is collected. */
public sealed interface Behavior {
  /** The teacher's greedy action. */
  record Greedy() implements Behavior {
    @Override
    public String toString() {
      return "greedy";
    }
  }

  /** An action drawn from the teacher's own distribution; a greedy teacher's preferred one. */
  record Stochastic() implements Behavior {
    @Override
    public String toString() {
      return "stochastic";
    }
  }

  /**
   * The teacher's greedy action, but a random one now and then.
   *
   * @param epsilon the share of random actions
   */
  record Epsilon(double epsilon) implements Behavior {
    /** Refuses what is no share. */
    public Epsilon {
      if (!(epsilon >= 0 && epsilon <= 1)) {
        throw new RetortException("epsilon: expected a share from 0 to 1, got " + epsilon + ".");
      }
    }

    @Override
    public String toString() {
      return "epsilon:" + epsilon;
    }
  }

  /**
   * The teacher's greedy action, but random now and then, with a share that is drawn anew for every
   * episode, so that some episodes are good and others are not. Of a group of actions, such as
   * those of several agents, each part is random by itself.
   *
   * @param shares of random actions, of which each is as likely
   */
  record Noisy(List<Double> shares) implements Behavior {
    /** Refuses what are no shares. */
    public Noisy {
      shares = List.copyOf(shares);
      if (shares.isEmpty() || !shares.stream().allMatch(share -> share >= 0 && share <= 1)) {
        throw new RetortException("noisy: expected shares from 0 to 1, got " + shares + ".");
      }
    }

    @Override
    public String toString() {
      return "noisy" + shares.stream().map(share -> ":" + share).collect(Collectors.joining());
    }
  }

  /**
   * Random actions with a style: for every episode, and for each part of a group of actions by
   * itself, a favorite action is drawn and the share {@code U[0, 1)} of steps at which it is taken;
   * the others are uniform. Walks have a direction so, and hold it more or less.
   */
  record Styled() implements Behavior {
    @Override
    public String toString() {
      return "styled";
    }
  }

  /**
   * The teacher's greedy action and Ornstein-Uhlenbeck noise on it, within the bounds of the
   * actions: each number drifts by itself, from 0 where an episode begins,
   *
   * <pre>
   *   x ← x − θ x + σ ε,  ε ~ N(0, 1)        a = clip(π*(s) + x)
   * </pre>
   *
   * <p>so that the teacher is seen to come back from where it does not go by itself. George E.
   * Uhlenbeck, Leonard S. Ornstein, "On the theory of the Brownian motion", 1930; as noise on
   * actions: Timothy P. Lillicrap and others, 2015, arXiv 1509.02971.
   *
   * @param theta θ, the share of the noise that a step takes away
   * @param sigma σ, the deviation of what a step adds, in units of the actions
   */
  record OrnsteinUhlenbeck(double theta, double sigma) implements Behavior {
    /** Refuses noise that grows, and none. */
    public OrnsteinUhlenbeck {
      if (!(theta > 0 && theta <= 1 && sigma > 0 && sigma < Double.POSITIVE_INFINITY)) {
        throw new RetortException(
            "ornsteinUhlenbeck: expected θ above 0 and at most 1, and σ above 0, got %s and %s."
                .formatted(theta, sigma));
      }
    }

    @Override
    public String toString() {
      return "ornstein-uhlenbeck:%s:%s".formatted(theta, sigma);
    }
  }

  /**
   * Each episode begins with {@code k ~ U[0, limit)} steps of an explorer, which are not recorded
   * but are taken, and goes on with the stochastic teacher to its end. Max Weltevrede, Felix
   * Kaubek, Matthijs T. J. Spaan, Wendelin Böhmer, "Explore-Go: leveraging exploration for
   * generalisation in deep reinforcement learning", 2024, arXiv 2406.08069.
   *
   * @param limit K
   * @param explorer who takes those steps, stochastically; empty for the uniformly random one
   */
  record ExploreGo(int limit, Optional<Policy> explorer) implements Behavior {
    /** Refuses an empty range. */
    public ExploreGo {
      if (limit < 1) {
        throw new RetortException(
            "explore-go: expected at least 1 step to draw from, got " + limit + ".");
      }
    }

    /** With the uniformly random explorer. */
    public ExploreGo(int limit) {
      this(limit, Optional.empty());
    }

    /** The same with a trained explorer. */
    public ExploreGo by(Policy trained) {
      return new ExploreGo(limit, Optional.of(Given.given("exploreGo", "a policy", trained)));
    }

    @Override
    public String toString() {
      return text() + explorer.map(policy -> " by " + policy.name()).orElse("");
    }

    private String text() {
      return "explore-go:" + limit;
    }
  }

  /**
   * At every step anew the greedy action of the teacher or that of a student: {@code β π* + (1 − β)
   * π̂}. Stéphane Ross, Geoffrey J. Gordon, J. Andrew Bagnell, "A reduction of imitation learning
   * and structured prediction to no-regret online learning", 2011, arXiv 1011.0686.
   *
   * @param student π̂, who acts where the teacher does not
   * @param teachersShare β, the share of steps at which the teacher acts
   */
  record Mixture(Policy student, double teachersShare) implements Behavior {
    /** Refuses what is no share. */
    public Mixture {
      Given.given("mixture", "a student", student);
      if (!(teachersShare >= 0 && teachersShare <= 1)) {
        throw new RetortException(
            "mixture: expected a teacher's share from 0 to 1, got " + teachersShare + ".");
      }
    }

    @Override
    public String toString() {
      return "mixture:%s with %s".formatted(teachersShare, student.name());
    }
  }

  /** Random actions throughout. */
  record Uniform() implements Behavior {
    @Override
    public String toString() {
      return "uniform";
    }
  }

  /**
   * Behaviors as text: {@code greedy}, {@code stochastic}, {@code epsilon:0.1}, {@code
   * noisy:0.2:0.5:0.9}, {@code ornstein-uhlenbeck:0.15:0.3}, {@code explore-go:50}, {@code
   * uniform}, {@code styled}. A trained explorer is no text: who writes one keeps it elsewhere. Nor
   * is a student, so that mixtures have none.
   */
  static Type<Behavior> type() {
    return new Type<>(
        "greedy, stochastic, uniform, styled, epsilon:0.1, noisy:0.2:0.5, ornstein-uhlenbeck:0.15:0.3 or explore-go:50",
        Behavior::parse,
        behavior -> behavior instanceof ExploreGo go ? go.text() : behavior.toString(),
        List.of(
            "stochastic",
            "greedy",
            "epsilon:0.1",
            "noisy:0.2:0.5:0.9",
            "ornstein-uhlenbeck:0.15:0.3",
            "explore-go:50",
            "uniform",
            "styled"));
  }

  private static Behavior parse(String text) {
    String[] words = text.trim().toLowerCase(Locale.ROOT).split("[:\\s]+", -1);
    if (words[0].equals("noisy") && words.length > 1) {
      return new Noisy(Arrays.stream(words).skip(1).map(Double::valueOf).toList());
    }
    if (words[0].equals("ornstein-uhlenbeck") && words.length == 3) {
      return new OrnsteinUhlenbeck(Double.parseDouble(words[1]), Double.parseDouble(words[2]));
    }
    Type.require(words.length <= 2);
    boolean number = words.length == 2;
    if (words[0].equals("epsilon") && number) {
      return new Epsilon(Double.parseDouble(words[1]));
    }
    if (words[0].equals("explore-go") && number) {
      return new ExploreGo(Integer.parseInt(words[1]));
    }
    Type.require(!number);
    return switch (words[0]) {
      case "greedy" -> new Greedy();
      case "stochastic" -> new Stochastic();
      case "uniform" -> new Uniform();
      case "styled" -> new Styled();
      default -> throw new IllegalArgumentException();
    };
  }
}
