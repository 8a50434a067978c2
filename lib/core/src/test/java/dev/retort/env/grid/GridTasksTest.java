package dev.retort.env.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.env.EnvContract;
import dev.retort.env.Environments;
import dev.retort.env.Outcome;
import dev.retort.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The lake and the cliff are Gymnasium's. */
class GridTasksTest {
  static List<Env> tasks() {
    return List.of(
        new FrozenLake(),
        new FrozenLake().with("successRate", 1),
        new FrozenLake(FrozenLake.Lake.LARGE),
        new CliffWalking(),
        new CliffWalking().with("successRate", 0.5));
  }

  /** Where an action may lead, cell by probability. */
  private static Map<Integer, Double> chances(Env env, int cell, int action) {
    return env.outcomes(new double[] {cell}, action).stream()
        .collect(
            Collectors.toMap(
                outcome -> (int) outcome.state()[0],
                Outcome::probability,
                Double::sum,
                TreeMap::new));
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void theyKeepTheContract(Env env) {
    EnvContract contract = EnvContract.check(env, 4);
    assertThat(contract.ok()).as(contract.toString()).isTrue();
  }

  @Test
  void theContractNamesAStepThatIsNotAmongTheOutcomes() {
    EnvContract contract = EnvContract.check(new Liar(new FrozenLake()), 0);
    assertThat(contract.findings())
        .anyMatch(finding -> finding.quantity().equals("one of the outcomes"))
        .anyMatch(finding -> finding.quantity().equals("outcomes' probabilities"));
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void stepsAreDrawnAsOftenAsTheirOutcomesSay(Env env) {
    RandomStream random = RandomStream.of(7, "frequencies");
    int draws = 30_000;
    for (int action = 0; action < 4; action++) {
      int cell = 14 % env.grid().orElseThrow().columns() + env.grid().orElseThrow().columns();
      Map<Integer, Double> expected = chances(env, cell, action);
      Map<Integer, Integer> counts = new TreeMap<>();
      for (int draw = 0; draw < draws; draw++) {
        double[] state = {cell};
        env.step(state, new float[] {action}, random);
        counts.merge((int) state[0], 1, Integer::sum);
      }
      assertThat(counts.keySet()).isEqualTo(expected.keySet());
      counts.forEach(
          (next, count) ->
              assertThat(count / (double) draws).isCloseTo(expected.get(next), within(0.013)));
    }
  }

  @Test
  void theLakeIsGymnasiums() {
    Env lake = new FrozenLake();
    // The corners and the edge, as P[s][a] of FrozenLake-v1 has them.
    inThirds(chances(lake, 0, FrozenLake.LEFT), Map.of(0, 2, 4, 1));
    inThirds(chances(lake, 0, FrozenLake.DOWN), Map.of(0, 1, 4, 1, 1, 1));
    inThirds(chances(lake, 14, FrozenLake.RIGHT), Map.of(14, 1, 15, 1, 10, 1));
    assertThat(holes(lake)).containsExactly(5, 7, 11, 12, 15);
    assertThat(holes(new FrozenLake(FrozenLake.Lake.LARGE)))
        .containsExactly(19, 29, 35, 41, 42, 46, 49, 52, 54, 59, 63);
    assertThat(lake.outcomes(new double[] {14}, FrozenLake.RIGHT))
        .extracting(Outcome::reward)
        .containsExactlyInAnyOrder(0.0, 1.0, 0.0);
    assertThat(lake.horizon()).isEqualTo(100);
    assertThat(Environments.get("FrozenLake8x8-v1").horizon()).isEqualTo(200);
  }

  private static void inThirds(Map<Integer, Double> chances, Map<Integer, Integer> thirds) {
    assertThat(chances.keySet()).isEqualTo(thirds.keySet());
    thirds.forEach((cell, n) -> assertThat(chances.get(cell)).isCloseTo(n / 3.0, within(1e-15)));
  }

  private static List<Integer> holes(Env env) {
    int cells = env.grid().orElseThrow().rows() * env.grid().orElseThrow().columns();
    return java.util.stream.IntStream.range(0, cells)
        .filter(cell -> env.terminated(new double[] {cell}))
        .boxed()
        .toList();
  }

  @Test
  void aDryLakeGoesWhereItIsTold() {
    Env lake = new FrozenLake().with("successRate", 1);
    assertThat(chances(lake, 9, FrozenLake.LEFT)).isEqualTo(Map.of(8, 1.0));
    assertThat(chances(lake, 9, FrozenLake.DOWN)).isEqualTo(Map.of(13, 1.0));
    assertThat(chances(lake, 9, FrozenLake.RIGHT)).isEqualTo(Map.of(10, 1.0));
    assertThat(chances(lake, 9, FrozenLake.UP)).isEqualTo(Map.of(5, 1.0));
    assertThat(lake.solvedAt()).isEmpty();
    assertThat(lake).hasToString("FrozenLake(successRate 1.0)");
  }

  @Test
  void theCliffLeadsBackToTheStartAndOnlyTheGoalEndsTheWalk() {
    CliffWalking cliff = new CliffWalking();
    RandomStream random = RandomStream.of(0, "unused");
    double[] state = new double[1];
    cliff.reset(state, random);
    assertThat(state[0]).isEqualTo(36);
    assertThat(cliff.step(state, new float[] {CliffWalking.RIGHT}, random)).isEqualTo(-100);
    assertThat(state[0]).isEqualTo(36);
    assertThat(cliff.terminated(state)).isFalse();
    int[] way = new int[13];
    Arrays.fill(way, CliffWalking.RIGHT);
    way[0] = CliffWalking.UP;
    way[12] = CliffWalking.DOWN;
    for (int action : way) {
      assertThat(cliff.terminated(state)).isFalse();
      assertThat(cliff.step(state, new float[] {action}, random)).isEqualTo(-1);
    }
    assertThat(cliff.terminated(state)).isTrue();
    assertThat(cliff.step(state, new float[] {CliffWalking.LEFT}, random)).isZero();
    assertThat(state[0]).isEqualTo(47);
  }

  @Test
  void numbersThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> new FrozenLake().with("successRate", 1.5))
        .isInstanceOf(RetortException.class)
        .hasMessage("FrozenLake: expected successRate to be from 0 to 1, got 1.5.");
    assertThatThrownBy(() -> new CliffWalking().with("horizon", 0))
        .isInstanceOf(RetortException.class)
        .hasMessage("CliffWalking: expected horizon to be at least 1 step, got 0.");
  }

  /** Says of every step that it stays where it is, half of the time. */
  private record Liar(Env lake) implements Env {
    @Override
    public dev.retort.space.Space observations() {
      return lake.observations();
    }

    @Override
    public dev.retort.space.Space actions() {
      return lake.actions();
    }

    @Override
    public int horizon() {
      return lake.horizon();
    }

    @Override
    public int stateSize() {
      return lake.stateSize();
    }

    @Override
    public void reset(double[] state, RandomStream random) {
      lake.reset(state, random);
    }

    @Override
    public double step(double[] state, float[] action, RandomStream random) {
      return lake.step(state, action, random);
    }

    @Override
    public boolean terminated(double[] state) {
      return lake.terminated(state);
    }

    @Override
    public void observe(double[] state, float[] observation) {
      lake.observe(state, observation);
    }

    @Override
    public List<Outcome> beginnings(int context) {
      return lake.beginnings(context);
    }

    @Override
    public List<Outcome> outcomes(double[] state, int choice) {
      return List.of(new Outcome(0.5, state.clone(), 0));
    }
  }
}
