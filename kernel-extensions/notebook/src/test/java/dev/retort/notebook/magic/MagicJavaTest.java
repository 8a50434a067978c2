package dev.retort.notebook.magic;

import static dev.retort.Retort.compare;
import static dev.retort.Retort.dqn;
import static dev.retort.Retort.env;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.ppo;
import static dev.retort.Retort.runs;
import static dev.retort.Retort.solve;
import static dev.retort.Retort.train;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.data.Dataset;
import dev.retort.env.Env;
import dev.retort.env.EnvContract;
import dev.retort.evaluate.Evaluation;
import dev.retort.figure.Figure;
import dev.retort.notebook.Desk;
import dev.retort.notebook.Renderings;
import dev.retort.plan.Cohort;
import dev.retort.plan.Curves;
import dev.retort.policy.Ensemble;
import dev.retort.policy.NetworkPolicy;
import dev.retort.prior.QPrior;
import dev.retort.teach.Keep;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

/** Every magic is one expression of the language, prints it, and does the same. */
class MagicJavaTest {
  private static final String TEACHER = "%teacher PPO CartPole --steps 512 --network mlp:8";
  @TempDir java.nio.file.Path folder;

  private static Desk desk;
  private static NetworkPolicy teacher;
  private static Dataset data;

  @BeforeAll
  static void learn() {
    desk = Desk.open();
    teacher = (NetworkPolicy) desk.line(TEACHER + " --seed 3");
    declare("teacher", "dev.retort.policy.Policy", teacher);
    data = (Dataset) desk.line("%collect 300 --from teacher --on CartPole --epsilon 0.1");
    declare("data", "dev.retort.data.Dataset", data);
    Curves curves = train(ppo().steps(2048).network(mlp(8))).on(env("CartPole")).seeds(3).run();
    declare("scratch", "dev.retort.plan.Curves", curves);
    declare("warm", "dev.retort.plan.Curves", curves);
    declare("cartPole", "dev.retort.env.Env", env("CartPole"));
  }

  private static void declare(String name, String type, Object value) {
    desk.variables.put(name, value);
    desk.types.put(name, type);
  }

  @AfterAll
  static void close() {
    desk.close();
  }

  /** Checks the text, and that its value is that of the magic, both as text. */
  private static Object same(String magic, String java) {
    assertThat(desk.java(magic)).isEqualTo(java);
    Object byMagic = desk.line(magic);
    assertThat(desk.evaluate(java).toString()).isEqualTo(byMagic.toString());
    return byMagic;
  }

  @Test
  void aTeacherIsTrainedByTheExpressionThatItsMagicPrints() {
    String java = desk.java(TEACHER + " --seed 3");
    assertThat(java)
        .isEqualTo("train(ppo().steps(512).network(mlp(8))).on(env(\"CartPole\")).seed(3).run()");
    NetworkPolicy again = (NetworkPolicy) desk.evaluate(java);
    assertThat(again.parameters()).isEqualTo(teacher.parameters());
  }

  @Test
  void seedsGiveAPopulation() {
    same(
        "%teacher PPO CartPole --steps 512 --network mlp:8 --seeds 2",
        "train(ppo().steps(512).network(mlp(8))).on(env(\"CartPole\")).seed(0).seeds(2).run()");
  }

  @Test
  void anOptionBecomesACallOfItsName() {
    assertThat(desk.java("%teacher dqn cartPole --target-every 64 --epsilon 0.02 --target single"))
        .isEqualTo(
            "train(dqn().target(Dqn.Target.SINGLE).targetEvery(64)"
                + ".epsilon(0.02)).on(cartPole).seed(0).run()");
  }

