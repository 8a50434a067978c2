package dev.retort.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.retort.evaluate.Evaluator;
import dev.retort.policy.Policy;
import dev.retort.policy.RandomPolicy;
import dev.retort.policy.Scripted;
import dev.retort.random.RandomStream;
import dev.retort.run.Parallel;
import dev.retort.run.Worker;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Space;
import dev.retort.store.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Copies that are dealt to cores do, bit for bit, what they do one after the other. */
@Timeout(120)
class DealingTest {
  private static final int COPIES = 37;

  @BeforeEach
  void needsCores() {
    assumeTrue(Parallel.cores() > 1);
  }

  /** A walk that ends by chance, and works in scratch as it goes; every step takes a while. */
  private static class Walk implements Env {
    private static final Scratch<double[]> STRIDES = Scratch.of(() -> new double[64]);

    private final long nanos;

    Walk(long nanos) {
      this.nanos = nanos;
    }

    @Override
    public Space observations() {
      return Box.of(-1_000, 1_000, 20);
    }

    @Override
    public Space actions() {
      return new Discrete(2);
    }

    @Override
    public int horizon() {
      return 30;
    }

    @Override
    public int stateSize() {
      return 2;
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
      state[0] = context + random.nextDouble();
      state[1] = 0;
    }

    @Override
    public double step(double[] state, float[] action, RandomStream random) {
      long until = System.nanoTime() + nanos;
      double[] strides = STRIDES.here();
      for (int i = 0; i < strides.length; i++) {
        strides[i] = random.nextDouble() - 0.5;
      }
      while (System.nanoTime() < until) {
        Thread.onSpinWait();
      }
      for (double stride : strides) {
        state[0] += stride * (action[0] + 1);
      }
      state[1] = random.nextDouble() < 0.07 ? 1 : 0;
      return state[0] * 0.1;
    }

    @Override
    public boolean terminated(double[] state) {
      return state[1] == 1;
    }

    @Override
    public void observe(double[] state, float[] observation) {
      for (int i = 0; i < observation.length; i++) {
        observation[i] = (float) (state[0] * i);
      }
    }
  }

  /** Hidden steps, and a look at whether they are ever taken for two copies at once. */
  private static final class Stroll implements Prologue {
    private final AtomicInteger acting = new AtomicInteger();
    private volatile boolean isCrowded;

    @Override
    public int steps(long episode, RandomStream random) {
      return random.nextInt(4);
    }

    @Override
    public void act(
        float[] observation, RandomStream random, float[] action, Supplier<String> place) {
      isCrowded |= acting.incrementAndGet() > 1;
      action[0] = observation[1] > 0 ? 0 : 1;
      acting.decrementAndGet();
    }
  }

  private static VectorEnv begun(Env env, Dealing dealing, Prologue prologue) {
    VectorEnv envs =
        new VectorEnv(
                copy -> env,
                COPIES,
                copy -> RandomStream.of(3, "dealing", copy),
                prologue,
                copy -> RandomStream.of(4, "dealing", copy))
            .dealing(dealing);
    envs.reset();
    return envs;
  }

  private static void choose(int t, float[] actions, boolean[] playing) {
    for (int copy = 0; copy < COPIES; copy++) {
      actions[copy] = (t * copy) % 2;
      playing[copy] = (t + copy) % 5 != 0;
    }
  }

  /** Everything that a copy shows and keeps, in words that differ where a bit does. */
  private static String all(VectorEnv envs) {
    Tensors saved = envs.save();
    return String.join(
        "\n",
        Arrays.toString(envs.observations()),
        Arrays.toString(envs.nextObservations()),
        Arrays.toString(envs.rewards()),
        Arrays.toString(envs.terminated()),
        Arrays.toString(envs.truncated()),
        Arrays.toString(saved.doubles("states")),
        Arrays.toString(saved.doubles("returns")),
        Arrays.toString(saved.ints("steps")),
        Arrays.toString(saved.longs("streams")),
        Arrays.toString(saved.longs("prologueStreams")),
        Arrays.toString(saved.longs("episodes")),
        IntStream.range(0, COPIES)
            .mapToObj(
                copy ->
                    "%s %s %s %s"
                        .formatted(
                            envs.episodeReturn(copy),
                            envs.episodeLength(copy),
                            envs.finalStream(copy),
                            Arrays.toString(envs.finalState(copy))))
            .toList()
            .toString());
  }

