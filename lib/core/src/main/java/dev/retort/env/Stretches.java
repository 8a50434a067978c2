package dev.retort.env;

import dev.retort.run.Parallel;
import java.util.Arrays;
import java.util.function.Consumer;

/** The copies of a {@link VectorEnv}: all in one stretch, or dealt to cores in several. */
final class Stretches {
  /** Steps may take unlike long: so many stretches a core, that none waits long for another. */
  private static final int EACH_CORE = 4;

  private final Stretch whole;
  private final Stretch[] undealt;
  private final Stretch[] dealt;
  private final Pace pace = new Pace();
  private Dealing dealing = Dealing.WHERE_DEAR;
  private Stretch[] now;
  private boolean isTimed;

  /**
   * All copies, undealt.
   *
   * @param apart whether every copy has a stream of its own; those that share one stay together
   */
  Stretches(int copies, int obsSize, int actionSize, boolean apart) {
    int count = apart ? Math.min(copies, EACH_CORE * Parallel.cores()) : 1;
    this.whole = new Stretch(0, copies, obsSize, actionSize);
    this.undealt = new Stretch[] {whole};
    this.dealt = new Stretch[count];
    for (int i = 0; i < count; i++) {
      int from = (int) ((long) copies * i / count);
      int to = (int) ((long) copies * (i + 1) / count);
      dealt[i] = new Stretch(from, to, obsSize, actionSize);
    }
    this.now = undealt;
  }

  void dealing(Dealing when) {
    dealing = when;
  }

  /** All copies, for a thread that works alone. */
  Stretch whole() {
    return whole;
  }

  /** Begins a round; whether all copies are to be stepped by this thread, and no clock is asked. */
  boolean areWhole() {
    isTimed = pace.isTimed();
    now = isDealt() ? dealt : undealt;
    return now == undealt && !isTimed;
  }

  private boolean isDealt() {
    return dealing == Dealing.ALWAYS
        || (dealing == Dealing.WHERE_DEAR && pace.isDear() && Parallel.mayWait());
  }

  /** Takes a step in all stretches, and times it if it is one of those that are timed. */
  void round(Consumer<Stretch> step) {
    each(stretch -> Pace.time(stretch, step));
    if (isTimed) {
      pace.took(Arrays.stream(now).mapToLong(stretch -> stretch.nanos).sum());
    }
  }

  /** Does something for the stretches of this round, for several at once where they are dealt. */
  void each(Consumer<Stretch> work) {
    if (now == undealt) {
      work.accept(whole);
    } else {
      Parallel.all(
          Arrays.stream(now).map(stretch -> (Runnable) () -> work.accept(stretch)).toList());
    }
  }

  /** Does something for the stretches of this round, one after the other. */
  void inTurn(Consumer<Stretch> work) {
    for (Stretch stretch : now) {
      work.accept(stretch);
    }
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
