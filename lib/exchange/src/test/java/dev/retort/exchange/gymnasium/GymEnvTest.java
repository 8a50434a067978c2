package dev.retort.exchange.gymnasium;

import static dev.retort.Retort.env;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.env.Dealing;
import dev.retort.env.Env;
import dev.retort.env.EnvContract;
import dev.retort.env.VectorEnv;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Group;
import dev.retort.store.Tensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("once")
class GymEnvTest {
  @TempDir static Path folder;

  @BeforeAll
  static void playWithTheLittleGymnasium() {
    FakeGymnasium.use(folder);
  }

  @AfterAll
  static void playWithWhatThereIs() {
    System.clearProperty("retort.python");
  }

  private static double[] begun(Env env) {
    double[] state = new double[env.stateSize()];
    env.reset(state, RandomStream.of(3, "test"));
    return state;
  }

  private static double step(Env env, double[] state, float... action) {
    return env.step(state, action, RandomStream.of(4, "test"));
  }

  private static float[] seen(Env env, double[] state) {
    float[] observation = new float[env.observations().size()];
    env.observe(state, observation);
    return observation;
  }

  @Test
  void spacesHorizonAndThresholdAreThoseOfGymnasium() {
    Env walk = env("gym:Walk-v0");
    float open = Float.POSITIVE_INFINITY;
    assertThat(walk.observations())
        .isEqualTo(new Box(List.of(-open, 0f), List.of(open, 1f), List.of(2)));
    assertThat(walk.actions()).isEqualTo(new Discrete(2));
    assertThat(walk.horizon()).isEqualTo(20);
    assertThat(walk.solvedAt()).hasValue(12.5);
    assertThat(walk.name()).isEqualTo("gym:Walk-v0");
    assertThat(env("gym:Walk-v0")).isSameAs(walk);
  }

  @Test
  void groupsAreTakenApartAndPutTogether() {
    Env parts = env("gym:Parts-v0");
    Discrete two = new Discrete(2);
    assertThat(parts.observations())
        .isEqualTo(Group.of("door", new Discrete(5)).and("told", Box.of(0, 9, 2, 3)));
    assertThat(parts.actions())
        .isEqualTo(
            Group.of("push", Box.within(1, 2))
                .and("keys", Group.of("0", two).and("1", new Discrete(3))));
    double[] state = begun(parts);
    assertThat(step(parts, state, 0.5f, -1.5f, 1, 2)).isEqualTo(2);
    assertThat(seen(parts, state)).containsExactly(3, 0.5f, -1.5f, 7, 1, 2, 8);
  }

  @Test
  void numbersOfActionsAreKeptWithinTheirBounds() {
    Env parts = env("gym:Parts-v0");
    double[] state = begun(parts);
    step(parts, state, 5, -5, 0, 0);
    assertThat(seen(parts, state)).startsWith(3, 1, -2);
  }

  @Test
  void theContractOfEnvironmentsIsKept() {
    EnvContract report = EnvContract.check(env("gym:Walk-v0"), 0);
    assertThat(report.ok()).as("%s", report).isTrue();
    assertThat(report.steps()).isGreaterThan(100);
  }

  @Test
  void aStateThatIsSteppedTwiceGivesTheSameTwice() {
    Env walk = env("gym:Walk-v0");
    double[] state = begun(walk);
    step(walk, state, 1);
    step(walk, state, 0);
    double[] copy = state.clone();
    double reward = step(walk, state, 1);
    assertThat(step(walk, copy, 1)).isEqualTo(reward);
    assertThat(copy).isEqualTo(state);
    assertThat(step(walk, copy, 0)).isEqualTo(step(walk, state, 0));
    assertThat(copy).isEqualTo(state);
  }

  @Test
  void anotherSeedIsAnotherEpisodeAndTheSameOneTheSame() {
    Env walk = env("gym:Walk-v0");
    double[] one = begun(walk);
    double[] same = begun(walk);
    assertThat(same).isEqualTo(one);
    walk.reset(same, RandomStream.of(4, "test"));
    assertThat(same).isNotEqualTo(one);
  }

  /** Actions by a stream of their own; what is seen and given, as text. */
  private static List<String> played(VectorEnv env, int from, int to) {
    List<String> played = new ArrayList<>();
    for (int step = from; step < to; step++) {
      RandomStream random = RandomStream.of(step, "actions");
      float[] actions = new float[env.copies()];
      for (int copy = 0; copy < actions.length; copy++) {
        actions[copy] = random.nextInt(2);
      }
      env.step(actions);
      played.add(Arrays.toString(env.nextObservations()) + Arrays.toString(env.rewards()));
    }
    return played;
  }

  private static VectorEnv copies(Dealing dealing) {
    VectorEnv copies =
        new VectorEnv(env("gym:Walk-v0"), 6, copy -> RandomStream.of(1, "copy", copy))
            .dealing(dealing);
    copies.reset();
    return copies;
  }

