package dev.retort.env;

import dev.retort.RetortException;
import dev.retort.random.RandomStream;
import dev.retort.run.DivergedException;
import dev.retort.run.Finite;
import dev.retort.space.Difference;
import dev.retort.space.Spaces;
import java.util.Arrays;
import java.util.Optional;

/**
 * The environments of a {@link VectorEnv}: every call of their code is made here, and every number
 * that comes from it is looked at here, so that what is wrong is told with its episode and step.
 */
final class Copies {
  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;
  private static final String ADVICE =
      "The environment gave it: EnvContract.check(env, 0) shows where.";

  private final Env[] envs;
  private final boolean isOne;
  private final Definition said;
  private final int obsSize;
  private final Choices choices;
  private VectorEnv.NameOfEpisode names;

  /** Steps since the reset of each copy, hidden ones included. */
  final int[] steps;

  /** Whether the last step of each copy ended the task. */
  final boolean[] over;

  /** How many episodes each copy has ended. */
  final long[] episodes;

  /** Of which task each copy's episode is. */
  final Tasks tasks;

  Copies(VectorEnv.EnvOfCopy tasks, int count) {
    if (count < 1) {
      throw new RetortException("vector environment: expected at least 1 copy, got " + count + ".");
    }
    this.envs = new Env[count];
    Arrays.setAll(envs, tasks::of);
    this.isOne = Arrays.stream(envs).allMatch(env -> env == envs[0]);
    this.said = Definition.of(envs[0]);
    this.obsSize = said.observations().size();
    this.choices = Choices.in(said.observations());
    this.names =
        (copy, episode) -> (count == 1 ? "" : "copy " + copy + ", ") + "episode " + episode;
    requireAlike();
    requireRoom();
    this.steps = new int[count];
    this.over = new boolean[count];
    this.episodes = new long[count];
    this.tasks = new Tasks(envs, said.stateSize());
    Arrays.fill(episodes, -1);
  }

  private void requireAlike() {
    for (Env other : envs) {
      if (other == envs[0]) {
        continue;
      }
      Definition its = Definition.of(other);
      Optional<Difference> differs =
          new Spaces(said.observations(), said.actions())
              .difference(new Spaces(its.observations(), its.actions()));
      if (differs.isPresent() || !lengths(said).equals(lengths(its))) {
        throw new RetortException(
            "vector environment: expected copies with %s, got %s (%s and %s)."
                .formatted(
                    differs.map(Difference::expected).orElse(lengths(said)),
                    differs.map(Difference::got).orElse(lengths(its)),
                    said.name(),
                    its.name()));
      }
    }
  }

  private static String lengths(Definition definition) {
    return "a horizon of %s and a state of %s numbers"
        .formatted(definition.horizon(), definition.stateSize());
  }

  /** Refuses copies that could not be kept, before any memory is taken. */
  private void requireRoom() {
    long bytes = envs.length * (16L * said.stateSize() + 8L * obsSize);
    long room = Runtime.getRuntime().maxMemory();
    long largest = (long) envs.length * Math.max(obsSize, said.actions().size());
    if (bytes > room || largest > LARGEST_ARRAY) {
      throw new RetortException(
          "vector environment: expected copies that fit into %s MB, got %s of %s, each with a state of %s numbers and an observation of %s. Take fewer copies, or smaller ones."
              .formatted(room >> 20, envs.length, said.name(), said.stateSize(), obsSize));
    }
  }

  Env env() {
    return envs[0];
  }

  Definition said() {
    return said;
  }

  int count() {
    return envs.length;
  }

  void naming(VectorEnv.NameOfEpisode other) {
    names = other;
  }

  String place(int copy) {
    return names.of(copy, Math.max(0, episodes[copy])) + ", step " + steps[copy];
  }

