package dev.retort.notebook.magic;

import static dev.retort.Retort.env;
import static dev.retort.Retort.qPrior;
import static dev.retort.Retort.solve;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.env.Env;
import dev.retort.notebook.Desk;
import dev.retort.policy.Policy;
import dev.retort.policy.Scripted;
import dev.retort.prior.QPrior;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is wrong is told in one line, with the nearest name and what to do. */
class MagicErrorTest {
  private Desk desk;

  @BeforeEach
  void open() {
    desk = Desk.open();
  }

  @AfterEach
  void close() {
    desk.close();
  }

  private void refused(String magic, String message) {
    assertThatThrownBy(() -> desk.line(magic)).hasMessageStartingWith(message);
    assertThatThrownBy(() -> desk.line(magic)).message().doesNotContain("\n");
  }

  @Test
  void unknownOptionsAreAnsweredWithTheNearest() {
    refused(
        "%teacher PPO CartPole --stesp 300",
        "unknown %teacher option 'stesp': did you mean 'steps'? (choices: adaptive-rate, algorithm, batch-size,");
    refused("%collect --fron x", "unknown %collect option 'fron': did you mean 'from'?");
    refused("%teacher PPO --jav", "unknown %teacher option 'jav': did you mean 'java'?");
    refused("%runs --check", "unknown %runs option 'check' (choices: help, java)");
  }

  @Test
  void unknownNamesAreAnsweredWithTheNearest() {
    refused(
        "%teacher PPQ CartPole",
        "unknown algorithm 'PPQ': did you mean 'PPO'? (choices: DNA, DQN, Decision-Transformer, Delayed-Q, ES, ITER, PPO, Q-learning, R-Max, SAC, TD3)");
    refused(
        "%teacher PPO CartPool",
        "unknown environment 'CartPool': did you mean 'CartPole'? (choices: Acrobot, Acrobot-varied, CartPole,");
    refused(
        "%teacher DQN CartPole --preset Acrobat",
        "unknown preset of dqn 'Acrobat': did you mean 'Acrobot'? (choices: Acrobot, CartPole,");
    refused(
        "%teacher Q-learning FrozenLake --preset FrozenLake",
        "unknown preset of qLearning 'FrozenLake' (there is none)");
    refused(
        "%teacher PPO CartPole --preset",
        "%teacher: expected a value for 'preset', got nothing. Write --preset PRESET.");
    refused("%rl teecher", "unknown magic 'teecher': did you mean 'teacher'?");
    desk.variables.put("teacher", policy());
    desk.variables.put("$1", policy());
    desk.variables.put("techno", "a text");
    refused(
        "%collect --from techer --on CartPole",
        "unknown variable 'techer': did you mean 'teacher'? (choices: teacher)");
    desk.variables.put("teacher", "a text");
    refused(
        "%collect --from teacher --on CartPole",
        "%collect: expected a policy in 'teacher', got a String.");
  }

  @Test
  void aPriorThatIsNoneOrServesNobodyIsRefused() {
    desk.variables.put("prior", prior());
    desk.variables.put("teacher", policy());
    refused(
        "%teacher Q-learning FrozenLake --initialized-by prier",
        "unknown variable 'prier': did you mean 'prior'? (choices: prior)");
    refused(
        "%teacher Q-learning FrozenLake --initialized-by teacher",
        "%teacher: expected a prior in 'teacher', got");
    refused(
        "%dqinit teacher --on CartPole --initialized-by teacher",
        "%dqinit: expected a prior in 'teacher', got");
    refused(
        "%teacher PPO CartPole --initialized-by prior",
        "%teacher: expected a learner of action values where there is a prior, got PPO. Say DQN, Q-learning,");
    refused(
        "%teacher Q-learning FrozenLake --initialized-by 7",
        "unknown run '0007': expected one of 1 in '");
    refused(
        "%teacher Q-learning FrozenLake --initialized-by",
        "%teacher: expected a value for 'initialized-by', got nothing.");
  }

  private static QPrior prior() {
    Env lake = env("FrozenLake");
    return qPrior(solve(lake).discount(0.95).run().policy()).on(lake).steps(5_000).quiet().run();
  }

  @Test
  void aVariableThatNobodyKnowsIsToldWhereItShouldComeFrom() {
    refused(
        "%evaluate students --on CartPole",
        "unknown variable 'students': expected one of this notebook, a run's number or a file. Run"
            + " the cell that declares it.");
  }

