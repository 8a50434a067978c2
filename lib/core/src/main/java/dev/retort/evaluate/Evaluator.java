package dev.retort.evaluate;

import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.env.VectorEnv;
import dev.retort.evaluate.Scores.Sampling;
import dev.retort.evaluate.Scores.Visits;
import dev.retort.policy.Actor;
import dev.retort.policy.Fit;
import dev.retort.policy.Policy;
import dev.retort.random.RandomStream;
import dev.retort.space.Discrete;
import dev.retort.store.Tensors;
import java.util.Arrays;
import java.util.Optional;

/**
 * Plays a policy's greedy actions, or drawn ones, and writes down the returns.
 *
 * <p>Episode {@code e} is played by copy {@code e mod copies}, whatever the lengths of the others:
 * "the first hundred episodes to end" would be the short ones. It begins from its own stream of
 * random numbers, so that all policies that are played with one seed meet the same initial states
 * and the same chance, step by step; and in a family of {@code n} tasks it is played in context
 * {@code e mod n}. The runs of a population have episodes of their own, the same as the runs of the
 * same number in other populations.
 *
 * <p>Where nothing is left to chance, neither in the environment nor in the policy, a context that
 * is played again gives the same return: it is played once.
 *
 * <pre>{@code
 * Scores scores = new Evaluator(100, 3, () -> {}).evaluate(policy, env);
 * }</pre>
 *
 * @param episodes how many episodes at most: exactly so many, unless they repeat
 * @param first the number of the first of them, for those who go on with an evaluation
 * @param run the number of the run in its population, which has episodes of its own
 * @param seed names the initial states
 * @param isStochastic whether actions are drawn from the policy, in place of the greedy ones
 * @param check called before every step; throws to stop
 */
