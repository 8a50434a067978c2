package dev.retort.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.data.Dataset;
import dev.retort.data.End;
import dev.retort.data.Recorder;
import dev.retort.data.Supervision;
import dev.retort.data.View;
import dev.retort.distill.SupervisedGroup.Where;
import dev.retort.distribution.Categorical;
import dev.retort.distribution.Distribution;
import dev.retort.distribution.Point;
import dev.retort.loss.BehaviorCloning;
import dev.retort.loss.Kl;
import dev.retort.loss.Mse;
import dev.retort.loss.ProbabilityMse;
import dev.retort.nn.Activation;
import dev.retort.nn.Mlp;
import dev.retort.option.Schedule;
import dev.retort.policy.Ensemble;
import dev.retort.random.RandomStream;
import dev.retort.run.Curve;
import dev.retort.run.DivergedException;
import dev.retort.run.Session;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.store.Tensors;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a device computes is what Java computes: the device of these tests is the CPU. */
class DeviceUpdatesTest {
  private static final int ROWS = 200;
  private static final Distillation SMALL =
      new Distillation()
          .into(Mlp.of(12, 8))
          .members(3)
          .batchSize(32)
          .epochs(40)
          .learningRate(new Schedule(0.003, 0.0003));

  static List<Arguments> everyLoss() {
    Dataset choices = data(new Categorical(new Discrete(3)), 3);
    Dataset numbers = data(new Point(Box.of(-2, 0.5f, 2)), 2);
    return List.of(
        Arguments.of(SMALL.minimizing(Loss.of(new Kl(1))), choices),
        Arguments.of(
            SMALL.minimizing(Loss.of(new Kl(0.2))).order(Supervised.Order.SHARED), choices),
        Arguments.of(
            SMALL
                .minimizing(Loss.of(new ProbabilityMse()))
                .into(Mlp.of(12, 8).activation(Activation.RELU)),
            choices),
        Arguments.of(SMALL.minimizing(Loss.of(new Mse())).into(Mlp.of().scaled(0.5)), choices),
        Arguments.of(SMALL.minimizing(Loss.of(new BehaviorCloning())), choices),
        Arguments.of(SMALL.minimizing(Loss.of(new Mse())), numbers),
        Arguments.of(SMALL.minimizing(Loss.of(new BehaviorCloning())).members(1), numbers));
  }

  /** Rows whose targets and actions follow from what is seen. */
  private static Dataset data(Distribution teacher, int width) {
    RandomStream random = RandomStream.of(4, "data");
    Recorder recorder = new Recorder(Box.of(-1, 1, 4), teacher.actions(), Supervision.of(teacher));
    float[] obs = new float[4];
    for (int row = 0; row < ROWS; row++) {
      for (int i = 0; i < obs.length; i++) {
        obs[i] = (float) (2 * random.nextDouble() - 1);
      }
      float[] targets = new float[width];
      for (int k = 0; k < width; k++) {
        targets[k] = teacher instanceof Point ? -0.7f + 0.9f * obs[k] : 2 * obs[k] + obs[3];
      }
      float[] taken =
          teacher instanceof Point
              ? new float[] {-0.5f + 0.5f * obs[1], -1 + obs[0]}
              : new float[] {obs[0] > 0 ? 2 : random.nextInt(2)};
      recorder.step(obs, 0, taken, 0, 0, targets, 0);
    }
    recorder.end(obs, 0, End.HORIZON);
    return recorder.dataset("functions");
  }

  private static Session session() {
    return Session.unwatched("loss", "agreement");
  }

  private static Ensemble train(
      Distillation distillation, Dataset data, Where where, Session session) {
    return distillation.run(data, new long[] {7}, List.of(), session, where).get(0);
  }

