package dev.retort.paper.marl;

import static dev.retort.paper.marl.OfflineAgents.FIXED;

import dev.retort.data.AgentData;
import dev.retort.data.Dataset;
import dev.retort.env.Env;
import dev.retort.env.agents.AgentTask;
import dev.retort.figure.Numbers;
import dev.retort.paper.Scale;
import dev.retort.policy.Policy;
import dev.retort.policy.Scripted;

/**
 * Data of one task, and where those act who learned from them.
 *
 * @param scale size of the study
 * @param task in which they were collected
 * @param quality by whom
 * @param share of the episodes that are learned from, the first ones
 * @param showsReward whether agents see what was received, by which a goal can fall
 */
record TeamData(
    Scale scale, TeamTask task, DataQuality quality, double share, boolean showsReward) {
  /** All episodes of the noisy heuristic. */
  static TeamData of(Scale scale, TeamTask task) {
    return new TeamData(scale, task, DataQuality.GOOD, 1, false);
  }

  TeamData of(DataQuality other) {
    return new TeamData(scale, task, other, share, showsReward);
  }

  TeamData first(double part) {
    return new TeamData(scale, task, quality, part, showsReward);
  }

  TeamData rewarded() {
    return new TeamData(scale, task, quality, share, true);
  }

  /** Whether these are the data that the claims are about. */
  boolean isMain() {
    return equals(of(scale, task)) && task != TeamTask.FIXED_SIDE;
  }

  /** The world as its agents see it, each its own part and what it did before. */
  Env env() {
    return wrapped(task.world(scale));
  }

  private Env wrapped(Env world) {
    return showsReward ? world.lastAction().lastReward() : world.lastAction();
  }

  /** The same world, of which everything is seen beside. */
  Env shown() {
    return wrapped(known());
  }

  private AgentTask known() {
    return (AgentTask) task.world(scale).with("global", 1);
  }

  /** Who sees everything. */
  Policy heuristic() {
    AgentTask known = known();
    return Scripted.of("heuristic", shown(), (seen, action) -> task.heuristic(known, seen, action));
  }

  /** The episodes as their agents saw them, with each agent's own rewards. */
  Dataset collected() {
    Dataset all =
        quality.collected(heuristic(), shown(), FIXED.count("episodes of data", scale), scale);
    Dataset own = AgentData.seenByAgents(AgentData.withOwnRewards(all));
    int kept = Math.max(1, (int) Math.round(share * own.episodes()));
    return share == 1 ? own : own.where(episode -> episode.index() < kept);
  }

  /** Such as {@code FillIn} or {@code FillIn, 10 % of the data}. */
  @Override
  public String toString() {
    return task
        + (quality == DataQuality.GOOD ? "" : ", " + quality)
        + (share == 1 ? "" : ", %s %% of the data".formatted(Numbers.of(100 * share)));
  }
}
