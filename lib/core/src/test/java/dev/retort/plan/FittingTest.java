package dev.retort.plan;

import static dev.retort.Retort.collect;
import static dev.retort.Retort.env;
import static dev.retort.Retort.epsilon;
import static dev.retort.Retort.fit;
import static dev.retort.Retort.kl;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.mse;
import static dev.retort.Retort.predictor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.data.Column;
import dev.retort.data.Dataset;
import dev.retort.data.View;
import dev.retort.distill.Loss;
import dev.retort.distill.Predictor;
import dev.retort.env.Env;
import dev.retort.policy.Policy;
import dev.retort.policy.Scripted;
import dev.retort.random.RandomStream;
import dev.retort.run.Run;
import dev.retort.run.RunState;
import dev.retort.run.RunStopped;
import dev.retort.run.Runs;
import dev.retort.run.Session;
import dev.retort.space.Box;
import dev.retort.space.Space;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FittingTest {
  private static final Env CART = env("CartPole");
  private static final Policy RULE =
      Scripted.of("rule", CART, (seen, action) -> action[0] = seen[2] + seen[3] > 0 ? 1 : 0);
  private static final Dataset DATA = data();

  @TempDir Path folder;

  @BeforeEach
  void runsOfItsOwn() {
    System.setProperty("retort.runs", folder.toString());
  }

  @AfterEach
  void asBefore() {
    System.clearProperty("retort.runs");
  }

  /** What a plan gives, without a run. */
  private static <R> R now(Plan<R> plan) {
    return plan.job().execute(Session.unwatched(plan.job().columns()));
  }

  private static Dataset data() {
    Dataset plain = now(collect(2_000).from(RULE).on(CART).exploring(epsilon(0.5)).seed(1));
    float[] sums = new float[plain.size()];
    for (int row = 0; row < sums.length; row++) {
      sums[row] = 2 * plain.obs()[4 * row + 2] - plain.obs()[4 * row + 3] + 0.5f;
    }
    return plain.with(Column.of("sum", 1, sums));
  }

  private static Fitting plan() {
    return fit(mlp(16))
        .to(DATA)
        .minimizing("sum", mse())
        .members(3)
        .epochs(30)
        .batchSize(64)
        .learningRate(0.01)
        .seed(4);
  }

  @Test
  void aColumnOfOnesOwnIsLearnedAndHeldOutEpisodesSayHowWell() {
    Session session = Session.unwatched("loss", "held-out");
    Predictor predictor = plan().job().execute(session);
    double[] loss = session.curve().column("loss");
    double[] heldOut = session.curve().column("held-out");
    assertThat(loss).hasSize(90);
    for (int member = 0; member < 3; member++) {
      assertThat(loss[87 + member]).isLessThan(0.1 * loss[member]);
      assertThat(heldOut[87 + member]).isLessThan(0.01);
    }
    float[] seen = {0.2f, -0.1f, 0.05f, 0.3f};
    assertThat(predictor.predict(seen)).containsExactly(new float[] {0.3f}, within(0.1f));
    double mean = 0;
    for (int member = 0; member < 3; member++) {
      mean += predictor.member(member).predict(seen)[0] / 3;
    }
    assertThat((double) predictor.predict(seen)[0]).isCloseTo(mean, within(1e-6));
    Column all = predictor.predict(DATA).get(0);
    assertThat(all.rows()).isEqualTo(DATA.size());
    assertThat(all.at(7, 0)).isCloseTo(DATA.column("sum").at(7, 0), within(0.3f));
  }

  @Test
  void theHeldOutLossIsThatOfTheEpisodesThatNobodyLearnedFrom() {
    Session session = Session.unwatched("loss", "held-out");
    Fitting plan = plan().holdingOut(0.25);
    Predictor predictor = plan.job().execute(session);
    Dataset out = plan.regression().heldOut(DATA, 4).orElseThrow();
    Dataset in = plan.regression().learned(DATA, 4);
    assertThat(out.episodes()).isEqualTo(Math.round(0.25 * DATA.episodes()));
    assertThat(in.size() + out.size()).isEqualTo(DATA.size());
    Column predicted = predictor.member(1).predict(out).get(0);
    double expected = 0;
    for (int row = 0; row < out.size(); row++) {
      expected += Math.pow(predicted.at(row, 0) - out.column("sum").at(row, 0), 2) / out.size();
    }
    double[] heldOut = session.curve().column("held-out");
    assertThat(heldOut[heldOut.length - 2]).isCloseTo(expected, within(1e-5 * expected + 1e-7));
    Session none = Session.unwatched("loss", "held-out");
    plan().holdingOut(0).epochs(1).job().execute(none);
    assertThat(none.curve().column("held-out")).containsOnly(Double.NaN);
  }

  @Test
  void severalColumnsAndTheNextObservationAreLearnedTogether() {
    Predictor model =
        now(
            plan()
                .minimizing(Loss.of("next-observation", mse()).and(0.5, "reward", mse()))
                .epochs(60));
    assertThat(model.outputs()).extracting("name").containsExactly("next-observation", "reward");
    float[] next = new float[4];
    DATA.nextObservation(3, next, 0);
    float[] predicted =
        model.predict(DATA.obs()[12], DATA.obs()[13], DATA.obs()[14], DATA.obs()[15]);
    assertThat(predicted).hasSize(5);
    assertThat(predicted[4]).isCloseTo(1, within(0.1f));
    for (int k = 0; k < 4; k++) {
      assertThat(predicted[k]).isCloseTo(next[k], within(0.4f));
    }
  }

  @Test
  void itIsSavedAndOpenedAndFoundOnceMoreAndGoesOnWhereItWasStopped() {
    Predictor first = plan().once();
    assertSame(plan().once(), first);
    assertThat(Runs.all()).hasSize(1);
    first.save(folder.resolve("sum.safetensors"));
    assertSame(predictor(folder.resolve("sum.safetensors")), first);
    assertSame(predictor(1), first);
    Fitting longer = plan().epochs(400).seeing(View.window(2));
    Run<Predictor> run = longer.start();
    run.stop();
    try {
      run.await();
    } catch (RunStopped stopped) {
      assertThat(run.state()).isEqualTo(RunState.STOPPED);
    }
    Predictor resumed = longer.once();
    assertThat(Runs.all()).hasSize(2);
    Predictor whole = now(longer);
    for (int member = 0; member < 3; member++) {
      assertThat(resumed.parameters(member)).containsExactly(whole.parameters(member));
    }
    assertThat(resumed.seeing()).isEqualTo(View.window(2));
    assertThat(longer.explain()).contains("seeing window:2 all", "fit 3 networks of mlp:16 to sum");
  }

  private static void assertSame(Predictor actual, Predictor expected) {
    assertThat(actual).hasToString(expected.toString());
    for (int member = 0; member < 3; member++) {
      assertThat(actual.parameters(member)).containsExactly(expected.parameters(member));
    }
    assertThat(actual.predict(0.1f, 0, 0, 0)).containsExactly(expected.predict(0.1f, 0, 0, 0));
  }

  @Test
  void aViewOfOnesOwnIsLearnedByAndIsNoFile() {
    View angle =
        new View() {
          @Override
          public Space sees(Space observations) {
            return Box.of(-9, 9, 2);
          }

          @Override
          public void look(Dataset data, int row, RandomStream random, float[] seen, int at) {
            seen[at] = data.obs()[4 * row + 2] + (float) (0.001 * random.nextGaussian());
            seen[at + 1] = data.obs()[4 * row + 3];
          }

          @Override
          public String toString() {
            return "angle";
          }
        };
    Fitting plan = plan().seeing(angle);
    Predictor predictor = plan.run();
    assertThat(predictor.predict(DATA).get(0).at(7, 0))
        .isCloseTo(DATA.column("sum").at(7, 0), within(0.3f));
    assertThat(plan.job().undetermined())
        .contains("view 'angle' is code, which cannot be compared");
    assertThat(plan.job().resuming(3)).contains("view 'angle' is code");
    assertThatThrownBy(() -> predictor.save(folder.resolve("angle.safetensors")))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("got one of your own, angle, which is code");
    assertThatThrownBy(() -> predictor.predict(0, 0, 0, 0))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("Ask predict(data)");
  }

  @Test
  void whatCannotBeLearnedIsRefusedInWords() {
    assertThatThrownBy(() -> plan().minimizing("sums", mse()))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageContaining("got 'sums'. Did you mean 'sum'?");
    assertThatThrownBy(() -> plan().minimizing(Loss.of(kl())))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "fit: expected a loss of columns, such as Loss.of(\"reward\", mse()), got kl:1.0, by which students act. Say distill(data).");
    assertThatThrownBy(() -> plan().minimizing(Loss.of("sum", mse()).and(1, "sum", mse())))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("expected each column once, got sum, sum.");
    Dataset one = DATA.where(episode -> episode.index() == 0);
    assertThatThrownBy(() -> fit(mlp(4)).to(one))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("got 1 (dataset", "Say holdingOut(0).");
    assertThatThrownBy(() -> now(plan()).predict(1, 2))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("expected an observation of 4 numbers");
    assertThat(List.of(fit(mlp(4)).toString())).first().asString().contains("it needs .to(data)");
  }
}