  @Test
  void aNameThatNothingHasIsAnsweredWithTheNearest() {
    refused(
        "%evaluate zoo/CartPole-pppo --on CartPole",
        "unknown policy 'zoo/CartPole-pppo': did you mean 'zoo/CartPole-ppo'? (choices:");
    refused(
        "%dataset zoo/CartPole-export",
        "unknown dataset 'zoo/CartPole-export': did you mean 'zoo/CartPole-expert'? (choices:");
    refused(
        "%open zoo/Pendulum-sacc",
        "unknown policy or dataset 'zoo/Pendulum-sacc': did you mean 'zoo/Pendulum-sac'? (choices:");
  }

  @Test
  void valuesAreCheckedByTheirSchema() {
    refused(
        "%teacher PPO CartPole --steps many",
        "ppo: expected a whole number of at least 1 for 'steps', got 'many'.");
    refused(
        "%teacher PPO CartPole --steps",
        "%teacher: expected a value for 'steps', got nothing. Write --steps 100000.");
    refused(
        "%evaluate teacher --on CartPole --stochastic",
        "%evaluate: expected a value for 'stochastic', got nothing. Write --stochastic on.");
    refused(
        "%teacher PPO CartPole --steps 1 --steps 2",
        "%teacher: expected 'steps' once, got 1 and 2.");
    refused(
        "%teacher PPO CartPole extra",
        "%teacher: expected [ALGORITHM] ENVIRONMENT, got 'extra' too. Options begin with two hyphens; %rl"
            + " teacher lists them.");
    refused("%teacher PPO", "%teacher: expected an environment: a variable, or a name such as");
    refused(
        "%collect --from 1 --on CartPole --epsilon 0.1 --explore-go 5",
        "unknown run '0001': there is none in '");
    refused("%stop soon", "%stop: expected a run's number, got 'soon'. %runs lists them.");
    refused("%env CartPole --set length", "%env: expected a parameter with a number such as");
    refused(
        "%env CartPole --set halfLenght=1",
        "unknown parameter of CartPole 'halfLenght': did you mean 'halfLength'?");
  }

  private static Policy policy() {
    return Scripted.of("left", env("CartPole"), (observation, scores) -> scores[0] = 1);
  }

  @Test
  void wordsThatLackTheirCommaAreToldSo() {
    desk.variables.put("t", policy());
    refused(
        "%distill t --from d d2",
        "%distill: expected [TEACHER], got 'd2' too. Options begin with two hyphens; %rl distill"
            + " lists them. Several are written with commas: --from d,d2.");
    refused(
        "%evaluate t --on CartPole CartPole-varied/test-4",
        "read 'CartPole-varied/test-4': expected a file, got nothing. Check the path. Several are"
            + " written with commas: --on CartPole,CartPole-varied/test-4.");
    refused("%evaluate t --on CartPole Pendulum", "unknown variable 'Pendulum' (choices: t)");
    assertThatThrownBy(() -> desk.line("%evaluate t --on CartPole Pendulum"))
        .hasMessageEndingWith(" Several are written with commas: --on CartPole,Pendulum.");
    assertThatThrownBy(() -> desk.line("%env CartPole --set gravity=1 halfLength=2"))
        .hasMessageEndingWith(" Several are written with commas: --set gravity=1,halfLength=2.");
    assertThat(desk.java("%evaluate --on CartPole t")).startsWith("evaluate(t).on(");
  }

  @Test
  void aSingleWordIsTheAlgorithmOrTheEnvironment() {
    assertThat(desk.java("%teacher CartPole --steps 3000"))
        .isEqualTo("train(ppo().steps(3000)).on(env(\"CartPole\")).seed(0).run()");
    refused("%teacher PP0", "unknown algorithm 'PP0': did you mean 'PPO'?");
    refused("%teacher CartPool", "unknown environment 'CartPool': did you mean 'CartPole'?");
  }

  @Test
  void aPartOfNoNameIsToldSo() {
    refused(
        "%envs xyz",
        "%envs: expected a part of an environment's name, got 'xyz', which is in none. %envs lists"
            + " all.");
  }

  @Test
  void aCellNeedsAProperNameForItsResult() {
    assertThatThrownBy(() -> desk.cell("%%distill 2\nfrom data"))
        .hasMessage(
            "%%distill: expected the name of a variable for the result, got '2'. Write %%distill"
                + " result.");
    assertThatThrownBy(() -> desk.cell("%%distill students\nform data"))
        .hasMessageStartingWith("unknown %distill option 'form': did you mean 'from'?");
  }

  @Test
  void quotedValuesAndSignsOfEqualityAreTheSame() {
    Stream.of("--on=CartPole", "--on CartPole", "--on=\"CartPole\"", "--on='CartPole'")
        .forEach(
            on ->
                assertThat(desk.java("%teacher PPO " + on))
                    .isEqualTo("train(ppo()).on(env(\"CartPole\")).seed(0).run()"));
    assertThat(desk.java("%teacher PPO CartPole --seed -3")).contains(".seed(-3)");
  }
}