public record Evaluator(
    int episodes, int first, int run, long seed, boolean isStochastic, Runnable check) {
  /** The name of what leads unless anybody says otherwise. */
  public static final String RETURN = Measurements.RETURN;

  private static final int MOST_COPIES = 100;

  /** Refuses to play nothing. */
  public Evaluator {
    if (episodes < 1) {
      throw new RetortException("evaluate: expected at least 1 episode, got " + episodes + ".");
    }
  }

  /** Plays so many episodes of a single policy greedily. */
  public Evaluator(int episodes, long seed, Runnable check) {
    this(episodes, 0, 0, seed, false, check);
  }

  /** Draws actions from the policy, or takes the greedy ones. */
  public Evaluator stochastic(boolean is) {
    return new Evaluator(episodes, first, run, seed, is, check);
  }

  /** Plays the episodes of one run of a population. */
  public Evaluator ofRun(int number) {
    return new Evaluator(episodes, first, number, seed, isStochastic, check);
  }

  /** Goes on where so many episodes were played, until there are so many in all. */
  public Evaluator from(int played, int all) {
    return new Evaluator(all - played, played, run, seed, isStochastic, check);
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
    Fit.require(
        "evaluate",
        "a policy",
        policy,
        env,
        "Evaluate where it was trained, or wrap the environment.");
  }

  /** Refuses a measure that an environment does not have; all of them have a return. */
  public static void requireMeasure(String measure, Env env) {
    Measurements.require(measure, env);
  }

  /** One policy's way through all episodes. */
  public final class Play implements AutoCloseable {
    private final String name;
    private final Env env;
    private final int copies;
    private final Actor actor;
    private final Optional<Actor> teacher;
    private final RandomStream[] streams;
    private final RandomStream[] drawing;
    private final long[] begun;
    private final boolean draws;
    private final VectorEnv envs;
    private final float[] actions;
    private final float[] preferred;
    private final int[] playing;
    private final boolean[] open;
    private final long[] steps;
    private final long[] agreed;
    private final double[] returns = new double[episodes];
    private final Measuring measuring;
    private final boolean[] ended = new boolean[episodes];
    private final int contexts;
    private boolean isDetermined;
    private final long[] lengths = new long[episodes];
    private final long[] alike = new long[episodes];
    private int played;

    private Play(Policy policy, Optional<Policy> reference, Env env) {
      this.name = policy.name();
      this.env = env;
      this.copies = Math.min(MOST_COPIES, episodes);
      this.streams = new RandomStream[copies];
      Arrays.setAll(streams, copy -> RandomStream.of(seed, "evaluation", copy));
      this.drawing = new RandomStream[copies];
      Arrays.setAll(drawing, copy -> RandomStream.of(seed, "evaluation actions", copy));
      this.begun = new long[copies];
      this.draws = isStochastic || policy.isAlwaysDrawn();
      this.isDetermined = !draws;
      this.contexts = env.contexts();
      this.measuring = new Measuring(env, copies, episodes);
      this.envs = new VectorEnv(env, copies, copy -> streams[copy]);
      this.actor = policy.actor(envs);
      this.teacher = reference.map(each -> each.actor(envs));
      this.actions = new float[copies * env.actions().size()];
      this.preferred = new float[copies];
      this.playing = new int[copies];
      this.steps = new long[copies];
      this.agreed = new long[copies];
      this.open = new boolean[copies];
      envs.naming((copy, episode) -> "episode " + (first + playing[copy]));
      for (int copy = 0; copy < copies; copy++) {
        begin(copy, copy);
      }
    }

    /** How many episodes have come to their end. */
    public int played() {
      return played;
    }

    /** Whether all have, or those that are left would repeat them. */
    public boolean isOver() {
      return played == episodes || isWhole();
    }

    /** Whether every context was played, and nothing was left to chance in any episode. */
    private boolean isWhole() {
      if (!isDetermined || first > 0 || contexts >= episodes) {
        return false;
      }
      for (int context = 0; context < contexts; context++) {
        if (!ended[context]) {
          return false;
        }
      }
      return true;
    }

    /** Takes a step in every episode that is being played. */
    public void step() {
      if (draws) {
        actor.sample(envs.observations(), drawing, actions);
      } else {
        actor.greedy(envs.observations(), actions);
      }
      teacher.ifPresent(each -> each.greedy(envs.observations(), preferred));
      for (int copy = 0; copy < copies; copy++) {
        steps[copy]++;
        agreed[copy] += teacher.isPresent() && actions[copy] == preferred[copy] ? 1 : 0;
      }
      envs.step(actions, open);
      for (int copy = 0; copy < copies; copy++) {
        if (open[copy] && envs.ended(copy)) {
          returns[playing[copy]] = envs.episodeReturn(copy);
          measuring.end(copy, playing[copy], envs.finalState(copy), steps[copy]);
          ended[playing[copy]] = true;
          isDetermined &= envs.finalStream(copy) == begun[copy];
          lengths[playing[copy]] = steps[copy];
          alike[playing[copy]] = agreed[copy];
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
      streams[copy].restore(stream("evaluation", episode));
      drawing[copy].restore(stream("evaluation actions", episode));
      begun[copy] = streams[copy].state();
      if (contexts > 1 && contexts < Integer.MAX_VALUE) {
        envs.reset(copy, (first + episode) % contexts);
      } else {
        envs.reset(copy);
      }
      measuring.begin(copy, envs.state(copy));
    }

    private long stream(String purpose, int episode) {
      String own = run == 0 ? purpose : purpose + " of run " + run;
      return RandomStream.of(seed, own, first + (long) episode).state();
    }

    /** What is needed to go on: episodes that have not come to their end begin anew. */
    public Tensors save() {
      Tensors saved =
          new Tensors()
              .put("returns", returns.clone())
              .put("playing", playing.clone())
              .put("determined", new int[] {isDetermined ? 1 : 0})
              .put("lengths", lengths.clone())
              .put("alike", alike.clone());
      measuring.save(saved);
      return saved;
    }

    /** Goes on from what {@link #save()} gave. */
    public void restore(Tensors saved) {
      if (!saved.has("lengths") || !measuring.fits(saved)) {
        return; // a checkpoint of before, which has less than is asked for: all begin anew
      }
      System.arraycopy(saved.doubles("returns"), 0, returns, 0, episodes);
      System.arraycopy(saved.longs("lengths"), 0, lengths, 0, episodes);
      System.arraycopy(saved.longs("alike"), 0, alike, 0, episodes);
      measuring.restore(saved);
      isDetermined = saved.ints("determined")[0] == 1;
      int[] next = saved.ints("playing");
      played = 0;
      for (int copy = 0; copy < copies; copy++) {
        for (int episode = copy; episode < next[copy]; episode += copies) {
          ended[episode] = true;
          played++;
        }
        begin(copy, next[copy]);
      }
    }

    /** The returns of all episodes; of those that repeat, once. */
    public Scores scores() {
      int count = isWhole() ? contexts : episodes;
      long taken = Arrays.stream(lengths, 0, count).sum();
      long agreeing = Arrays.stream(alike, 0, count).sum();
      return new Scores(
          name,
          env.title(),
          Measurements.of(
              new double[][] {Arrays.copyOf(returns, count)},
              measuring.first(count),
              Measurements.lower(env)),
          new Sampling(contexts, isDetermined),
          new Visits(taken, teacher.isPresent() ? taken : 0, agreeing));
    }

    @Override
    public void close() {
      actor.close();
      teacher.ifPresent(Actor::close);
    }
  }
}
