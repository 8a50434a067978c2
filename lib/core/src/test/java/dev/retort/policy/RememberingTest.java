package dev.retort.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.Retort;
import dev.retort.RetortException;
import dev.retort.collect.Behavior;
import dev.retort.collect.Collector;
import dev.retort.collect.Demonstrations;
import dev.retort.data.Dataset;
import dev.retort.distribution.Categorical;
import dev.retort.env.Env;
import dev.retort.env.VectorEnv;
import dev.retort.env.control.Pendulum;
import dev.retort.evaluate.Evaluator;
import dev.retort.evaluate.Scores;
import dev.retort.random.RandomStream;
import dev.retort.run.Curve;
import dev.retort.run.Session;
import dev.retort.space.Discrete;
import dev.retort.space.Space;
import dev.retort.store.Tensors;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a policy remembers begins with an episode, lasts as long as it does, and ends with it. */
class RememberingTest {
  private static final Env CLOCK = new Clock();
  private static final Policy COUNTER = Clock.counter();

  /**
   * A walk over two numbers of memory that never comes back to where it was: the whole past of an
   * episode stands in its logits.
   */
  private record Wanderer(String name, float pull) implements Policy {
    @Override
    public Space observations() {
      return CLOCK.observations();
    }

    @Override
    public Categorical distribution() {
      return new Categorical(new Discrete(3));
    }

    @Override
    public int memory() {
      return 2;
    }

    @Override
    public Recurrent forward(int batch) {
      return (seen, memory, count, outputs) -> {
        for (int row = 0; row < count; row++) {
          float x = memory[2 * row];
          float y = memory[2 * row + 1];
          memory[2 * row] = (float) Math.sin(3 * x + y + pull);
          memory[2 * row + 1] = (float) Math.cos(2 * y - x);
          outputs[3 * row] = x;
          outputs[3 * row + 1] = y;
          outputs[3 * row + 2] = pull;
        }
      };
    }
  }

  private static final Policy TEACHER = new Wanderer("teacher", 0.7f);
  private static final Policy STUDENT = new Wanderer("student", 0.2f);

  @ParameterizedTest
  @ValueSource(ints = {1, 99, 100, 250})
  void inAnEvaluationEveryEpisodeBeginsWithNothingRemembered(int episodes) {
    Scores scores = new Evaluator(episodes, 3, () -> {}).evaluate(COUNTER, COUNTER, CLOCK);
    double sum = Arrays.stream(scores.returns()[0]).sum();
    assertThat(sum / episodes).isEqualTo(scores.meanLength().orElseThrow());
    assertThat(scores.agreement()).hasValue(1);
    assertThat(scores.returns()[0]).doesNotContain(0);
  }

  @Test
  void withoutItsMemoryTheCounterIsRightAtAThirdOfTheSteps() {
    Policy still = Scripted.of("still", CLOCK, (seen, action) -> action[0] = 0);
    Scores scores = new Evaluator(100, 3, () -> {}).evaluate(still, COUNTER, CLOCK);
    assertThat(scores.agreement().orElseThrow()).isBetween(0.3, 0.5);
  }

  @Test
  void anEvaluationThatGoesOnGivesTheSameReturns() {
    Evaluator evaluator = new Evaluator(150, 3, () -> {}).stochastic(true);
    double[][] whole = evaluator.evaluate(TEACHER, CLOCK).returns();
    Tensors saved;
    try (Evaluator.Play play = evaluator.play(TEACHER, Optional.empty(), CLOCK)) {
      for (int step = 0; step < 15; step++) {
        play.step();
      }
      saved = play.save();
    }
    try (Evaluator.Play play = evaluator.play(TEACHER, Optional.empty(), CLOCK)) {
      play.restore(saved);
      assertThat(play.played()).isPositive();
      while (!play.isOver()) {
        play.step();
      }
      assertThat(play.scores().returns()).isDeepEqualTo(whole);
    }
  }

  static List<Behavior> behaviors() {
    return List.of(
        new Behavior.Greedy(),
        new Behavior.Stochastic(),
        new Behavior.Epsilon(0.3),
        new Behavior.ExploreGo(10),
        new Behavior.ExploreGo(10).by(STUDENT),
        new Behavior.Mixture(STUDENT, 0.5),
        new Behavior.Uniform());
  }