  @Test
  void copiesOnSeveralCoresPlayWhatOneAfterTheOtherWouldPlay() {
    List<String> inTurn = played(copies(Dealing.NEVER), 0, 60);
    assertThat(inTurn).doesNotHaveDuplicates();
    assertThat(played(copies(Dealing.ALWAYS), 0, 60)).isEqualTo(inTurn);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gym:Walk-v0",
        "gym:Walk-v0/stickyActions-0.25/frameStack-2",
        "gym:Walk-v0/actionRepeat-2"
      })
  void copiesThatStepTogetherPlayWhatEachWouldPlayAlone(String name) {
    int copies = 3;
    VectorEnv together = new VectorEnv(env(name), copies, copy -> RandomStream.of(1, "copy", copy));
    together.reset();
    List<VectorEnv> alone = new ArrayList<>();
    for (int copy = 0; copy < copies; copy++) {
      int own = copy;
      alone.add(new VectorEnv(env(name), 1, any -> RandomStream.of(1, "copy", own)));
      alone.get(copy).reset();
    }
    for (int step = 0; step < 60; step++) {
      RandomStream random = RandomStream.of(step, "actions");
      float[] actions = {random.nextInt(2), random.nextInt(2), random.nextInt(2)};
      together.step(actions);
      for (int copy = 0; copy < copies; copy++) {
        alone.get(copy).step(new float[] {actions[copy]});
        assertThat(together.state(copy)).isEqualTo(alone.get(copy).state(0));
        assertThat(together.rewards()[copy]).isEqualTo(alone.get(copy).rewards()[0]);
      }
    }
  }

  @Test
  void openEpisodesGoOnFromWhatWasSavedAlsoInNewProcesses() throws Exception {
    VectorEnv copies = copies(Dealing.NEVER);
    played(copies, 0, 33);
    Tensors saved = copies.save();
    List<String> went = played(copies, 33, 66);
    List<ProcessHandle> children =
        ProcessHandle.current()
            .children()
            .filter(child -> child.info().commandLine().orElse("").contains("gym:Walk-v0"))
            .toList();
    assertThat(children).isNotEmpty();
    for (ProcessHandle child : children) {
      child.destroyForcibly();
      child.onExit().get(10, TimeUnit.SECONDS);
    }
    VectorEnv other = copies(Dealing.NEVER);
    other.restore(saved);
    assertThat(played(other, 33, 66)).isEqualTo(went);
  }

  @Test
  void whatNeitherSeedNorActionsDecideIsRefusedWhenAStateComesBack() {
    Env env = env("gym:Forgetful-v0");
    double[] state = begun(env);
    double[] copy = state.clone();
    step(env, state, 0);
    assertThatThrownBy(() -> step(env, copy, 1))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("gym:Forgetful-v0: expected the observation that it gave before")
        .hasMessageContaining("not resumed");
  }

  @Test
  void aProcessThatFallsIsNamedWithItsLastWordsAndOthersGoOn() {
    Env env = env("gym:Fragile-v0");
    double[] state = begun(env);
    step(env, state, 0);
    step(env, state, 1);
    assertThatThrownBy(() -> step(env, state, 1))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("gym:Fragile-v0: expected its Python process")
        .hasMessageContaining("in step 2 from seed")
        .hasMessageContaining("ended with status 7")
        .hasMessageContaining("the floor gives way");
    double[] next = begun(env);
    assertThat(step(env, next, 0)).isNotNaN();
  }

  @Test
  void whatPythonRefusesIsToldInItsWords() {
    Env env = env("gym:Wrong-v0");
    double[] state = begun(env);
    assertThatThrownBy(() -> step(env, state, 0))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("ValueError: there is no way")
        .hasMessageContaining("in step 0 from seed");
    assertThat(seen(env, begun(env))).hasSize(2);
  }

  @Test
  void anEndBeforeTheTimeLimitThatIsNoTerminationIsRefused() {
    Env env = env("gym:Early-v0");
    double[] state = begun(env);
    step(env, state, 0);
    assertThatThrownBy(() -> step(env, state, 0))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("expected 'truncated' at its time limit of 9 steps, got it after 2");
  }

  @Test
  void anotherTimeLimitIsAParameter() {
    Env longer = env("gym:Walk-v0").with("horizon", 30);
    assertThat(longer.horizon()).isEqualTo(30);
    assertThat(longer.name()).isEqualTo("gym:Walk-v0");
    assertThat(env("gym:Walk-v0").timeLimit(25).horizon()).isEqualTo(25);
    assertThat(env("gym:Walk-v0/timeLimit-7").horizon()).isEqualTo(7);
    assertThatThrownBy(() -> env("gym:Unlimited-v0"))
        .hasMessageContaining("expected a time limit, got none")
        .hasMessageContaining("gym:Unlimited-v0?max_episode_steps=1000");
    assertThat(env("gym:Unlimited-v0?max_episode_steps=12").horizon()).isEqualTo(12);
  }

  @Test
  void optionsStandBehindAQuestionMark() {
    Env still = env("gym:Walk-v0?noise=0.0");
    assertThat(still.name()).isEqualTo("gym:Walk-v0?noise=0.0");
    double[] state = begun(still);
    float before = seen(still, state)[0];
    step(still, state, 1);
    assertThat(seen(still, state)[0] - before).isEqualTo(0.5f, within(1e-6f));
  }

  @Test
  void aSpaceThatHasNoLikeIsRefusedByItsPlace() {
    assertThatThrownBy(() -> env("gym:Written-v0"))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("observation_space['sign'], got Text");
  }

  @Test
  void anUnknownNameIsRefusedInTheWordsOfGymnasium() {
    assertThatThrownBy(() -> env("gym:Wolk-v0"))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("environment `Wolk` does not exist");
    assertThatThrownBy(() -> env("gum:Walk-v0"))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("expected a name that begins with gym:, got 'gum:'");
  }

  @Test
  void noProcessIsLeftOfAnEnvironmentThatCouldNotBeMade() {
    assertThatThrownBy(() -> env("gym:Gone-v0")).isInstanceOf(RetortException.class);
    try (Stream<ProcessHandle> children = ProcessHandle.current().children()) {
      assertThat(children.map(child -> child.info().commandLine().orElse("")))
          .noneMatch(line -> line.contains("gym:Gone-v0"));
    }
  }
}
