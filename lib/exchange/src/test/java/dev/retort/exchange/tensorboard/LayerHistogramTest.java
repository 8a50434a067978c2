package dev.retort.exchange.tensorboard;

import static dev.retort.Retort.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.retort.data.AgentData;
import dev.retort.data.Dataset;
import dev.retort.distill.Predictor;
import dev.retort.env.Env;
import dev.retort.env.agents.FillIn;
import dev.retort.env.reach.ReacherTeacher;
import dev.retort.nn.Blueprint;
import dev.retort.nn.Mlp;
import dev.retort.nn.Parameter;
import dev.retort.plan.Cohort;
import dev.retort.plan.Curves;
import dev.retort.policy.Ensemble;
import dev.retort.policy.Joint;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.policy.RandomPolicy;
import dev.retort.policy.Scripted;
import dev.retort.run.CheckpointInterval;
import dev.retort.run.Job;
import dev.retort.run.Registry;
import dev.retort.run.RunOptions;
import dev.retort.run.Runs;
import dev.retort.teach.Algorithm;
import dev.retort.teach.DecisionTransformer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What stands in the histograms of every learner, held against the layers of what it gives. */
class LayerHistogramTest {
  /** Enough for two groups on two cores. */
  private static final int SEEDS = 5;

  private static final Env POLE = env("CartPole");
  private static final Env PENDULUM = env("Pendulum");
  private static final Env ARM = env("Reacher-C4");
  private static final Env CELLS = new FillIn(3, 4, 1, 0, 8).lastAction();

  @TempDir Path folder;

  @BeforeEach
  void log() {
    Runs.logging("tensorboard");
  }

  @AfterEach
  void logNoMore() {
    Runs.logging();
  }

  private <R> R run(Job<R> job) {
    RunOptions often = RunOptions.standard().saving(new CheckpointInterval.EveryBoundaries(1));
    return Registry.at(folder).start(job, often).await();
  }

  private List<EventReader.Read> events(int member) throws IOException {
    return EventReader.read(
        folder.resolve(
            "0001/tensorboard/member-%s/weights/events.out.tfevents.0000000000.retort"
                .formatted(member)));
  }

  private static List<String> layers(String... networks) {
    List<String> layers = new ArrayList<>();
    for (String network : networks) {
      layers.add(network + ".weight");
      layers.add(network + ".bias");
    }
    return layers;
  }

  static Stream<Arguments> learners() {
    List<String> twins = layers("critic/q1.hidden0", "critic/q2.hidden0", "critic/q1", "critic/q2");
    List<String> actor = layers("actor/hidden0", "actor/action");
    return Stream.of(
        Arguments.of(
            ppo().steps(512).rollout(64).environments(2).batchSize(128).network(Mlp.of(6)),
            POLE,
            "parameters",
            layers(
                "parameters/logits.hidden0",
                "parameters/value.hidden0",
                "parameters/logits",
                "parameters/value")),
        Arguments.of(
            dqn().steps(60).warmUp(20).trainEvery(10).batchSize(8).network(Mlp.of(6)),
            POLE,
            "online",
            layers("online/hidden0", "online/values")),
        Arguments.of(
            td3().steps(40).warmUp(20).batchSize(8).network(Mlp.of(6)),
            PENDULUM,
            "actor",
            Stream.concat(actor.stream(), twins.stream()).toList()),
        Arguments.of(
            sac().steps(40).warmUp(20).batchSize(8).network(Mlp.of(6)),
            PENDULUM,
            "actor",
            Stream.concat(
                    layers("actor/hidden0", "actor/mean", "actor/log-deviation").stream(),
                    twins.stream())
                .toList()),
        Arguments.of(
            dna().steps(512).rollout(64).environments(2).batchSize(128).network(Mlp.of(6)),
            POLE,
            "parameters",
            layers(
                "parameters/hidden0",
                "parameters/logits",
                "parameters/value",
                "critic/hidden0",
                "critic/value")),
        Arguments.of(
            es().steps(600).population(4).network(Mlp.of(6)),
            POLE,
            "parameters",
            layers("parameters/hidden0", "parameters/logits")));
  }

  @ParameterizedTest
  @MethodSource("learners")
  void eachSeedHasTheLayersOfItsOwnNetworks(
      Algorithm algorithm, Env env, String acting, List<String> tags) throws IOException {
    Curves curves = run(train(algorithm).on(env).seeds(SEEDS).job());
    for (int member = 0; member < SEEDS; member++) {
      List<EventReader.Read> events = events(member);
      assertThat(events).hasSizeGreaterThan(2);
      assertThat(events.stream().skip(1))
          .allSatisfy(
              event ->
                  assertThat(event.histograms().keySet())
                      .containsExactlyInAnyOrderElementsOf(tags));
      requireLast(events, acting, curves.policy(member));
    }
  }