  private static void requireCounted(Dataset data) {
    for (int episode = 0; episode < data.episodes(); episode++) {
      for (int row = data.start(episode); row < data.end(episode); row++) {
        assertThat(data.column("teacher.action").at(row, 0))
            .isEqualTo((row - data.start(episode)) % 3);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("behaviors")
  void whoeverActsTheTeacherRemembersTheEpisodeThatIsRecorded(Behavior behavior) {
    Dataset data =
        new Collector(COUNTER, CLOCK, behavior, 1003, 3).run(Session.unwatched("return", "length"));
    assertThat(data.episodes()).isGreaterThan(50);
    requireCounted(data);
  }

  @Test
  void demonstrationsAndALoopOfOnesOwnFollowEpisodesToo() {
    requireCounted(Demonstrations.of(COUNTER, CLOCK));
    VectorEnv envs = new VectorEnv(CLOCK, 5, copy -> RandomStream.of(1, "copy", copy));
    float[] actions = new float[5];
    double sum = 0;
    envs.reset();
    try (Actor actor = COUNTER.actor(envs)) {
      for (int step = 0; step < 200; step++) {
        actor.greedy(envs.observations(), actions);
        envs.step(actions);
        for (float reward : envs.rewards()) {
          sum += reward;
        }
      }
    }
    assertThat(sum).isEqualTo(1000);
  }

  /** Saves what there is at one boundary, and goes no further. */
  private static final class Interrupted implements Session {
    private static final class Over extends RuntimeException {
      private static final long serialVersionUID = 1;
    }

    private final Curve curve = new Curve("return", "length");
    private final Optional<Tensors> before;
    private final int last;
    private int boundaries;
    private Tensors state = new Tensors();

    Interrupted(Optional<Tensors> before, int last) {
      this.before = before;
      this.last = last;
    }

    @Override
    public Optional<Tensors> resumed() {
      return before;
    }

    @Override
    public void check() {}

    @Override
    public void boundary(long step, Supplier<Tensors> saved) {
      if (++boundaries == last) {
        state = saved.get();
        throw new Over();
      }
    }

    @Override
    public Curve curve() {
      return curve;
    }
  }

  @ParameterizedTest
  @MethodSource("behaviors")
  void aCollectionSavedAmidEpisodesGoesOnBitForBit(Behavior behavior) {
    Collector collector = new Collector(TEACHER, CLOCK, behavior, 200, 5);
    Dataset whole = collector.run(new Interrupted(Optional.empty(), Integer.MAX_VALUE));
    for (int last = 1; last < 25; last++) {
      Interrupted first = new Interrupted(Optional.empty(), last);
      assertThatThrownBy(() -> collector.run(first)).isInstanceOf(Interrupted.Over.class);
      Dataset again = collector.run(new Interrupted(Optional.of(first.state), Integer.MAX_VALUE));
      assertThat(again.taken()).as("boundary %s", last).isEqualTo(whole.taken());
      assertThat(again.column("teacher.logits").floats())
          .as("boundary %s", last)
          .isEqualTo(whole.column("teacher.logits").floats());
    }
  }

  @Test
  void aTeacherWithMemoryLabelsEveryEpisodeFromItsFirstStepToItsLast() {
    Dataset data =
        new Collector(TEACHER, CLOCK, new Behavior.Uniform(), 3_000, 3)
            .run(Session.unwatched("return", "length"));
    assertThat(data.episodes()).isGreaterThan(200);
    Dataset labeled = data.labeledBy(COUNTER);
    requireCounted(labeled);
    assertThat(data.labeledBy(TEACHER).column("teacher.logits").floats())
        .isEqualTo(data.column("teacher.logits").floats());
  }

  @Test
  void whoeverIsNotToldWhereEpisodesBeginIsRefused() {
    float[] action = new float[1];
    try (Actor actor = COUNTER.actor(1)) {
      assertThatThrownBy(() -> actor.greedy(new float[1], action))
          .isInstanceOf(RetortException.class)
          .hasMessage(
              "policy 'counter': expected to be told where episodes begin, since it has a memory, got a row of none. Say actor(envs), or begin(row) at each first step.");
      actor.begin(0);
      for (int step = 0; step < 5; step++) {
        actor.greedy(new float[1], action);
        assertThat(action[0]).isEqualTo(step % 3);
      }
      actor.begin(0);
      actor.greedy(new float[1], action);
      assertThat(action[0]).isZero();
    }
    assertThatThrownBy(() -> COUNTER.forward(1).apply(new float[1], 1, action))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "policy: expected its memory beside the observations, got none. Open an actor, which keeps it.");
  }

  @Test
  void whereStatesAreMetOneByOneAMemoryIsRefused() {
    Env family = new Pendulum().varying("mass", 1, 2).train(3);
    Policy idle = Scripted.of("idle", family, 4, (seen, memory, action) -> {});
    assertThatThrownBy(() -> Retort.totalVariation(idle, family))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "total variation: expected a policy that needs what it sees and nothing else, got 'idle', which has a memory. Distill it first.");
  }

  @Test
  void codeThatRemembersIsNotWritten(@TempDir Path folder) {
    assertThatThrownBy(() -> COUNTER.save(folder.resolve("counter.safetensors")))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "save policy 'counter': expected a network, an ensemble of networks or a table, got Scripted, which is code.");
  }

  @Test
  void aMemoryThatIsNoNumberIsRefusedWhereItWasMet() {
    Policy broken =
        Scripted.of(
            "broken",
            CLOCK,
            2,
            (seen, memory, action) -> {
              memory[0]++;
              memory[1] = memory[0] == 1 ? 0 : Float.NaN;
            });
    assertThatThrownBy(() -> new Evaluator(1, 4, () -> {}).evaluate(broken, CLOCK))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "policy 'broken': expected finite memory, got NaN as number 1 of 2 (episode 0, step 1).");
  }

  @Test
  void aMemoryOfAnotherPolicyIsRefused() {
    try (Actor actor = TEACHER.actor(3)) {
      assertThat(actor.memory()).hasSize(6);
      assertThatThrownBy(() -> actor.recall(new float[3]))
          .isInstanceOf(RetortException.class)
          .hasMessage(
              "policy 'teacher': expected a memory of 3 rows with 2 numbers each, got 3 numbers in all. Resume with the same policy.");
    }
    Policy odd = new Scripted("odd", CLOCK.observations(), CLOCK.actions(), -1, (s, m, a) -> {});
    assertThatThrownBy(() -> odd.actor(1))
        .isInstanceOf(RetortException.class)
        .hasMessage("policy 'odd': expected a memory of 0 numbers or more, got -1.");
  }
}
