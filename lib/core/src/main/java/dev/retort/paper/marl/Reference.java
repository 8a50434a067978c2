package dev.retort.paper.marl;

import dev.retort.env.Env;
import dev.retort.env.agents.AgentTask;
import dev.retort.env.agents.EqualSpace;
import dev.retort.env.agents.FillIn;
import dev.retort.paper.marl.MethodReturns.Episodes;
import dev.retort.policy.Policy;
import dev.retort.policy.RandomPolicy;
import dev.retort.policy.Scripted;
import java.util.Arrays;
import java.util.List;

/** Rules that learn nothing: the one that knows all, and some that see nothing. */
enum Reference {
  HEURISTIC("heuristic without noise, which knows all"),
  UNIFORM("blind, at random"),
  /** Up and left, in turn. */
  CORNER("blind, all to one corner"),
  /** Across and back, a step aside each time; each agent in a direction of its own. */
  SWEEP("blind, each sweeps its own way");

  private static final int[] ALONG = {2, 4, 3, 1};
  private static final int[] BACK = {4, 2, 1, 3};
  private static final int[] ASIDE = {3, 1, 2, 4};
  private static final int UP = 1;
  private static final int LEFT = 4;

  private final String words;

  Reference(String words) {
    this.words = words;
  }

  /** What all of them receive. */
  static List<MethodReturns> all(TeamData of) {
    return Arrays.stream(values()).map(rule -> rule.played(of)).toList();
  }

  /** What it receives in the episodes that count. */
  MethodReturns played(TeamData of) {
    Env env = this == HEURISTIC ? of.shown() : of.env();
    Policy policy =
        switch (this) {
          case HEURISTIC -> of.heuristic();
          case UNIFORM -> RandomPolicy.of(env);
          case CORNER ->
              Scripted.of(words, env, 1, (seen, memory, action) -> corner(memory, action));
          case SWEEP -> {
            int across = across(of);
            yield Scripted.of(
                words, env, 1, (seen, memory, action) -> sweep(across, memory, action));
          }
        };
    return MethodReturns.played(
        words, List.of(words), List.of(policy), env, Episodes.TEST, of.scale());
  }

  private static void corner(float[] memory, float[] action) {
    for (int agent = 0; agent < action.length; agent++) {
      action[agent] = memory[0] % 2 == 0 ? UP : LEFT;
    }
    memory[0]++;
  }

  /** Moves that lead from edge to edge. */
  private static int across(TeamData of) {
    AgentTask world = of.task().world(of.scale());
    if (world instanceof FillIn cells) {
      return cells.side() - 1;
    }
    return world instanceof EqualSpace square ? (int) Math.ceil(1 / square.speed()) : 1;
  }

  static void sweep(int across, float[] memory, float[] action) {
    int turn = (int) memory[0] % (2 * (across + 1));
    for (int agent = 0; agent < action.length; agent++) {
      int way = agent % ALONG.length;
      boolean turns = turn == across || turn == 2 * across + 1;
      action[agent] = turns ? ASIDE[way] : turn < across ? ALONG[way] : BACK[way];
    }
    memory[0]++;
  }

  @Override
  public String toString() {
    return words;
  }
}
