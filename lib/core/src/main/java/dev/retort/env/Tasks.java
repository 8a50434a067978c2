package dev.retort.env;

import dev.retort.random.RandomStream;
import dev.retort.store.Tensors;
import java.util.Arrays;

/**
 * Of which task of a family each copy's episode is.
 *
 * <p>A family draws a context and begins it; which it drew is not in the state. So the first number
 * of the stream is drawn once more, where somebody asks, and that context is begun once more: where
 * this gives the very state that the episode began in, it is the task, and otherwise the family
 * draws in a way of its own, and the task is not known.
 */
final class Tasks {
  static final int UNKNOWN = -1;

  /** How the episode of a copy began: what its stream was then, and what state it was in. */
  private static final class Beginning {
    final double[] state;
    long stream;
    int given = UNKNOWN;

    Beginning(int size) {
      state = new double[size];
    }
  }

  private final Env[] envs;
  private final int stateSize;
  private final boolean isFamily;
  private final Beginning[] now;
  private final Beginning[] ended;

  Tasks(Env[] envs, int stateSize) {
    this.envs = envs;
    this.isFamily = Arrays.stream(envs).anyMatch(env -> env.contexts() > 1);
    this.stateSize = isFamily ? stateSize : 0;
    this.now = new Beginning[envs.length];
    this.ended = new Beginning[envs.length];
    Arrays.setAll(now, copy -> new Beginning(this.stateSize));
    Arrays.setAll(ended, copy -> new Beginning(this.stateSize));
  }

  /** An episode began by a draw from a stream that stood there. */
  void begun(int copy, long stream, double[] state) {
    now[copy].stream = stream;
    now[copy].given = UNKNOWN;
    System.arraycopy(state, 0, now[copy].state, 0, stateSize);
  }

  /** An episode began in a context that was given. */
  void given(int copy, int context) {
    now[copy].given = context;
  }

  /** The episode of a copy is over; another one begins. */
  void end(int copy) {
    Beginning last = now[copy];
    now[copy] = ended[copy];
    ended[copy] = last;
  }

  /** The task of a copy's episode, or of the one that it ended last; −1 where it is not known. */
  int of(int copy, boolean isEnded) {
    int contexts = envs[copy].contexts();
    Beginning beginning = (isEnded ? ended : now)[copy];
    if (contexts == 1 || beginning.given != UNKNOWN) {
      return Math.max(0, beginning.given);
    }
    RandomStream again = RandomStream.at(beginning.stream);
    int context = again.nextInt(contexts);
    double[] state = new double[stateSize];
    envs[copy].reset(context, state, again);
    return Arrays.equals(state, beginning.state) ? context : UNKNOWN;
  }

  /** How the open episodes began. */
  Tensors save() {
    int copies = now.length;
    double[] states = new double[copies * stateSize];
    long[] streams = new long[copies];
    int[] given = new int[copies];
    for (int copy = 0; copy < copies; copy++) {
      System.arraycopy(now[copy].state, 0, states, copy * stateSize, stateSize);
      streams[copy] = now[copy].stream;
      given[copy] = now[copy].given;
    }
    return new Tensors().put("states", states).put("streams", streams).put("given", given);
  }

  /** Goes on from what {@link #save()} gave; of checkpoints of before, nothing is known. */
  void restore(Tensors saved) {
    boolean isKnown = saved.has("given") && saved.doubles("states").length > 0;
    for (int copy = 0; isKnown && copy < now.length; copy++) {
      System.arraycopy(saved.doubles("states"), copy * stateSize, now[copy].state, 0, stateSize);
      now[copy].stream = saved.longs("streams")[copy];
      now[copy].given = saved.ints("given")[copy];
    }
  }
}
