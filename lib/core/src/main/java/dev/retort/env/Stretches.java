package dev.retort.env;

import dev.retort.run.Parallel;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** The copies of a {@link VectorEnv}: all in one stretch, or dealt to cores in several. */
final class Stretches {
  /** Steps may take unlike long: so many stretches a core, that none waits long for another. */
  private static final int EACH_CORE = 4;

  private final Stretch whole;
  private final List<Stretch> undealt;
  private final List<Stretch> dealt;
  private final Pace pace = new Pace();
  private Dealing dealing = Dealing.WHERE_DEAR;
  private List<Stretch> now;

  /**
   * All copies, undealt.
   *
   * @param apart whether every copy has a stream of its own; those that share one stay together
   */
  Stretches(int copies, int obsSize, int actionSize, boolean apart) {
    this.whole = new Stretch(0, copies, obsSize, actionSize);
    this.undealt = List.of(whole);
    this.now = undealt;
    int count = apart ? Math.min(copies, EACH_CORE * Parallel.cores()) : 1;
    this.dealt =
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    new Stretch(
                        (int) ((long) copies * i / count),
                        (int) ((long) copies * (i + 1) / count),
                        obsSize,
                        actionSize))
            .toList();
  }

  void dealing(Dealing when) {
    dealing = when;
  }

  /** All copies, for a thread that works alone. */
  Stretch whole() {
    return whole;
  }

  /** Takes a step in all stretches, and times it now and then. */
  void round(Consumer<Stretch> step) {
    boolean isTimed = pace.isTimed();
    now = isDealt() ? dealt : undealt;
    if (now == undealt && !isTimed) {
      step.accept(whole);
      return;
    }
    each(stretch -> Pace.time(stretch, step));
    if (isTimed) {
      pace.took(now.stream().mapToLong(stretch -> stretch.nanos).sum());
    }
  }

  private boolean isDealt() {
    return switch (dealing) {
      case WHERE_DEAR -> pace.isDear() && Parallel.mayWait();
      case ALWAYS -> true;
      case NEVER -> false;
    };
  }

  /** Does something for the stretches of this round, for several at once where they are dealt. */
  void each(Consumer<Stretch> work) {
    if (now == undealt) {
      work.accept(whole);
    } else {
      Parallel.all(now.stream().map(stretch -> (Runnable) () -> work.accept(stretch)).toList());
    }
  }

  /** Does something for the stretches of this round, one after the other. */
  void inTurn(Consumer<Stretch> work) {
    now.forEach(work);
  }

  /** Whether it is known that all that was shown after this round is finite. */
  boolean areFinite() {
    for (Stretch stretch : now) {
      if (!stretch.isFinite) {
        return false;
      }
    }
    return true;
  }

  /** Whether no copy is over. */
  boolean areOpen() {
    for (Stretch stretch : now) {
      if (stretch.over > 0) {
        return false;
      }
    }
    return true;
  }
}
