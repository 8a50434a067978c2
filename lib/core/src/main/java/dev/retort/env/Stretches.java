package dev.retort.env;

import dev.retort.run.Parallel;
import java.util.Arrays;
import java.util.function.Consumer;

/** The copies of a {@link VectorEnv}: all in one stretch, or dealt to cores in several. */
final class Stretches {
  /** Steps may take unlike long: so many stretches a core, that none waits long for another. */
  private static final int EACH_CORE = 4;

  private final Stretch whole;
  private final Stretch[] dealt;
  private final Pace pace = new Pace();
  private Dealing dealing = Dealing.WHERE_DEAR;
  private boolean isTimed;
  private boolean isDealt;

  /**
   * All copies, undealt.
   *
   * @param apart whether every copy has a stream of its own; those that share one stay together
   */
  Stretches(int copies, int obsSize, int actionSize, boolean apart) {
    int count = apart ? Math.min(copies, EACH_CORE * Parallel.cores()) : 1;
    this.whole = new Stretch(0, copies, obsSize, actionSize);
    this.dealt = new Stretch[count];
    for (int i = 0; i < count; i++) {
      int from = (int) ((long) copies * i / count);
      int to = (int) ((long) copies * (i + 1) / count);
      dealt[i] = new Stretch(from, to, obsSize, actionSize);
    }
  }

  void dealing(Dealing when) {
    dealing = when;
  }

  /** All copies in one; after a round it says of all of them what a stretch says of its own. */
  Stretch whole() {
    return whole;
  }

  /** Begins a round; whether this thread is to step all copies, and no clock is asked. */
  boolean areWhole() {
    if (dealt.length == 1) {
      return true;
    }
    isTimed = pace.isTimed();
    isDealt =
        dealing == Dealing.ALWAYS
            || (pace.isDear() && dealing == Dealing.WHERE_DEAR && Parallel.mayWait());
    return !isTimed && !isDealt;
  }

  /** Takes a step in all stretches, and times it if it is one of those that are timed. */
  void round(Consumer<Stretch> step) {
    each(stretch -> Pace.time(stretch, step));
    if (isDealt) {
      whole.isFinite = Arrays.stream(dealt).allMatch(stretch -> stretch.isFinite);
      whole.over = Arrays.stream(dealt).mapToInt(stretch -> stretch.over).sum();
      whole.nanos = Arrays.stream(dealt).mapToLong(stretch -> stretch.nanos).sum();
    }
    if (isTimed) {
      pace.took(whole.nanos);
    }
  }

  /** Does something for all stretches, for several at once where they are dealt. */
  void each(Consumer<Stretch> work) {
    if (isDealt) {
      Parallel.all(
          Arrays.stream(dealt).map(stretch -> (Runnable) () -> work.accept(stretch)).toList());
    } else {
      work.accept(whole);
    }
  }

  /** Does something for all stretches, one after the other. */
  void inTurn(Consumer<Stretch> work) {
    if (isDealt) {
      Arrays.stream(dealt).forEach(work);
    } else {
      work.accept(whole);
    }
  }
}