  @Test
  void eachStudentOfEachEnsembleIsAMember() throws IOException {
    Cohort two = run(distill(data()).into(mlp(6)).members(2).epochs(3).seeds(2).job());
    for (int member = 0; member < 4; member++) {
      requireLast(events(member), "parameters", two.policy(member / 2).members().get(member % 2));
    }
  }

  @Test
  void eachStudentOfOneEnsembleIsAMember() throws IOException {
    Ensemble one = run(distill(data()).into(mlp(6)).members(2).epochs(3).job());
    for (int member = 0; member < 2; member++) {
      requireLast(events(member), "parameters", one.members().get(member));
    }
  }

  @Test
  void networksThatPredictAreMembersToo() throws IOException {
    Predictor predictor =
        run(fit(mlp(6)).to(data()).minimizing("reward", mse()).members(2).epochs(3).job());
    for (int member = 0; member < 2; member++) {
      requireLast(
          events(member),
          "parameters",
          "parameters",
          predictor.blueprint(),
          predictor.parameters(member));
    }
  }

  /** A run that ends before its first checkpoint. */
  @Test
  void aResultAloneHasItsLayersToo() throws IOException {
    Cohort one =
        Registry.at(folder)
            .start(
                distill(data()).into(mlp(6)).members(1).epochs(2).seeds(1).job(),
                RunOptions.standard())
            .await();
    assertThat(events(0)).hasSize(2);
    requireLast(events(0), "parameters", one.policy(0).members().get(0));
  }

  /** Two seeds of three agents, who have a network each. */
  @Test
  void agentsOfASeedAreOneMember() throws IOException {
    Curves curves = run(train(agents().steps(4)).on(CELLS).seeds(2).job());
    for (int member = 0; member < 2; member++) {
      List<EventReader.Read> events = events(member);
      List<Policy> agents = List.copyOf(((Joint) curves.policy(member)).agents().values());
      assertThat(networks(events.get(1)))
          .containsExactly("head-1", "head-2", "head-3", "trunk-1", "trunk-2", "trunk-3");
      for (int agent = 1; agent <= 3; agent++) {
        requireLast(events, "trunk-" + agent, "head-" + agent, agents.get(agent - 1));
      }
    }
  }

  /** A run that ends before its first checkpoint. */
  @Test
  void agentsOfAResultAloneAreOneMemberToo() throws IOException {
    Registry.at(folder)
        .start(train(agents().steps(2)).on(CELLS).seeds(2).job(), RunOptions.standard())
        .await();
    for (int member = 0; member < 2; member++) {
      assertThat(events(member)).hasSize(2);
      assertThat(networks(events(member).get(1)))
          .containsExactly("parameters-1", "parameters-2", "parameters-3");
    }
  }

  /** Three agents with a network each, who learn from walks of chance. */
  private static DecisionTransformer agents() {
    Env all = new FillIn(3, 4, 1, 1, 8).lastAction();
    Dataset walks = collect(80).from(RandomPolicy.of(all)).on(all).exploring(uniform()).run();
    return decisionTransformer()
        .from(AgentData.seenByAgents(AgentData.withOwnRewards(walks)))
        .agents(DecisionTransformer.Agents.APART)
        .width(8)
        .layers(1)
        .window(2)
        .batchSize(2);
  }

  private static List<String> networks(EventReader.Read event) {
    return event.histograms().keySet().stream()
        .map(tag -> tag.substring(0, tag.indexOf('/')))
        .distinct()
        .sorted()
        .toList();
  }

  private static Dataset data() {
    return demonstrations(Scripted.of("rule", ARM, ReacherTeacher::handcrafted), ARM);
  }

  private static void requireLast(List<EventReader.Read> events, String network, Policy policy) {
    requireLast(events, network, network, policy);
  }

  private static void requireLast(
      List<EventReader.Read> events, String trunk, String head, Policy policy) {
    NetworkPolicy own = (NetworkPolicy) policy;
    requireLast(events, trunk, head, own.blueprint(), own.parameters());
  }

  /**
   * That the last histograms are those of the layers of a network: least, greatest, number, sum.
   */
  private static void requireLast(
      List<EventReader.Read> events,
      String trunk,
      String head,
      Blueprint blueprint,
      float[] parameters) {
    Map<String, double[]> last = events.get(events.size() - 1).histograms();
    for (Parameter layer : blueprint.named(parameters)) {
      String network = layer.name().startsWith("logits") ? head : trunk;
      double[] histogram = last.get(network + "/" + layer.name());
      assertThat(histogram).as(network + "/" + layer.name()).isNotNull();
      double least = Double.POSITIVE_INFINITY;
      double greatest = Double.NEGATIVE_INFINITY;
      double sum = 0;
      for (float each : layer.values()) {
        least = Math.min(least, each);
        greatest = Math.max(greatest, each);
        sum += each;
      }
      assertThat(histogram[0]).isEqualTo(least);
      assertThat(histogram[1]).isEqualTo(greatest);
      assertThat(histogram[2]).isEqualTo(layer.values().length);
      assertThat(histogram[3]).isCloseTo(sum, within(1e-9));
    }
  }
}
