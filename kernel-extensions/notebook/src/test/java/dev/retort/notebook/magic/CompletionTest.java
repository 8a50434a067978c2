package dev.retort.notebook.magic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.Retort;
import dev.retort.env.Env;
import dev.retort.loss.Distances;
import dev.retort.nn.Architecture;
import dev.retort.nn.Architectures;
import dev.retort.nn.Graph;
import dev.retort.nn.Node;
import dev.retort.notebook.Desk;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.policy.Policy;
import dev.retort.policy.Scripted;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is offered behind a magic fits where it would stand. */
class CompletionTest {
  private final Desk desk = Desk.open();

  @BeforeEach
  void variables() {
    Env cartPole = Retort.env("CartPole");
    Policy policy = Scripted.of("left", cartPole, (observation, scores) -> scores[0] = 1);
    desk.variables.put("cartPole", cartPole);
    desk.variables.put("teacher", policy);
    desk.variables.put("count", 3);
    desk.variables.put("data", Retort.collect(50).from(policy).on(cartPole).seed(0).run());
  }

  @AfterEach
  void close() {
    desk.close();
  }

  /** A network of the user's own. */
  record Plain(int width) implements Architecture {
    @Override
    public Node write(Graph graph) {
      return graph.linear("in", graph.flatten(graph.observation()), width);
    }
  }

  private List<String> complete(String typed) {
    return Magics.complete(desk.notebook, typed);
  }

  @Test
  void placesWithoutANameAreFilledInOrder() {
    assertThat(complete("%teacher ")).startsWith("PPO").contains("DQN").contains("--on", "--steps");
    assertThat(complete("%teacher p")).containsExactly("PPO");
    assertThat(complete("%teacher PPO "))
        .startsWith("cartPole")
        .contains("CartPole", "FourRooms", "FourRooms/train-200")
        .doesNotContain("teacher", "count");
    assertThat(complete("%teacher PPO CartPole ")).allMatch(word -> word.startsWith("--"));
    assertThat(complete("%env four")).contains("FourRooms");
    assertThat(complete("%rl eva")).containsExactly("evaluate");
  }

  @Test
  void optionsAreThoseOfTheAlgorithmAndComeOnce() {
    assertThat(complete("%teacher PPO CartPole --cl")).containsExactly("--clip");
    assertThat(complete("%teacher DQN CartPole --cl")).isEmpty();
    assertThat(complete("%teacher DQN CartPole --target-e")).containsExactly("--target-every");
    assertThat(complete("%teacher PPO CartPole --seed 1 --see"))
        .containsExactly("--seeds", "--seeing");
    assertThat(complete("%collect --ja")).containsExactly("--java");
    assertThat(complete("%teacher DQN MountainCar --pre")).containsExactly("--preset");
    assertThat(complete("%teacher DQN MountainCar --preset "))
        .containsExactly("CartPole", "Acrobot", "MountainCar");
    assertThat(complete("%teacher sac Pendulum --preset=p")).containsExactly("--preset=Pendulum");
    assertThat(complete("%teacher Q-learning FrozenLake --preset ")).isEmpty();
  }

  @Test
  void valuesFitTheirOption() {
    assertThat(complete("%collect 100 --from ")).startsWith("teacher").doesNotContain("data");
    assertThat(complete("%collect 100 --from teacher --on Fo")).startsWith("FourRooms");
    assertThat(complete("%collect 100 --exploring ep")).containsExactly("epsilon:0.1");
    assertThat(complete("%collect 100 --exploring=ep")).containsExactly("--exploring=epsilon:0.1");
    assertThat(complete("%distill teacher --loss p")).containsExactly("probability-mse");
    Distances.register("quartile", (z, i, t, j, n, dz) -> 0);
    assertThat(complete("%distill teacher --loss q")).containsExactly("quartile");
    assertThat(complete("%distill teacher --into mlp:1")).containsExactly("mlp:16,16");
    Architectures.register(new Plain(12));
    assertThat(complete("%distill teacher --into pl")).containsExactly("plain:12");
    assertThat(complete("%teacher PPO CartPole --network pl")).containsExactly("plain:12");
    assertThat(complete("%teacher SAC Pendulum --network ")).contains("mlp:64,64", "plain:12");
    assertThat(complete("%distill teacher --from ")).startsWith("data").doesNotContain("teacher");
    assertThat(complete("%compare a b --by ")).containsExactly("auc", "final", "time-to:475");
    assertThat(complete("%env CartPole --set half")).containsExactly("halfLength=0.5");
  }

