package dev.retort.nn;

import dev.retort.run.Parallel;
import java.util.Arrays;

/**
 * How a population is dealt out to cores, without a change to any bit of it.
 *
 * <p>The engine sums in the same order for every population of two or more perceptrons, but in
 * another one for a perceptron alone: no group is smaller than two. Convolutions are summed in an
 * order that depends on how many there are: convolutional networks are always alone.
 */
public final class Groups {
  private static final int FEWEST = 2;

  private Groups() {}

  /** The sizes of the groups of so many members on the cores of this machine. */
  public static int[] of(Architecture architecture, int members) {
    return of(architecture, members, Math.max(1, Parallel.cores() / Engine.threads()));
  }

  /** The same for members without a network, of whatever group sizes. */
  public static int[] of(int members) {
    return even(members, Math.min(Parallel.cores(), members));
  }

  static int[] of(Architecture architecture, int members, int cores) {
    return architecture instanceof Mlp
        ? even(members, Math.max(1, Math.min(cores, members / FEWEST)))
        : even(members, members);
  }

  private static int[] even(int members, int groups) {
    int[] sizes = new int[groups];
    Arrays.setAll(sizes, group -> members / groups + (group < members % groups ? 1 : 0));
    return sizes;
  }
}
