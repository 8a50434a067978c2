package dev.retort.guidance;

import dev.retort.RetortException;
import dev.retort.option.Type;
import java.util.List;
import java.util.Locale;

/**
 * How well an agent knows an action in a state, {@code κ} from 0 to 1: where it is 0 a prior is
 * believed, where it is 1 what was learned.
 */
public sealed interface Knownness {
  /**
   * Visits to the cell of the prior, {@code κ = min(1, n(cell, action) / m)}.
   *
   * @param enough m, from how many visits on an action is known
   */
  record Counts(int enough) implements Knownness {
    /** Refuses to know without a visit. */
    public Counts {
      require(enough >= 1, "at least 1 visit", enough);
    }

    @Override
    public String toString() {
      return "counts:" + enough;
    }
  }

  /**
   * Visits to the cell of the prior, whatever was done there, {@code κ = min(1, n(cell) / m)}: all
   * actions of a state alike, so that a weight never turns their order.
   *
   * @param enough m, from how many visits on a state is known
   */
  record States(int enough) implements Knownness {
    /** Refuses to know without a visit. */
    public States {
      require(enough >= 1, "at least 1 visit", enough);
    }

    @Override
    public String toString() {
      return "states:" + enough;
    }
  }

  /**
   * Visits to states with the same hash: the signs of random projections of the observation, whose
   * numbers are first brought to mean 0 and deviation 1 over the states that the prior knows.
   * {@code κ = min(1, n(hash, action) / m)}.
   *
   * <p>Haoran Tang and others, "#Exploration: a study of count-based exploration for deep
   * reinforcement learning", 2017, arXiv 1611.04717.
   *
   * @param enough m, from how many visits on an action is known
   * @param bits how many signs
   */
  record Hashes(int enough, int bits) implements Knownness {
    /** Refuses hashes that tell nothing apart. */
    public Hashes {
      require(enough >= 1, "at least 1 visit", enough);
      require(bits >= 1 && bits <= 64, "1 to 64 bits", bits);
    }

    @Override
    public String toString() {
      return "hashes:" + enough + "," + bits;
    }
  }

  /**
   * Random network distillation: a small network learns the outputs of a random one in the states
   * of every minibatch. {@code κ = 1 − min(1, e / e₀)} with the squared error {@code e} and what it
   * was before anything was learned, {@code e₀}; all actions of a state alike.
   *
   * <p>Yuri Burda and others, "Exploration by random network distillation", 2018, arXiv 1810.12894;
   * the quotient is ours, so that nothing is left to scale.
   */
  record Distilled() implements Knownness {
    @Override
    public String toString() {
      return "rnd";
    }
  }

  /**
   * Some small networks learn the targets of every minibatch, each from other initial parameters.
   * {@code κ = 1 − min(1, σ / σ₀)} with the standard deviation {@code σ} of what they say an action
   * is worth and what it was before anything was learned, {@code σ₀}.
   *
   * <p>After Ian Osband, Charles Blundell, Alexander Pritzel, Benjamin Van Roy, "Deep exploration
   * via bootstrapped DQN", 2016, arXiv 1602.04621; the quotient is ours.
   *
   * @param networks how many, at least 2
   */
  record Disagreement(int networks) implements Knownness {
    /** Refuses a single opinion. */
    public Disagreement {
      require(networks >= 2, "at least 2 networks", networks);
    }

    @Override
    public String toString() {
      return "disagreement:" + networks;
    }
  }

  /**
   * No knownness at all, but the rival of it: {@code κ = min(1, t / t₀)} at environment step t,
   * everywhere alike.
   *
   * @param steps t₀
   */
  record Decay(long steps) implements Knownness {
    /** Refuses no time. */
    public Decay {
      require(steps >= 1, "at least 1 step", steps);
    }

    @Override
    public String toString() {
      return "decay:" + steps;
    }
  }

  /** The prior is believed for ever, wherever it says something: {@code κ = 0}. */
  record Never() implements Knownness {
    @Override
    public String toString() {
      return "never";
    }
  }

  /** The prior is never believed: {@code κ = 1}. */
  record Always() implements Knownness {
    @Override
    public String toString() {
      return "always";
    }
  }

  private static void require(boolean condition, String expected, long got) {
    if (!condition) {
      throw new RetortException("knownness: expected %s, got %s.".formatted(expected, got));
    }
  }

  /**
   * Ways to know as text: {@code counts:50}, {@code states:50}, {@code hashes:50,16}, {@code rnd},
   * {@code disagreement:5}, {@code decay:5000}, {@code never}, {@code always}.
   */
  static Type<Knownness> type() {
    return new Type<>(
        "counts:50, states:50, hashes:50,16, rnd, disagreement:5, decay:5000, never or always",
        Knownness::parse,
        Knownness::toString,
        List.of(
            "counts:50",
            "states:50",
            "hashes:50,16",
            "rnd",
            "disagreement:5",
            "decay:5000",
            "never"));
  }

  private static Knownness parse(String text) {
    String[] words = text.trim().toLowerCase(Locale.ROOT).split("[:,\\s]+", -1);
    Type.require(words.length <= 3);
    int first = words.length > 1 ? Integer.parseInt(words[1]) : 0;
    return switch (words[0] + "/" + (words.length - 1)) {
      case "counts/1" -> new Counts(first);
      case "states/1" -> new States(first);
      case "hashes/2" -> new Hashes(first, Integer.parseInt(words[2]));
      case "rnd/0" -> new Distilled();
      case "disagreement/1" -> new Disagreement(first);
      case "decay/1" -> new Decay(first);
      case "never/0" -> new Never();
      case "always/0" -> new Always();
      default -> throw new IllegalArgumentException();
    };
  }
}
