package dev.retort.collect;

import dev.retort.RetortException;
import dev.retort.data.Dataset;
import dev.retort.data.End;
import dev.retort.data.Recorder;
import dev.retort.data.Supervision;
import dev.retort.env.Definition;
import dev.retort.env.Env;
import dev.retort.env.VectorEnv;
import dev.retort.policy.Actor;
import dev.retort.policy.Fit;
import dev.retort.policy.Policy;
import dev.retort.random.RandomStream;

/** Whole episodes of a teacher, one from each task of a family. */
public final class Demonstrations {
  private Demonstrations() {}

  /**
   * One episode of greedy actions in each context, in their order, with the teacher's outputs at
   * every state.
   *
   * @param family with contexts that can be counted, such as {@code env("Reacher-C4")}
   */
  public static Dataset of(Policy teacher, Env family) {
    Definition.given("demonstrations", family);
    Fit.require("demonstrations", "a teacher", teacher, family, "");
    if (family.contexts() == Integer.MAX_VALUE) {
      throw new RetortException(
          "demonstrations: expected a family of contexts that can be counted, got %s. Take a part, such as train(4)."
              .formatted(family.name()));
    }
    Supervision labels = Supervision.of(teacher);
    Recorder recorder = new Recorder(family, labels);
    VectorEnv envs = new VectorEnv(family, 1, copy -> RandomStream.of(0, "demonstrations", copy));
    envs.naming((copy, episode) -> "episode " + episode / 2); // one more begins by itself each time
    float[] before = new float[family.observations().size()];
    float[] action = new float[family.actions().size()];
    try (Actor actor = teacher.actor(envs, labels.outputs())) {
      for (int context = 0; context < family.contexts(); context++) {
        envs.reset(0, context);
        do {
          System.arraycopy(envs.observations(), 0, before, 0, before.length);
          float[] outputs = actor.greedy(before, action);
          envs.step(action);
          recorder.step(before, 0, action, 0, envs.rewards()[0], outputs, 0);
        } while (!envs.ended(0));
        recorder.end(envs.nextObservations(), 0, End.of(true, envs.terminated()[0]), context);
      }
    }
    return recorder.dataset(family.name() + "-demonstrations");
  }
}
