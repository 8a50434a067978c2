package dev.retort.collect;

import dev.retort.data.Supervision;
import dev.retort.env.VectorEnv;
import dev.retort.policy.Actor;
import dev.retort.policy.Policy;
import dev.retort.random.RandomStream;
import dev.retort.run.Resumable;
import dev.retort.space.Group;
import dev.retort.space.Space;
import java.util.List;
import java.util.Optional;

/** A behavior at work on copies of an environment, while the teacher is asked at every state. */
final class Acting implements AutoCloseable {
  private final Policy teacher;
  private final VectorEnv envs;
  private final long seed;
  private final Space possible;
  private final List<Space> parts;
  private final Behavior behavior;
  private final RandomStream[] choice;
  private final Actor actor;
  private final Optional<Actor> student;
  private final float[] students;

  /**
   * A behavior at work.
   *
   * @param envs the copies
   * @param labels what is asked of the teacher
   * @param seed names what is drawn for whole episodes
   * @param choice one stream a copy, of what is drawn for steps
   */
  Acting(
      Policy teacher,
      VectorEnv envs,
      Behavior behavior,
      Supervision labels,
      long seed,
      RandomStream[] choice) {
    this.teacher = teacher;
    this.envs = envs;
    this.seed = seed;
    this.possible = envs.env().actions();
    this.parts =
        possible instanceof Group group ? List.copyOf(group.parts().values()) : List.of(possible);
    this.behavior = behavior;
    this.choice = choice;
    this.actor = teacher.actor(envs, labels.outputs());
    this.student =
        behavior instanceof Behavior.Mixture mixture
            ? Optional.of(mixture.student().actor(envs))
            : Optional.empty();
    this.students = new float[choice.length * possible.size()];
  }

  /** What the teacher and the student remember, if they do, as a part of all that is saved. */
  void rememberIn(Resumable state) {
    remember(state, "memory", actor);
    student.ifPresent(own -> remember(state, "studentMemory", own));
  }

  private static void remember(Resumable state, String name, Actor actor) {
    if (actor.memory().length > 0) {
      state.floats(name, actor::memory, actor::recall);
    }
  }

  /**
   * Chooses what every copy does.
   *
   * @param obs {@code (copies, obsSize)}
   * @param actions receives {@code (copies, actionSize)}
   * @return the teacher's outputs, {@code (copies, width)}, live until the next call
   */
  float[] act(float[] obs, float[] actions) {
    boolean sampled =
        teacher.isAlwaysDrawn()
            || behavior instanceof Behavior.Stochastic
            || behavior instanceof Behavior.ExploreGo;
    float[] outputs = sampled ? actor.sample(obs, choice, actions) : actor.greedy(obs, actions);
    if (behavior instanceof Behavior.Mixture mixture) {
      mix(obs, mixture.teachersShare(), actions);
    }
    if (behavior instanceof Behavior.Noisy noisy) {
      disturb(noisy.shares(), actions);
    }
    if (behavior instanceof Behavior.Styled) {
      walk(actions);
    }
    double random =
        behavior instanceof Behavior.Uniform
            ? 1
            : behavior instanceof Behavior.Epsilon e ? e.epsilon() : 0;
    for (int copy = 0; copy < choice.length; copy++) {
      if (random > 0 && choice[copy].nextDouble() < random) {
        possible.sample(choice[copy], actions, copy * possible.size());
      }
    }
    return outputs;
  }

  /** What is drawn for the episode that a copy is in, the same at each of its steps. */
  private RandomStream ofEpisode(String purpose, int copy) {
    int episode = envs.episode(copy) + (envs.ended(copy) ? 1 : 0);
    return RandomStream.of(seed, purpose, copy, episode);
  }

  /** Makes parts of actions random, as often as the episode has it. */
  private void disturb(List<Double> shares, float[] actions) {
    for (int copy = 0; copy < choice.length; copy++) {
      double share = shares.get(ofEpisode("noise", copy).nextInt(shares.size()));
      int at = copy * possible.size();
      for (Space part : parts) {
        if (choice[copy].nextDouble() < share) {
          part.sample(choice[copy], actions, at);
        }
        at += part.size();
      }
    }
  }

  /** Puts the favorite of the episode, or any action, into each part of the actions. */
  private void walk(float[] actions) {
    for (int copy = 0; copy < choice.length; copy++) {
      RandomStream style = ofEpisode("style", copy);
      int at = copy * possible.size();
      for (Space part : parts) {
        part.sample(style, actions, at);
        if (choice[copy].nextDouble() >= style.nextDouble()) {
          part.sample(choice[copy], actions, at);
        }
        at += part.size();
      }
    }
  }

  /** Puts the student's action where it is not the teacher's turn. */
  private void mix(float[] obs, double teachersShare, float[] actions) {
    int size = possible.size();
    student.orElseThrow().greedy(obs, students);
    for (int copy = 0; copy < choice.length; copy++) {
      if (choice[copy].nextDouble() >= teachersShare) {
        System.arraycopy(students, copy * size, actions, copy * size, size);
      }
    }
  }

  @Override
  public void close() {
    actor.close();
    student.ifPresent(Actor::close);
  }
}
