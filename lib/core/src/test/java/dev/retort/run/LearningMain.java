package dev.retort.run;

import dev.retort.collect.Behaviour;
import dev.retort.collect.Collector;
import dev.retort.data.Dataset;
import dev.retort.distill.Distillation;
import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.nn.Mlp;
import dev.retort.plan.Distilling;
import dev.retort.plan.Training;
import dev.retort.policy.Scripted;
import dev.retort.random.RandomStream;
import dev.retort.run.PhaseMarker.Phase;
import dev.retort.space.Space;
import dev.retort.store.Tensors;
import dev.retort.teach.Algorithm;
import dev.retort.teach.DelayedQ;
import dev.retort.teach.Dqn;
import dev.retort.teach.Es;
import dev.retort.teach.Ppo;
import dev.retort.teach.QLearning;
import dev.retort.teach.RMax;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** Carries a tiny learning job, one of {@link #KINDS}, in its own JVM. */
final class LearningMain {
  static final List<String> KINDS =
      List.of("ppo", "dqn", "q-learning", "delayed-q", "r-max", "es", "distill");

  private LearningMain() {}

  /**
   * With kind, folder and marker it is killed by the harness; with a folder it does all of them.
   */
  public static void main(String[] args) {
    RunOptions options = RunOptions.standard().saving(new CheckpointRhythm.EveryBoundaries(2));
    if (args.length == 1) {
      for (String kind : KINDS) {
        Registry.at(Path.of(args[0])).start(job(kind, phase -> {}), options).await();
      }
      return;
    }
    KillHarness.carry(
        args, (own, marker) -> marker.marking(job(own.get(0), marker::enter)), options);
  }

  /** Hears in which phase a job is. */
  @FunctionalInterface
  interface Hearer {
    void enter(Phase phase);
  }

  private static Job<?> job(String kind, Hearer hearer) {
    Phases phases = new Phases(hearer);
    Env env = new Marked(Environments.get("CartPole"), phases);
    return switch (kind) {
      case "ppo" ->
          phases.told(
              train(
                  new Ppo()
                      .steps(1_280)
                      .hidden(8, 8)
                      .environments(4)
                      .rollout(16)
                      .batchSize(16)
                      .epochs(12)
                      .exploreGo(5)
                      .countBonus(0.1)
                      .normalised(),
                  env));
      case "dqn" ->
          phases.told(
              train(
                  new Dqn()
                      .steps(800)
                      .hidden(8, 8)
                      .warmUp(100)
                      .trainEvery(40)
                      .updates(100)
                      .memory(500)
                      .dueling()
                      .prioritised()
                      .nStep(3)
                      .normalised()
                      .set("evaluate-every", "120")
                      .set("evaluate-episodes", "2")
                      .set("keep", "best"),
                  env));
      case "q-learning" ->
          phases.told(
              train(
                  new QLearning()
                      .steps(600)
                      .bins(4)
                      .low(-2, -2, -0.2, -2)
                      .high(2, 2, 0.2, 2)
                      .set("evaluate-every", "200")
                      .set("evaluate-episodes", "2")
                      .set("keep", "best"),
                  env));
      case "delayed-q" ->
          phases.told(
              train(
                  new DelayedQ().steps(600).m(2).bins(3).low(-2, -2, -0.2, -2).high(2, 2, 0.2, 2),
                  env));
      case "r-max" ->
          phases.told(
              train(
                  new RMax().steps(600).m(2).bins(3).low(-2, -2, -0.2, -2).high(2, 2, 0.2, 2),
                  env));
      case "es" ->
          phases.told(train(new Es().steps(900).hidden(8).population(4).weightDecay(0.01), env));
      default -> phases.told(distilling().job());
    };
  }

  private static Job<?> train(Algorithm algorithm, Env env) {
    return new Training(algorithm, env, 3).seeds(4).job();
  }

  private static Distilling distilling() {
    Env env = Environments.get("CartPole");
    Scripted teacher =
        Scripted.of("rule", env, (seen, action) -> action[0] = seen[2] + seen[3] > 0 ? 1 : 0);
    Dataset data =
        new Collector(teacher, env, new Behaviour.Epsilon(0.3), 300, 1)
            .run(Session.unwatched("return", "length"));
    return new Distilling(
        new Distillation().members(5).network(Mlp.of(8)).epochs(40).batchSize(16), data, 2);
  }

  /**
   * Tells environment steps from updates: on each thread a check that follows a check with no step
   * between them is within a block of updates.
   */
  private static final class Phases {
    private final Hearer hearer;
    private final ThreadLocal<Boolean> stepped = ThreadLocal.withInitial(() -> false);

    Phases(Hearer hearer) {
      this.hearer = hearer;
    }

    void step() {
      stepped.set(true);
      hearer.enter(Phase.STEP);
    }

    void check() {
      if (!stepped.get()) {
        hearer.enter(Phase.UPDATE);
      }
      stepped.set(false);
    }

    <R> Job<R> told(Job<R> job) {
      return new DelegatedJob<>(job) {
        @Override
        public R execute(Session session) {
          return super.execute(told(session));
        }
      };
    }

    private Session told(Session session) {
      return new DelegatedSession(session) {
        @Override
        public void check() {
          Phases.this.check();
          super.check();
        }

        @Override
        public void boundary(long step, Supplier<Tensors> state) {
          super.boundary(step, state);
          stepped.set(true);
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
