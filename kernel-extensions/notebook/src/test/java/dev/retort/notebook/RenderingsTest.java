package dev.retort.notebook;

import static dev.retort.Retort.collect;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.env;
import static dev.retort.Retort.evaluate;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.qLearning;
import static dev.retort.Retort.solve;
import static dev.retort.Retort.train;
import static dev.retort.Retort.uniform;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.data.Dataset;
import dev.retort.env.Env;
import dev.retort.evaluate.Estimate;
import dev.retort.evaluate.Evaluation;
import dev.retort.evaluate.Interval;
import dev.retort.figure.Lines;
import dev.retort.paper.Finding;
import dev.retort.paper.Findings;
import dev.retort.paper.Scale;
import dev.retort.paper.Verdict;
import dev.retort.policy.Ensemble;
import dev.retort.policy.Policy;
import dev.retort.policy.Scripted;
import dev.retort.solve.Solution;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Values look rich, in passive forms only. */
class RenderingsTest {
  private static final String EVIL = "<script>alert('x')</script>";
  private static Desk desk;
  private static Policy policy;
  private static Dataset data;
  private static Ensemble students;
  private static Evaluation evaluation;

  @BeforeAll
  static void make() {
    desk = Desk.open();
    Env cartPole = env("CartPole");
    policy = Scripted.of(EVIL, cartPole, (observation, scores) -> scores[0] = 1);
    data = collect(200).from(policy).on(cartPole).exploring(uniform()).run().named(EVIL);
    students = distill(data).into(mlp(4)).members(2).epochs(1).run();
    evaluation = evaluate(policy, students).on(cartPole).episodes(5).run();
  }

  @AfterAll
  static void close() {
    desk.close();
  }

  private static void passive(Object value) {
    Bundle bundle = Renderings.of(value);
    assertThat(bundle.text()).isNotBlank();
    assertThat(bundle.html()).isNotBlank().doesNotContain("<script").doesNotContain("javascript:");
    assertThat(bundle.bytes()).isLessThan(128 * 1024);
  }

  @Test
  void textsOfUsersAreEscapedEverywhere() {
    passive(policy);
    passive(data);
    passive(students);
    passive(evaluation);
    passive(Table.create("t", StringColumn.create(EVIL, EVIL)));
    assertThat(Renderings.of(policy).html()).contains("&lt;script&gt;");
    assertThat(Renderings.of(data).html()).contains("&lt;script&gt;");
    assertThat(Renderings.of(evaluation).html()).contains("&lt;script&gt;");
    assertThat(Renderings.of(Table.create("t", StringColumn.create(EVIL, EVIL))).html())
        .contains("&lt;script&gt;");
    assertThat(desk.shown).allMatch(bundle -> !bundle.html().contains("<script"));
  }

  @Test
  void environmentsAndListsAreTables() {
    passive(env("CartPole"));
    passive(env("FourRooms"));
    assertThat(Renderings.of(env("CartPole")).html())
        .contains("data:image/png;base64,", "CartPole", "halfLength");
    Bundle envs = Renderings.of(dev.retort.Retort.envs());
    assertThat(envs.html()).contains("random return", "FourRooms");
    assertThat(envs.text()).contains("CartPole");
    assertThat(Renderings.of(dev.retort.Retort.runs()).html())
        .contains(">Runs<", ">finished<", "<table");
    assertThat(Renderings.of(List.of(1, 2)).data()).isEqualTo(Bundle.text("[1, 2]").data());
    passive(dev.retort.env.EnvContract.check(env("CartPole"), 0));
  }

  @Test
  void solutionsAndTablesShowTheirSize() {
    Env lake = env("FrozenLake");
    Solution solution = solve(lake).discount(0.99).run();
    passive(solution);
    assertThat(Renderings.of(solution).html())
        .contains("FrozenLake, solved", "error at most", "<svg");
    assertThat(Renderings.of(solution.policy()).html()).contains("11 states × 4 actions");
    passive(train(qLearning().steps(500)).on(lake).seeds(2).run());
  }

  @Test
  void picturesAreCompletePngFiles() {
    XYChart chart = new XYChartBuilder().width(200).height(150).title(EVIL).build();
    chart.addSeries("a", new double[] {1, 2}, new double[] {1, 2});
    for (Object picture :
        List.of(evaluation.plot(), chart, new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB))) {
      byte[] png = Base64.getDecoder().decode(Renderings.of(picture).data().get("image/png"));
      assertThat(png).startsWith(0x89, 'P', 'N', 'G');
      assertThat(new String(png, png.length - 8, 4, StandardCharsets.US_ASCII)).isEqualTo("IEND");
      assertThat(Renderings.of(picture).text()).isNotBlank();
    }
  }

  @Test
  void resultsPrintThemselvesAndShowTheirChart() {
    Bundle bundle = Renderings.of(evaluation);
    assertThat(bundle.text()).isEqualTo(evaluation.toString());
    assertThat(bundle.html())
        .contains("<svg", "<table")
        .contains(String.join("<br>", evaluation.notes()));
    assertThat(Renderings.of(data).html())
        .contains("Returns of whole episodes", "episodes", "action");
    assertThat(Renderings.of(students).html()).contains("members", "mlp:4");
    assertThat(Renderings.of("plain").data()).containsOnlyKeys("text/plain");
  }

  @Test
  void aVoidClaimIsInThePageWithItsReason() {
    Finding claim =
        new Finding(
            "gain",
            "return",
            new Estimate(1, Interval.NONE),
            OptionalDouble.empty(),
            Optional.of(
                new Finding.Criterion("> 0", Verdict.VOID, "the <teacher> has not learned")),
            List.of(1.0),
            Map.of());
    Findings found =
        new Findings(
            "s",
            "A study",
            Scale.CPU,
            List.of(claim),
            List.of(),
            Map.of(),
            2,
            Lines.of("t", "x", "y"),
            Optional.empty());
    assertThat(Renderings.of(found).html())
        .contains("VOID &gt; 0", "Void, because the &lt;teacher&gt; has not learned: gain.");
  }
}
