package dev.retort.run;

import dev.retort.figure.Figure;
import dev.retort.store.Tensors;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The session of a run: decides when to save and when to stop, and counts how far it came. */
final class RunSession implements Session {
  /** Writes a checkpoint. */
  @FunctionalInterface
  interface Saver {
    void save(long step, Tensors state);
  }

  /** Between two checkpoints a run works at least so many times as long as the first one took. */
  private static final long WORK_PER_SAVING = 20;

  private static final long BETWEEN_PICTURES = 1_000_000_000L;

  private final Optional<Tensors> resumed;
  private final Curve curve;
  private final StopToken stop;
  private final CheckpointInterval interval;
  private final RunClock clock;
  private final Saver saver;

  private long boundaries;
  private long shownAt;
  private volatile List<Figure> pictures = List.of();
  private long savedAt;
  private long saving;
  private volatile long step;
  private volatile long saved;

  RunSession(
      Optional<Checkpoint> checkpoint,
      Curve curve,
      StopToken stop,
      CheckpointInterval interval,
      RunClock clock,
      Saver saver) {
    this.resumed = checkpoint.map(Checkpoint::state);
    this.curve = curve;
    this.stop = stop;
    this.interval = interval;
    this.clock = clock;
    this.saver = saver;
    this.savedAt = clock.nanos();
    this.step = checkpoint.map(Checkpoint::step).orElse(0L);
    this.saved = step;
    checkpoint.ifPresent(from -> curve.restore(from.curve()));
  }

  @Override
  public Optional<Tensors> resumed() {
    return resumed;
  }

  @Override
  public void check() {
    if (stop.isRequested() && stop.isOverdue()) {
      throw new Stopped();
    }
  }

  @Override
  public void boundary(long reached, Supplier<Tensors> state) {
    step = reached;
    boundaries++;
    boolean stopping = stop.isRequested();
    if (stopping || isDue()) {
      long began = clock.nanos();
      saver.save(reached, state.get());
      saved = reached;
      savedAt = clock.nanos();
      saving = savedAt - began;
    }
    if (stopping) {
      throw new Stopped();
    }
  }

  private boolean isDue() {
    if (interval instanceof CheckpointInterval.EveryBoundaries every) {
      return boundaries % every.count() == 0;
    }
    CheckpointInterval.Every every = (CheckpointInterval.Every) interval;
    return clock.nanos() - savedAt
        >= Math.max(every.duration().toNanos(), WORK_PER_SAVING * saving);
  }

  @Override
  public Curve curve() {
    return curve;
  }

  @Override
  public void show(Supplier<List<Figure>> drawn) {
    long now = clock.nanos();
    if (pictures.isEmpty() || now - shownAt >= BETWEEN_PICTURES) {
      pictures = List.copyOf(drawn.get());
      shownAt = now;
    }
  }

  /** What was last to be seen. */
  List<Figure> pictures() {
    return pictures;
  }

  /** The last boundary. */
  long step() {
    return step;
  }

  /** The step from which a resumed run would go on. */
  long saved() {
    return saved;
  }
}
