package dev.retort.plan;

import static dev.retort.Retort.collect;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.fit;
import static dev.retort.Retort.mse;
import static dev.retort.Retort.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.data.Dataset;
import dev.retort.distill.Predictor;
import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.nn.Activation;
import dev.retort.nn.Architecture;
import dev.retort.nn.Architectures;
import dev.retort.nn.Graph;
import dev.retort.nn.Mlp;
import dev.retort.nn.Node;
import dev.retort.policy.ArchitectureText;
import dev.retort.policy.Ensemble;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.policy.PolicyFile;
import dev.retort.run.Run;
import dev.retort.run.RunStopped;
import dev.retort.run.Runs;
import dev.retort.store.TensorFile;
import dev.retort.store.Tensors;
import dev.retort.teach.Dqn;
import dev.retort.teach.Ppo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network of the user's own learns, is kept, found and resumed like any other. */
class OwnNetworkTest {
  private static final Env CART = Environments.get("CartPole");

  @TempDir Path folder;

  @BeforeEach
  void runsOfItsOwn() {
    System.setProperty("retort.runs", folder.toString());
    Architectures.register(usual());
  }

  @AfterEach
  void asBefore() {
    System.clearProperty("retort.runs");
  }

  /** Layers of one width, each added to what is below it; then plain ones. */
  record Skipping(int width, int layers, List<Integer> above, Activation activation)
      implements Architecture {
    @Override
    public Node write(Graph graph) {
      Node h = graph.linear("in", graph.flatten(graph.observation()), width);
      for (int i = 0; i < layers; i++) {
        h = graph.add(h, graph.apply(activation, graph.linear("layer" + i, h, width)));
      }
      for (int i = 0; i < above.size(); i++) {
        h = graph.apply(activation, graph.linear("above" + i, h, above.get(i)));
      }
      return graph.norm("norm", h);
    }
  }

  /** Holds another record of the same name and size, which is linear. */
  private static final class Later {
    record Skipping(int width, int layers, List<Integer> above, Activation activation)
        implements Architecture {
      @Override
      public Node write(Graph graph) {
        Node h = graph.linear("in", graph.flatten(graph.observation()), width);
        for (int i = 0; i < layers; i++) {
          h = graph.add(h, graph.linear("layer" + i, h, width));
        }
        for (int i = 0; i < above.size(); i++) {
          h = graph.linear("above" + i, h, above.get(i));
        }
        return graph.norm("norm", h);
      }
    }
  }

  /** Holds one more, which no other test has met. */
  private static final class Newest {
    record Skipping(int width) implements Architecture {
      @Override
      public Node write(Graph graph) {
        return graph.linear("in", graph.flatten(graph.observation()), width);
      }
    }
  }

  private static Skipping usual() {
    return new Skipping(8, 1, List.of(), Activation.RELU);
  }

  private static Skipping small() {
    return new Skipping(6, 2, List.of(5, 4), Activation.TANH);
  }

  private static Ppo ppo() {
    return new Ppo().environments(2).rollout(64).batchSize(128).network(small());
  }

  @Test
  void itIsWrittenAndReadByItsComponents() {
    assertThat(Architecture.type().writer().apply(small())).isEqualTo("skipping:6:2:5,4:tanh");
    assertThat(new Ppo().set("network", "skipping:6:2:5,4:tanh"))
        .isEqualTo(new Ppo().network(small()));
    assertThat(Architecture.type().read("ppo", "network", "Skipping:12"))
        .isEqualTo(new Skipping(12, 1, List.of(), Activation.RELU));
    assertThat(Architecture.type().read("ppo", "network", "skipping"))
        .isEqualTo(new Skipping(8, 1, List.of(), Activation.RELU));
  }

  @Test
  void itTrainsAndIsSavedAndLoaded() throws Exception {
    Policy trained = new Training(ppo().steps(512), CART, 0).run();
    Path file = folder.resolve("own.safetensors");
    trained.save(file);
    NetworkPolicy loaded = (NetworkPolicy) policy(file);
    assertThat(loaded.architecture()).isEqualTo(small());
    assertThat(loaded.parameters()).isEqualTo(((NetworkPolicy) trained).parameters());
    assertThat(Files.size(file)).isPositive();
    Policy q = new Training(new Dqn().steps(600).warmUp(100).network(small()), CART, 0).run();
    assertThat(((NetworkPolicy) q).architecture()).isEqualTo(small());
  }

