package dev.retort.plan;

import static dev.retort.Retort.collect;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.env;
import static dev.retort.Retort.epsilon;
import static dev.retort.Retort.evaluate;
import static dev.retort.Retort.gru;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.nll;
import static dev.retort.Retort.policy;
import static dev.retort.Retort.render;
import static dev.retort.Retort.stochastic;
import static dev.retort.Retort.transformer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.RetortException;
import dev.retort.data.Dataset;
import dev.retort.data.View;
import dev.retort.env.Env;
import dev.retort.nn.Activation;
import dev.retort.nn.Architecture;
import dev.retort.nn.Architectures;
import dev.retort.nn.Graph;
import dev.retort.nn.Network;
import dev.retort.nn.Node;
import dev.retort.nn.Rows;
import dev.retort.option.Schedule;
import dev.retort.policy.Actor;
import dev.retort.policy.Ensemble;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.policy.Scripted;
import dev.retort.random.RandomStream;
import dev.retort.run.Session;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Students who see the last steps of an episode remember them while they act. */
class WindowStudentsTest {
  private static final Env CART = env("CartPole");

  /** Keeps the pole up by its angle and its speed, and the cart near the middle. */
  private static final Policy UPRIGHT =
      Scripted.of(
          "upright",
          CART,
          (seen, action) ->
              action[0] = 0.1f * seen[0] + 0.3f * seen[1] + 3 * seen[2] + seen[3] > 0 ? 1 : 0);

  /** Where the cart and the pole are, and not how fast they go. */
  private static final View POSITIONS = View.numbers(0, 2);

  @TempDir Path folder;

  @BeforeEach
  void runsOfItsOwn() {
    System.setProperty("retort.runs", folder.toString());
  }

  @AfterEach
  void asBefore() {
    System.clearProperty("retort.runs");
  }

  /** What a plan gives, without a run. */
  private static <R> R now(Plan<R> plan) {
    return plan.job().execute(Session.unwatched(plan.job().columns()));
  }

  private static Dataset data(int steps) {
    return now(collect(steps).from(UPRIGHT).on(CART).exploring(epsilon(0.2)).seed(1));
  }

  private static Distilling plan(View view) {
    return distill(UPRIGHT)
        .from(data(1_000))
        .seeing(view)
        .into(mlp(16))
        .members(2)
        .minimizing(nll())
        .learningRate(0.01)
        .epochs(5);
  }

  private static float[] shown(View view, Dataset data, int row) {
    float[] seen = new float[view.sees(data.observations()).size()];
    view.look(data, row, RandomStream.of(0, "view"), seen, 0);
    return seen;
  }

  private static float[] observation(Dataset data, int row) {
    int width = data.observations().size();
    return Arrays.copyOfRange(data.obs(), row * width, (row + 1) * width);
  }

  private static List<View> windows() {
    return List.of(
        View.window(1), View.window(3), View.window(8, POSITIONS), View.window(40, POSITIONS));
  }

  @ParameterizedTest
  @MethodSource("windows")
  void whatAStudentRemembersAlongAnEpisodeIsBitForBitWhatItsWindowShowsOfTheRows(View view) {
    NetworkPolicy student = now(plan(view)).members().get(0);
    Dataset data = now(collect(300).from(student).on(CART).exploring(stochastic()).seed(3));
    assertThat(data.episodes()).isGreaterThan(4);
    assertThat(student.memory()).isEqualTo(view.sees(CART.observations()).size());
    Network network = Network.of(student.blueprint(), List.of(student.parameters()));
    float[] learned = new float[2];
    for (int episode = 0; episode < data.episodes(); episode++) {
      try (Actor actor = student.actor(1)) {
        actor.begin(0);
        assertThat(actor.memory()).containsOnly(0);
        for (int row = data.start(episode); row < data.end(episode); row++) {
          float[] acting = actor.outputs(observation(data, row)).clone();
          float[] shown = shown(view, data, row);
          network.predict(shown, 1, Rows.SHARED, learned);
          assertThat(actor.memory()).as("row %s", row).containsExactly(shown);
          assertThat(acting).as("row %s", row).containsExactly(learned);
        }
      }
    }
    network.close();
  }

  /** Networks that see steps as steps, and one of one's own that does. */
  static List<Architecture> overSteps() {
    Velocities own = Architectures.register(new Velocities(16));
    return List.of(gru(16), transformer(16, 1, 2), own);
  }

  /** Reads off the last two steps. */
  private record Velocities(int width) implements Architecture {
    @Override
    public Node write(Graph graph) {
      Node steps = graph.part("steps");
      int last = steps.shape().get(0) - 1;
      Node now = graph.at(steps, last);
      Node moved = graph.add(now, graph.scale(graph.at(steps, last - 1), -1));
      return graph.apply(
          Activation.TANH, graph.linear("in", graph.concat(now, graph.scale(moved, 10)), width));
    }
  }

