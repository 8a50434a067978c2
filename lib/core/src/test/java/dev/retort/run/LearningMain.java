package dev.retort.run;

import dev.retort.env.Env;
import dev.retort.plan.Plan;
import dev.retort.random.RandomStream;
import dev.retort.run.PhaseMarker.Phase;
import dev.retort.space.Space;
import dev.retort.store.Disk;
import dev.retort.store.Tensors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Carries a run of every kind, {@link Kinds}, side by side in its own JVM: starts them in a folder,
 * or resumes all that have not finished, and waits for their ends.
 *
 * <p>Arguments: the folder, the folder of the markers, and the interval of checkpoints. The
 * standard interval is that of {@link RunOptions#standard()}, by a clock that is so much faster as
 * these runs are shorter than those of people.
 */
final class LearningMain {
  /** A checkpoint at every second boundary. */
  static final String OFTEN = "often";

  /** Checkpoints as people get them. */
  static final String STANDARD = "standard";

  /** How many times as fast as people's clock that of the standard interval is; 1 is theirs. */
  static final int FASTER = Integer.getInteger("retort.clock", 40);

  private LearningMain() {}

  /** See the class. */
  public static void main(String[] args) throws Exception {
    Path markers = Files.createDirectories(Path.of(args[1]));
    boolean often = args[2].equals(OFTEN);
    Registry registry =
        Registry.at(Path.of(args[0]), Disk.real(), often ? RunClock.system() : new FastClock());
    RunOptions options =
        often
            ? RunOptions.standard().saving(new CheckpointInterval.EveryBoundaries(2))
            : RunOptions.standard();
    Phases phases = new Phases();
    Pace pace = new Pace();
    Map<String, Plan<?>> plans = Kinds.plans(env -> new Marked(env, phases));
    boolean resuming = !registry.all().isEmpty();
    List<Run<?>> runs = new ArrayList<>();
    for (Map.Entry<String, Plan<?>> plan : plans.entrySet()) {
      PhaseMarker marker = PhaseMarker.in(markers.resolve(plan.getKey()));
      Job<?> job = pace.kept(marker, phases.told(marker, marker.marking(plan.getValue().job())));
      if (!resuming) {
        runs.add(registry.start(job, options));
      } else if (registry.open(id(plan.getKey(), plans)).summary().state() != RunState.FINISHED) {
        runs.add(registry.resume(id(plan.getKey(), plans), job, options));
      } else {
        marker.step(job.total());
      }
    }
    for (Run<?> run : runs) {
      run.await();
    }
  }

  /** The number of the run of a kind. */
  private static int id(String kind, Map<String, Plan<?>> plans) {
    return 1 + List.copyOf(plans.keySet()).indexOf(kind);
  }

  /** Lets no run be far ahead of the slowest, so that a kill meets all of them at work. */
  private static final class Pace {
    private static final double AHEAD = 0.1;

    private final Map<PhaseMarker, Long> totals = new ConcurrentHashMap<>();

    private double slowest() {
      return totals.entrySet().stream()
          .mapToDouble(each -> (double) each.getKey().step() / each.getValue())
          .min()
          .orElse(1);
    }

    <R> Job<R> kept(PhaseMarker own, Job<R> job) {
      totals.put(own, job.total());
      return new DelegatedJob<>(job) {
        @Override
        public R execute(Session session) {
          try {
            return super.execute(kept(own, session));
          } finally {
            own.step(job.total());
          }
        }
      };
    }

    private Session kept(PhaseMarker own, Session session) {
      return new DelegatedSession(session) {
        @Override
        public void boundary(long step, Supplier<Tensors> state) {
          super.boundary(step, state);
          while (own.isClosed() || (double) step / totals.get(own) > slowest() + AHEAD) {
            LockSupport.parkNanos(5_000_000);
          }
        }
      };
    }
  }

  /** Time that flies. */
  private record FastClock() implements RunClock {
    @Override
    public Instant now() {
      return Instant.now();
    }

    @Override
    public long nanos() {
      return FASTER * System.nanoTime();
    }
  }

  /**
   * Tells environment steps from updates: on each thread a check that follows a check with no step
   * between them is within a block of updates. What a thread works for is known from the checks.
   */
  private static final class Phases {
    private static final ThreadLocal<PhaseMarker> MARKER = new ThreadLocal<>();
    private static final ThreadLocal<Boolean> STEPPED = ThreadLocal.withInitial(() -> false);

    void step() {
      STEPPED.set(true);
      if (MARKER.get() != null) {
        MARKER.get().enter(Phase.STEP);
      }
    }

    void check(PhaseMarker own) {
      MARKER.set(own);
      if (!STEPPED.get()) {
        own.enter(Phase.UPDATE);
      }
      STEPPED.set(false);
    }

    <R> Job<R> told(PhaseMarker own, Job<R> job) {
      return new DelegatedJob<>(job) {
        @Override
        public R execute(Session session) {
          return super.execute(told(own, session));
        }
      };
    }

    private Session told(PhaseMarker own, Session session) {
      return new DelegatedSession(session) {
        @Override
        public void check() {
          Phases.this.check(own);
          super.check();
        }

        @Override
        public void boundary(long step, Supplier<Tensors> state) {
          super.boundary(step, state);
          STEPPED.set(true);
        }
      };
    }
  }

  /** An environment that tells of its steps. */
  private record Marked(Env env, Phases phases) implements Env {
    @Override
    public String name() {
      return env.name();
    }

    @Override
    public Space observations() {
      return env.observations();
    }

    @Override
    public Space actions() {
      return env.actions();
    }

    @Override
    public int horizon() {
      return env.horizon();
    }

    @Override
    public int stateSize() {
      return env.stateSize();
    }

    @Override
    public void reset(double[] state, RandomStream random) {
      env.reset(state, random);
    }

    @Override
    public double step(double[] state, float[] action, RandomStream random) {
      phases.step();
      return env.step(state, action, random);
    }

    @Override
    public boolean terminated(double[] state) {
      return env.terminated(state);
    }

    @Override
    public void observe(double[] state, float[] observation) {
      env.observe(state, observation);
    }
  }
}