  @Test
  void everyBitIsTheSameThroughEpisodesThatEndAtDifferentTimes() {
    for (Prologue prologue : new Prologue[] {Prologue.NONE, new Stroll()}) {
      VectorEnv alone = begun(new Walk(0), Dealing.NEVER, prologue);
      VectorEnv dealt = begun(new Walk(2_000), Dealing.ALWAYS, prologue);
      float[] actions = new float[COPIES];
      boolean[] playing = new boolean[COPIES];
      int ended = 0;
      for (int t = 0; t < 300; t++) {
        choose(t, actions, playing);
        alone.step(actions, playing);
        dealt.step(actions, playing);
        assertThat(all(dealt)).isEqualTo(all(alone));
        ended += dealt.ended(t % COPIES) ? 1 : 0;
      }
      assertThat(ended).isPositive();
      assertThat(prologue instanceof Stroll stroll && stroll.isCrowded).isFalse();
    }
  }

  @Test
  void whatWasSavedOnOneCoreGoesOnOnAllAndTheOtherWayRound() {
    VectorEnv alone = begun(new Walk(0), Dealing.NEVER, Prologue.NONE);
    VectorEnv changing = begun(new Walk(0), Dealing.NEVER, Prologue.NONE);
    float[] actions = new float[COPIES];
    boolean[] playing = new boolean[COPIES];
    for (int t = 0; t < 120; t++) {
      if (t % 20 == 0) {
        VectorEnv other =
            begun(new Walk(0), t % 40 == 0 ? Dealing.ALWAYS : Dealing.NEVER, Prologue.NONE);
        other.restore(changing.save());
        changing = other;
      }
      choose(t, actions, playing);
      alone.step(actions, playing);
      changing.step(actions, playing);
      assertThat(changing.observations()).isEqualTo(alone.observations());
      assertThat(changing.save().longs("streams")).isEqualTo(alone.save().longs("streams"));
    }
  }

  /** What two copies may do wrong. */
  private enum Fault {
    STEP_THROWS,
    REWARD_IS_NOT_FINITE,
    OBSERVATION_IS_NOT_FINITE,
    TERMINATED_THROWS,
    RESET_THROWS,
    OVER_AT_ONCE,
    MEMORY_IS_FULL
  }

  /** Goes wrong at its fifth step; the first of two waits there until the second has. */
  private static final class Faulty extends Walk {
    private final String who;
    private final Fault fault;
    private final CountDownLatch await;
    private final CountDownLatch reached;
    private int resets;

    Faulty(String who, Fault fault, CountDownLatch await, CountDownLatch reached) {
      super(0);
      this.who = who;
      this.fault = fault;
      this.await = await;
      this.reached = reached;
    }

