package dev.retort.teach;

import dev.retort.RetortException;
import dev.retort.data.Dataset;
import dev.retort.data.End;
import dev.retort.data.ReturnsToGo;
import dev.retort.distribution.Categorical;
import dev.retort.distribution.Density;
import dev.retort.env.Env;
import dev.retort.nn.Blueprint;
import dev.retort.nn.CausalTransformer;
import dev.retort.nn.Trunk;
import dev.retort.policy.Joint;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.random.RandomStream;
import dev.retort.space.Discrete;
import dev.retort.space.Goal;
import dev.retort.space.Group;
import dev.retort.space.Selection;
import dev.retort.space.Space;
import dev.retort.space.Trajectory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Windows of a dataset as decision transformers see them, for whom, and the policies that see the
 * same while they act.
 *
 * <p>A <em>cell</em> is a step of a window of a seed; of each cell and agent there is a token.
 */
final class SequenceData {
  /** Name of the one who acts where there are no agents. */
  private static final String ALONE = "";

  private static final String FEATURES = Dataset.TEACHER + ".features";

  private final DecisionTransformer spec;
  private final Dataset data;
  private final List<String> agents;
  private final int choices;
  private final List<Selection> parts;
  private final List<Trajectory> trajectories;
  private final float[][] returns;
  private final int[] episodes;
  private final long[] begins;

  private SequenceData(
      DecisionTransformer spec,
      Dataset data,
      List<String> agents,
      int choices,
      List<Selection> parts,
      List<Trajectory> trajectories,
      float[][] returns) {
    this.spec = spec;
    this.data = data;
    this.agents = agents;
    this.choices = choices;
    this.parts = parts;
    this.trajectories = trajectories;
    this.returns = returns;
    this.episodes =
        IntStream.range(0, data.episodes())
            .filter(episode -> data.how(episode) != End.COLLECTION)
            .toArray();
    this.begins = new long[episodes.length + 1];
    for (int i = 0; i < episodes.length; i++) {
      int length = data.end(episodes[i]) - data.start(episodes[i]);
      begins[i + 1] = begins[i] + length + spec.window() - 1;
    }
  }

  /** Refuses what has no choices, and data without an episode that came to its end. */
  static SequenceData of(DecisionTransformer spec, Env env) {
    Dataset data = spec.data().orElseThrow();
    if (IntStream.range(0, data.episodes()).allMatch(at -> data.how(at) == End.COLLECTION)) {
      throw new RetortException(
          "decisionTransformer: expected episodes that came to their end, got none in '%s'. Collect longer."
              .formatted(data.name()));
    }
    List<String> agents =
        env.actions() instanceof Group group ? List.copyOf(group.parts().keySet()) : List.of(ALONE);
    int choices = choices(env);
    boolean isOfAgents = !agents.equals(List.of(ALONE));
    if (isOfAgents) {
      requireParts(spec, env, agents);
    }
    List<ReturnsToGo> each = new ArrayList<>();
    if (spec.ownReturns()) {
      agents.forEach(agent -> each.add(ReturnsToGo.of(data, Dataset.REWARD + "." + agent)));
    } else {
      each.add(ReturnsToGo.of(data, Dataset.REWARD));
    }
    List<Goal> goals =
        each.stream()
            .map(
                own ->
                    spec.falling() ? own.fallingGoal(spec.quantile()) : own.goal(spec.quantile()))
            .toList();
    float[][] returns =
        each.stream()
            .map(
                own ->
                    spec.told() == DecisionTransformer.Told.TARGET
                        ? aims(data, own.goal(spec.quantile()))
                        : own.standardized().floats())
            .toArray(float[][]::new);
    List<Selection> parts = new ArrayList<>();
    List<Trajectory> trajectories = new ArrayList<>();
    if (!isOfAgents || spec.agents() == DecisionTransformer.Agents.TOGETHER) {
      parts.add(Selection.all(env.observations()));
      trajectories.add(trajectory(spec, env.observations(), agents, goals, 0, 0));
    } else {
      boolean shares = spec.agents() == DecisionTransformer.Agents.SHARED;
      for (int i = 0; i < agents.size(); i++) {
        parts.add(Selection.parts(env.observations(), List.of(agents.get(i))));
        Space own = parts.get(i).sees();
        int among = shares ? agents.size() : 0;
        trajectories.add(trajectory(spec, own, List.of(ALONE), goals, shares ? i : 0, among));
      }
    }
    return new SequenceData(spec, data, agents, choices, parts, trajectories, returns);
  }

  private static int choices(Env env) {
    List<Space> each =
        env.actions() instanceof Group group
            ? List.copyOf(group.parts().values())
            : List.of(env.actions());
    if (!(each.get(0) instanceof Discrete first) || each.stream().distinct().count() > 1) {
      throw new RetortException(
          "decisionTransformer: expected choices, or as many choices of each agent, got %s with %s. From data of other actions distill(data).minimizing(behaviorCloning()) learns."
              .formatted(env.name(), env.actions().summary()));
    }
    return first.n();
  }