  @Test
  void aPresetGivesItsSettingsAndFurtherOptionsOverrideThem() {
    same(
        "%teacher PPO CartPole --preset cartpole --steps 512",
        "train(ppo(\"cartpole\").steps(512)).on(env(\"CartPole\")).seed(0).run()");
    // An option that is put back to the algorithm's default is said too.
    String magic = "%teacher dqn cartPole --preset Acrobot --memory 400 --batch 64 --keep last";
    String java =
        "train(dqn(\"Acrobot\").memory(400).batchSize(64).keep(Keep.LAST))"
            + ".on(cartPole).seed(0)";
    assertThat(desk.java(magic + " --explain")).isEqualTo(java + ".explain()");
    assertThat((String) desk.line(magic + " --explain"))
        .contains(dqn("Acrobot").memory(400).batchSize(64).keep(Keep.LAST).toString());
    assertThat(desk.java("%teacher dqn cartPole --preset Acrobot --explore-until 0.12"))
        .isEqualTo("train(dqn(\"Acrobot\")).on(cartPole).seed(0).run()");
    desk.cell("%%teacher t\nalgorithm dqn\non CartPole\npreset CartPole\nmemory 2_000\njava");
    assertThat(desk.last().text())
        .isEqualTo(
            "Policy t ="
                + " train(dqn(\"CartPole\").memory(2000)).on(env(\"CartPole\")).seed(0).run();");
  }

  @Test
  void aPlanMayBeExplainedOrStartedInTheBackground() {
    assertThat(desk.java(TEACHER + " --explain")).endsWith(".seed(0).explain()");
    assertThat((String) desk.line(TEACHER + " --explain")).startsWith("train PPO on CartPole");
    assertThat(desk.java(TEACHER + " --start")).endsWith(".seed(0).start()");
  }

  @Test
  void whatWasDoneIsNotDoneTwice() {
    String once = TEACHER + " --seed 3 --once";
    assertThat(desk.java(once)).endsWith(".seed(3).once()");
    assertThat(desk.java(once + " --quiet")).endsWith(".seed(3).quiet().once()");
    int before = runs().size();
    assertThat(((NetworkPolicy) desk.line(once)).parameters()).isEqualTo(teacher.parameters());
    Object collected =
        desk.line("%collect 300 --from teacher --on CartPole --epsilon 0.1 --once --quiet");
    assertThat(((Dataset) collected).obs()).isEqualTo(data.obs());
    assertThat(runs()).hasSize(before);
    desk.line(TEACHER + " --seed 4 --once");
    assertThat(runs()).hasSize(before + 1);
    assertThatThrownBy(() -> desk.line(TEACHER + " --once --start"))
        .hasMessageContaining("expected one of start and once, got both.");
  }

  @Test
  void aPriorIsWhereALearnerOfValuesBegins() {
    String learner = "%teacher Q-learning FrozenLake --steps 2000";
    declare(
        "solved",
        "dev.retort.policy.Policy",
        solve(env("FrozenLake")).discount(0.99).run().policy());
    Object prior = desk.line("%dqinit solved --on FrozenLake --steps 5000");
    declare("prior", "dev.retort.prior.QPrior", prior);
    int run = runs().size();
    same(
        learner + " --initialized-by prior",
        "train(qLearning().steps(2000).initializedBy(prior)).on(env(\"FrozenLake\")).seed(0).run()");
    assertThat(desk.java(learner + " --initialized-by " + run))
        .contains(".initializedBy(qPrior(" + run + "))");
    same(
        "%teacher dqn FrozenLake --network mlp:8 --steps 300 --warm-up 20 --initialized-by prior",
        "train(dqn().steps(300).warmUp(20).network(mlp(8)).guidedBy(dqInit(prior)))"
            + ".on(env(\"FrozenLake\")).seed(0).run()");
    QPrior two =
        (QPrior)
            same(
                "%dqinit solved --on FrozenLake --steps 5000 --initialized-by prior --seed 1",
                "qPrior(solved).on(env(\"FrozenLake\")).steps(5000).initializedBy(prior).seed(1).run()");
    assertThat(two.tasks()).isEqualTo(2);
  }

  @Test
  void aDatasetIsCollectedByTheExpressionThatItsMagicPrints() {
    String java = desk.java("%collect 300 --from teacher --on CartPole --epsilon 0.1");
    assertThat(java)
        .isEqualTo(
            "collect(300).from(teacher).on(env(\"CartPole\")).exploring(epsilon(0.1)).seed(0).run()");
    assertThat(((Dataset) desk.evaluate(java)).obs()).isEqualTo(data.obs());
    same(
        "%collect --steps 300 --from teacher --on cartPole --explore-go 5 --seed 2",
        "collect(300).from(teacher).on(cartPole).exploring(exploreGo(5)).seed(2).run()");
  }

