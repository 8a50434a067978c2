package dev.retort.guidance;

import static dev.retort.Retort.collect;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.dqn;
import static dev.retort.Retort.env;
import static dev.retort.Retort.kickstart;
import static dev.retort.Retort.kl;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.mse;
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
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.run.Session;
import dev.retort.teach.Dqn;
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
}
