package dev.retort.evaluate;

import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.env.VectorEnv;
import dev.retort.evaluate.Scores.Visits;
import dev.retort.policy.Actor;
import dev.retort.policy.Policy;
import dev.retort.random.RandomStream;
import dev.retort.space.Discrete;
import dev.retort.store.Tensors;
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
    try (Play play = play(policy, reference, env)) {
      while (!play.isOver()) {
        check.run();
        play.step();
      }
      return play.scores();
    }
  }

  /** Begins to play, step by step, for those who stop on the way and go on later. */
  public Play play(Policy policy, Optional<Policy> reference, Env env) {
    require(policy, env);
    reference.ifPresent(teacher -> require(teacher, env));
    return new Play(policy, reference.filter(any -> env.actions() instanceof Discrete), env);
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
          "%s: expected observations of size %s, got %s (policy '%s' on %s). %s"
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

  /** One policy's way through all episodes. */
  public final class Play implements AutoCloseable {
    private final String name;
    private final Env env;
    private final int copies;
    private final Actor actor;
    private final Optional<Actor> teacher;
    private final RandomStream[] streams;
    private final VectorEnv envs;
    private final float[] actions;
    private final float[] preferred;
    private final int[] playing;
    private final boolean[] open;
    private final long[] steps;
    private final long[] agreed;
    private final double[] returns = new double[episodes];
    private Visits visits = Visits.NONE;
    private int played;

    private Play(Policy policy, Optional<Policy> reference, Env env) {
      this.name = policy.name();
      this.env = env;
      this.copies = Math.min(MOST_COPIES, episodes);
      this.actor = policy.actor(copies);
      this.teacher = reference.map(each -> each.actor(copies));
      this.streams = new RandomStream[copies];
      Arrays.setAll(streams, copy -> RandomStream.of(seed, "evaluation", copy));
      this.envs = new VectorEnv(env, copies, copy -> streams[copy]);
      this.actor.placing(envs::place);
      teacher.ifPresent(each -> each.placing(envs::place));
      this.actions = new float[copies * env.actions().size()];
      this.preferred = new float[copies];
      this.playing = new int[copies];
      this.steps = new long[copies];
      this.agreed = new long[copies];
      this.open = new boolean[copies];
      envs.naming((copy, episode) -> "episode " + playing[copy]);
      for (int copy = 0; copy < copies; copy++) {
        begin(copy, copy);
      }
    }

    /** How many episodes have come to their end. */
    public int played() {
      return played;
    }

    /** Whether all have. */
    public boolean isOver() {
      return played == episodes;
    }

    /** Takes a step in every episode that is being played. */
    public void step() {
      actor.greedy(envs.observations(), actions);
      teacher.ifPresent(each -> each.greedy(envs.observations(), preferred));
      for (int copy = 0; copy < copies; copy++) {
        steps[copy]++;
        agreed[copy] += teacher.isPresent() && actions[copy] == preferred[copy] ? 1 : 0;
      }
      envs.step(actions, open);
      for (int copy = 0; copy < copies; copy++) {
        if (open[copy] && envs.ended(copy)) {
          returns[playing[copy]] = envs.episodeReturn(copy);
          long compared = teacher.isPresent() ? steps[copy] : 0;
          visits = visits.plus(new Visits(steps[copy], compared, agreed[copy]));
          played++;
          begin(copy, playing[copy] + copies);
        }
      }
    }

    private void begin(int copy, int episode) {
      playing[copy] = episode;
      steps[copy] = 0;
      agreed[copy] = 0;
      open[copy] = episode < episodes;
      if (!open[copy]) {
        return; // this copy is through, and rests
      }
      streams[copy].restore(RandomStream.of(seed, "evaluation", episode).state());
      if (env.contexts() > 1 && env.contexts() < Integer.MAX_VALUE) {
        envs.reset(copy, episode % env.contexts());
      } else {
        envs.reset(copy);
      }
    }

    /** What is needed to go on: episodes that have not come to their end begin anew. */
    public Tensors save() {
      return new Tensors()
          .put("returns", returns.clone())
          .put("playing", playing.clone())
          .put("visits", visits.numbers());
    }

    /** Goes on from what {@link #save()} gave. */
    public void restore(Tensors saved) {
      System.arraycopy(saved.doubles("returns"), 0, returns, 0, episodes);
      visits = Visits.of(saved.longs("visits"));
      int[] next = saved.ints("playing");
      played = 0;
      for (int copy = 0; copy < copies; copy++) {
        played += (next[copy] - copy) / copies;
        begin(copy, next[copy]);
      }
    }

    /** The returns of all episodes. */
    public Scores scores() {
      return new Scores(name, env.title(), new double[][] {returns}, visits);
    }

    @Override
    public void close() {
      actor.close();
      teacher.ifPresent(Actor::close);
    }
  }
}