  @Test
  void studentsAreDistilledByTheExpressionThatTheirMagicPrints() {
    String magic =
        "%distill teacher --from data --into mlp:4 --members 2 --epochs 2 --loss kl:0.5 --seed 5";
    String java =
        "distill(teacher).from(data).into(mlp(4)).members(2).minimizing(kl().temperature(0.5))"
            + ".epochs(2).seed(5).run()";
    assertThat(desk.java(magic)).isEqualTo(java);
    Ensemble students = (Ensemble) desk.line(magic);
    Ensemble again = (Ensemble) desk.evaluate(java);
    assertThat(again.members().get(1).parameters())
        .isEqualTo(students.members().get(1).parameters());
  }

  @Test
  void aLossOfOnesOwnFromACellIsMinimizedByItsName() {
    desk.evaluate(
        "dev.retort.loss.Distances.register(\"own-squares\", (z, i, t, j, n, dz) -> mse().at(z, i,"
            + " t, j, n, dz))");
    Ensemble students =
        (Ensemble)
            same(
                "%distill --from data --into mlp:4 --members 2 --epochs 2 --loss own-squares --seed"
                    + " 5",
                "distill(data).into(mlp(4)).members(2).minimizing(distance(\"own-squares\")).epochs(2).seed(5).run()");
    Ensemble squares =
        (Ensemble)
            desk.evaluate(
                "distill(data).into(mlp(4)).members(2).minimizing(mse()).epochs(2).seed(5).run()");
    assertThat(students.members().get(1).parameters())
        .isEqualTo(squares.members().get(1).parameters());
  }

  @Test
  void seedsOfADistillationGiveACohortThatIsEvaluatedAsOneRow() {
    Cohort cohort =
        (Cohort)
            same(
                "%distill --from data --into mlp:4 --members 2 --epochs 2 --seeds 3",
                "distill(data).into(mlp(4)).members(2).epochs(2).seed(0).seeds(3).run()");
    assertThat(cohort.policies()).hasSize(3);
    assertThat(desk.last().text()).contains("3 ensembles of 2 students");
    declare("cohort", "dev.retort.plan.Cohort", cohort);
    same("%plot cohort", "cohort.plot()");
    Evaluation played =
        (Evaluation)
            same(
                "%evaluate teacher cohort --on cartPole --episodes 4",
                "evaluate(teacher).and(\"cohort\", cohort).on(cartPole).episodes(4).seed(0).run()");
    assertThat(played.rows().get(1).sample()).isEqualTo("3 runs");
    assertThat(Renderings.of(cohort).html()).contains("students each", "<svg");
  }

  @Test
  void aBodyIsTheSameAsFlagsAndBindsATypedVariable() {
    String body =
        """
        %%distill students
        # what they learn from
        from     data
        into     mlp 4
        members  2
        loss     kl
        epochs = 2
        """;
    desk.cell(body + "java\n");
    assertThat(desk.last().text())
        .isEqualTo(
            "Ensemble students = distill(data).into(mlp(4)).members(2).epochs(2).seed(0).run();");
    Ensemble students = (Ensemble) desk.cell(body);
    assertThat(desk.variables.get("students")).isSameAs(students);
    assertThat(desk.types).containsEntry("students", "dev.retort.policy.Ensemble");
    Ensemble flags =
        (Ensemble) desk.line("%distill --from data --into=mlp:4 --members 2 --epochs 2 --seed 0");
    assertThat(flags.members().get(0).parameters())
        .isEqualTo(students.members().get(0).parameters());
  }

  @Test
  void theCellOfATeacherNamesWhatTheLineTakesByItsPlace() {
    desk.cell("%%teacher t\nalgorithm dqn\non CartPole\nsteps 2_000\njava");
    assertThat(desk.last().text())
        .isEqualTo("Policy t = train(dqn().steps(2000)).on(env(\"CartPole\")).seed(0).run();");
  }

