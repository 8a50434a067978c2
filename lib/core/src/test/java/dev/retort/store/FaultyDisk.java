package dev.retort.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A disk that dies, refuses or fills up on order.
 *
 * <p>It counts file operations. At the chosen one it does what its {@link Fault} says; a write is
 * done by half first. Nothing is forced in earnest, as no power is cut in earnest. After a death
 * nothing reaches the disk any more, as of a killed process.
 */
public final class FaultyDisk implements Disk {
  /** What goes wrong. */
  public enum Fault {
    /** The process is killed: what was written stays. */
    KILL,
    /** The power goes: bytes and names that were not forced are lost. */
    POWER_CUT,
    /** One operation is refused; the process lives on. */
    REFUSAL
  }

  /** Thrown where the process would be dead. */
  @SuppressWarnings("serial")
  public static final class Death extends Error {
    Death() {
      super("the process was killed here", null, false, false);
    }
  }

  private final Fault fault;
  private final long operation;
  private final long budget;
  private final Map<Path, byte[]> unforcedNames = new HashMap<>();
  private final Map<Path, Boolean> unforcedBytes = new HashMap<>();
  private long operations;
  private long bytes;
  private boolean dead;

  private FaultyDisk(Fault fault, long operation, long budget) {
    this.fault = fault;
    this.operation = operation;
    this.budget = budget;
  }

  /** Fails at an operation; the first is number one. */
  public static FaultyDisk failing(Fault fault, long operation) {
    return new FaultyDisk(fault, operation, Long.MAX_VALUE);
  }

  /** Has no fault. */
  public static FaultyDisk healthy() {
    return new FaultyDisk(Fault.REFUSAL, Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /** Takes only so many bytes. */
  public static FaultyDisk holding(long budget) {
    return new FaultyDisk(Fault.REFUSAL, Long.MAX_VALUE, budget);
  }

  /** How many operations have been asked for. */
  public long operations() {
    return operations;
  }

  private boolean failsNow() throws IOException {
    if (dead) {
      throw new Death();
    }
    return ++operations == operation;
  }

  private IOException fail() throws IOException {
    if (fault == Fault.REFUSAL) {
      return new IOException("Input/output error");
    }
    dead = true;
    if (fault == Fault.POWER_CUT) {
      for (Path file : unforcedBytes.keySet()) {
        if (Files.exists(file)) {
          Files.write(file, new byte[(int) Files.size(file) / 2]);
        }
      }
      for (Map.Entry<Path, byte[]> name : unforcedNames.entrySet()) {
        if (name.getValue().length == 0) {
          Files.deleteIfExists(name.getKey());
        } else {
          Files.write(name.getKey(), name.getValue());
        }
      }
    }
    throw new Death();
  }

  @Override
  public void createFolder(Path folder) throws IOException {
    if (failsNow()) {
      throw fail();
    }
    Disk.real().createFolder(folder);
  }

  @Override
  public Output create(Path file) throws IOException {
    if (failsNow()) {
      throw fail();
    }
    Output real = Disk.real().create(file);
    unforcedBytes.put(file, true);
    return new Output() {
      @Override
      public void write(byte[] source, int from, int length) throws IOException {
        boolean fails = failsNow();
        int n = (int) Math.min(fails ? length / 2 : length, budget - bytes);
        real.write(source, from, n);
        bytes += n;
        if (fails) {
          throw fail();
        }
        if (n < length) {
          throw new IOException("No space left on device");
        }
      }

      @Override
      public void force() throws IOException {
        if (failsNow()) {
          throw fail();
        }
        unforcedBytes.remove(file);
      }

      @Override
      public void close() throws IOException {
        boolean fails = failsNow();
        real.close();
        if (fails) {
          throw fail();
        }
      }
    };
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    if (failsNow()) {
      throw fail();
    }
    unforcedNames.put(to, Files.exists(to) ? Files.readAllBytes(to) : new byte[0]);
    Disk.real().move(from, to);
    Optional.ofNullable(unforcedBytes.remove(from)).ifPresent(yes -> unforcedBytes.put(to, yes));
  }

  @Override
  public void delete(Path file) throws IOException {
    if (failsNow()) {
      throw fail();
    }
    Disk.real().delete(file);
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    if (failsNow()) {
      throw fail();
    }
    unforcedNames.keySet().removeIf(name -> name.getParent().equals(folder));
  }
}
