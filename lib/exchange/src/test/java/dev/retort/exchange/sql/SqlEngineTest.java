package dev.retort.exchange.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.Retort;
import dev.retort.RetortException;
import dev.retort.data.Dataset;
import dev.retort.data.Sql;
import dev.retort.env.Env;
import dev.retort.evaluate.Evaluation;
import dev.retort.exchange.Samples;
import dev.retort.paper.Findings;
import dev.retort.paper.Verdict;
import dev.retort.policy.Policy;
import dev.retort.policy.Scripted;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Questions in SQL over what Java has. */
class SqlEngineTest {
  private static final Dataset DATA = Samples.episodes("sample", Box.of(-9, 9, 2), new Discrete(3));

  @TempDir Path folder;

  @AfterEach
  void forgetVariables() {
    Sql.variables(name -> Optional.empty());
  }

  private static Table ask(String question) {
    return Retort.sql(question, Map.of("data", DATA));
  }

  @Test
  void aDatasetHasARowForEachStep() {
    Table steps = ask("select * from data");
    assertThat(steps.columnNames())
        .containsExactly(
            "episode",
            "step",
            "observation_0",
            "observation_1",
            "action",
            "reward",
            "teacher_logits_0",
            "teacher_logits_1",
            "teacher_logits_2",
            "terminated",
            "truncated",
            "task");
    assertThat(steps.rowCount()).isEqualTo(9);
    for (int row = 0; row < 9; row++) {
      assertThat(steps.floatColumn("observation_1").getFloat(row))
          .isEqualTo(DATA.obs()[2 * row + 1]);
      assertThat(steps.intColumn("action").getInt(row)).isEqualTo((int) DATA.taken()[row]);
    }
    assertThat(steps.booleanColumn("terminated").asList())
        .containsExactly(false, false, true, false, false, false, false, false, false);
  }

  @Test
  void sumsAreThoseOfTheDataset() {
    Table returns =
        ask("select episode, sum(reward::double) as total from data group by episode order by 1");
    for (int episode = 0; episode < 3; episode++) {
      assertThat(returns.doubleColumn("total").getDouble(episode))
          .isEqualTo(DATA.episodeReturn(episode));
    }
    assertThat(ask("select sum(action) as chosen, count(*) as steps from data").column("chosen"))
        .isInstanceOf(LongColumn.class);
  }

  @Test
  void tablesEvaluationsAndFindingsAreAskedToo() {
    Table table =
        Table.create(
            IntColumn.create("episode", 0, 2), StringColumn.create("what's", "first", "last"));
    Table joined =
        Retort.sql(
            "select \"what's\" as what, count(*) as n from data join notes using (episode) group by all order by 1",
            Map.of("data", DATA, "Notes", table));
    assertThat(joined.stringColumn("what").asList()).containsExactly("first", "last");
    assertThat(joined.longColumn("n").asList()).containsExactly(3L, 5L);
    Env pole = Retort.env("CartPole");
    Policy left = Scripted.of("left", pole, (seen, action) -> action[0] = 0);
    Evaluation played = Retort.evaluate(left).on(pole).episodes(3).seed(1).quiet().run();
    assertThat(Retort.sql("select * from played", Map.of("played", played)).rowCount())
        .isEqualTo(played.table().rowCount());
    Path summary = Path.of("..", "..", "docs", "catalogue", "summary.json");
    Findings findings = Findings.open(summary);
    assertThat(
            Retort.sql("select what from f where verdict like 'met%'", Map.of("f", findings))
                .rowCount())
        .isEqualTo(findings.of(Verdict.MET).size());
  }

  @Test
  void runsAreATableWithoutBeingNamed() {
    System.setProperty("retort.runs", folder.resolve("runs").toString());
    try {
      Policy left = Scripted.of("left", Retort.env("CartPole"), (seen, action) -> action[0] = 0);
      Retort.collect(20).from(left).on(Retort.env("CartPole")).quiet().run();
      Table runs = Retort.sql("select kind, step, started from runs");
      assertThat(runs.stringColumn("kind").asList()).containsExactly("collect");
      assertThat(runs.longColumn("step").asList()).containsExactly(20L);
      assertThat(runs.instantColumn("started").get(0))
          .isEqualTo(Retort.runs().get(0).started().truncatedTo(ChronoUnit.MILLIS));
    } finally {
      System.clearProperty("retort.runs");
    }
  }

