package dev.retort.evaluate;

import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.env.VectorEnv;
import dev.retort.evaluate.Scores.Visits;
import dev.retort.policy.Actor;
import dev.retort.policy.Policy;
import dev.retort.random.RandomStream;
import dev.retort.space.Discrete;
import java.util.Arrays;
import java.util.Optional;

/**
 * Plays a policy's preferred actions and writes down the returns.
 *
 * <p>Episode {@code e} is played by copy {@code e mod copies}, whatever the lengths of the others:
 * "the first hundred episodes to end" would be the short ones. It begins from its own stream of
 * random numbers, so that all policies that are played with one seed meet the same initial states
 * and the same chance, step by step; and in a family of {@code n} tasks it is played in context
 * {@code e mod n}.
 *
 * <pre>{@code
 * Scores scores = new Evaluator(100, 3, () -> {}).evaluate(policy, env);
 * }</pre>
 *
 * @param episodes how many episodes, exactly
 * @param seed names the initial states
 * @param check called before every step; throws to stop
 */
public record Evaluator(int episodes, long seed, Runnable check) {
  private static final int MOST_COPIES = 100;

  /** Refuses to play nothing. */
  public Evaluator {
    if (episodes < 1) {
      throw new RetortException("evaluate: expected at least 1 episode, got " + episodes + ".");
    }
  }

  /** The scores of one policy. */
  public Scores evaluate(Policy policy, Env env) {
    return evaluate(policy, Optional.empty(), env);
  }

  /**
   * The scores of one policy, and the share of the states it visits at which a reference prefers
   * the same choice; actions that are not choices are not compared.
   */
  public Scores evaluate(Policy policy, Policy reference, Env env) {
    return evaluate(policy, Optional.of(reference), env);
  }

  private Scores evaluate(Policy policy, Optional<Policy> reference, Env env) {
    require(policy, env);
    reference.ifPresent(teacher -> require(teacher, env));
    boolean comparable = env.actions() instanceof Discrete;
    int copies = Math.min(MOST_COPIES, episodes);
    try (Actor actor = policy.actor(copies)) {
      if (reference.isEmpty() || !comparable) {
        return new Play(env, copies).run(policy.name(), actor, Optional.empty());
      }
      try (Actor teacher = reference.get().actor(copies)) {
        return new Play(env, copies).run(policy.name(), actor, Optional.of(teacher));
      }
    }
  }

  /** Refuses a policy that does not fit an environment. */
  public static void require(Policy policy, Env env) {
    require("evaluate", "Evaluate where it was trained, or wrap the environment.", policy, env);
  }

  /**
   * The same on behalf of another verb.
   *
   * @param verb who refuses
   * @param advice what to do
   */
  public static void require(String verb, String advice, Policy policy, Env env) {
    if (policy.observations().size() != env.observations().size()) {
      throw new RetortException(
          "%s: expected observations of size %d, got %d (policy '%s' on %s). %s"
              .formatted(
                  verb,
                  policy.observations().size(),
                  env.observations().size(),
                  policy.name(),
                  env.name(),
                  advice));
    }
    if (!policy.actions().summary().equals(env.actions().summary())) {
      throw new RetortException(
          "%s: expected actions of %s, got %s (policy '%s' on %s). %s"
              .formatted(
                  verb,
                  policy.actions().summary(),
                  env.actions().summary(),
                  policy.name(),
                  env.name(),
                  advice));
    }
  }

  /** One pass over all episodes. */
  private final class Play {
    private final Env env;
    private final int copies;
    private final RandomStream[] streams;
    private final VectorEnv envs;
    private final int[] playing;
    private final double[] returns = new double[episodes];
    private Visits visits = Visits.NONE;

    Play(Env env, int copies) {
      this.env = env;
      this.copies = copies;
      this.streams = new RandomStream[copies];
      Arrays.setAll(streams, copy -> RandomStream.of(seed, "evaluation", copy));
      this.envs = new VectorEnv(env, copies, copy -> streams[copy]);
      this.playing = new int[copies];
    }

    Scores run(String name, Actor actor, Optional<Actor> teacher) {
      float[] actions = new float[copies * env.actions().size()];
      float[] preferred = new float[copies];
      for (int copy = 0; copy < copies; copy++) {
        begin(copy, copy);
      }
      int left = episodes;
      while (left > 0) {
        check.run();
        actor.greedy(envs.observations(), actions);
        if (teacher.isPresent()) {
          teacher.get().greedy(envs.observations(), preferred);
        }
        visits = visits.plus(seen(actions, preferred, teacher.isPresent()));
        envs.step(actions);
        left -= collect();
      }
      return new Scores(name, env.name(), new double[][] {returns}, visits);
    }

    /** Counts the states that belong to an episode; copies that are through play on unheard. */
    private Visits seen(float[] actions, float[] preferred, boolean compare) {
      int steps = 0;
      int agreed = 0;
      for (int copy = 0; copy < copies; copy++) {
        if (playing[copy] < episodes) {
          steps++;
          agreed += compare && actions[copy] == preferred[copy] ? 1 : 0;
        }
      }
      return new Visits(steps, compare ? steps : 0, agreed);
    }

    private int collect() {
      int ended = 0;
      for (int copy = 0; copy < copies; copy++) {
        if (playing[copy] < episodes && envs.ended(copy)) {
          returns[playing[copy]] = envs.episodeReturn(copy);
          ended++;
          begin(copy, playing[copy] + copies);
        }
      }
      return ended;
    }

    private void begin(int copy, int episode) {
      playing[copy] = episode;
      if (episode >= episodes) {
        return;
      }
      streams[copy].restore(RandomStream.of(seed, "evaluation", episode).state());
      if (env.contexts() > 1 && env.contexts() < Integer.MAX_VALUE) {
        envs.reset(copy, episode % env.contexts());
      } else {
        envs.reset(copy);
      }
    }
  }
}