    private void meet() {
      reached.countDown();
      try {
        await.await(20, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void reset(double[] state, RandomStream random) {
      super.reset(state, random);
      state[0] = 0;
      if (resets++ > 0) {
        meet();
        if (fault == Fault.RESET_THROWS) {
          throw new IllegalStateException("no more");
        }
        state[0] = 5;
      }
    }

    @Override
    public double step(double[] state, float[] action, RandomStream random) {
      state[0]++;
      if (state[0] < 5 || isOfResets()) {
        return 0;
      }
      meet();
      return switch (fault) {
        case STEP_THROWS -> throw new IllegalArgumentException("too far");
        case MEMORY_IS_FULL -> throw new OutOfMemoryError(who);
        case REWARD_IS_NOT_FINITE -> Double.NaN;
        default -> 0;
      };
    }

    private boolean isOfResets() {
      return fault == Fault.RESET_THROWS || fault == Fault.OVER_AT_ONCE;
    }

    @Override
    public boolean terminated(double[] state) {
      if (fault == Fault.TERMINATED_THROWS && state[0] == 5) {
        throw new IllegalStateException("who knows");
      }
      return state[0] == 5;
    }

    @Override
    public void observe(double[] state, float[] observation) {
      boolean wrong = fault == Fault.OBSERVATION_IS_NOT_FINITE && state[0] == 5;
      Arrays.fill(observation, wrong ? Float.NaN : (float) state[0]);
    }
  }

  private static Throwable failure(Fault lower, Fault upper, Dealing dealing) {
    Env good = new Walk(0);
    CountDownLatch open = new CountDownLatch(0);
    CountDownLatch met = new CountDownLatch(1);
    Env first =
        new Faulty("first", lower, dealing == Dealing.ALWAYS ? met : open, new CountDownLatch(1));
    Env second = new Faulty("second", upper, open, met);
    VectorEnv envs =
        new VectorEnv(
                copy -> copy == 3 ? first : copy == 31 ? second : good,
                COPIES,
                copy -> RandomStream.of(5, "faults", copy),
                Prologue.NONE,
                copy -> RandomStream.at(0))
            .dealing(dealing);
    envs.reset();
    Throwable thrown =
        catchThrowable(
            () -> {
              for (int t = 0; t < 20; t++) {
                envs.step(new float[COPIES]);
              }
            });
    assertThat(dealing == Dealing.NEVER || met.getCount() == 0).isTrue();
    return thrown;
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void ofTwoCopiesThatFailTheFirstIsToldEvenIfTheOtherFailedBeforeIt(Fault fault) {
    Throwable alone = failure(fault, fault, Dealing.NEVER);
    Throwable dealt = failure(fault, fault, Dealing.ALWAYS);
    assertThat(alone).isNotNull();
    assertThat(dealt).isInstanceOf(alone.getClass()).hasMessage(alone.getMessage());
    assertThat(dealt.getMessage()).contains(fault == Fault.MEMORY_IS_FULL ? "first" : "copy 3,");
  }

  @Test
  void aStepThatThrowsComesBeforeAnObservationThatIsNotFiniteAsItDoesOnOneCore() {
    Throwable alone = failure(Fault.OBSERVATION_IS_NOT_FINITE, Fault.STEP_THROWS, Dealing.NEVER);
    Throwable dealt = failure(Fault.OBSERVATION_IS_NOT_FINITE, Fault.STEP_THROWS, Dealing.ALWAYS);
    assertThat(alone).hasMessageContaining("copy 31, episode 0, step 5");
    assertThat(dealt).hasMessage(alone.getMessage());
  }

  /** A walk that tells which threads step it, and lets two of them meet within a step. */
  private static final class Watched extends Walk {
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final AtomicInteger within = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger taken = new AtomicInteger();
    private volatile CountDownLatch meeting = new CountDownLatch(0);

    Watched(long nanos) {
      super(nanos);
    }

    @Override
    public double step(double[] state, float[] action, RandomStream random) {
      most.accumulateAndGet(within.incrementAndGet(), Math::max);
      threads.add(Thread.currentThread());
      taken.incrementAndGet();
      meeting.countDown();
      try {
        assertThat(meeting.await(20, TimeUnit.SECONDS)).isTrue();
        return super.step(state, action, random);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      } finally {
        within.decrementAndGet();
      }
    }
  }

  private static void rounds(VectorEnv envs, int count) {
    for (int round = 0; round < count; round++) {
      envs.step(new float[COPIES]);
    }
  }

  @Test
  void stepsThatAreDearAreTakenOnSeveralCoresAtOnceByTheThreadsOfRuns() throws Exception {
    Watched dear = new Watched(20_000); // 0.74 ms a round
    Worker.does(
        () -> {
          VectorEnv envs = begun(dear, Dealing.WHERE_DEAR, Prologue.NONE);
          rounds(envs, 3);
          dear.meeting = new CountDownLatch(2); // nobody leaves a step alone
          rounds(envs, 1);
        });
    assertThat(dear.meeting.getCount()).isZero();
    assertThat(dear.most.get()).isBetween(2, Parallel.cores());
  }

  @Test
  void threadsThatMayBeInterruptedStepAllCopiesThemselves() {
    Watched dear = new Watched(20_000);
    rounds(begun(dear, Dealing.WHERE_DEAR, Prologue.NONE), 10);
    assertThat(dear.threads).containsExactly(Thread.currentThread());
  }

  @Test
  void copiesThatShareAStreamOfRandomNumbersStayTogether() {
    Watched env = new Watched(0);
    RandomStream shared = RandomStream.of(3, "shared");
    VectorEnv envs = new VectorEnv(env, COPIES, copy -> shared).dealing(Dealing.ALWAYS);
    envs.reset();
    rounds(envs, 10);
    assertThat(env.threads).containsExactly(Thread.currentThread());
  }

  @Test
  void groupsThatOccupyAllCoresAreStillNoMoreThreadsThanCores() {
    Watched env = new Watched(1_000);
    VectorEnv alone = begun(new Walk(0), Dealing.NEVER, Prologue.NONE);
    rounds(alone, 50);
    List<VectorEnv> groups =
        IntStream.range(0, 3 * Parallel.cores())
            .mapToObj(group -> begun(env, Dealing.ALWAYS, Prologue.NONE))
            .toList();
    Parallel.all(groups.stream().map(group -> (Runnable) () -> rounds(group, 50)).toList());
    groups.forEach(group -> assertThat(all(group)).isEqualTo(all(alone)));
    assertThat(env.most.get()).isLessThanOrEqualTo(Parallel.cores());
  }

  @Test
  void whoStopsBetweenStepsLeavesNobodyAtWork() throws Exception {
    Watched dear = new Watched(20_000);
    AtomicInteger checks = new AtomicInteger();
    Worker.does(
        () ->
            assertThatThrownBy(
                    () ->
                        new Evaluator(
                                COPIES,
                                3,
                                () -> {
                                  if (checks.incrementAndGet() == 12) {
                                    throw new IllegalStateException("stop");
                                  }
                                })
                            .evaluate(RandomPolicy.of(dear), dear))
                .hasMessage("stop"));
    assertThat(dear.threads.size()).isGreaterThan(1);
    assertThat(dear.within).hasValue(0);
    assertThat(dear.taken.get()).isBetween(11, 11 * COPIES);
  }

  @Test
  void anEvaluationIsTheSameWhereItsStepsAreDear() throws Exception {
    Watched dear = new Watched(20_000);
    Env cheap = new Walk(0);
    double[][] alone =
        new Evaluator(COPIES, 3, () -> {}).evaluate(RandomPolicy.of(cheap), cheap).returns();
    for (int trial = 0; trial < 50 && dear.threads.size() < 2; trial++) { // cores may be busy
      Worker.does(
          () ->
              assertThat(
                      new Evaluator(COPIES, 3, () -> {})
                          .evaluate(RandomPolicy.of(dear), dear)
                          .returns())
                  .isDeepEqualTo(alone));
    }
    assertThat(dear.threads.size()).isGreaterThan(1);
  }

  @Test
  void aPolicyWithMemoryPlaysTheSameWhereStepsAreDear() throws Exception {
    Watched dear = new Watched(20_000);
    Env cheap = new Walk(0);
    Policy mean =
        Scripted.of(
            "mean",
            cheap,
            2,
            (seen, memory, action) -> {
              memory[0] += seen[1];
              memory[1]++;
              action[0] = seen[1] > memory[0] / memory[1] ? 0 : 1;
            });
    double[][] alone = new Evaluator(COPIES, 3, () -> {}).evaluate(mean, cheap).returns();
    Worker.does(
        () ->
            assertThat(new Evaluator(COPIES, 3, () -> {}).evaluate(mean, dear).returns())
                .isDeepEqualTo(alone));
    assertThat(dear.threads.size()).isGreaterThan(1);
  }
}