  @Test
  void itGoesOnFromWhereItStopped() {
    Curves whole = new Training(ppo().steps(20_480), CART, 0).seeds(2).run();
    Run<Curves> run = new Training(ppo().steps(20_480), CART, 0).seeds(2).start();
    run.stop();
    RunStopped stopped = catchThrowableOfType(RunStopped.class, run::await);
    assertThat(stopped)
        .hasMessageEndingWith(
            "resume it with resume(2), after register(..) of its network 'skipping:6:2:5,4:tanh'");
    Curves resumed = (Curves) Resuming.start(2).await();
    for (int member = 0; member < 2; member++) {
      assertThat(((NetworkPolicy) resumed.policy(member)).parameters())
          .isEqualTo(((NetworkPolicy) whole.policy(member)).parameters());
    }
  }

  @Test
  void aRunIsNotGoneOnWithByAnotherOfItsName() {
    Run<Policy> run = new Training(ppo().steps(50_000_000), CART, 0).start();
    run.stop();
    assertThat(catchThrowableOfType(RunStopped.class, run::await)).isNotNull();
    Architectures.register(new Later.Skipping(8, 1, List.of(), Activation.RELU));
    assertThatThrownBy(() -> Resuming.start(1))
        .hasMessageStartingWith(
            "resume run 1: expected network 'skipping:6:2:5,4:tanh' as it was, but")
        .hasMessageContaining("resumeAnyway(1)");
    Run<?> branch = Resuming.startAnyway(1);
    branch.stop();
    assertThat(branch.folder().notes())
        .contains(
            "goes on from run 1 by network 'skipping:6:2:5,4:tanh', but what write(..) does has changed");
    assertThatThrownBy(branch::await).isInstanceOf(RunStopped.class);
    Architectures.register(usual());
    Run<?> again = Resuming.start(1);
    again.stop();
    assertThatThrownBy(again::await).isInstanceOf(RunStopped.class);
  }

