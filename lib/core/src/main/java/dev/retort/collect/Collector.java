package dev.retort.collect;

import dev.retort.RetortException;
import dev.retort.data.Dataset;
import dev.retort.data.Recorder;
import dev.retort.env.Env;
import dev.retort.env.VectorEnv;
import dev.retort.policy.Actor;
import dev.retort.policy.Policy;
import dev.retort.random.RandomStream;
import dev.retort.run.Session;
import dev.retort.store.Tensors;
import java.util.Arrays;

/**
 * Collects a dataset: a behaviour acts, the teacher's outputs are recorded at every recorded state.
 *
 * <p>Eight copies of the environment act side by side until each has recorded its share of the
 * steps; the episodes that are open then are cut off there.
 */
public final class Collector {
  private static final int COPIES = 8;

  private final Policy teacher;
  private final Env env;
  private final Behaviour behaviour;
  private final int steps;
  private final long seed;

  /** Prepares a collection of {@code steps} recorded steps. */
  public Collector(Policy teacher, Env env, Behaviour behaviour, int steps, long seed) {
    if (steps < 1) {
      throw new RetortException("collect: expected at least 1 step, got " + steps + ".");
    }
    requireFit(teacher, env);
    this.teacher = teacher;
    this.env = env;
    this.behaviour = behaviour;
    this.steps = steps;
    this.seed = seed;
  }

  /** Refuses a teacher that sees or does other things than an environment. */
  static void requireFit(Policy teacher, Env env) {
    if (!teacher.observations().equals(env.observations())
        || !teacher.actions().equals(env.actions())) {
      throw new RetortException(
          "collect: expected a teacher from %s to %s for %s, got '%s' from %s to %s."
              .formatted(
                  env.observations().summary(),
                  env.actions().summary(),
                  env.name(),
                  teacher.name(),
                  teacher.observations().summary(),
                  teacher.actions().summary()));
    }
  }

  /**
   * Collects. A resumed collection begins anew: it is short, and gives the same data.
   *
   * @param session its curve has the columns {@code return} and {@code length} of every recorded
   *     episode
   */
  public Dataset run(Session session) {
    int copies = Math.min(COPIES, steps);
    VectorEnv envs = new VectorEnv(env, copies, copy -> RandomStream.of(seed, "environment", copy));
    RandomStream[] choice = new RandomStream[copies];
    Arrays.setAll(choice, copy -> RandomStream.of(seed, "behaviour", copy));
    Recorder[] recorders = new Recorder[copies];
    Arrays.setAll(
        recorders, copy -> new Recorder(env.observations(), env.actions(), teacher.head()));
    int obsSize = env.observations().size();
    int actionSize = env.actions().size();
    float[] actions = new float[copies * actionSize];
    float[] before = new float[copies * obsSize];
    int[] silent = new int[copies];
    Arrays.setAll(silent, copy -> silentSteps(choice[copy]));
    envs.reset();
    int recorded = 0;
    try (Actor actor = teacher.actor(copies)) {
      while (recorded < steps) {
        session.check();
        System.arraycopy(envs.observations(), 0, before, 0, before.length);
        float[] outputs = act(actor, before, choice, silent, actions).clone();
        envs.step(actions);
        for (int copy = 0; copy < copies; copy++) {
          boolean exploring = silent[copy] > 0;
          int share = steps / copies + (copy < steps % copies ? 1 : 0);
          Recorder recorder = recorders[copy];
          if (!exploring && recorder.size() < share) {
            recorder.step(
                before,
                copy * obsSize,
                actions,
                copy * actionSize,
                envs.rewards()[copy],
                outputs,
                copy * teacher.width());
            recorded++;
          }
          if (recorder.open() && (envs.ended(copy) || recorder.size() == share)) {
            recorder.end(envs.nextObservations(), copy * obsSize, envs.terminated()[copy]);
            if (envs.ended(copy)) {
              session.curve().add(recorded, 0, envs.episodeReturn(copy), envs.episodeLength(copy));
            }
          }
          silent[copy] =
              envs.ended(copy) ? silentSteps(choice[copy]) : Math.max(0, silent[copy] - 1);
        }
        session.boundary(recorded, Tensors::new);
      }
    }
    Recorder all = new Recorder(env.observations(), env.actions(), teacher.head());
    for (Recorder recorder : recorders) {
      all.addAll(recorder);
    }
    return all.dataset("%s-%s-%d".formatted(env.name(), behaviour, steps));
  }

  private int silentSteps(RandomStream random) {
    return behaviour instanceof Behaviour.ExploreGo go ? random.nextInt(go.limit()) : 0;
  }

  private float[] act(
      Actor actor, float[] obs, RandomStream[] choice, int[] silent, float[] actions) {
    boolean sampled =
        behaviour instanceof Behaviour.Stochastic || behaviour instanceof Behaviour.ExploreGo;
    float[] outputs = sampled ? actor.sample(obs, choice, actions) : actor.greedy(obs, actions);
    double random =
        behaviour instanceof Behaviour.Uniform
            ? 1
            : behaviour instanceof Behaviour.Epsilon e ? e.epsilon() : 0;
    for (int copy = 0; copy < choice.length; copy++) {
      if (silent[copy] > 0 || (random > 0 && choice[copy].nextDouble() < random)) {
        env.actions().sample(choice[copy], actions, copy * env.actions().size());
      }
    }
    return outputs;
  }
}