  private static void requireParts(DecisionTransformer spec, Env env, List<String> agents) {
    boolean isGroup = env.observations() instanceof Group;
    List<String> seen =
        isGroup ? List.copyOf(((Group) env.observations()).parts().keySet()) : List.of();
    boolean isTogether = spec.agents() == DecisionTransformer.Agents.TOGETHER;
    if (isTogether ? !seen.containsAll(agents) : !seen.equals(agents)) {
      throw new RetortException(
          "decisionTransformer: expected observations with %s of each agent %s, got %s in %s. Say AgentData.seenByAgents(data), and learn where nothing else is seen."
              .formatted(
                  isTogether ? "a part" : "a part, and none beside,", agents, seen, env.name()));
    }
  }

  /** The goal of each row's step. */
  private static float[] aims(Dataset data, Goal goal) {
    float[] each = new float[data.size()];
    for (int episode = 0; episode < data.episodes(); episode++) {
      for (int row = data.start(episode); row < data.end(episode); row++) {
        each[row] = goal.told(row - data.start(episode), 0);
      }
    }
    return each;
  }

  private static Trajectory trajectory(
      DecisionTransformer spec,
      Space whole,
      List<String> agents,
      List<Goal> goals,
      int number,
      int among) {
    List<Selection> seen = new ArrayList<>();
    List<Selection> done = new ArrayList<>();
    List<Selection> rewards = new ArrayList<>();
    for (String agent : agents) {
      boolean isAlone = agent.equals(ALONE);
      Space own = isAlone ? whole : ((Group) whole).parts().get(agent);
      int from = isAlone ? 0 : ((Group) whole).offset(agent);
      List<Integer> sees = new ArrayList<>();
      if (!(own instanceof Group group)) {
        sees.addAll(places(from, own.size()));
      } else {
        for (Map.Entry<String, Space> part : group.parts().entrySet()) {
          List<Integer> places = places(from + group.offset(part.getKey()), part.getValue().size());
          switch (part.getKey()) {
            case Env.LAST_ACTION -> done.add(Selection.numbers(whole, places));
            case Env.LAST_REWARD -> rewards.add(Selection.numbers(whole, places));
            default -> sees.addAll(places);
          }
        }
      }
      seen.add(Selection.numbers(whole, sees));
    }
    int longest = goals.get(0).length();
    Optional<Selection> reward = rewards.stream().findFirst();
    return new Trajectory(spec.window(), longest, seen, done, reward, goals, number, among);
  }

  private static List<Integer> places(int from, int count) {
    return IntStream.range(from, from + count).boxed().toList();
  }

  /** How many act. */
  int agents() {
    return agents.size();
  }

  /** Choices of each. */
  int choices() {
    return choices;
  }

  /** How somebody is shown windows. */
  Trajectory trajectory(int watcher) {
    return trajectories.get(watcher);
  }

  /** Whether several are shown windows of their own by one network. */
  boolean isShared() {
    return trajectories.get(0).among() > 0;
  }

  /** Networks of a seed. */
  int networks() {
    return isShared() ? 1 : trajectories.size();
  }

  /** Windows of a seed's minibatch that a network sees. */
  int rows() {
    return isShared() ? spec.batchSize() * agents.size() : spec.batchSize();
  }

  /** Layers below the tokens. */
  CausalTransformer network() {
    Trajectory first = trajectories.get(0);
    return spec.network(first.agents(), first.longest());
  }

  /** Steps of all windows of a seed's minibatch. */
  int cells() {
    return spec.batchSize() * spec.window();
  }

  /** Number of a token among those of all networks of all seeds. */
  int token(int seed, int cell, int agent) {
    int window = cell / spec.window();
    int step = cell % spec.window();
    int together = trajectories.get(0).agents();
    int member = networks() == 1 ? seed : seed * networks() + agent;
    int row = isShared() ? window * agents.size() + agent : window;
    int place = together == 1 ? step : step * together + agent;
    return (member * rows() + row) * trajectories.get(0).tokens() + place;
  }

