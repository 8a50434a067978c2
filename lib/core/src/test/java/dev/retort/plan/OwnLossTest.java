package dev.retort.plan;

import static dev.retort.Retort.collect;
import static dev.retort.Retort.distance;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.env;
import static dev.retort.Retort.fit;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.nll;
import static dev.retort.Retort.register;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.data.Column;
import dev.retort.data.Dataset;
import dev.retort.distill.Distillation;
import dev.retort.distill.Loss;
import dev.retort.distill.Predictor;
import dev.retort.env.Env;
import dev.retort.loss.Distance;
import dev.retort.loss.Mse;
import dev.retort.loss.Pinball;
import dev.retort.policy.Ensemble;
import dev.retort.policy.Policy;
import dev.retort.policy.Scripted;
import dev.retort.random.RandomStream;
import dev.retort.run.Run;
import dev.retort.run.RunStopped;
import dev.retort.run.Runs;
import dev.retort.run.Session;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A loss of the user's own is minimized, found, kept and resumed like any other. */
class OwnLossTest {
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

  /** Squares that count so often. */
  record Times(double factor) implements Distance {
    @Override
    public double at(float[] z, int i, float[] t, int j, int n, float[] dz) {
      double loss = new Mse().at(z, i, t, j, n, dz);
      for (int k = i; k < i + n; k++) {
        dz[k] *= (float) factor;
      }
      return factor * loss;
    }
  }

  private static Dataset data() {
    Dataset data = now(collect(1_024).from(RULE).on(CART).seed(1));
    RandomStream noise = RandomStream.of(3, "noise");
    float[] drawn = new float[data.size()];
    for (int row = 0; row < drawn.length; row++) {
      drawn[row] = (float) noise.nextDouble();
    }
    return data.with(Column.of("uniform", 1, drawn));
  }

  private static <R> R now(Plan<R> plan) {
    return plan.job().execute(Session.unwatched(plan.job().columns()));
  }

  private static Fitting quantile(double quantile) {
    return fit(mlp(4)).to(DATA).minimizing("uniform", new Pinball(quantile)).epochs(2);
  }

  @Test
  void itIsMinimizedWithoutAWordMore() {
    for (double quantile : new double[] {0.2, 0.9}) {
      Predictor predictor = now(quantile(quantile).epochs(60).learningRate(0.003));
      double mean = 0;
      for (int row = 0; row < DATA.size(); row++) {
        float[] seen = new float[4];
        DATA.column(Dataset.OBSERVATION).read(row, seen, 0);
        mean += predictor.predict(seen)[0] / DATA.size();
      }
      assertThat(mean).isCloseTo(quantile, within(0.1));
    }
  }

  @Test
  void specsSayItsClassAndItsNumbersAndWhatItsCodeDoes() {
    JsonObject spec = quantile(0.9).job().spec();
    assertThat(spec.getAsJsonObject("settings").get("minimizing").getAsString())
        .isEqualTo("1.0 uniform pinball:0.9");
    assertThat(spec.getAsJsonObject("losses").getAsJsonObject("pinball:0.9").toString())
        .contains("\"quantile\":0.9")
        .contains("\"at\"");
    assertThat(fit(mlp(4)).to(DATA).job().spec().has("losses")).isFalse();
    assertThat(Loss.of(nll()).and(0.5, "value", new Pinball(0.25)))
        .hasToString("nll + 0.5 value pinball:0.25");
    assertThat(quantile(0.9).explain()).contains("minimizing 1.0 uniform pinball:0.9");
  }

  @Test
  void aFamilyIsReadWithItsNumber() {
    register("times", Times::new);
    assertThat(
            new Distillation(
                    Distillation.OPTIONS.standard().parse("minimizing", "mse + 0.5 value times:3"))
                .toString())
        .contains("mse + 0.5 value times:3");
    assertThat(Loss.of(distance("times:0.5"))).isEqualTo(Loss.of(new Times(0.5)));
    assertThatThrownBy(() -> distance("times:many"))
        .isInstanceOf(RetortException.class)
        .hasMessageEndingWith("or one of your own for 'text', got 'times:many'.");
  }

  @Test
  void studentsLearnByIt() {
    register("own-likelihood", new Likelihood());
    Distilling plan = distill(RULE).from(DATA).into(mlp(8)).members(2).epochs(3);
    Ensemble own = now(plan.minimizing(distance("own-likelihood")));
    Ensemble same = now(plan.minimizing(nll()));
    assertThat(own.members().get(1).parameters()).isEqualTo(same.members().get(1).parameters());
  }

  /** The library's likelihood in other words. */
  record Likelihood() implements Distance {
    @Override
    public Compares compares() {
      return Compares.CHOICES;
    }

    @Override
    public int prepared(int n) {
      return nll().prepared(n);
    }

    @Override
    public void prepareRow(float[] t, int from, int n, float[] prepared, int j) {
      nll().prepareRow(t, from, n, prepared, j);
    }

    @Override
    public double at(float[] z, int i, float[] t, int j, int n, float[] dz) {
      return nll().at(z, i, t, j, n, dz);
    }
  }

  @Test
  void aRunOfItIsFoundAgainAndOneOfOtherCodeIsNot() {
    quantile(0.5).once();
    quantile(0.5).once();
    assertThat(Runs.all()).hasSize(1);
    quantile(0.6).once();
    assertThat(Runs.all()).hasSize(2);
    register("mine", new Times(2));
    fit(mlp(4)).to(DATA).minimizing("uniform", distance("mine")).epochs(2).once();
    register("mine", new Times(3));
    fit(mlp(4)).to(DATA).minimizing("uniform", distance("mine")).epochs(2).once();
    assertThat(Runs.all()).hasSize(4);
  }

