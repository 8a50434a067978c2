package dev.retort.distill;

import dev.retort.RetortException;
import dev.retort.distribution.Categorical;
import dev.retort.distribution.Distribution;
import dev.retort.env.grid.QuarterTurns;
import dev.retort.loss.Distance;
import dev.retort.loss.Mse;
import dev.retort.loss.ProbabilityMse;
import dev.retort.option.Type;
import dev.retort.space.Mirror;
import dev.retort.space.Rotations;
import dev.retort.space.Symmetry;

/**
 * A term by which students treat transformed observations alike: the squared distance of what they
 * give for the transformed observation from the transformed of what they give for it as it is.
 *
 * <pre>
 *   c · d(f(g s), ρ(g) f(s)),   g ≠ e drawn uniformly for every row
 * </pre>
 *
 * <p>{@code d} is the squared distance of the probabilities of students with logits, and of the
 * first output's numbers otherwise: of action values, and of actions before they are squashed. Both
 * sides learn. No teacher is asked, so that it reaches where the teacher was not.
 *
 * @param factor c
 * @param group the transformations
 */
public record Consistency(double factor, Symmetry group) {
  static final String WORD = "consistent";
  private static final String ROTATIONS = "rotations:";
  private static final String MIRROR = "mirror:";
  private static final String QUARTER_TURNS = "quarter-turns:";

  /** Refuses a factor that is not positive. */
  public Consistency {
    if (!(factor > 0 && Double.isFinite(factor))) {
      throw new RetortException(
          "loss: expected a factor above 0 for consistent(..), got %s.".formatted(factor));
    }
  }

  /** With a factor of 1. */
  public Consistency(Symmetry group) {
    this(1, group);
  }

  Consistency times(double more) {
    return new Consistency(factor * more, group);
  }

  /** Reads the group, such as {@code rotations:4}, {@code mirror:2} or {@code quarter-turns:19}. */
  static Consistency of(String text) {
    if (text.startsWith(ROTATIONS)) {
      return new Consistency(new Rotations(number(text, ROTATIONS)));
    }
    if (text.startsWith(MIRROR)) {
      return new Consistency(new Mirror(number(text, MIRROR)));
    }
    Type.require(text.startsWith(QUARTER_TURNS));
    return new Consistency(new QuarterTurns(number(text, QUARTER_TURNS)));
  }

  private static int number(String text, String word) {
    return Integer.parseInt(text.substring(word.length()));
  }

  /** The distance of what students give; it is the same both ways. */
  static Distance between(Distribution students) {
    return students instanceof Categorical ? new ProbabilityMse() : new Mse();
  }

  @Override
  public String toString() {
    return "%s %s %s".formatted(factor, WORD, group);
  }
}
