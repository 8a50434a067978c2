package dev.retort.teach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.retort.distribution.ActionValues;
import dev.retort.env.Environments;
import dev.retort.nn.Initialization;
import dev.retort.nn.Mlp;
import dev.retort.nn.Network;
import dev.retort.nn.Rows;
import dev.retort.nn.Trunk;
import dev.retort.policy.Policy;
import dev.retort.run.Session;
import dev.retort.space.Discrete;
import dev.retort.space.Selection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Minibatches that are drawn and valued together are those that come one by one. */
class TargetValuesTest {
  private static final int BATCH = 16;
  private static final int COUNT = 5;
  private static final long[] SEEDS = {3, 4};

  /** Acts, remembers, and learns nothing. */
  private static final class Remembering extends Learner {
    private final Network network;
    private final Experience experience;

    Remembering(Dqn dqn) {
      super(Environments.get("CartPole"), SEEDS);
      ActionValues values = new ActionValues((Discrete) env.actions(), false);
      network =
          Network.of(
              Mlp.of(8),
              List.of(obsSize),
              values.outputs(),
              Trunk.SHARED,
              Initialization.FAN_IN,
              SEEDS);
      experience = new Experience(this, dqn, values, network, Optional.empty());
      iterate(Session.unwatched());
    }

    @Override
    protected void iterate(Session session) {
      experience.play(session, 60, (raw, seen, actions) -> actions[0] = step % 2);
    }

    @Override
    protected Policy policy(int member) {
      throw new IllegalStateException("it has learned nothing");
    }

    @Override
    public void close() {
      network.close();
      experience.close();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void minibatchesDrawnTogetherAreThoseOfOneByOneAndValuedAlike(boolean normalized) {
    Dqn dqn = new Dqn().memory(40).batchSize(BATCH).normalizeObservations(normalized);
    try (Remembering together = new Remembering(dqn);
        Remembering single = new Remembering(dqn)) {
      TargetValues ahead =
          new TargetValues(
              together.network,
              Selection.all(together.env.observations()),
              together.experience,
              BATCH,
              COUNT);
      float[] values = new float[SEEDS.length * BATCH * 2];
      float[] expected = new float[values.length];
      for (int stretch = 0; stretch < 2; stretch++) {
        ahead.draw(COUNT);
        for (int minibatch = 0; minibatch < COUNT; minibatch++) {
          assertThat(together.experience.isDrawn()).isTrue();
          Replay.Sample sample = together.experience.draw(0);
          Replay.Sample other = single.experience.draw(0);
          assertThat(sample.places).containsExactly(other.places);
          assertThat(sample.obs).containsExactly(other.obs);
          assertThat(sample.rewards).containsExactly(other.rewards);
          assertThat(sample.weights).containsOnly(1);
          ahead.of(sample, values);
          single.network.predict(other.nextObs, BATCH, Rows.PER_MEMBER, expected);
          assertThat(values).containsExactly(expected, within(1e-6f));
        }
        assertThat(together.experience.isDrawn()).isFalse();
        Replay.Sample late = together.experience.draw(0);
        ahead.of(late, values);
        together.network.predict(late.nextObs, BATCH, Rows.PER_MEMBER, expected);
        assertThat(values).containsExactly(expected);
        assertThat(late.places).containsExactly(single.experience.draw(0).places);
      }
    }
  }
}
