package dev.retort.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.RetortException;
import dev.retort.data.Dataset;
import dev.retort.data.Episode;
import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.env.VectorEnv;
import dev.retort.env.reach.ReacherTeacher;
import dev.retort.policy.Policy;
import dev.retort.policy.Scripted;
import dev.retort.random.RandomStream;
import dev.retort.run.Curve;
import dev.retort.run.Session;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Space;
import dev.retort.store.Tensors;
import dev.retort.store.Without;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every episode says of which task it is. */
class TasksTest {
  private static final Env ARM = Environments.get("Reacher-C4");
  private static final Policy TEACHER = Scripted.of("rule", ARM, ReacherTeacher::handcrafted);

  private static Dataset data() {
    return new Collector(TEACHER, ARM, new Behavior.Stochastic(), 600, 2)
        .run(Session.unwatched("return", "length"));
  }

  private static float[] first(int context) {
    double[] state = new double[ARM.stateSize()];
    float[] seen = new float[ARM.observations().size()];
    ARM.reset(context, state, RandomStream.of(0, "unused"));
    ARM.observe(state, seen);
    return seen;
  }

  @Test
  void aCollectedEpisodeBeganAsItsTaskBegins() {
    Dataset data = data();
    int size = ARM.observations().size();
    int[] met = new int[4];
    for (int episode = 0; episode < data.episodes(); episode++) {
      int row = data.start(episode);
      int task = data.episode(episode).task();
      assertThat(Arrays.copyOfRange(data.obs(), row * size, (row + 1) * size))
          .containsExactly(first(task));
      met[task]++;
    }
    assertThat(met).doesNotContain(0);
    Dataset third = data.where(episode -> episode.task() == 2);
    assertThat(third.episodes()).isEqualTo(met[2]);
    assertThat(third.and(data).episode(third.episodes()).task()).isEqualTo(data.task(0));
  }

  @Test
  void aCollectionThatGoesOnKnowsTheTasksOfTheEpisodesThatWereOpen() {
    Collector collector = new Collector(TEACHER, ARM, new Behavior.Stochastic(), 600, 2);
    AtomicReference<Tensors> saved = new AtomicReference<>();
    Dataset whole = collector.run(new At(Optional.empty(), saved));
    Dataset rest = collector.run(new At(Optional.of(saved.get()), new AtomicReference<>()));
    assertThat(whole.hasTasks()).isTrue();
    assertThat(IntStream.range(0, whole.episodes()).map(rest::task).toArray())
        .containsExactly(IntStream.range(0, whole.episodes()).map(whole::task).toArray());
  }

  /** Keeps the state at a boundary in the midst. */
  private record At(Optional<Tensors> resumed, AtomicReference<Tensors> saved, Curve curve)
      implements Session {
    At(Optional<Tensors> resumed, AtomicReference<Tensors> saved) {
      this(resumed, saved, new Curve("return", "length"));
    }

    @Override
    public void check() {}

    @Override
    public void boundary(long step, Supplier<Tensors> state) {
      if (step == 304) {
        saved.set(state.get());
      }
    }
  }

  @Test
  void ofAFamilyThatDrawsInAWayOfItsOwnNothingIsClaimed() {
    Env odd =
        new Walk() {
          @Override
          public void reset(double[] state, RandomStream random) {
            reset(random.nextInt(7) == 0 ? 2 : 1, state, random);
          }
        };
    for (Env env : new Env[] {new Walk(), odd}) {
      VectorEnv envs = new VectorEnv(env, 50, copy -> RandomStream.of(0, "odd", copy));
      envs.reset();
      for (int copy = 0; copy < 50; copy++) {
        assertThat(envs.task(copy)).isIn(-1, (int) envs.state(copy)[0]);
        assertThat(envs.task(copy) != -1 || env == odd).isTrue();
      }
      envs.reset(3, 2);
      assertThat(envs.task(3)).isEqualTo(2);
    }
  }

  /** Three tasks, told by their state. */
  private static class Walk implements Env {
    @Override
    public Space observations() {
      return Box.of(0, 9, 1);
    }

    @Override
    public Space actions() {
      return new Discrete(2);
    }

    @Override
    public int horizon() {
      return 5;
    }

    @Override
    public int stateSize() {
      return 1;
    }

    @Override
    public int contexts() {
      return 3;
    }

    @Override
    public void reset(double[] state, RandomStream random) {
      reset(random.nextInt(3), state, random);
    }

    @Override
    public void reset(int context, double[] state, RandomStream random) {
      state[0] = context;
    }

    @Override
    public double step(double[] state, float[] action, RandomStream random) {
      return 0;
    }

    @Override
    public boolean terminated(double[] state) {
      return false;
    }

    @Override
    public void observe(double[] state, float[] observation) {
      observation[0] = (float) state[0];
    }
  }

  @Test
  void demonstrationsAreOneOfEachTask() {
    Dataset data = Demonstrations.of(TEACHER, ARM);
    assertThat(IntStream.range(0, 4).map(data::task)).containsExactly(0, 1, 2, 3);
  }

  @Test
  void tasksAreKeptInFilesAndOlderFilesDoNotSayThem() {
    Dataset data = data();
    Dataset opened = Dataset.of(data.tensors());
    assertThat(opened.hasTasks()).isTrue();
    assertThat(IntStream.range(0, data.episodes()).map(opened::task).toArray())
        .containsExactly(IntStream.range(0, data.episodes()).map(data::task).toArray());
    Tensors older = Without.of(data.tensors(), "tasks");
    Dataset before = Dataset.of(older);
    assertThat(before.hasTasks()).isFalse();
    assertThat(before.tensors().has("tasks")).isFalse();
    Episode episode = before.episode(1);
    assertThatThrownBy(episode::task)
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "dataset 'Reacher-C4-stochastic-600': expected to know of which task episode 1 is, got data that does not say it. Collect it anew.");
    assertThat(before.and(data).hasTasks()).isFalse();
    assertThat(before.and(data).task(before.episodes())).isEqualTo(data.task(0));
  }
}
