package dev.retort.env.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.env.EnvContract;
import dev.retort.env.Environments;
import dev.retort.env.VectorEnv;
import dev.retort.random.RandomStream;
import dev.retort.space.Group;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class AgentTasksTest {
  private static final RandomStream NONE = RandomStream.at(0);
  private static final double TINY = 1e-12;

  private static List<AgentTask> tasks() {
    return List.of(new FillIn(), new EqualSpace(), new Collect(), new MiniSkirmish());
  }

  @Test
  void theyKeepTheContract() {
    for (Env env : tasks()) {
      assertThat(EnvContract.check(env, 3).toString()).contains("keeps the contract");
      assertThat(EnvContract.check(env.with("global", 1).with("agents", 5), 4).toString())
          .contains("keeps the contract");
    }
    Env given = new EqualSpace().with("side", 0.5).with("sight", 0.5);
    assertThat(EnvContract.check(given, 5).ok()).isTrue();
  }

  @Test
  void theyAreFoundByNameWithAPartForEachAgent() {
    for (String name : List.of("FillIn", "EqualSpace", "Collect", "MiniSkirmish")) {
      Env env = Environments.get(name).with("agents", 4);
      List<String> agents = List.of("agent1", "agent2", "agent3", "agent4");
      assertThat(((Group) env.observations()).parts().keySet()).containsExactlyElementsOf(agents);
      assertThat(((Group) env.actions()).parts().keySet()).containsExactlyElementsOf(agents);
      assertThat(((Group) env.with("global", 1).observations()).parts().keySet())
          .endsWith("global", "rewards");
    }
  }

  @Test
  void oneAgentSeesItsOwnPartWhileItsFellowsDoNothing() {
    for (AgentTask task : tasks()) {
      OneAgent second = new OneAgent(task, 1);
      assertThat(EnvContract.check(second, 2).toString()).contains("keeps the contract");
      assertThat(second.observations()).isEqualTo(task.seen());
      double[] one = new double[task.stateSize()];
      double[] all = new double[task.stateSize()];
      second.reset(one, RandomStream.of(1, "one"));
      task.reset(all, RandomStream.of(1, "one"));
      assertThat(second.step(one, new float[] {2}, RandomStream.of(2, "one")))
          .isEqualTo(task.step(all, new float[] {0, 2, 0}, RandomStream.of(2, "one")));
      assertThat(one).isEqualTo(all);
    }
    assertThatThrownBy(() -> new OneAgent(new FillIn(), 3))
        .hasMessage("one agent: expected an agent of FillIn from 0 to 2, got 3.");
  }

  /** One agent goes across, the other one down and across: by hand −1/4 and then 0. */
  @Test
  void aPlannedFillInHasTheReturnThatIsCountedByHand() {
    FillIn world = new FillIn(2, 2, 1, 0, 10);
    double[] state = new double[world.stateSize()];
    world.reset(state, RandomStream.of(1, "start"));
    float across = state[0] == 0 ? 2 : 4;
    float along = state[1] == 0 ? 3 : 1;
    assertThat(world.step(state, new float[] {across, along}, NONE)).isEqualTo(-0.25);
    assertThat(world.step(state, new float[] {along, 0}, NONE)).isEqualTo(0);
    double[] measured = new double[4];
    world.measure(state, measured);
    assertThat(measured).containsExactly(1, 1, 0.5, 0.25);
  }

  @Test
  void fillInCostsWhatIsLeftOfAllCellsThatNobodyHasBeenIn() {
    FillIn world = new FillIn();
    RandomStream random = RandomStream.of(2, "walk");
    double[] state = new double[world.stateSize()];
    world.reset(state, random);
    Set<List<Integer>> been = new HashSet<>();
    been.add(List.of((int) state[0], (int) state[1]));
    int[] x = {(int) state[0], (int) state[0], (int) state[0]};
    int[] y = {(int) state[1], (int) state[1], (int) state[1]};
    float[] action = new float[3];
    for (int t = 0; t < 25; t++) {
      world.actions().sample(random, action, 0);
      for (int i = 0; i < 3; i++) {
        x[i] = Math.max(0, Math.min(6, x[i] + (action[i] == 2 ? 1 : action[i] == 4 ? -1 : 0)));
        y[i] = Math.max(0, Math.min(6, y[i] + (action[i] == 3 ? 1 : action[i] == 1 ? -1 : 0)));
        been.add(List.of(x[i], y[i]));
      }
      assertThat(world.step(state, action, NONE))
          .isCloseTo((been.size() - 49) / 49.0, within(TINY));
    }
    double[] measured = new double[5];
    world.measure(state, measured);
    assertThat(measured[2] + measured[3] + measured[4])
        .isCloseTo((been.size() - 1) / 49.0, within(TINY));
  }

  @Test
  void agentsStartInOneCellOrEachInOneThatIsDrawnForIt() {
    int cells = 49;
    Set<Integer> first = new HashSet<>();
    for (long seed = 0; seed < 200; seed++) {
      FillIn together = new FillIn();
      double[] state = new double[together.stateSize()];
      together.reset(state, RandomStream.of(seed, "start"));
      assertThat(Arrays.copyOf(state, 6))
          .containsExactly(state[0], state[1], state[0], state[1], state[0], state[1]);
      FillIn apart = together.with("apart", 1);
      apart.reset(state, RandomStream.of(seed, "start"));
      Set<Integer> starts = new HashSet<>();
      for (int i = 0; i < 3; i++) {
        int cell = (int) (state[2 * i + 1] * 7 + state[2 * i]);
        starts.add(cell);
        assertThat(state[apart.filledAt() + cell]).isBetween(1.0, 3.0);
      }
      first.addAll(starts);
      double[] measured = new double[5];
      apart.measure(state, measured);
      assertThat(measured[1]).isCloseTo(starts.size() / (double) cells, within(TINY));
    }
    assertThat(first).hasSize(cells);
    assertThat(new FillIn().with("apart", 1).legend())
        .hasSameSizeAs(new FillIn().legend().subList(1, new FillIn().legend().size()))
        .noneMatch(sign -> sign.toString().contains("all began"));
  }

  @Test
  void whoFillsSeesTheCellsAroundAndNobodyElse() {
    FillIn world = new FillIn(2, 3, 1, 0, 10);
    double[] state = new double[world.stateSize()];
    state[world.filledAt()] = 3; // the upper left cell, where both stand
    float[] seen = new float[world.observations().size()];
    world.observe(state, seen);
    float[] corner = {-1, -1, -1, -1, 1, 0, -1, 0, 0, 0, 0};
    assertThat(Arrays.copyOfRange(seen, 0, 11)).containsExactly(corner);
    state[2] = 2;
    state[3] = 2;
    world.observe(state, seen);
    assertThat(Arrays.copyOfRange(seen, 0, 11)).containsExactly(corner);
    assertThat(Arrays.copyOfRange(seen, 20, 22)).containsExactly(1, 1);
  }

  private static double[] at(AgentTask world, double... places) {
    return Arrays.copyOf(places, world.stateSize());
  }

  /** Distances of 0.3, 0.4 and 0.5; who rests stays where it is. */
  @Test
  void equalSpaceCostsTheDeviationOfItsDistances() {
    float[] rest = new float[3];
    double[] measured = new double[4];
    EqualSpace free = new EqualSpace();
    double[] state = at(free, 0, 0, 0.3, 0, 0, 0.4);
    assertThat(free.step(state, rest, NONE)).isCloseTo(-Math.sqrt(0.02 / 3), within(TINY));
    free.measure(state, measured);
    assertThat(measured)
        .containsExactly(new double[] {Math.sqrt(0.02 / 3), -0.05, -0.1, -0.05}, within(TINY));

    EqualSpace given = free.with("side", 0.5);
    state = at(given, 0, 0, 0.3, 0, 0, 0.4);
    assertThat(given.step(state, rest, NONE)).isCloseTo(-Math.sqrt(0.05 / 3), within(TINY));
  }

  @Test
  void anEquilateralTriangleCostsNothing() {
    EqualSpace free = new EqualSpace();
    for (EqualSpace world : List.of(free, free.with("side", 0.5))) {
      double[] state = at(world, 0.2, 0.1, 0.7, 0.1, 0.45, 0.1 + Math.sqrt(0.1875));
      assertThat(world.step(state, new float[3], NONE)).isCloseTo(0, within(TINY));
    }
  }

  @Test
  void inEqualSpaceTheNearestIsSeenOrAllThatAreNearEnough() {
    EqualSpace nearest = new EqualSpace().with("noise", 0);
    double[] state = at(nearest, 0.5, 0.5, 0.5, 0.75, 0, 0.5);
    float[] seen = new float[18];
    nearest.observe(state, seen);
    assertThat(seen)
        .containsExactly(
            0.5f, 0.5f, 0, 0, 0, 0.25f, 0.5f, 0.75f, 0, 0, 0, -0.25f, 0, 0.5f, 0, 0, 0.5f, 0);
    EqualSpace near = nearest.with("sight", 0.3);
    float[] all = new float[30];
    near.observe(state, all);
    assertThat(Arrays.copyOf(all, 10)).containsExactly(0.5f, 0.5f, 0, 0, 1, 0, 0.25f, 0, 0, 0);
  }

  /** One step in which the first collects and the second loses somebody else's. */
  @Test
  void onlyOnesOwnObjectsCountAndThoseOfOthersAreLost() {
    Collect world = new Collect(2, 1, 4, 2, 0, 10);
    double[] state = at(world, 0, 0, 3, 3, 1, 0, 2, 2);
    assertThat(world.step(state, new float[] {2, 1}, NONE)).isEqualTo(1);
    assertThat(world.fate(state, 0, 0)).isEqualTo(Collect.COLLECTED);
    assertThat(world.terminated(state)).isFalse();
    world.step(state, new float[] {3, 0}, NONE);
    assertThat(world.step(state, new float[] {3, 0}, NONE)).isZero();
    assertThat(world.step(state, new float[] {2, 0}, NONE)).isZero();
    assertThat(world.fate(state, 1, 0)).isEqualTo(Collect.LOST);
    assertThat(world.terminated(state)).isTrue();
    double[] measured = new double[4];
    world.measure(state, measured);
    assertThat(measured).containsExactly(0, 1, 1, 0);
  }

  /** Two hit the first enemy five times in all, so that the last blow is wasted by half. */
  @Test
  void hitsKillsAndVictoryAreWhatAFightIsWorth() {
    MiniSkirmish world = new MiniSkirmish(2, 9, 4, 0, 40);
    double[] state = at(world, 0, 0, 0, 1, 1, 0, 8, 8);
    for (int fighter = 0; fighter < 4; fighter++) {
      state[world.healthAt(fighter)] = MiniSkirmish.HEALTH;
    }
    state[world.healthAt(3)] = 0;
    float[] both = {MiniSkirmish.ATTACK, MiniSkirmish.ATTACK};
    double point = 20.0 / 60;
    assertThat(world.step(state, both, NONE)).isCloseTo(4 * point, within(TINY));
    assertThat(state[world.healthAt(0)]).isEqualTo(8); // the enemy hit the nearest
    assertThat(world.step(state, both, NONE)).isCloseTo(4 * point, within(TINY));
    assertThat(world.terminated(state)).isFalse();
    assertThat(world.step(state, both, NONE)).isCloseTo((2 + 10 + 20) * point, within(TINY));
    assertThat(world.terminated(state)).isTrue();
    double[] measured = new double[4];
    world.measure(state, measured);
    assertThat(measured[0]).isEqualTo(1);
    assertThat(measured[2]).isCloseTo((2 + 2 + 1 + 5 + 10) * point, within(TINY));
    double[] end = state.clone();
    assertThat(world.step(state, both, NONE)).isZero();
    assertThat(state).isEqualTo(end);
  }

  @Test
  void enemiesComeNearerAndNobodyWalksThroughAnother() {
    MiniSkirmish world = new MiniSkirmish(1, 9, 4, 0, 40);
    double[] state = at(world, 0, 4, 8, 4, 10, 10);
    world.step(state, new float[] {0}, NONE);
    assertThat(state[2]).isEqualTo(7);
    state[2] = 1;
    world.step(state, new float[] {2}, NONE);
    assertThat(state[0]).isZero();
    assertThat(state[world.healthAt(0)]).isEqualTo(8);
  }

  /** Mean return and the first measure of some episodes. */
  private static double[] play(AgentTask env, int episodes, BiConsumer<float[], float[]> rule) {
    double[] state = new double[env.stateSize()];
    double[] measured = new double[env.measures().size()];
    float[] seen = new float[env.observations().size()];
    float[] action = new float[env.agents()];
    double[] sums = new double[2];
    for (int episode = 0; episode < episodes; episode++) {
      RandomStream random = RandomStream.of(episode, "play");
      env.reset(state, random);
      double total = 0;
      for (int t = 0; t < env.horizon() && !env.terminated(state); t++) {
        env.observe(state, seen);
        rule.accept(seen, action);
        total += env.step(state, action, random);
      }
      env.measure(state, measured);
      sums[0] += total / episodes;
      sums[1] += measured[0] / episodes;
      double own = 0;
      for (int i = env.worldMeasures().size(); i < measured.length; i++) {
        own += measured[i];
      }
      if (env instanceof Collect || env instanceof MiniSkirmish) {
        assertThat(own).as("what all got").isCloseTo(total, within(1e-9));
      }
    }
    return sums;
  }

  private static BiConsumer<float[], float[]> uniform(AgentTask env) {
    RandomStream random = RandomStream.of(7, "uniform");
    return (seen, action) -> env.actions().sample(random, action, 0);
  }

  /** 7.35 is what no plan can beat: three new cells in every step. */
  @Test
  void whoKnowsEverythingFillsNearlyAsFastAsCanBe() {
    FillIn world = new FillIn().with("global", 1);
    double[] knows = play(world, 200, (seen, action) -> Heuristics.fillIn(world, seen, action));
    assertThat(knows[0]).isBetween(-8.2, -7.35);
    assertThat(knows[1]).isGreaterThan(0.95);
    assertThat(play(world, 200, uniform(world))[0]).isLessThan(-16);
  }

  @Test
  void whoKnowsEverythingComesToEqualDistances() {
    EqualSpace world = new EqualSpace().with("global", 1);
    double[] knows = play(world, 100, (seen, action) -> Heuristics.equalSpace(world, seen, action));
    assertThat(knows[0]).isBetween(-0.6, -0.2);
    assertThat(play(world, 100, uniform(world))[0]).isLessThan(-3);
  }

  @Test
  void whoKnowsEverythingCollectsNearlyAll() {
    Collect world = new Collect().with("global", 1);
    double[] knows = play(world, 200, (seen, action) -> Heuristics.collect(world, seen, action));
    assertThat(knows[0]).isBetween(8.0, 9.0);
    assertThat(play(world, 200, uniform(world))[0]).isLessThan(3);
  }

  @Test
  void whoHitsTogetherWins() {
    MiniSkirmish world = new MiniSkirmish().with("global", 1);
    double[] knows =
        play(world, 200, (seen, action) -> Heuristics.miniSkirmish(world, seen, action));
    assertThat(knows[1]).isGreaterThan(0.6);
    assertThat(play(world, 200, uniform(world))[1]).isLessThan(0.1);
  }

  @Test
  void aWorldThatWasSavedGoesOnWithTheSameBits() {
    for (AgentTask env : tasks()) {
      VectorEnv whole = copies(env);
      whole.reset();
      RandomStream random = RandomStream.of(3, "actions");
      float[] actions = new float[4 * env.agents()];
      VectorEnv resumed = copies(env);
      for (int t = 0; t < 60; t++) {
        for (int copy = 0; copy < 4; copy++) {
          env.actions().sample(random, actions, copy * env.agents());
        }
        if (t == 17) {
          resumed.restore(whole.save());
        }
        whole.step(actions);
        if (t >= 17) {
          resumed.step(actions);
          assertThat(resumed.observations()).isEqualTo(whole.observations());
          assertThat(resumed.rewards()).isEqualTo(whole.rewards());
        }
      }
    }
  }

  private static VectorEnv copies(Env env) {
    return new VectorEnv(env, 4, copy -> RandomStream.of(copy, "world"));
  }

  @Test
  void whatIsNoWorldIsRefused() {
    assertThatThrownBy(() -> new FillIn().with("agents", 6))
        .isInstanceOf(RetortException.class)
        .hasMessage("FillIn: expected agents to be from 1 to 5, got 6.");
    assertThatThrownBy(() -> new Collect().with("objects", 2.5))
        .hasMessage("Collect: expected objects to be a whole number, got 2.5.");
    assertThatThrownBy(() -> new EqualSpace().with("agents", 2))
        .hasMessageContaining("from 3 to 5, got 2");
    assertThatThrownBy(() -> new MiniSkirmish().with("sigth", 2)).hasMessageContaining("sight");
    double[] state = new double[new FillIn().stateSize()];
    assertThatThrownBy(() -> new FillIn().step(state, new float[] {0, 5, 0}, NONE))
        .hasMessage("FillIn: expected an action from 0 to 4, got 5.0.");
  }
}
