package dev.retort.paper.marl;

import static dev.retort.paper.marl.OfflineAgents.FIXED;

import dev.retort.env.agents.AgentTask;
import dev.retort.env.agents.Collect;
import dev.retort.env.agents.EqualSpace;
import dev.retort.env.agents.FillIn;
import dev.retort.env.agents.Heuristics;
import dev.retort.env.agents.MiniSkirmish;
import dev.retort.paper.Scale;
import java.util.Arrays;
import java.util.List;

/** A world with several agents, and the rule that knows all of it. */
enum TeamTask {
  FILL_IN("FillIn"),
  EQUAL_SPACE("EqualSpace"),
  COLLECT("Collect"),
  MINI_SKIRMISH("MiniSkirmish"),
  /** Without the way out that all go to one place. */
  FIXED_SIDE("EqualSpace of a fixed side");

  private final String words;

  TeamTask(String words) {
    this.words = words;
  }

  /** Those of a size, in the order of the registration. */
  static List<TeamTask> all(Scale scale) {
    return Arrays.stream(FIXED.words("tasks", scale).split(" ", -1)).map(TeamTask::of).toList();
  }

  private static TeamTask of(String word) {
    return Arrays.stream(values()).filter(it -> it.words.equals(word)).findFirst().orElseThrow();
  }

  /** The world, in which each agent sees its own part. */
  AgentTask world(Scale scale) {
    AgentTask task =
        switch (this) {
          case FILL_IN -> new FillIn().with("apart", FIXED.number("FillIn starts apart"));
          case EQUAL_SPACE -> new EqualSpace();
          case COLLECT -> new Collect();
          case MINI_SKIRMISH -> new MiniSkirmish();
          case FIXED_SIDE ->
              new EqualSpace()
                  .with("side", FIXED.number("the fixed side"))
                  .with("sight", FIXED.number("sight with the fixed side"));
        };
    return (AgentTask) task.with("horizon", FIXED.count("horizon of " + task.name(), scale));
  }

  /** Moves all agents by everything that there is to know. */
  void heuristic(AgentTask shown, float[] seen, float[] action) {
    switch (this) {
      case FILL_IN -> Heuristics.fillIn((FillIn) shown, seen, action);
      case COLLECT -> Heuristics.collect((Collect) shown, seen, action);
      case MINI_SKIRMISH -> Heuristics.miniSkirmish((MiniSkirmish) shown, seen, action);
      case EQUAL_SPACE, FIXED_SIDE -> Heuristics.equalSpace((EqualSpace) shown, seen, action);
    }
  }

  @Override
  public String toString() {
    return words;
  }
}