  void reset(int copy, double[] state, RandomStream random) {
    steps[copy] = 0;
    long before = random.state();
    try {
      envs[copy].reset(state, random);
      tasks.begun(copy, before, state);
    } catch (Throwable thrown) {
      throw thrown("reset(..)", copy, thrown);
    }
  }

  void reset(int copy, int context, double[] state, RandomStream random) {
    steps[copy] = 0;
    try {
      envs[copy].reset(context, state, random);
      tasks.given(copy, context);
    } catch (Throwable thrown) {
      throw thrown("reset(..)", copy, thrown);
    }
  }

  /** Tells the environment, where it is one, which steps its copies are about to take. */
  void prepare(double[][] states, float[] actions, boolean[] playing) {
    if (isOne) {
      try {
        envs[0].prepare(states, actions, playing);
      } catch (Throwable thrown) {
        throw thrown("prepare(..)", 0, thrown);
      }
    }
  }

  /**
   * Takes a step, observes where it led and notes whether that is the end; whoever asks looks at
   * what is seen, as after {@link #observe}.
   *
   * @return the reward, one that a float can hold
   */
  double step(int copy, double[] state, float[] action, RandomStream random, float[] observation) {
    Env env = envs[copy];
    String call = "step(..)";
    steps[copy]++;
    try {
      double reward = env.step(state, action, random);
      if (!(Math.abs(reward) <= Float.MAX_VALUE)) {
        throw met("reward", 0, reward, copy, ADVICE);
      }
      call = "observe(..)";
      env.observe(state, observation);
      call = "terminated(..)";
      over[copy] = env.terminated(state);
      return reward;
    } catch (Throwable thrown) {
      throw thrown(call, copy, thrown);
    }
  }

  /** Refuses an episode in which no step could be taken. */
  void requireBegun(int copy, double[] state) {
    boolean begun;
    try {
      begun = !envs[copy].terminated(state);
    } catch (Throwable thrown) {
      throw thrown("terminated(..)", copy, thrown);
    }
    if (!begun) {
      throw EnvException.overAtOnce(said.name(), place(copy));
    }
  }

  /**
   * Observes; whoever asks looks at the numbers with {@link #requireSeen}, for all copies at once.
   */
  void observe(int copy, double[] state, float[] observation) {
    try {
      envs[copy].observe(state, observation);
    } catch (Throwable thrown) {
      throw thrown("observe(..)", copy, thrown);
    }
  }

  /** Looks at what copies {@code from} to {@code to} show, {@code (copies, obsSize)}. */
  void requireSeen(float[] shown, int from, int to) {
    requireSeen(shown, from, to, false);
  }

  /** The same where it may be known that all numbers are finite. */
  void requireSeen(float[] shown, int from, int to, boolean finite) {
    int odd = finite ? -1 : Finite.first(shown, from * obsSize, to * obsSize);
    if (odd >= 0) {
      throw met("observation", odd % obsSize, shown[odd], odd / obsSize, ADVICE);
    }
    int outside = choices.outside(shown, from, to);
    if (outside >= 0) {
      throw EnvException.broken(
          said.name(),
          "'observation' to be one of " + choices.summary(outside % obsSize),
          "%s at index %s (%s)"
              .formatted(shown[outside], outside % obsSize, place(outside / obsSize)),
          ADVICE);
    }
  }

  /** Looks at what copies are to do, {@code (copies, actionSize)}. */
  void requireDone(float[] actions) {
    int odd = Finite.first(actions, 0, actions.length);
    if (odd >= 0) {
      int size = said.actions().size();
      String advice = "Look for what made the policy's output so.";
      throw met("action", odd % size, actions[odd], odd / size, advice);
    }
  }

  private RuntimeException met(String what, int index, double value, int copy, String advice) {
    return DivergedException.met(said.name(), what, index, value, place(copy), steps[copy], advice);
  }

  private RuntimeException thrown(String call, int copy, Throwable thrown) {
    return EnvException.thrown(said.name(), call, place(copy), thrown);
  }
}