  /**
   * Draws a minibatch for a seed: windows that begin anywhere from {@code window − 1} steps before
   * an episode to its last one, each as likely.
   *
   * @param rows receives the row of the data of each cell, −1 where there is none, from {@code seed
   *     · cells()}
   * @param x receives what all networks of all seeds see
   */
  void draw(int seed, RandomStream random, int[] rows, float[] x) {
    int size = trajectories.get(0).size();
    int from = seed * networks() * rows() * size;
    Arrays.fill(x, from, from + networks() * rows() * size, 0);
    for (int window = 0; window < spec.batchSize(); window++) {
      long at = random.nextLong(begins[episodes.length]);
      int found = Arrays.binarySearch(begins, at);
      int index = found >= 0 ? found : -found - 2;
      int start = data.start(episodes[index]);
      int first = (int) (at - begins[index]) - (spec.window() - 1);
      for (int step = 0; step < spec.window(); step++) {
        int row = start + first + step;
        boolean isThere = row >= start && row < data.end(episodes[index]);
        rows[seed * cells() + window * spec.window() + step] = isThere ? row : -1;
        for (int watcher = 0; isThere && watcher < trajectories.size(); watcher++) {
          int member = networks() == 1 ? seed : seed * networks() + watcher;
          int own = isShared() ? window * agents.size() + watcher : window;
          put(watcher, row, row - start, x, (member * rows() + own) * size, step);
        }
      }
    }
  }

  /** Puts a row of the data into somebody's window. */
  void put(int watcher, int row, int time, float[] to, int begin, int place) {
    float[] seen = new float[data.observations().size()];
    data.column(Dataset.OBSERVATION).read(row, seen, 0);
    float[] told = new float[returns.length];
    for (int i = 0; i < told.length; i++) {
      told[i] = returns[i][row];
    }
    float[] own = parts.get(watcher).of(seen, 1);
    trajectories.get(watcher).put(own, 0, time, told, 0, to, begin, place);
  }

  /** What an agent did in a row. */
  int action(int row, int agent) {
    return (int) data.taken()[row * agents.size() + agent];
  }

  /** What the teacher said of an agent's choices, {@code (rows, choices)}. */
  float[] labels(int agent) {
    String prefix = agents.get(agent).equals(ALONE) ? "" : agents.get(agent) + ".";
    return column(Dataset.TEACHER + "." + prefix + "logits", choices);
  }

  /** The teacher's features, {@code (rows, agents × featureWidth())}. */
  float[] features() {
    float[] all = column(FEATURES, 0);
    int width = data.column(FEATURES).width();
    if (width % agents.size() != 0 || agents.size() < 2) {
      throw new RetortException(
          "decisionTransformer: expected as many features of each of 2 agents or more for their relation, got %s of %s."
              .formatted(width, agents.size()));
    }
    return all;
  }

  /** The teacher's features, so many of each agent, {@code (rows, agents × width)}. */
  float[] features(int width) {
    return column(FEATURES, agents.size() * width);
  }

  /** How many features of an agent the teacher has. */
  int featureWidth() {
    return data.column(FEATURES).width() / agents.size();
  }

  private float[] column(String name, int width) {
    if (!data.columns().contains(name) || (width > 0 && data.column(name).width() != width)) {
      throw new RetortException(
          "decisionTransformer: expected what a teacher says of the data, a column '%s'%s, got %s. Say data.labeledBy(\"teacher\", teacher, List.of(\"features\")), or DecisionTransformer.labeled(data, teacher)."
              .formatted(name, width > 0 ? " of " + width : "", data.columns()));
    }
    return data.column(name).floats();
  }

  /**
   * The policy of a seed.
   *
   * @param trunk parameters of each of its networks
   * @param head parameters of the linear layer of each, {@code (width, choices)} and {@code
   *     (choices)}
   */
  Policy policy(IntFunction<float[]> trunk, IntFunction<float[]> head) {
    Map<String, Policy> each = new LinkedHashMap<>();
    for (int watcher = 0; watcher < trajectories.size(); watcher++) {
      int network = isShared() ? 0 : watcher;
      Trajectory own = trajectories.get(watcher);
      Density density =
          own.agents() == 1 ? new Categorical(new Discrete(choices)) : Density.over(data.actions());
      Blueprint blueprint =
          new Blueprint(
              network(), NetworkPolicy.shape(own.sees()), density.outputs(), Trunk.SHARED);
      Policy acts =
          new NetworkPolicy(
                  spec.name(),
                  own.whole(),
                  density,
                  blueprint,
                  joined(trunk.apply(network), head.apply(network), own.agents()),
                  Optional.empty())
              .seeing(own);
      each.put(agents.get(watcher), acts);
    }
    return trajectories.size() > 1 ? new Joint(each) : each.values().iterator().next();
  }

  /**
   * One linear layer of each agent's token as a layer an agent of all tokens of a step, whose
   * weights of the others' are 0.
   */
  private float[] joined(float[] trunk, float[] head, int together) {
    int width = spec.width();
    int each = (together * width + 1) * choices;
    float[] all = Arrays.copyOf(trunk, trunk.length + together * each);
    for (int agent = 0; agent < together; agent++) {
      int from = trunk.length + agent * each;
      System.arraycopy(head, 0, all, from + agent * width * choices, width * choices);
      System.arraycopy(head, width * choices, all, from + together * width * choices, choices);
    }
    return all;
  }
}
