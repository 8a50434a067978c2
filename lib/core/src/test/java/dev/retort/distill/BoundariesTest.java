package dev.retort.distill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.data.Dataset;
import dev.retort.data.End;
import dev.retort.data.Recorder;
import dev.retort.data.Supervision;
import dev.retort.distribution.Categorical;
import dev.retort.loss.Kl;
import dev.retort.nn.Mlp;
import dev.retort.option.Schedule;
import dev.retort.policy.Ensemble;
import dev.retort.random.RandomStream;
import dev.retort.run.Curve;
import dev.retort.run.Session;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Rotations;
import dev.retort.store.Tensors;
import dev.retort.store.Without;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Between minibatches there are boundaries, and from each of them learning goes on exactly. */
class BoundariesTest {
  private static final Discrete CHOICES = new Discrete(3);
  private static final Dataset DATA = data();
  private static final Distillation SMALL =
      new Distillation()
          .into(Mlp.of(8))
          .members(3)
          .epochs(3)
          .batchSize(16)
          .minimizing(Loss.of(new Kl(1)))
          .learningRate(new Schedule(0.01, 0));

  private static Dataset data() {
    RandomStream random = RandomStream.of(1, "rows");
    Recorder recorder =
        new Recorder(Box.of(-9, 9, 4), CHOICES, Supervision.of(new Categorical(CHOICES)));
    float[] seen = new float[4];
    for (int row = 0; row < 150; row++) {
      for (int i = 0; i < 4; i++) {
        seen[i] = (float) random.nextGaussian();
      }
      float[] logits = {2 * seen[0], seen[1] - seen[2], seen[3]};
      recorder.step(seen, 0, new float[] {row % 3}, 0, 1, logits, 0);
    }
    recorder.end(seen, 0, End.TASK);
    return recorder.dataset("rows");
  }

  /** Keeps the state of every boundary, and the curve as it was then. */
  private static final class Keeping implements Session {
    final Map<Long, Tensors> states = new LinkedHashMap<>();
    final Map<Long, double[]> curves = new LinkedHashMap<>();
    private final Optional<Tensors> resumed;
    private final Curve curve = new Curve("loss", "agreement");

    Keeping(Optional<Tensors> resumed) {
      this.resumed = resumed;
    }

    @Override
    public Optional<Tensors> resumed() {
      return resumed;
    }

    @Override
    public void check() {}

    @Override
    public void boundary(long step, Supplier<Tensors> state) {
      states.put(step, state.get());
      curves.put(step, curve.values());
    }

    @Override
    public Curve curve() {
      return curve;
    }
  }

  private static Ensemble run(Distillation how, Session session, double patience) {
    return how.run(DATA, new long[] {7}, List.of(), session, SupervisedGroup.Where.JAVA, patience)
        .get(0);
  }

  static List<Arguments> ways() {
    Loss consistent = Loss.of(new Kl(1)).and(0.5, new Consistency(new Rotations(4)));
    return List.of(
        Arguments.of(SMALL),
        Arguments.of(SMALL.order(Supervised.Order.SHARED)),
        Arguments.of(SMALL.minimizing(consistent)),
        Arguments.of(SMALL.minimizing(consistent).order(Supervised.Order.SHARED)));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void fromEveryBoundaryLearningGoesOnBitForBit(Distillation how) {
    Keeping whole = new Keeping(Optional.empty());
    Ensemble expected = run(how, whole, 0);
    assertThat(whole.states.keySet())
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 30).mapToObj(Long::valueOf).toList());
    double[] curve = whole.curve().values();
    for (long at : new long[] {1, 4, 10, 13, 29}) {
      Keeping rest = new Keeping(Optional.of(whole.states.get(at)));
      rest.curve().restore(whole.curves.get(at));
      Ensemble resumed = run(how, rest, Learning.PATIENCE);
      for (int member = 0; member < 3; member++) {
        assertThat(resumed.members().get(member).parameters())
            .containsExactly(expected.members().get(member).parameters());
      }
      assertThat(rest.curve().values()).containsExactly(curve);
    }
  }

  @Test
  void howOftenThereIsABoundaryChangesNoNumber() {
    Keeping often = new Keeping(Optional.empty());
    Keeping seldom = new Keeping(Optional.empty());
    Ensemble one = run(SMALL, often, 3.0 * 67 * 16 * 3 * 4);
    Ensemble other = run(SMALL, seldom, Learning.PATIENCE);
    assertThat(often.states.keySet()).contains(4L, 8L, 10L, 14L).doesNotContain(5L);
    assertThat(seldom.states.keySet()).containsExactly(10L, 20L, 30L);
    assertThat(often.curve().values()).containsExactly(seldom.curve().values());
    assertThat(one.members().get(2).parameters())
        .containsExactly(other.members().get(2).parameters());
  }

  @Test
  void aCheckpointOfBeforeWhichKnewOnlyEndsOfEpochsIsUnderstood() {
    Keeping whole = new Keeping(Optional.empty());
    Ensemble expected = run(SMALL, whole, Learning.PATIENCE);
    Tensors older = Without.of(whole.states.get(20L), "epoch");
    Ensemble resumed = run(SMALL, new Keeping(Optional.of(older)), Learning.PATIENCE);
    assertThat(resumed.members().get(1).parameters())
        .containsExactly(expected.members().get(1).parameters());
  }
}