  @Test
  void policiesArePlayedByTheExpressionThatTheirMagicPrints() {
    Object result =
        same(
            "%evaluate teacher teacher --on CartPole --episodes 5 --stochastic on --seed 3",
            "evaluate(teacher,"
                + " teacher).on(env(\"CartPole\")).episodes(5).stochastic(true).seed(3).run()");
    assertThat(result).isInstanceOf(Evaluation.class);
    same(
        "%evaluate teacher scratch --on CartPole,cartPole --episodes 2",
        "evaluate(teacher).and(\"scratch\", scratch).on(env(\"CartPole\"), cartPole)"
            + ".episodes(2).seed(0).run()");
  }

  @Test
  void theMeasureThatLeadsAnEvaluationIsAWordOfTheMagicToo() {
    Object result =
        same(
            "%evaluate teacher --on CartPole --by success --episodes 5",
            "evaluate(teacher).on(env(\"CartPole\")).episodes(5).by(\"success\").seed(0).run()");
    assertThat(((Evaluation) result).by()).isEqualTo("success");
    assertThat(result.toString()).contains("success [95 %]");
  }

  @Test
  void theRowOfARandomPolicyIsAWordOfTheMagicToo() {
    Object result =
        same(
            "%evaluate teacher --on CartPole --against-random --episodes 5",
            "evaluate(teacher).on(env(\"CartPole\")).againstRandom().episodes(5).seed(0).run()");
    assertThat(((Evaluation) result).rows())
        .extracting(Evaluation.Row::policy)
        .containsExactly("PPO", "random");
  }

  @Test
  void curvesAreComparedByTheExpressionThatTheirMagicPrints() {
    same(
        "%compare scratch warm --by final",
        "compare(\"scratch\", scratch).and(\"warm\", warm).by(finalReturn()).seed(0).run()");
    desk.cell("%%compare gain\ncurves scratch warm\nby time-to:30");
    assertThat(desk.variables.get("gain").toString())
        .isEqualTo(
            compare("scratch", (Curves) desk.variables.get("scratch"))
                .and("warm", (Curves) desk.variables.get("warm"))
                .by(dev.retort.Retort.timeTo(30))
                .seed(0)
                .run()
                .toString());
  }

  @Test
  void environmentsAreListedShownChangedAndChecked() {
    same("%envs cart", "envs(\"cart\")");
    same("%envs", "envs()");
    Env changed = (Env) desk.line("%env CartPole --set halfLength=0.7");
    assertThat(changed.parameters()).containsEntry("halfLength", 0.7);
    assertThat(desk.java("%env CartPole --set halfLength=0.7"))
        .isEqualTo("env(\"CartPole\").with(\"halfLength\", 0.7)");
    EnvContract contract =
        (EnvContract) same("%env cartPole --check", "EnvContract.check(cartPole, 0)");
    assertThat(contract.ok()).isTrue();
  }

  @Test
  void runsAreListedPlottedResumedAndStopped() {
    assertThat(desk.java("%runs")).isEqualTo("runs()");
    desk.line("%runs");
    assertThat(desk.last().text()).contains("PPO on", "finished");
    same("%plot 1", "plot(1).run()");
    same("%plot 1 --smooth 2 --metric length", "plot(1).metric(\"length\").smooth(2).run()");
    assertThat(same("%plot scratch", "scratch.plot()")).isInstanceOf(Figure.class);
    desk.variables.put("listed", runs().get(0));
    desk.types.put("listed", "RunSummary");
    assertThat(same("%plot listed --smooth 2", "plot(listed).smooth(2).run()"))
        .isEqualTo(desk.line("%plot 1 --smooth 2"));
    assertThat(desk.java("%resume 1")).isEqualTo("resume(1)");
    assertThat(desk.java("%resume 1 --anyway")).isEqualTo("resumeAnyway(1)");
    assertThat(desk.java("%reproduce benchmarks --preset cpu --only Acrobot,Pendulum"))
        .isEqualTo(
            "reproduce(\"benchmarks\").preset(\"cpu\").only(\"Acrobot\", \"Pendulum\").run()");
    assertThat(desk.java("%stop 1")).isEqualTo("stop(1)");
    same("%dataset 2", "dataset(2)");
    assertThat(desk.java("%evaluate 1 --on CartPole"))
        .isEqualTo("evaluate(policy(1)).on(env(\"CartPole\")).seed(0).run()");
  }

