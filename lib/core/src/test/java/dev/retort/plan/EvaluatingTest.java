package dev.retort.plan;

import static dev.retort.Retort.collect;
import static dev.retort.Retort.evaluate;
import static dev.retort.Retort.evaluation;
import static dev.retort.Retort.plot;
import static dev.retort.Retort.policy;
import static dev.retort.Retort.ppo;
import static dev.retort.Retort.randomPolicy;
import static dev.retort.Retort.render;
import static dev.retort.Retort.train;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.evaluate.Evaluation;
import dev.retort.figure.Line;
import dev.retort.figure.Lines;
import dev.retort.nn.Mlp;
import dev.retort.policy.Head;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.policy.Scripted;
import dev.retort.run.Curve;
import dev.retort.run.Session;
import dev.retort.run.Stopped;
import dev.retort.store.Tensors;
import dev.retort.teach.Ppo;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluatingTest {
  private static final Env POLE = Environments.get("CartPole");

  @TempDir Path folder;

  @BeforeEach
  void runsOfItsOwn() {
    System.setProperty("retort.runs", folder.toString());
  }

  @AfterEach
  void asBefore() {
    System.clearProperty("retort.runs");
  }

  private static Policy leaning(String name, double threshold) {
    return Scripted.of(
        name, POLE, (seen, action) -> action[0] = seen[2] + threshold * seen[3] > 0 ? 1 : 0);
  }

  private static Evaluating plan() {
    return evaluate(leaning("one", 0.1), leaning("two", 0.5))
        .on(POLE, POLE.with("gravity", 15))
        .episodes(230)
        .seed(4);
  }

  @Test
  void variantsOfOneEnvironmentAreToldApart() {
    Evaluation found = plan().run();
    assertThat(found.rows())
        .extracting(Evaluation.Row::env)
        .containsExactly(
            "CartPole (gravity 9.8)",
            "CartPole (gravity 9.8)",
            "CartPole (gravity 15)",
            "CartPole (gravity 15)");
    assertThat(found.rows().get(2).improvement()).isEmpty();
    assertThat(found.rows().get(3).improvement()).isPresent();
  }

  @Test
  void policiesOfOneNameAreToldApartByTheirSeedsAndSettings() {
    Ppo quick = ppo().steps(256).hidden(4);
    Policy first = train(quick).on(POLE).seed(1).run();
    Policy second = train(quick).on(POLE).seed(2).run();
    Policy longer = train(quick.steps(512)).on(POLE).seed(2).run();
    assertThat(names(evaluate(first, second))).containsExactly("PPO (seed 1)", "PPO (seed 2)");
    assertThat(names(evaluate(policy(2), policy(3))))
        .as("as their files say")
        .containsExactly("PPO (steps 256)", "PPO (steps 512)");
    assertThat(names(evaluate(first, longer)))
        .containsExactly("PPO (seed 1, steps 256)", "PPO (seed 2, steps 512)");
    assertThat(names(evaluate(first, first))).containsExactly("PPO #1", "PPO #2");
    assertThat(names(evaluate(first).and("mine", second).and("mine", longer)))
        .containsExactly("PPO", "mine (steps 256)", "mine (steps 512)");
    assertThat(evaluate(first, second).on(POLE).explain()).contains("PPO (seed 1), PPO (seed 2)");
    Lines plot = (Lines) plot(1, 2, 3).run();
    assertThat(plot.lines())
        .extracting(Line::name)
        .containsExactly(
            "run 0001 (seed 1, steps 256)",
            "run 0002 (seed 2, steps 256)",
            "run 0003 (seed 2, steps 512)");
  }

  @Test
  void aDrawnTaskShowsItsParametersInTablesTitlesAndFilms() {
    Env poles = POLE.varying("gravity", 7, 13).varying("halfLength", 0.35, 0.65);
    Env task = poles.train(5).task(3);
    Policy rule = leaning("rule", 0.1);
    assertThat(task.title())
        .matches("CartPole/train-5/task-3 \\(gravity [\\d.]+, halfLength 0[\\d.]+\\)");
    Evaluating plan = evaluate(rule).on(task, poles.train(5).task(4)).episodes(2);
    assertThat(plan.job().title()).contains(task.title());
    Evaluation found = plan.run();
    assertThat(found.rows().get(0).env()).isEqualTo(task.title());
    assertThat(found.toString()).contains("task-3 (gravity");
    assertThat(train(ppo()).on(task).toString()).contains(task.title());
    assertThat(collect(10).from(rule).on(task).toString()).contains(task.title());
    assertThat(render(rule).on(task).steps(3).run().title()).isEqualTo("rule on " + task.title());
  }

  private static List<String> names(Evaluating.Of plan) {
    return plan.on(POLE).candidates().stream().map(Evaluating.Candidate::name).toList();
  }

  @Test
  void everyReturnIsThereAndTheRunCanBeOpenedAgain() {
    Evaluation found = plan().run();
    assertThat(found.episodes().rowCount()).isEqualTo(4 * 230);
    assertThat(found.episodes().doubleColumn("return").mean())
        .isCloseTo(
            found.rows().stream().mapToDouble(row -> row.mean().value()).average().getAsDouble(),
            org.assertj.core.api.Assertions.within(1e-9));
    assertThat(evaluation(1).rows()).isEqualTo(found.rows());
    assertThat(evaluate(randomPolicy(POLE)).on(POLE).againstRandom().againstRandom().candidates())
        .as("one such row says it all")
        .hasSize(1);
    assertThat(evaluate(leaning("random", 0.1)).on(POLE).againstRandom().candidates())
        .extracting(Evaluating.Candidate::name)
        .containsExactly("random #1", "random #2");
    assertThat(evaluation(1).episodes().toString()).isEqualTo(found.episodes().toString());
    assertThatThrownBy(() -> Curves.open(1))
        .isInstanceOf(RetortException.class)
        .hasMessageStartingWith("curves: expected a run that trains, got run 1");
  }

  /**
   * A session that is asked to stop whenever it has seen so many boundaries, and keeps the state.
   */
  private static final class Broken implements Session {
    private final Curve curve;
    private final Optional<Tensors> from;
    private int left;
    private Tensors kept = new Tensors();
    private long step;

    Broken(Curve curve, Optional<Tensors> from, int boundaries) {
      this.curve = curve;
      this.from = from;
      this.left = boundaries;
    }

    @Override
    public Optional<Tensors> resumed() {
      return from;
    }

    @Override
    public void check() {}

    @Override
    public void boundary(long at, Supplier<Tensors> state) {
      if (--left == 0) {
        kept = state.get();
        step = at;
        throw new Stopped();
      }
    }

    @Override
    public Curve curve() {
      return curve;
    }
  }

  @Test
  void anEvaluationThatIsBrokenOffAgainAndAgainGivesTheSameNumbers() {
    var job = plan().job();
    Evaluation whole = job.execute(Session.unwatched(job.columns()));
    Curve curve = new Curve(job.columns());
    Optional<Tensors> from = Optional.empty();
    Evaluation pieced = null;
    long before = 0;
    int pieces = 0;
    while (pieced == null) {
      Broken session = new Broken(curve, from, 600);
      try {
        pieced = job.execute(session);
      } catch (Stopped e) {
        from = Optional.of(session.kept);
        assertThat(session.step).isGreaterThanOrEqualTo(before);
        before = session.step;
        pieces++;
      }
    }
    assertThat(pieces).isGreaterThan(1);
    assertThat(pieced.rows()).isEqualTo(whole.rows());
    assertThat(curve.rows()).isEqualTo(4);
  }

  @Test
  void theRandomPolicyIsOneWordAndARow() {
    Evaluation found = evaluate(leaning("one", 0.1)).on(POLE).episodes(50).againstRandom().run();
    Evaluation.Row random = found.rows().get(1);
    assertThat(random.policy()).isEqualTo("random");
    assertThat(random.mean().value()).isBetween(15.0, 30.0);
    assertThat(random.improvement().get().probability().value()).isLessThan(0.1);
    assertThat(evaluate(randomPolicy(POLE)).on(POLE).episodes(50).run().rows().get(0).mean())
        .isEqualTo(random.mean());
    assertThat(evaluation(1).rows()).isEqualTo(found.rows());
  }

  @Test
  void drawnActionsAreOthersThanGreedyOnesAndTheTableSaysWhich() {
    float[] weights = new float[10]; // a network of one layer, choices in the columns
    weights[5] = 4;
    weights[7] = 4;
    Policy leaning =
        new NetworkPolicy(
            "leaning", POLE.observations(), POLE.actions(), Head.LOGITS, Mlp.of(), weights);
    Evaluation greedy = evaluate(leaning).on(POLE).episodes(100).run();
    Evaluation drawn = evaluate(leaning).on(POLE).episodes(100).stochastic(true).run();
    assertThat(drawn.rows().get(0).mean()).isNotEqualTo(greedy.rows().get(0).mean());
    assertThat(greedy.toString()).endsWith("Evaluated with greedy actions.");
    assertThat(drawn.toString()).endsWith("Evaluated with drawn actions.");
    assertThat(evaluation(2).toString()).isEqualTo(drawn.toString());
    assertThat(evaluate(leaning).on(POLE).stochastic(true).explain()).contains("drawn actions");
  }

  @Test
  void runsOfAPopulationPlayEpisodesOfTheirOwnAndAsManyAsItTakes() {
    Policy same = leaning("same", 0);
    Evaluating.Candidate twins = new Evaluating.Candidate("twins", List.of(same, same, same));
    Evaluating plan = new Evaluating.Of(List.of(twins)).on(POLE).seed(4);
    Evaluation found = plan.run();
    double[][] returns = found.scores().get(0).returns();
    assertThat(returns[0]).isNotEqualTo(returns[1]);
    assertThat(returns[0].length)
        .as("three policies that are one differ by luck alone")
        .isGreaterThan(500);
    assertThat(found.rows().get(0))
        .as("they go on until their choice adds little, or there are ten thousand")
        .matches(row -> row.episodes() == 10_000 || row.widening().getAsDouble() < 0.25);
    assertThat(plan.explain()).contains("of a population up to 10,000");
    Evaluation single = evaluate(same).on(POLE).seed(4).run();
    assertThat(single.scores().get(0).returns()[0]).isEqualTo(Arrays.copyOf(returns[0], 100));
    assertThat(plan.episodes(30).run().scores().get(0).returns()[0])
        .isEqualTo(Arrays.copyOf(returns[0], 30));
  }

  @Test
  void twoStagesThatAreBrokenOffGiveTheSameNumbers() {
    Evaluating.Candidate three =
        new Evaluating.Candidate(
            "three", List.of(leaning("a", 0), leaning("b", 0.001), leaning("c", 0.002)));
    var job = new Evaluating.Of(List.of(three)).on(POLE).seed(4).job();
    Evaluation whole = job.execute(Session.unwatched(job.columns()));
    assertThat(whole.rows().get(0).episodes()).isGreaterThan(100);
    Curve curve = new Curve(job.columns());
    Optional<Tensors> from = Optional.empty();
    Evaluation pieced = null;
    int pieces = 0;
    while (pieced == null) {
      Broken session = new Broken(curve, from, 150);
      try {
        pieced = job.execute(session);
      } catch (Stopped e) {
        from = Optional.of(session.kept);
        pieces++;
      }
    }
    assertThat(pieces).isGreaterThan(2);
    assertThat(pieced.rows()).isEqualTo(whole.rows());
  }

  @Test
  void nothingIsNotEvaluated() {
    assertThatThrownBy(() -> evaluate(new Policy[0]))
        .isInstanceOf(RetortException.class)
        .hasMessage("evaluate: expected at least one policy, got none.");
    assertThatThrownBy(() -> evaluate((Policy) null))
        .hasMessageStartingWith("evaluate: expected at least one policy, got null.");
  }
}
