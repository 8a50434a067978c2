package dev.retort.paper.marl;

import static dev.retort.Retort.collect;
import static dev.retort.Retort.noisy;
import static dev.retort.Retort.ppo;
import static dev.retort.Retort.stochastic;
import static dev.retort.Retort.styled;
import static dev.retort.Retort.train;
import static dev.retort.paper.marl.OfflineAgents.FIXED;

import dev.retort.data.Dataset;
import dev.retort.env.Env;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import dev.retort.policy.Policy;
import dev.retort.policy.RandomPolicy;

/** Who acted while data were collected, from the best to the poorest. */
enum DataQuality {
  /** The rule that knows all, a share of whose actions is random, another one in each episode. */
  GOOD("noisy heuristic"),
  /** Three centralized PPO, of a short training, a longer one and a long one, a third each. */
  NORMAL("PPO of three lengths"),
  /** Random walks with a direction. */
  POOR("styled walks");

  private final String words;

  DataQuality(String words) {
    this.words = words;
  }

  /**
   * Collects episodes.
   *
   * @param heuristic the rule that knows all
   * @param shown where everything is seen
   * @param episodes how many, where none ends sooner; fewer where the last ones of the copies of
   *     the world are cut off
   */
  Dataset collected(Policy heuristic, Env shown, int episodes, Scale scale) {
    int steps = episodes * shown.horizon();
    long seed = FIXED.count("seed of the data");
    return switch (this) {
      case GOOD ->
          StudyPart.inPassing(
              collect(steps)
                  .from(heuristic)
                  .on(shown)
                  .exploring(noisy(FIXED.numbers("noise of an episode", scale)))
                  .seed(seed));
      case NORMAL -> ofThreeLengths(shown, episodes, scale);
      case POOR ->
          StudyPart.inPassing(
              collect(steps).from(RandomPolicy.of(shown)).on(shown).exploring(styled()).seed(seed));
    };
  }

  private static Dataset ofThreeLengths(Env shown, int episodes, Scale scale) {
    double[] lengths = FIXED.numbers("steps of PPO", scale);
    Dataset all = null;
    for (int i = 0; i < lengths.length; i++) {
      Policy policy = train(ppo().steps((long) lengths[i])).on(shown).once();
      int own = (i + 1) * episodes / lengths.length - i * episodes / lengths.length;
      Dataset more =
          StudyPart.inPassing(
                  collect(own * shown.horizon())
                      .from(policy)
                      .on(shown)
                      .exploring(stochastic())
                      .seed(FIXED.count("seed of the data") + (long) i))
              .unlabeled();
      all = all == null ? more : all.and(more);
    }
    return all;
  }

  @Override
  public String toString() {
    return words;
  }
}