  @Test
  void aPlanKeepsItsOwnWhereAnotherOfItsNameIsRegisteredMeanwhile() {
    Distance first = register("kept", new Times(2));
    Loss loss = Loss.of("uniform", first);
    register("kept", new Times(3));
    Fitting plan = fit(mlp(4)).to(DATA).minimizing(loss).epochs(1);
    assertThat(plan.regression().minimizing()).isEqualTo(loss);
    assertThat(plan.job().spec().getAsJsonObject("losses").toString()).contains("\"factor\":2");
  }

  @Test
  void itGoesOnFromWhereItStoppedAndOneThatChangedIsRefusedInWords() {
    register("changing", new Times(2));
    Fitting plan =
        fit(mlp(64)).to(DATA).minimizing("uniform", distance("changing")).epochs(300).seed(4);
    Predictor whole = plan.run();
    Run<Predictor> run = plan.start();
    run.stop();
    RunStopped stopped = catchThrowableOfType(RunStopped.class, run::await);
    if (stopped != null) {
      assertThat(stopped)
          .hasMessageEndingWith(
              "resume it with resume(2), after register(..) of its loss 'changing'");
      register("changing", new Times(5));
      assertThatThrownBy(() -> Resuming.start(2))
          .isInstanceOf(RetortException.class)
          .hasMessageStartingWith(
              "resume run 2: expected loss 'changing' as it was, but factor is 5.0, was 2.0.")
          .hasMessageContaining("resumeAnyway(2)");
      register("changing", new Times(2));
      Predictor resumed = (Predictor) Resuming.start(2).await();
      float[] seen = {0.1f, 0, 0.02f, 0.3f};
      assertThat(resumed.predict(seen)).isEqualTo(whole.predict(seen));
    }
  }

  @Test
  void aRunWhoseLossNobodyKnowsSaysWhatToRegister() {
    JsonObject spec =
        JsonParser.parseString("{\"losses\": {\"never-registered:2.0\": {}}}").getAsJsonObject();
    assertThatThrownBy(() -> OwnCode.require(7, spec))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "resume run 7: expected loss 'never-registered:2.0', one of your own, got none of that name. Say register(\"never-registered:2.0\", ..) and resume again.");
  }

  @Test
  void codeThatCannotBeToldFromOthersIsAlwaysANewRun() {
    Random random = new Random(3);
    Distance noisy =
        (z, i, t, j, n, dz) -> new Mse().at(z, i, t, j, n, dz) + 0 * random.nextDouble();
    Fitting plan = fit(mlp(4)).to(DATA).minimizing("uniform", noisy).epochs(1);
    assertThat(plan.job().undetermined())
        .hasValueSatisfying(
            why -> assertThat(why).startsWith("loss 'own' cannot be told from others: its code "));
    assertThat(plan.job().resuming(3))
        .startsWith("resume(3) is refused, since loss 'own' cannot be told from others: its code ");
  }

  @Test
  void wrongNamesGiveTheNearest() {
    register("nearby", new Times(1));
    assertThatThrownBy(() -> distance("nearly"))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageStartingWith("unknown loss 'nearly': did you mean 'nearby'?");
    assertThatThrownBy(() -> Distillation.OPTIONS.standard().parse("minimizing", "hubert"))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageStartingWith("unknown loss 'hubert': did you mean 'huber'?");
  }

  @Test
  void namesOfTheLibraryAreTakenAndNamesAreOneWord() {
    assertThatThrownBy(() -> register("kl:2", new Times(1)))
        .hasMessage(
            "register: expected a name of its own, got 'kl:2', which is one of the library's. Say another.");
    assertThatThrownBy(() -> register("my loss", new Times(1)))
        .hasMessage(
            "register: expected the name of a distance in one word that begins with a letter, such as \"pinball\", got 'my loss'.");
  }

  private static void refused(Distance wrong, String... words) {
    Plan<Predictor> plan = fit(mlp(4)).to(DATA).minimizing("uniform", wrong).epochs(1).batchSize(8);
    assertThatThrownBy(() -> now(plan))
        .isInstanceOf(RetortException.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(words));
  }

  @Test
  void wrongOnesAreRefusedWithTheQuantityTheRowAndTheName() {
    refused(
        register("no-number", (z, i, t, j, n, dz) -> dz[i] = j >= 40 ? Float.NaN : 0),
        "loss 'no-number': expected at(..) to give a finite gradient by output 0, got NaN (row ",
        ": outputs [",
        "targets [");
    refused(
        register(
            "no-loss",
            (z, i, t, j, n, dz) -> {
              dz[i] = 0;
              return Math.log(-1);
            }),
        "loss 'no-loss': expected at(..) to give a finite loss, got NaN (row ");
    refused(
        register("too-short", (z, i, t, j, n, dz) -> 0),
        "loss 'too-short': expected a gradient by each of 1 outputs, got none in dz[i + 0]. Mend at(..).");
    refused(
        register(
            "too-long",
            (z, i, t, j, n, dz) -> {
              dz[i] = 0;
              dz[i + 1] = 0;
              return 0;
            }),
        "loss 'too-long': expected dz[i .. i + 1) alone to be written, got dz[i + 1] too. Mend at(..).");
    refused(
        register(
            "sometimes",
            (z, i, t, j, n, dz) -> {
              if (j < 40) {
                dz[i] = 0;
              }
              return 0;
            }),
        "loss 'sometimes': expected at(..) to give a finite gradient by output 0, got none, dz[i + 0] (row ");
    refused(
        register("beyond", (z, i, t, j, n, dz) -> dz[i] = t[j + 100_000]),
        "loss 'beyond': expected at(..) to return, got java.lang.ArrayIndexOutOfBoundsException");
  }
}