  @Test
  void aRunWhoseNetworkNobodyKnowsSaysWhatToRegister() {
    JsonObject spec = JsonParser.parseString("{\"networks\": {\"never:2\": {}}}").getAsJsonObject();
    assertThatThrownBy(() -> OwnCode.require(7, spec))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "resume run 7: expected network 'never:2', one of your own, got none of that name. Say register(..) of it and resume again.");
    JsonObject longer =
        JsonParser.parseString("{\"networks\": {\"skipping:2:2:2:relu:2\": {}}}").getAsJsonObject();
    assertThatThrownBy(() -> OwnCode.require(7, longer))
        .hasMessageStartingWith(
            "resume: expected network 'skipping:2:2:2:relu:2' as it was, but what is known by this name now cannot be written so.");
  }

  @Test
  void itWorksAsItStandsAndIsKnownByItsNameFromThenOn() {
    record Single(int width) implements Architecture {
      @Override
      public Node write(Graph graph) {
        return graph.linear("in", graph.flatten(graph.observation()), width);
      }
    }
    assertThatThrownBy(() -> Architecture.type().read("ppo", "network", "single:3"))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageContaining("unknown network 'single'")
        .hasMessageContaining("skipping");
    Training plan = new Training(ppo().network(new Single(5)).steps(256), CART, 0);
    Curves first = plan.seeds(1).once();
    assertThat(((NetworkPolicy) first.policy(0)).architecture()).isEqualTo(new Single(5));
    assertThat(((NetworkPolicy) plan.seeds(1).once().policy(0)).architecture())
        .isEqualTo(new Single(5));
    assertThat(Runs.all()).hasSize(1);
    assertThat(Architecture.type().read("ppo", "network", "single:3")).isEqualTo(new Single(3));
    assertThat(Architectures.names()).contains("mlp", "cnn", "skipping", "single");
    assertThat(Architectures.texts()).contains("skipping:8:1:none:relu", "single:5");
  }

  @Test
  void theClassThatWasMetLastHasTheNameAndAnOlderOneDoesNotTakeItBack() {
    Ppo older = ppo();
    assertThat(new Ppo().network(new Newest.Skipping(3)).network())
        .isEqualTo(new Newest.Skipping(3));
    assertThat(older.settings().json().get("network").getAsString())
        .isEqualTo("skipping:6:2:5,4:tanh");
    assertThatThrownBy(() -> older.network(small()))
        .hasMessage(
            "network: expected one that is written like 'skipping:3', got 'skipping:6:2:5,4:tanh'. If another record of this name is meant, register(..) it.");
    assertThat(((Ppo) new Ppo().set("network", "skipping:4")).network())
        .isEqualTo(new Newest.Skipping(4));
    Architectures.register(usual());
    assertThat(((Ppo) new Ppo().set("network", "skipping")).network()).isEqualTo(usual());
  }

  @Test
  void filesHoldTheImprintOfTheCodeAndAreReadByItAlone() {
    Policy trained = new Training(ppo().steps(256), CART, 0).run();
    Path file = folder.resolve("own.safetensors");
    trained.save(file);
    assertThat(TensorFile.read(file).described("imprint")).contains("\"write\"");
    Architectures.register(new Later.Skipping(8, 1, List.of(), Activation.RELU));
    assertThatThrownBy(() -> policy(file))
        .isInstanceOf(RetortException.class)
        .hasMessageStartingWith("read '" + file + "': open policy '")
        .hasMessageEndingWith(
            "': expected network 'skipping:6:2:5,4:tanh' as it was when the file was written, but what write(..) does has changed. Declare it as it was, register(..) it, then read the file again.");
    Architectures.register(usual());
    assertThat(((NetworkPolicy) policy(file)).architecture()).isEqualTo(small());
  }

  @Test
  void filesOfTheLibrarysNetworksHoldNoImprintAndFilesWithoutOneAreRead() {
    Policy plain = new Training(new Ppo().network(Mlp.of(4)).steps(256), CART, 0).run();
    assertThat(PolicyFile.tensors(plain).metadata()).containsKey("network");
    assertThat(PolicyFile.tensors(plain).metadata()).doesNotContainKey("imprint");
    Tensors older = PolicyFile.tensors(new Training(ppo().steps(256), CART, 0).run());
    Tensors without = new Tensors();
    without.put("parameters", older.floats("parameters"), older.shape("parameters"));
    older.metadata().entrySet().stream()
        .filter(each -> !each.getKey().equals("imprint"))
        .forEach(each -> without.describe(each.getKey(), each.getValue()));
    NetworkPolicy read = (NetworkPolicy) PolicyFile.of(without);
    assertThat(read.architecture()).isEqualTo(small());
  }

  @Test
  void studentsAndPredictorsAreOfIt() {
    Policy teacher = new Training(ppo().steps(512), CART, 0).run();
    Dataset data = collect(300).from(teacher).on(CART).run();
    Ensemble students = distill(teacher).from(data).into(small()).members(2).epochs(1).run();
    assertThat(students.architecture()).isEqualTo(small());
    Predictor reward = fit(small()).to(data).minimizing("reward", mse()).epochs(1).run();
    assertThat(reward.tensors().described("imprint")).contains("\"write\"");
    assertThat(Fingerprint.of(Predictor.of(reward.tensors()).tensors()))
        .isEqualTo(Fingerprint.of(reward.tensors()));
  }

  @Test
  void whatIsMissingOrCannotBeIsSaidInWords() {
    record Holding(Mlp inner) implements Architecture {
      @Override
      public Node write(Graph graph) {
        return inner.write(graph);
      }
    }
    assertThatThrownBy(() -> new Ppo().network(new Holding(Mlp.of(3))))
        .hasMessageStartingWith("network: expected components that are whole numbers");
    assertThatThrownBy(
            () ->
                ArchitectureText.read("policy 'a'", new Tensors().describe("network", "unknown:3")))
        .hasMessage(
            "policy 'a': expected a network that is known, got 'unknown:3'. If it is one of your own, register(..) it, then read the file again.");
    assertThatThrownBy(() -> Architectures.register(new Holding(Mlp.of(3))))
        .hasMessageStartingWith("network: expected components that are whole numbers");
    assertThatThrownBy(() -> Architectures.register(Graph::observation))
        .hasMessageStartingWith(
            "network: expected a record with a name of its own in letters, got '");
    assertThatThrownBy(() -> new Ppo().set("network", "skipping:x"))
        .hasMessage(
            "network: expected one that is written like 'skipping:8:1:none:relu', got 'skipping:x'. If another record of this name is meant, register(..) it.");
  }
}