  @ParameterizedTest
  @MethodSource("overSteps")
  void networksOverStepsReadVelocitiesToo(Architecture network) {
    Distilling plan =
        distill(UPRIGHT)
            .from(data(4_000))
            .minimizing(nll())
            .learningRate(new Schedule(0.01, 0))
            .batchSize(64)
            .epochs(40);
    double blind = score(now(plan.into(mlp(32)).members(3).seeing(POSITIONS)));
    Distilling steps = plan.into(network).members(1).seeing(View.window(4, POSITIONS));
    assertThat(score(now(steps))).isGreaterThan(3 * blind);
  }

  @Test
  void whereVelocitiesAreHiddenAWindowTellsThem() {
    Distilling plan =
        distill(UPRIGHT)
            .from(data(4_000))
            .into(mlp(32))
            .members(3)
            .minimizing(nll())
            .learningRate(new Schedule(0.01, 0))
            .batchSize(64)
            .epochs(60);
    double blind = score(now(plan.seeing(POSITIONS)));
    double remembering = score(now(plan.seeing(View.window(4, POSITIONS))));
    assertThat(remembering).isGreaterThan(4 * blind);
  }

  private static double score(Policy policy) {
    return now(evaluate(policy).on(CART).episodes(20)).scores().get(0).runMeans()[0];
  }

  static List<Architecture> windowed() {
    return Stream.concat(Stream.of(mlp(16)), overSteps().stream()).toList();
  }

  @ParameterizedTest
  @MethodSource("windowed")
  void aStudentWithAWindowIsAPolicyLikeAllOthers(Architecture network) {
    Ensemble students = plan(View.window(4, POSITIONS)).into(network).once();
    assertThat(students.memory()).isEqualTo(4 * 3);
    assertThat(students.toString()).contains("(sees steps: 4×2 numbers, mask: 4 numbers)");
    assertThat(render(students).on(CART).steps(3).run().frames()).isPositive();
    Dataset played = now(collect(200).from(students).on(CART).seed(2));
    students.save(folder.resolve("window.safetensors"));
    for (Policy opened : List.of(policy(1), policy(folder.resolve("window.safetensors")))) {
      assertThat(opened).hasToString(students.toString());
      Dataset again = now(collect(200).from(opened).on(CART).seed(2));
      assertThat(again.column("teacher.logits").floats())
          .isEqualTo(played.column("teacher.logits").floats());
      assertThat(score(opened)).isEqualTo(score(students));
    }
    Dataset asked = data(100).labeledBy(students);
    assertThat(asked.column("teacher.logits").rows()).isEqualTo(100);
  }

  @Test
  void theEnsembleOfASeedIsTheSameAloneAndAmongOthers() {
    Distilling plan = plan(View.window(3));
    Cohort three = plan.seeds(3).once();
    Ensemble alone = now(plan.seed(1));
    assertThat(three.policy(1).members().get(1).parameters())
        .containsExactly(alone.members().get(1).parameters());
    assertThat(three.policy(2).memory()).isEqualTo(15);
    assertThat(now(evaluate(UPRIGHT).and("windows", three).on(CART).episodes(5)).scores())
        .hasSize(2);
  }

  @Test
  void studentsWhoActInRoundsRememberWhatTheySaw() {
    Aggregating rounds =
        distill(UPRIGHT)
            .on(CART)
            .seeing(View.window(4, POSITIONS))
            .rounds(4)
            .stepsEach(1_000)
            .into(mlp(32))
            .members(2)
            .minimizing(nll())
            .learningRate(new Schedule(0.01, 0))
            .batchSize(64)
            .epochs(30)
            .seed(2);
    assertThat(score(now(rounds))).isGreaterThan(3 * score(now(rounds.seeing(POSITIONS))));
  }

  @Test
  void windowsOfNamedPartsAndWhatIsRefused() {
    assertThat(View.window(8, "position", "goal"))
        .isEqualTo(View.window(8, View.parts("position", "goal")));
    NetworkPolicy student = now(plan(View.window(3))).members().get(0);
    assertThatThrownBy(
            () -> {
              try (Actor actor = student.actor(1)) {
                actor.outputs(new float[4]);
              }
            })
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("expected to be told where episodes begin");
    assertThatThrownBy(() -> student.forward(1).apply(new float[4], 1, new float[2]))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "seeing: expected a memory of 15 numbers for each of 1 rows, got 0 numbers in all. Open an actor, which keeps it.");
  }
}