  @Test
  void findingsAreTablesByTheNamesOfTheirStudies() {
    System.setProperty("retort.findings", Path.of("..", "..", "docs").toString());
    try {
      Findings found = Retort.findings("ensembles");
      Table met = Retort.sql("select what from Ensembles where verdict = 'met'");
      assertThat(met.rowCount()).isEqualTo(found.of(Verdict.MET).size()).isPositive();
      Table counts = Retort.sql("select study, count(*) as n from findings group by 1 order by 1");
      assertThat(counts.stringColumn("study").asList()).isEqualTo(Findings.names());
      assertThat(counts.where(counts.stringColumn("study").isEqualTo("ensembles")).longColumn("n"))
          .containsExactly((long) found.findings().size());
      Table mine = Table.create(IntColumn.create("n", new int[] {3}));
      assertThat(
              Retort.sql("select n from ensembles", Map.of("ensembles", mine))
                  .intColumn("n")
                  .asList())
          .as("what somebody gives comes first")
          .containsExactly(3);
      refused(
          "select * from \"kept-gain\"", "got 'kept-gain' (line 1", "Findings of: benchmarks, ");
    } finally {
      System.clearProperty("retort.findings");
    }
  }

  @Test
  void variablesOfANotebookAreFoundByName() {
    Sql.variables(name -> name.equals("mine") ? Optional.of(DATA) : Optional.empty());
    assertThat(Retort.sql("select count(*) as n from mine").longColumn("n").get(0)).isEqualTo(9);
  }

  @Test
  void nothingOutsideIsReadOrWritten() {
    Path file = folder.resolve("out.csv");
    for (String question :
        List.of(
            "copy data to '" + file + "'",
            "attach '" + folder.resolve("other.db") + "'",
            "select * from read_text('/etc/hostname')",
            "select * from '/etc/hostname'",
            "from glob('" + folder + "/*')",
            "export database '" + folder.resolve("all") + "'",
            "set enable_external_access = true",
            "install httpfs",
            "select 1; copy (select 1) to '" + file + "'")) {
      assertThatThrownBy(() -> ask(question))
          .as(question)
          .isInstanceOf(RetortException.class)
          .hasMessageContaining("got one that reaches for files or settings");
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void statementsThatChangeSomethingAreRefused() {
    for (String statement :
        List.of(
            "insert into data select * from data",
            "update data set reward = 0",
            "create table other as select * from data",
            "drop table data")) {
      assertThatThrownBy(() -> ask(statement))
          .as(statement)
          .isInstanceOf(RetortException.class)
          .hasMessageContaining("SQL only reads here");
    }
    assertThat(DATA.size()).isEqualTo(9);
  }

  @Test
  void mistakesAreToldWithTheirLineAndWhatToDo() {
    refused("select 1\nfrom dat", "got 'dat' (line 2: from dat)", "Map.of(\"dat\", data)");
    refused(
        "select\n reward,\n velocity\nfrom data", "\"velocity\" not found", "line 3:  velocity");
    refused("selec 1", "syntax error at or near \"selec\"", "line 1: selec 1");
    refused("select reward, reward from data", "got 'reward' twice. Give one another name");
    refused(" ", "expected a question such as select count(*) from data, got none");
    assertThatThrownBy(() -> Retort.sql("select * from x", Map.of("x", 3)))
        .hasMessageContaining("expected 'x' to be a Dataset, a Table, runs", "got a Integer");
  }

  private static void refused(String question, String... words) {
    assertThatThrownBy(() -> ask(question))
        .isInstanceOf(RetortException.class)
        .message()
        .startsWith("sql: ")
        .contains(words);
  }

  @Test
  void aLongQuestionIsStoppedByAnInterrupt() throws InterruptedException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread asks =
        new Thread(
            () -> {
              try {
                Table unused =
                    ask(
                        "select count(*) from range(3000000) a, range(3000000) b where a.range * b.range = 7");
              } catch (RetortException e) {
                thrown.set(e);
              }
            });
    asks.start();
    Thread.sleep(1500);
    assertThat(asks.isAlive()).isTrue();
    asks.interrupt();
    asks.join(10_000);
    assertThat(thrown.get()).hasMessageContaining("stopped");
  }
}
