package dev.retort.exchange.tensorboard;

import static dev.retort.Retort.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.retort.data.Dataset;
import dev.retort.distill.Predictor;
import dev.retort.env.Env;
import dev.retort.env.reach.ReacherTeacher;
import dev.retort.nn.Blueprint;
import dev.retort.nn.Mlp;
import dev.retort.nn.Parameter;
import dev.retort.plan.Cohort;
import dev.retort.plan.Curves;
import dev.retort.policy.Ensemble;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.policy.Scripted;
import dev.retort.run.CheckpointInterval;
import dev.retort.run.Job;
import dev.retort.run.Registry;
import dev.retort.run.RunOptions;
import dev.retort.run.Runs;
import dev.retort.teach.Algorithm;
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
          events(member), "parameters", predictor.blueprint(), predictor.parameters(member));
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

  private static Dataset data() {
    return demonstrations(Scripted.of("rule", ARM, ReacherTeacher::handcrafted), ARM);
  }

  private static void requireLast(List<EventReader.Read> events, String network, Policy policy) {
    NetworkPolicy own = (NetworkPolicy) policy;
    requireLast(events, network, own.blueprint(), own.parameters());
  }

  /**
   * That the last histograms are those of the layers of a network: least, greatest, number, sum.
   */
  private static void requireLast(
      List<EventReader.Read> events, String network, Blueprint blueprint, float[] parameters) {
    Map<String, double[]> last = events.get(events.size() - 1).histograms();
    for (Parameter layer : blueprint.named(parameters)) {
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