  @Test
  void theSeedOfTheNotebookServesMagicsThatSayNone() {
    assertThat(desk.java("%seed 7")).isEqualTo("Notebook.current().seed(7)");
    desk.line("%seed 7");
    try {
      assertThat(desk.java("%compare scratch")).endsWith(".seed(7).run()");
      assertThat(desk.java("%collect --from teacher --on cartPole")).endsWith(".seed(7).run()");
      assertThat(desk.line("%seed")).isEqualTo(7L);
    } finally {
      desk.notebook.seed(0);
    }
  }

  @Test
  void theMachineIsToldTruly() {
    same("%gpu", "gpu()");
    same("%threads", "Engine.threads()");
    assertThat(desk.java("%doctor")).isEqualTo("Doctor.examine()");
    assertThat(desk.java("%rl teacher")).isEqualTo("Magics.help(\"teacher\")");
    assertThat(desk.evaluate("Magics.help()").toString()).contains("%teacher");
  }

  @Test
  void filesAreOpenedAsWhatTheyHold() throws Exception {
    java.nio.file.Path file = folder.resolve("saved.safetensors");
    data.save(file);
    assertThat(desk.line("%open " + file).toString()).isEqualTo(data.toString());
    assertThat(desk.java("%open " + file)).isEqualTo("dataset(Path.of(\"" + file + "\"))");
    teacher.save(file);
    assertThat(desk.java("%open " + file)).isEqualTo("policy(Path.of(\"" + file + "\"))");
    java.nio.file.Path model = file.resolveSibling(file.getFileName() + ".onnx");
    teacher.save(model);
    assertThat(desk.java("%open " + model)).isEqualTo("policy(Path.of(\"" + model + "\"))");
    assertThat(desk.line("%open " + model).toString()).contains("4 numbers -> 2 choices");
  }

  @Test
  void dataInTheFormatsOfOthersIsOpenedByItsEnding() throws Exception {
    for (String name : List.of("poles.csv", "poles.parquet", "poles.hdf5", "poles-v0")) {
      java.nio.file.Path file = folder.resolve(name);
      data.save(file);
      assertThat(desk.java("%open " + file)).isEqualTo("dataset(Path.of(\"" + file + "\"))");
      assertThat(((Dataset) desk.line("%open " + file)).size()).isEqualTo(data.size());
    }
  }

  @Test
  void whatComesWithTheRepositoryIsOpenedByItsName() {
    assertThat(desk.java("%open zoo/CartPole-ppo")).isEqualTo("policy(\"zoo/CartPole-ppo\")");
    assertThat(desk.java("%open zoo/CartPole-mixed")).isEqualTo("dataset(\"zoo/CartPole-mixed\")");
    assertThat(desk.java("%dataset zoo/CartPole-mixed"))
        .isEqualTo("dataset(\"zoo/CartPole-mixed\")");
    assertThat(desk.java("%collect 100 --from zoo/CartPole-ppo --on CartPole"))
        .startsWith("collect(100).from(policy(\"zoo/CartPole-ppo\"))");
    assertThat(desk.line("%open zoo/CartPole-ppo").toString()).contains("4 numbers -> 2 choices");
  }

  @Test
  void questionsInSqlAreAskedOfVariables() {
    same("%sql select count(*) as n from data", "sql(\"select count(*) as n from data\")");
    Object steps =
        Magics.cell(desk.notebook, "sql", List.of("steps"), "select \"step\" -- each\nfrom data;\n")
            .orElseThrow();
    assertThat(((Table) steps).rowCount()).isEqualTo(data.size());
    assertThat(desk.variables).containsEntry("steps", steps);
    assertThat(desk.types).containsEntry("steps", Table.class.getName());
  }
}
