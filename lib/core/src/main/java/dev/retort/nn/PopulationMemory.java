package dev.retort.nn;

import com.sun.management.OperatingSystemMXBean;
import dev.retort.RetortException;
import dev.retort.figure.Numbers;
import dev.retort.nn.Hardware.Card;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How much memory a population takes while it learns from a table, told before anything is
 * allocated.
 *
 * <p>Java holds parameters, gradients and both moments of Adam, 16 bytes a parameter, and the order
 * in which each member sees the rows. The engine holds parameters and gradients, on a device the
 * moments and one more such array too; what every layer gave for every row, and its gradient; the
 * rows of an update; and on a device the table.
 *
 * @param members of the population
 * @param parameters of each
 * @param java bytes in Java's heap
 * @param engine bytes outside of it: in the machine's memory, or the GPU's
 * @param isOnGpu whether the engine's part lies on a GPU
 */
public record PopulationMemory(
    int members, long parameters, long java, long engine, boolean isOnGpu) {
  /** What there is, in bytes; a number that is not known is none. */
  record Available(long java, Optional<Long> engine) {
    static Available here(boolean onGpu) {
      long heap = Runtime.getRuntime().maxMemory();
      if (onGpu) {
        return new Available(heap, Engine.card().map(Card::free));
      }
      long machine =
          ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
      return new Available(heap, Optional.of(machine));
    }
  }

  /**
   * Counts.
   *
   * @param architecture of each member
   * @param inputShape what is seen of a row
   * @param outputs numbers that a member gives
   * @param members how many
   * @param order whether members see the same rows
   * @param batch rows of an update
   * @param rows of the table
   * @param onDevice whether all lies on the engine's device
   */
  public static PopulationMemory of(
      Architecture architecture,
      InputShape inputShape,
      int outputs,
      int members,
      Rows order,
      int batch,
      int rows,
      boolean onDevice) {
    Output output = Output.of("outputs", outputs);
    long parameters =
        new Blueprint(architecture, inputShape, List.of(output), Trunk.SHARED).parameters();
    long inputs = inputShape.size();
    long units = outputs + Described.of(architecture, inputShape).kept();
    long all = parameters * members;
    long owners = order == Rows.SHARED ? 1 : members;
    long seen = 4 * owners * batch * inputs;
    long given = 4L * members * batch * outputs;
    long layers = 4L * members * batch * 2 * units;
    long java = 16 * all + 4 * owners * rows + (onDevice ? 0 : seen + 2 * given);
    long engine =
        onDevice
            ? 20 * all + layers + seen + 8 * given + 4L * rows * (inputs + outputs + 3L)
            : 8 * all + layers + seen + 2 * given;
    return new PopulationMemory(members, parameters, java, engine, onDevice && Engine.usesGpu());
  }

  /**
   * Refuses a population that cannot fit.
   *
   * @param what is done with it, for the message
   * @throws RetortException saying what is needed and what there is
   */
  public void require(String what) {
    require(what, Available.here(isOnGpu));
  }

  void require(String what, Available available) {
    require(what, java, available.java(), "Java's heap", "or start Java with a larger -Xmx");
    available
        .engine()
        .ifPresent(
            there ->
                require(
                    what,
                    engine,
                    there,
                    isOnGpu ? "the GPU's free memory" : "the machine's memory",
                    "or a smaller batch"));
  }

  private void require(String what, long need, long there, String where, String fix) {
    if (need > there) {
      throw new RetortException(
          "%s: expected %s members of %s parameters to fit into %s of %s, got a need of %s. Take fewer members, %s."
              .formatted(
                  what,
                  Numbers.count(members),
                  Numbers.count(parameters),
                  where,
                  apart(there, need),
                  apart(need, there),
                  fix));
    }
  }

  /** A number of bytes in its largest unit, or exactly where another one reads alike. */
  private static String apart(long count, long other) {
    return bytes(count).equals(bytes(other)) ? Numbers.count(count) + " bytes" : bytes(count);
  }

  /** A number of bytes in its largest unit. */
  static String bytes(long count) {
    if (count < 1L << 20) {
      return (count + 1023) / 1024 + " KB";
    }
    return count < 1L << 30
        ? String.format(Locale.ROOT, "%,d MB", count >> 20)
        : String.format(Locale.ROOT, "%.1f GB", count / (double) (1 << 30));
  }

  /** Such as {@code 16 MB in Java and 3.1 GB on the GPU}. */
  @Override
  public String toString() {
    return bytes(java) + " in Java and " + bytes(engine) + (isOnGpu ? " on the GPU" : " beside it");
  }
}
