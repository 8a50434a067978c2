package dev.retort.data;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.option.Given;
import dev.retort.policy.Provenance;
import dev.retort.space.Group;
import dev.retort.space.Selection;
import dev.retort.space.Space;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Data of several agents, who are parts of what was seen and done, as each of them lived it.
 *
 * <pre>{@code
 * Dataset all = AgentData.withOwnRewards(data);          // columns reward.agent1, reward.agent2 ..
 * Dataset seen = AgentData.seenByAgents(all);             // without what no agent sees, such as global
 * Dataset first = AgentData.of(seen, "agent1");           // what agent1 saw and did, and the team's reward
 * }</pre>
 */
public final class AgentData {
  /** The part of what was seen that has the own reward of each agent. */
  private static final String REWARDS = "rewards";

  private AgentData() {}

  /** What was seen, in words. */
  private static String seen(Dataset data) {
    return data.observations() instanceof Group group
        ? "the parts " + String.join(", ", group.parts().keySet())
        : data.observations().summary() + " without names";
  }

  /**
   * The episodes of one agent: its part of what was seen and of what was done, with the team's
   * reward. Columns of one's own stay; what teachers of all agents said goes.
   *
   * @param agent the name of its part in both groups
   */
  public static Dataset of(Dataset data, String agent) {
    Given.given("agent data", "a dataset", data);
    Selection seen = part(data, "what was seen", data.observations(), agent);
    Selection done = part(data, "what was done", data.actions(), agent);
    return with(data, data.name() + ", " + agent, seen, done);
  }

  /**
   * The same episodes without what no agent sees, such as the parts {@code global} and {@code
   * rewards}: what was seen has the parts of what was done. Columns of one's own stay; what
   * teachers of everything said goes.
   */
  public static Dataset seenByAgents(Dataset data) {
    Given.given("agent data", "a dataset", data);
    if (!(data.actions() instanceof Group agents)) {
      throw new RetortException(
          "agent data: expected parts of what was done, one an agent, got %s in '%s'."
              .formatted(data.actions().summary(), data.name()));
    }
    Selection seen = Selection.parts(data.observations(), List.copyOf(agents.parts().keySet()));
    Space whole =
        seen.sees() instanceof Group
            ? seen.sees()
            : new Group(Map.of(agents.parts().keySet().iterator().next(), seen.sees()));
    return with(data, data.name(), seen, whole, Selection.all(data.actions()));
  }

  private static Dataset with(Dataset data, String name, Selection seen, Selection done) {
    return with(data, name, seen, seen.sees(), done);
  }

  private static Dataset with(
      Dataset data, String other, Selection seen, Space observations, Selection done) {
    List<Column> columns = new ArrayList<>();
    columns.add(own(Dataset.OBSERVATION, seen, data.obs(), data.size()));
    columns.add(own(Dataset.ACTION, done, data.taken(), data.size()));
    data.columns().stream()
        .filter(name -> !name.equals(Dataset.OBSERVATION) && !name.equals(Dataset.ACTION))
        .filter(name -> data.teachers().stream().noneMatch(whose -> name.startsWith(whose + ".")))
        .forEach(name -> columns.add(data.column(name)));
    return new Dataset(
        other,
        observations,
        done.sees(),
        Map.of(),
        Provenance.unknown(),
        columns,
        data.index().seeing(seen.of(data.finals(), data.episodes())));
  }

  private static Column own(String name, Selection part, float[] all, int rows) {
    return Column.of(name, part.sees().size(), part.of(all, rows));
  }

  private static Selection part(Dataset data, String what, Space space, String agent) {
    Given.given("agent data", "the name of an agent", agent);
    if (!(space instanceof Group group)) {
      throw new RetortException(
          "agent data: expected parts of %s, one an agent, got %s in '%s'."
              .formatted(what, space.summary(), data.name()));
    }
    if (!group.parts().containsKey(agent)) {
      throw UnknownNameException.in("agent data", "part of " + what, agent, group.parts().keySet());
    }
    return Selection.parts(space, List.of(agent));
  }

  /**
   * The same data with each agent's own reward of each step, columns {@code reward.agent1} and so
   * on: the numbers of the part {@code rewards} of the observation after the step, in the order of
   * the agents.
   */
  public static Dataset withOwnRewards(Dataset data) {
    Given.given("agent data", "a dataset", data);
    if (!(data.observations() instanceof Group seen) || !seen.parts().containsKey(REWARDS)) {
      throw new RetortException(
          "withOwnRewards: expected a part '%s' of what was seen, a number an agent, got %s in '%s'. Say it of data as they were collected, before seenByAgents(data), where the environment shows that part, as Collect does with global 1."
              .formatted(REWARDS, seen(data), data.name()));
    }
    Selection rewards = Selection.parts(seen, List.of(REWARDS));
    if (!(data.actions() instanceof Group agents)
        || agents.parts().size() != rewards.sees().size()) {
      throw new RetortException(
          "withOwnRewards: expected a part of what was done for each of the %s numbers of '%s', got %s in '%s'. Let each agent have an action of its own, a part of a Group."
              .formatted(rewards.sees().size(), REWARDS, data.actions().summary(), data.name()));
    }
    int count = rewards.sees().size();
    float[] after = new float[data.observations().size()];
    float[] own = new float[count];
    float[][] each = new float[count][data.size()];
    for (int row = 0; row < data.size(); row++) {
      data.nextObservation(row, after, 0);
      rewards.take(after, 0, own, 0);
      for (int agent = 0; agent < count; agent++) {
        each[agent][row] = own[agent];
      }
    }
    Dataset all = data;
    int agent = 0;
    for (String name : agents.parts().keySet()) {
      all = all.with(Column.of(Dataset.REWARD + "." + name, 1, each[agent++]));
    }
    return all;
  }
}
