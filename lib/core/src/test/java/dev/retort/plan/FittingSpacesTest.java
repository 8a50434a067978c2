package dev.retort.plan;

import static dev.retort.Retort.collect;
import static dev.retort.Retort.demonstrations;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.dqInit;
import static dev.retort.Retort.dqn;
import static dev.retort.Retort.env;
import static dev.retort.Retort.evaluate;
import static dev.retort.Retort.fit;
import static dev.retort.Retort.jumpStart;
import static dev.retort.Retort.kickstart;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.ppo;
import static dev.retort.Retort.qLearning;
import static dev.retort.Retort.qPrior;
import static dev.retort.Retort.render;
import static dev.retort.Retort.train;
import static dev.retort.Retort.warmStart;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.RetortException;
import dev.retort.data.Dataset;
import dev.retort.distill.Predictor;
import dev.retort.env.Env;
import dev.retort.policy.Ensemble;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.policy.Scripted;
import dev.retort.prior.QPrior;
import dev.retort.run.Session;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every verb asks by one rule whether spaces fit, and says by one message that they do not. */
class FittingSpacesTest {
  private static final Env CART = env("CartPole");
  private static final Env CAR = env("MountainCar");

  /** All that meets environments, policies and datasets, made for one environment. */
  private record Things(
      Env env,
      Policy rule,
      NetworkPolicy network,
      Dataset data,
      Predictor predictor,
      QPrior prior,
      Ensemble ensemble) {
    static Things of(Env env) {
      Policy rule = Scripted.of("rule", env, (seen, action) -> action[0] = seen[0] > 0 ? 1 : 0);
      NetworkPolicy network = (NetworkPolicy) now(train(ppo().steps(256).hidden(4, 4)).on(env));
      Dataset data = now(collect(400).from(rule).on(env));
      Policy table = now(train(qLearning().steps(200).bins(2).low(-1).high(1)).on(env));
      return new Things(
          env,
          rule,
          network,
          data,
          now(fit(mlp(4)).to(data).epochs(1).holdingOut(0)),
          now(qPrior(table).on(env).bins(2).low(-1).high(1).steps(100).clipping()),
          now(distill(rule).from(data).into(mlp(4)).members(1).epochs(1)));
    }
  }

  private static final Things OWN = Things.of(CART);
  private static final Things OTHER = Things.of(CAR);
  private static final Things WIDER = Things.of(CART.with("trackLimit", 3));

  private static <R> R now(Plan<R> plan) {
    return plan.job().execute(Session.unwatched(plan.job().columns()));
  }

  /** What things of another environment do in the first. */
  private static Map<String, ThrowingCallable> meetings(Things its) {
    Map<String, ThrowingCallable> verbs = new TreeMap<>();
    verbs.put("evaluate", () -> now(evaluate(its.rule).on(CART).episodes(2)));
    verbs.put("collect", () -> now(collect(50).from(its.rule).on(CART)));
    verbs.put("render", () -> render(its.rule).on(CART).steps(3).run());
    verbs.put("demonstrations", () -> demonstrations(its.rule, CART));
    verbs.put("distill from", () -> distill(its.rule).from(OWN.data));
    verbs.put("distill on", () -> distill(its.rule).on(CART));
    verbs.put("datasets", () -> OWN.data.and(its.data));
    verbs.put("predict", () -> OWN.predictor.predict(its.data));
    verbs.put("until", () -> OWN.rule.until(3, its.rule));
    verbs.put(
        "ensemble",
        () ->
            new Ensemble(
                "both", List.of(OWN.ensemble.members().get(0), its.ensemble.members().get(0))));
    verbs.put(
        "kickstart", () -> now(train(ppo().steps(64).guidedBy(kickstart(its.rule))).on(CART)));
    verbs.put(
        "jumpStart", () -> now(train(ppo().steps(64).guidedBy(jumpStart(its.rule))).on(CART)));
    verbs.put(
        "warmStart",
        () -> now(train(ppo().hidden(4, 4).steps(64).guidedBy(warmStart(its.network))).on(CART)));
    verbs.put(
        "dqInit",
        () ->
            now(
                train(
                        dqn()
                            .steps(64)
                            .warmUp(6)
                            .gamma(its.prior.discount())
                            .guidedBy(dqInit(its.prior)))
                    .on(CART)));
    verbs.put(
        "initialized",
        () ->
            now(
                train(
                        qLearning()
                            .steps(50)
                            .bins(2)
                            .low(-1)
                            .high(1)
                            .gamma(its.prior.discount())
                            .initializedBy(its.prior))
                    .on(CART)));
    verbs.put("priors", () -> OWN.prior.and(its.prior));
    verbs.put(
        "qPrior", () -> now(qPrior(its.prior.policy()).on(CART).bins(2).low(-1).high(1).steps(50)));
    return verbs;
  }

  static List<String> verbs() {
    return List.copyOf(meetings(OWN).keySet());
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void whatWasMadeForOtherSpacesIsRefusedWithBoth(String verb) {
    assertThatThrownBy(meetings(OTHER).get(verb))
        .isInstanceOf(RetortException.class)
        .hasMessageMatching(
            "[^:]+: expected .*from 4 numbers to [23] choices.*, got .*from 2 numbers to [23] choices\\..*");
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void otherBoundsOfWhatIsSeenDoNotMatter(String verb) {
    assertThatCode(meetings(WIDER).get(verb)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void itsOwnSpacesFit(String verb) {
    assertThatCode(meetings(OWN).get(verb)).doesNotThrowAnyException();
  }
}
