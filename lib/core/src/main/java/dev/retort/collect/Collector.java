package dev.retort.collect;

import dev.retort.RetortException;
import dev.retort.data.Dataset;
import dev.retort.data.End;
import dev.retort.data.Recorder;
import dev.retort.data.Supervision;
import dev.retort.env.Env;
import dev.retort.env.Prologue;
import dev.retort.env.VectorEnv;
import dev.retort.policy.ExploreGo;
import dev.retort.policy.Fit;
import dev.retort.policy.Policy;
import dev.retort.random.RandomStream;
import dev.retort.run.Curve;
import dev.retort.run.Resumable;
import dev.retort.run.Session;
import dev.retort.space.Bounded;
import dev.retort.space.Box;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Collects a dataset: a behavior acts, the teacher's outputs are recorded at every recorded state.
 *
 * <p>Eight copies of the environment act side by side until each has recorded its share of the
 * steps; the episodes that are open then are cut off there.
 */
public final class Collector {
  private static final int COPIES = 8;

  private final Policy teacher;
  private final Env env;
  private final Behavior behavior;
  private final int steps;
  private final long seed;
  private final Supervision labels;

  /** Prepares a collection of {@code steps} recorded steps. */
  public Collector(Policy teacher, Env env, Behavior behavior, int steps, long seed) {
    this(teacher, env, behavior, steps, seed, List.of());
  }

  /**
   * The same, where more of the teacher is recorded.
   *
   * @param outputs what is wanted beside the numbers of its distribution and the value of the
   *     state, such as {@code features}
   */
  public Collector(
      Policy teacher, Env env, Behavior behavior, int steps, long seed, List<String> outputs) {
    if (steps < 1) {
      throw new RetortException("collect: expected at least 1 step, got " + steps + ".");
    }
    Fit.require("collect", "a teacher", teacher, env, "");
    if (behavior instanceof Behavior.ExploreGo go && go.explorer().isPresent()) {
      Fit.require("collect", "an explorer", go.explorer().get(), env, "");
    }
    if (behavior instanceof Behavior.Mixture mixture) {
      Fit.require("collect", "a student", mixture.student(), env, "");
    }
    boolean uniform =
        behavior instanceof Behavior.Uniform
            || behavior instanceof Behavior.Noisy
            || behavior instanceof Behavior.Styled
            || (behavior instanceof Behavior.Epsilon some && some.epsilon() > 0)
            || (behavior instanceof Behavior.ExploreGo by && by.explorer().isEmpty());
    if (uniform) {
      Bounded.require("collect", "to draw from uniformly", env.actions(), env.name());
    }
    if (behavior instanceof Behavior.OrnsteinUhlenbeck && !(env.actions() instanceof Box)) {
      throw new RetortException(
          "collect: expected continuous actions for %s, got %s (%s). Say epsilon(0.1)."
              .formatted(behavior, env.actions().summary(), env.name()));
    }
    this.teacher = teacher;
    this.env = env;
    this.behavior = behavior;
    this.steps = steps;
    this.seed = seed;
    this.labels = Supervision.of(teacher, outputs);
  }

  /**
   * Collects. A resumed collection goes on with the very step at which it was saved.
   *
   * @param session its curve has the columns {@code return} and {@code length} of every recorded
   *     episode, and may have {@code hidden}, the hidden steps of all copies so far
   */
  public Dataset run(Session session) {
    if (!(behavior instanceof Behavior.ExploreGo go)) {
      return run(session, Prologue.NONE);
    }
    try (ExploreGo hidden =
        go.explorer()
            .map(explorer -> ExploreGo.by(explorer, go.limit()))
            .orElseGet(() -> ExploreGo.random(go.limit(), env.actions()))) {
      return run(session, hidden);
    }
  }

  private Dataset run(Session session, Prologue prologue) {
    int copies = Math.min(COPIES, steps);
    VectorEnv envs =
        new VectorEnv(
            copy -> env,
            copies,
            copy -> RandomStream.of(seed, "environment", copy),
            prologue,
            copy -> RandomStream.of(seed, "prologue", copy));
    RandomStream[] choice = new RandomStream[copies];
    Arrays.setAll(choice, copy -> RandomStream.of(seed, "behavior", copy));
    Recorder[] recorders = new Recorder[copies];
    Arrays.setAll(recorders, copy -> new Recorder(env, labels));
    int obsSize = env.observations().size();
    int actionSize = env.actions().size();
    float[] actions = new float[copies * actionSize];
    float[] before = new float[copies * obsSize];
    envs.reset();
    Resumable state = new Resumable().part("environments", envs::save, envs::restore);
    state.longs(
        "choice",
        () -> Arrays.stream(choice).mapToLong(RandomStream::state).toArray(),
        saved -> Arrays.setAll(choice, copy -> RandomStream.at(saved[copy])));
    for (int copy = 0; copy < copies; copy++) {
      state.part("recorder" + copy, recorders[copy]::save, recorders[copy]::restore);
    }
    try (Acting acting = new Acting(teacher, envs, behavior, labels, seed, choice)) {
      acting.rememberIn(state);
      session.resumed().ifPresent(state::restore);
      int recorded = Arrays.stream(recorders).mapToInt(Recorder::size).sum();
      while (recorded < steps) {
        session.check();
        System.arraycopy(envs.observations(), 0, before, 0, before.length);
        float[] outputs = acting.act(before, actions).clone();
        envs.step(actions);
        for (int copy = 0; copy < copies; copy++) {
          int share = steps / copies + (copy < steps % copies ? 1 : 0);
          Recorder recorder = recorders[copy];
          if (recorder.size() < share) {
            recorder.step(
                before,
                copy * obsSize,
                actions,
                copy * actionSize,
                envs.rewards()[copy],
                outputs,
                copy * labels.width());
            recorded++;
          }
          if (recorder.open() && (envs.ended(copy) || recorder.size() == share)) {
            End how = End.of(envs.ended(copy), envs.terminated()[copy]);
            recorder.end(envs.nextObservations(), copy * obsSize, how, envs.task(copy));
            if (envs.ended(copy)) {
              record(session.curve(), recorded, envs, copy);
            }
          }
        }
        session.boundary(recorded, state::save);
      }
    }
    Recorder all = new Recorder(env, labels);
    for (Recorder recorder : recorders) {
      all.addAll(recorder);
    }
    return all.dataset("%s-%s-%s".formatted(env.name(), behavior, steps));
  }

  private static void record(Curve curve, int recorded, VectorEnv envs, int copy) {
    double length = envs.episodeLength(copy);
    if (curve.columns().contains("hidden")) {
      double hidden = IntStream.range(0, envs.copies()).mapToLong(envs::hiddenSteps).sum();
      curve.add(recorded, 0, envs.episodeReturn(copy), length, hidden);
    } else {
      curve.add(recorded, 0, envs.episodeReturn(copy), length);
    }
  }
}
