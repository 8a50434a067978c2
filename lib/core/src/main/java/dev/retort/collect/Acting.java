package dev.retort.collect;

import dev.retort.data.Supervision;
import dev.retort.env.VectorEnv;
import dev.retort.policy.Actor;
import dev.retort.policy.Policy;
import dev.retort.random.RandomStream;
import dev.retort.run.Resumable;
import dev.retort.space.Box;
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
  private final float[] drift;

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
    boolean drifts = behavior instanceof Behavior.OrnsteinUhlenbeck;
    this.drift = new float[drifts ? choice.length * possible.size() : 0];
  }

  /** What the teacher, the student and the noise remember, as a part of all that is saved. */
  void rememberIn(Resumable state) {
    remember(state, "memory", actor);
    student.ifPresent(own -> remember(state, "studentMemory", own));
    if (drift.length > 0) {
      state.floats(
          "drift", () -> drift, saved -> System.arraycopy(saved, 0, drift, 0, drift.length));
    }
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
    if (behavior instanceof Behavior.OrnsteinUhlenbeck noise) {
      drift(noise, actions);
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

  /** Lets the noise drift, from 0 in a new episode, and adds it. */
  private void drift(Behavior.OrnsteinUhlenbeck noise, float[] actions) {
    int size = possible.size();
    for (int copy = 0; copy < choice.length; copy++) {
      for (int at = copy * size; at < (copy + 1) * size; at++) {
        double before = envs.isFresh(copy) ? 0 : drift[at];
        double added = noise.sigma() * choice[copy].nextGaussian();
        drift[at] = (float) (before - noise.theta() * before + added);
        actions[at] += drift[at];
      }
      ((Box) possible).clipRow(actions, copy * size);
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
