package dev.retort.guidance;

import static dev.retort.Retort.collect;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.dqn;
import static dev.retort.Retort.env;
import static dev.retort.Retort.kickstart;
import static dev.retort.Retort.kl;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.mse;
import static dev.retort.Retort.ppo;
import static dev.retort.Retort.residual;
import static dev.retort.Retort.solve;
import static dev.retort.Retort.train;
import static dev.retort.Retort.warmStart;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.loss.Distance;
import dev.retort.plan.Plan;
import dev.retort.policy.Actor;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.policy.Residual;
import dev.retort.policy.Scripted;
import dev.retort.run.Session;
import dev.retort.teach.Dqn;
import dev.retort.teach.Ppo;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What acts in a source has to mean what it means to the learner. */
class WarmStartTest {
  private static final Env LAKE = env("FrozenLake");
  private static final Policy EXACT = solve(LAKE).discount(0.95).run().policy();
  private static final Dqn LEARNER = dqn().network(mlp(4)).steps(2).warmUp(1).learningRate(1e-9);

  private static <R> R done(Plan<R> plan) {
    return plan.job().execute(Session.unwatched(plan.job().columns()));
  }

  private static NetworkPolicy student(Distance distance) {
    return done(distill(done(collect(200).from(EXACT).on(LAKE)))
            .into(mlp(4))
            .members(1)
            .epochs(1)
            .minimizing(distance))
        .members()
        .get(0);
  }

  private static float[] begun(Guidance guidance) {
    return ((NetworkPolicy) done(train(LEARNER.guidedBy(guidance)).on(LAKE))).parameters();
  }

  @Test
  void logitsAreNoBeginningOfActionValues() {
    NetworkPolicy cloned = student(kl());
    assertThatThrownBy(() -> train(LEARNER.guidedBy(warmStart(cloned))).on(LAKE))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "warmStart: expected networks of values, got '%s' of categorical. Numbers of another meaning are no values: distill values into such a network with mse(), begin with its features alone, zeroed(true), or let it be followed, kickstart(policy)."
                .formatted(cloned.name()));
  }

  @Test
  void whatTheMessageAdvisesIsTaken() {
    NetworkPolicy valued = student(mse());
    assertThat(begun(warmStart(valued))).containsExactly(valued.parameters(), within(1e-6f));
    NetworkPolicy cloned = student(kl());
    float[] features = begun(warmStart(cloned).zeroed(true));
    assertThat(features[0]).isCloseTo(cloned.parameters()[0], within(1e-6f));
    assertThat(features[features.length - 1]).isCloseTo(0, within(1e-6f));
    assertThat(begun(kickstart(cloned))).doesNotContain(Float.NaN);
  }

  @Test
  void whoAddsToABaseMayBeginWithTheFeaturesOfOneThatActsByPointsAndAddsNothingAtFirst() {
    Env swing = env("Pendulum");
    Policy damped = Scripted.of("damped", swing, (seen, action) -> action[0] = -seen[2] / 4);
    NetworkPolicy clone =
        done(distill(done(collect(200).from(damped).on(swing)))
                .into(mlp(4))
                .members(1)
                .epochs(1)
                .minimizing(mse()))
            .members()
            .get(0);
    Ppo still =
        ppo().hidden(4).steps(256).environments(8).rollout(32).batchSize(256).learningRate(0);
    WarmStart features = warmStart(clone).zeroed(true);
    float[] first = values(clone, 0);
    assertThat(first).doesNotContain(0f);
    for (Ppo learner :
        List.of(
            still.guidedBy(features).guidedBy(residual(clone)),
            still.guidedBy(residual(clone)).guidedBy(features))) {
      Residual begun = (Residual) done(train(learner).on(swing));
      NetworkPolicy added = (NetworkPolicy) begun.addition();
      assertThat(values(added, 0)).containsExactly(first);
      float[] seen = {0.6f, 0.8f, -1.5f};
      assertThat(greedy(begun, seen)).isEqualTo(greedy(clone, seen));
    }
    Ppo alone = still.guidedBy(features);
    NetworkPolicy begun = (NetworkPolicy) done(train(alone).on(swing));
    assertThat(values(begun, 0)).containsExactly(first);
    assertThat(greedy(begun, 0.6f, 0.8f, -1.5f)).isZero();
    assertThatThrownBy(() -> train(still.guidedBy(warmStart(clone))).on(swing))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("warmStart: expected networks of normal, got");
  }

  private static float greedy(Policy policy, float... seen) {
    float[] action = new float[1];
    try (Actor actor = policy.actor(1)) {
      actor.greedy(seen, action);
    }
    return action[0];
  }

  private static float[] values(NetworkPolicy policy, int slice) {
    return policy.blueprint().named(policy.parameters()).get(slice).values();
  }
}
