package dev.retort.paper.compass;

import static dev.retort.Retort.mse;
import static dev.retort.Retort.normalKl;

import dev.retort.data.Dataset;
import dev.retort.data.End;
import dev.retort.loss.Distance;
import java.util.Arrays;
import java.util.stream.IntStream;

/** How a student of all specialists learns; the first one is the method, the others leave it. */
enum Generalist {
  /** By the divergence of normal distributions, told which robot it drives. */
  KL("generalist"),
  /** Not told which robot it drives. */
  UNTOLD("generalist, not told the robot"),
  /** By the squared distance of actions. */
  MSE("generalist by squared distance"),
  /** From drives that did not fail. */
  SUCCESSES("generalist of successes alone");

  private final String words;

  Generalist(String words) {
    this.words = words;
  }

  Distance loss() {
    return this == MSE ? mse() : normalKl();
  }

  /** What it sees beside what specialists see. */
  String[] sees(String... parts) {
    if (this == UNTOLD) {
      return parts;
    }
    String[] more = Arrays.copyOf(parts, parts.length + 1);
    more[parts.length] = "embodiment";
    return more;
  }

  /** Those drives that it learns from. */
  Dataset learnsFrom(Dataset data) {
    boolean hasSuccess =
        IntStream.range(0, data.episodes()).anyMatch(episode -> succeeded(data, episode));
    return this == SUCCESSES && hasSuccess
        ? data.where(episode -> succeeded(data, episode.index()))
        : data;
  }

  /** Whether a drive ended its task by a reward, and not by a fall or a touch. */
  private static boolean succeeded(Dataset data, int episode) {
    return data.how(episode) == End.TASK && data.rewards()[data.end(episode) - 1] > 0;
  }

  @Override
  public String toString() {
    return words;
  }
}