  @ParameterizedTest
  @MethodSource("everyLoss")
  void hundredsOfUpdatesOnADeviceAreThoseOfJava(Distillation distillation, Dataset data) {
    assertThat(distillation.updates(data.size())).isEqualTo(280);
    Session inJava = session();
    Session onDevice = session();
    Ensemble expected = train(distillation, data, Where.JAVA, inJava);
    Ensemble actual = train(distillation, data, Where.DEVICE, onDevice);
    for (int member = 0; member < distillation.members(); member++) {
      float[] there = parameters(actual, member);
      assertThat(there).isNotEqualTo(parameters(train(distillation.epochs(1), data), member));
      assertThat(there).containsExactly(parameters(expected, member), within(2e-4f));
    }
    for (String column : List.of("loss", "agreement")) {
      double[] numbers = onDevice.curve().column(column);
      assertThat(numbers).hasSize(40 * distillation.members());
      assertThat(numbers).containsExactly(inJava.curve().column(column), within(2e-3));
    }
    double[] loss = onDevice.curve().column("loss");
    assertThat(loss[loss.length - 1]).isLessThan(0.9 * loss[0]);
  }

  private static Ensemble train(Distillation distillation, Dataset data) {
    return train(distillation, data, Where.DEVICE, session());
  }

  private static float[] parameters(Ensemble students, int member) {
    return students.members().get(member).parameters();
  }

  static List<Arguments> whatNoDeviceComputes() {
    Distillation kl = SMALL.minimizing(Loss.of(new Kl(1)));
    return List.of(
        Arguments.of(
            kl.seeing(View.window(2)),
            "got mlp:12,8 with the view 'window:2 all' and the loss 'kl:1.0' (dataset 'functions')"),
        Arguments.of(
            kl.centered(true), "got mlp:12,8, centered with the view 'all' and the loss 'kl:1.0'"),
        Arguments.of(
            kl.minimizing(Loss.of(new Kl(1)).and(0.5, "logits", new Mse())),
            "with the view 'all' and the loss 'kl:1.0 + 0.5 logits mse'"));
  }

  @ParameterizedTest
  @MethodSource("whatNoDeviceComputes")
  void whatNoDeviceComputesIsRefusedInWords(Distillation distillation, String got) {
    Dataset data = data(new Categorical(new Discrete(3)), 3);
    assertThatThrownBy(() -> train(distillation, data))
        .isInstanceOf(RetortException.class)
        .hasMessageStartingWith(
            "learn on a device: expected perceptrons, not centered, that see numbers of one observation")
        .hasMessageContaining(got)
        .hasMessageEndingWith("The CPU computes all of them: do without --gpu.");
  }

  @Test
  void theSameTrainingOnADeviceGivesTheSameBits() {
    Dataset data = data(new Categorical(new Discrete(3)), 3);
    assertThat(parameters(train(SMALL, data), 2)).isEqualTo(parameters(train(SMALL, data), 2));
  }

  @Test
  void aTrainingOnADeviceGoesOnFromACheckpoint() {
    Dataset data = data(new Categorical(new Discrete(3)), 3);
    AtomicReference<Tensors> checkpoint = new AtomicReference<>();
    Ensemble whole = train(SMALL, data, Where.DEVICE, saving(checkpoint, 17 * 7));
    for (Where where : Where.values()) {
      Ensemble resumed = train(SMALL, data, where, from(checkpoint.get()));
      float tolerance = where == Where.DEVICE ? 0 : 2e-4f;
      assertThat(parameters(resumed, 1)).containsExactly(parameters(whole, 1), within(tolerance));
    }
  }

  private static Session saving(AtomicReference<Tensors> to, long at) {
    return new Unwatched(Optional.empty()) {
      @Override
      public void boundary(long step, Supplier<Tensors> state) {
        if (step == at) {
          to.set(state.get());
        }
      }
    };
  }

  private static Session from(Tensors checkpoint) {
    return new Unwatched(Optional.of(checkpoint));
  }

  private static class Unwatched implements Session {
    private final Optional<Tensors> resumed;
    private final Curve curve = new Curve("loss", "agreement");

    Unwatched(Optional<Tensors> resumed) {
      this.resumed = resumed;
    }

    @Override
    public Optional<Tensors> resumed() {
      return resumed;
    }

    @Override
    public void check() {}

    @Override
    public void boundary(long step, Supplier<Tensors> state) {}

    @Override
    public Curve curve() {
      return curve;
    }
  }

  @Test
  void aLossThatIsNoNumberStopsTheTraining() {
    Dataset data = data(new Categorical(new Discrete(3)), 3);
    Distillation wild =
        SMALL.minimizing(Loss.of(new Mse())).into(Mlp.of()).learningRate(Schedule.constant(1e30));
    assertThatThrownBy(() -> train(wild, data))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("loss");
  }
}
