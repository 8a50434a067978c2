package dev.retort.nn;

import dev.retort.run.Parallel;
import java.util.Arrays;

/**
 * How a population is dealt out to cores, and to their caches, without a change to any bit of it.
 *
 * <p>The engine sums in the same order for every population of two or more perceptrons, but on some
 * processors in another one for a perceptron alone: no group is smaller than two. Convolutions are
 * summed in an order that depends on how many there are, and so are some narrow products of
 * transformers and recurrent units: all other networks are always alone.
 */
public final class Groups {
  private static final int FEWEST = 2;

  /** So many perceptrons of any size share a call's own cost well enough. */
  private static final int ENOUGH = 5;

  /** A core's own cache, in bytes. */
  private static final double CACHE = 1 << 20;

  private Groups() {}

  /**
   * The sizes of the groups of so many members on the cores of this machine.
   *
   * @param batch rows of an update: as many perceptrons are together as a core's cache has room for
   *     what their layers compute in both passes, or five
   */
  public static int[] of(Architecture architecture, int members, int batch) {
    return of(architecture, members, batch, Math.max(1, Parallel.cores() / Engine.threads()));
  }

  /** The same for members without a network, of whatever group sizes. */
  public static int[] of(int members) {
    return even(members, Math.min(Parallel.cores(), members));
  }

  /** The same for so many cores. */
  public static int[] of(Architecture architecture, int members, int batch, int cores) {
    if (architecture.perceptron().isEmpty()) {
      return even(members, members);
    }
    int units = architecture.perceptron().get().hidden().stream().mapToInt(Integer::intValue).sum();
    int most = (int) Math.max(ENOUGH, CACHE / (2.0 * Float.BYTES * batch * Math.max(1, units)));
    int groups = Math.max(Math.min(cores, members / FEWEST), (members + most - 1) / most);
    return even(members, Math.max(1, groups));
  }

  private static int[] even(int members, int groups) {
    int[] sizes = new int[groups];
    Arrays.setAll(sizes, group -> members / groups + (group < members % groups ? 1 : 0));
    return sizes;
  }
}