  @Test
  void priorsAndEarlierRunsAreOffered() {
    Env lake = Retort.env("FrozenLake");
    Policy exact = Retort.solve(lake).discount(0.95).run().policy();
    desk.variables.put("prior", Retort.qPrior(exact).on(lake).steps(5_000).run());
    assertThat(complete("%teacher Q-learning FrozenLake --initialized-by "))
        .containsExactly("prior", "2");
    assertThat(complete("%dqinit --initialized-by pr")).containsExactly("prior");
    assertThat(complete("%dqinit teacher --in")).containsExactly("--initialized-by");
    for (String magic : List.of("teacher", "collect", "distill", "evaluate", "dqinit")) {
      assertThat(complete("%" + magic + " --onc")).containsExactly("--once");
    }
  }

  @Test
  void policiesAndDataThatComeWithTheRepositoryAreOfferedByTheirNames() {
    assertThat(complete("%collect 100 --from zoo/CartPole-p"))
        .containsExactly("zoo/CartPole-ppo", "zoo/CartPole-ppo-medium");
    assertThat(complete("%evaluate teacher,zoo/Pend"))
        .containsExactly("teacher,zoo/Pendulum-sac", "teacher,zoo/Pendulum-sac-medium");
    assertThat(complete("%dataset zoo/Reacher-C4-m"))
        .containsExactly("zoo/Reacher-C4-medium", "zoo/Reacher-C4-mixed");
    assertThat(complete("%open zoo/CartPole-ppo")).contains("zoo/CartPole-ppo-medium");
    assertThat(complete("%open zoo/CartPole-e")).containsExactly("zoo/CartPole-expert");
  }

  @Test
  void listsGoOn() {
    desk.variables.put("students", desk.variables.get("teacher"));
    assertThat(complete("%evaluate ")).startsWith("teacher", "students").doesNotContain("data");
    assertThat(complete("%evaluate teacher ")).startsWith("students").doesNotContain("teacher");
    assertThat(complete("%evaluate teacher,st")).containsExactly("teacher,students");
    assertThat(complete("%evaluate teacher --on CartPole,Four")).contains("CartPole,FourRooms");
    assertThat(complete("%evaluate teacher --on CartPole --ag"))
        .containsExactly("--against-random");
    assertThat(complete("%render "))
        .startsWith("teacher", "students")
        .contains("zoo/CartPole-ppo", "--policy");
  }

  @Test
  void runsAreOfferedByWhatCanBeDoneWithThem() {
    assertThat(complete("%dataset ")).startsWith("data", "1");
    assertThat(complete("%resume ")).noneMatch(word -> Character.isDigit(word.charAt(0)));
    assertThat(complete("%stop ")).noneMatch(word -> Character.isDigit(word.charAt(0)));
  }

  @Test
  void theBodyOfACellIsKeysAndValues() {
    assertThat(complete("%%distill ")).allMatch(word -> word.startsWith("--"));
    assertThat(complete("%%distill students\nfr")).containsExactly("from");
    assertThat(complete("%%distill students\nfrom ")).startsWith("data");
    assertThat(complete("%%distill students\nfrom data\nmin")).containsExactly("minimizing");
    assertThat(complete("%%distill students\nfrom data\nminimizing = k"))
        .containsExactly("kl", "kl:0.01", "kl:0.5");
    assertThat(complete("%%distill students\nfrom data\nloss = k"))
        .containsExactly("kl", "kl:0.01", "kl:0.5");
    assertThat(complete("%%distill students\nfrom data\nfr")).isEmpty();
    assertThat(complete("%%teacher t\nalgorithm DQN\ntarget-e")).containsExactly("target-every");
  }

  @Test
  void whatMakesNoSenseIsNotCompleted() {
    assertThat(complete("%nosuch ")).isEmpty();
    assertThat(complete("%teacher PPX CartPole --cl")).containsExactly("--clip");
    assertThat(complete("%env Nowhere --set h")).isEmpty();
  }

  @Test
  void everyChoiceThatIsOfferedIsAccepted() {
    int seen = 0;
    for (RetortMagic magic : Magics.all()) {
      for (Schema schema : magic.manual().schemas()) {
        for (Option<?> option : schema.options()) {
          for (String choice : option.type().choices()) {
            assertThat(option.type().read(schema.owner(), option.name(), choice)).isNotNull();
            seen++;
          }
        }
      }
    }
    assertThat(seen).isGreaterThan(15);
  }
}
