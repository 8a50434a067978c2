package dev.retort.random;

import java.util.Arrays;
import java.util.function.IntFunction;

/** The streams of a population for one purpose, one a member; members never share randomness. */
public final class RandomStreams {
  private final RandomStream[] streams;

  private RandomStreams(RandomStream[] streams) {
    this.streams = streams;
  }

  /** A stream for each seed. */
  public static RandomStreams of(long[] seeds, String purpose) {
    return of(seeds.length, member -> RandomStream.of(seeds[member], purpose));
  }

  /** So many streams. */
  public static RandomStreams of(int count, IntFunction<RandomStream> stream) {
    RandomStream[] streams = new RandomStream[count];
    Arrays.setAll(streams, stream);
    return new RandomStreams(streams);
  }

  /** How many there are. */
  public int size() {
    return streams.length;
  }

  /** A member's stream. */
  public RandomStream get(int member) {
    return streams[member];
  }

  /** Everything that there is to save. */
  public long[] states() {
    return Arrays.stream(streams).mapToLong(RandomStream::state).toArray();
  }

  /** Goes on from saved states. */
  public void restore(long[] states) {
    for (int member = 0; member < streams.length; member++) {
      streams[member].restore(states[member]);
    }
  }
}
