package dev.retort.run;

import dev.retort.store.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Where a computation is right now, in a file that outlives its process.
 *
 * <p>The file is mapped into memory: marking costs a store, and what a killed process marked last
 * is there to be read. Another process may close a gate, beyond which the computation does not go,
 * and aim at a phase, in which it then stays: so a kill meets it however fast the machine is.
 */
public final class PhaseMarker {
  /** What a computation may be at. */
  public enum Phase {
    /** Not yet at work. */
    START(0),
    /** Steps an environment. */
    STEP(1),
    /** Updates its numbers. */
    UPDATE(2),
    /** Is within a boundary, where checkpoints are written. */
    SAVE(3);

    private final int code;

    Phase(int code) {
      this.code = code;
    }
  }

  private static final int PHASE = 0;
  private static final int AIM = 4;
  private static final int STEP = 8;
  private static final int GATE = 16;
  private static final int SIZE = 24;

  private final MappedByteBuffer memory;

  private PhaseMarker(MappedByteBuffer memory) {
    this.memory = memory;
  }

  /** The marker in a file, which is made if it is not there. */
  public static PhaseMarker in(Path file) {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return new PhaseMarker(channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Marks a phase, and stays in it where it is the one that is aimed at. */
  public void enter(Phase phase) {
    memory.putInt(PHASE, phase.code);
    while (isHeld()) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** Marks how many steps are done. */
  public void step(long step) {
    memory.putLong(STEP, step);
  }

  /** Begins anew: aims at nothing, and closes the gate before a step. */
  public void reset(long gate) {
    step(0);
    memory.putInt(AIM, 0);
    memory.putLong(GATE, gate);
  }

  /** The computation is to stay in the phase, once it enters it. */
  public void aim(Phase phase) {
    memory.putInt(AIM, phase.code);
  }

  /** Whether the computation is in the phase in which it is to stay. */
  public boolean isHeld() {
    int aim = memory.getInt(AIM);
    return aim != 0 && aim == memory.getInt(PHASE);
  }

  /** Opens the gate. */
  public void open() {
    memory.putLong(GATE, Long.MAX_VALUE);
  }

  /** Whether the gate is closed for a computation that has done what it has done. */
  public boolean isClosed() {
    return step() >= memory.getLong(GATE);
  }

  /** The phase that was marked last. */
  public Phase phase() {
    int code = memory.getInt(PHASE);
    return Arrays.stream(Phase.values())
        .filter(phase -> phase.code == code)
        .findFirst()
        .orElseThrow();
  }

  /** The step that was marked last. */
  public long step() {
    return memory.getLong(STEP);
  }

  /** The same job, marking its boundaries as SAVE and all else as UPDATE, where it says no more. */
  public <R> Job<R> marking(Job<R> job) {
    return new DelegatedJob<>(job) {
      @Override
      public R execute(Session session) {
        return super.execute(marking(session));
      }
    };
  }

  private Session marking(Session session) {
    return new DelegatedSession(session) {
      @Override
      public void boundary(long reached, Supplier<Tensors> state) {
        step(reached);
        enter(Phase.SAVE);
        super.boundary(reached, state);
        enter(Phase.UPDATE);
      }
    };
  }
}
