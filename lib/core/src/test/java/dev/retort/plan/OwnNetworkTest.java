package dev.retort.plan;

import static dev.retort.Retort.collect;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.fit;
import static dev.retort.Retort.mse;
import static dev.retort.Retort.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
import dev.retort.policy.Ensemble;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.run.Run;
import dev.retort.run.RunStopped;
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
    Architectures.register(new Skipping(8, 1, List.of(), Activation.RELU));
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

  /** Holds another record of the same name. */
  private static final class Later {
    record Skipping(int width, int layers, List<Integer> above, Activation activation)
        implements Architecture {
      @Override
      public Node write(Graph graph) {
        return graph.linear("in", graph.flatten(graph.observation()), width);
      }
    }
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
    assertThatThrownBy(() -> ppo().network(small()))
        .hasMessageContaining("and another one of that name is. Say register(..) of it first.");
  }

  @Test
  void studentsAndPredictorsAreOfIt() {
    Policy teacher = new Training(ppo().steps(512), CART, 0).run();
    Dataset data = collect(300).from(teacher).on(CART).run();
    Ensemble students = distill(teacher).from(data).into(small()).members(2).epochs(1).run();
    assertThat(students.architecture()).isEqualTo(small());
    Predictor reward = fit(small()).to(data).minimizing("reward", mse()).epochs(1).run();
    assertThat(Fingerprint.of(Predictor.of(reward.tensors()).tensors()))
        .isEqualTo(Fingerprint.of(reward.tensors()));
  }

  @Test
  void whatIsMissingOrCannotBeIsSaidInWords() {
    record Unknown(int width) implements Architecture {
      @Override
      public Node write(Graph graph) {
        return graph.observation();
      }
    }
    record Holding(Mlp inner) implements Architecture {
      @Override
      public Node write(Graph graph) {
        return inner.write(graph);
      }
    }
    assertThatThrownBy(() -> new Ppo().network(new Unknown(3)))
        .hasMessage(
            "network: expected one that is registered, got Unknown[width=3]. Say register(..) of it first.");
    assertThatThrownBy(() -> Architectures.inFile("policy 'a'", "unknown:3"))
        .hasMessage(
            "policy 'a': expected a network that is known, got 'unknown:3'. If it is one of your own, register(..) it, then read the file again.");
    assertThatThrownBy(() -> Architectures.register(new Holding(Mlp.of(3))))
        .hasMessageStartingWith("register network: expected components that are whole numbers");
    assertThatThrownBy(() -> Architectures.register(Graph::observation))
        .hasMessageStartingWith(
            "register network: expected a record with a name of its own in letters, got '");
    assertThatThrownBy(() -> new Ppo().set("network", "skipping:x"))
        .hasMessageStartingWith("ppo: expected a network such as");
  }
}
