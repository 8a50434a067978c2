package dev.retort.collect;

import dev.retort.data.Supervision;
import dev.retort.policy.Actor;
import dev.retort.policy.Policy;
import dev.retort.random.RandomStream;
import dev.retort.space.Space;
import java.util.Optional;
import java.util.function.IntFunction;

/** A behavior at work on copies of an environment, while the teacher is asked at every state. */
final class Acting implements AutoCloseable {
  private final Policy teacher;
  private final Space possible;
  private final Behavior behavior;
  private final RandomStream[] choice;
  private final Actor actor;
  private final Optional<Actor> student;
  private final float[] students;

  /**
   * A behavior at work.
   *
   * @param possible what can be done in the environment
   * @param labels what is asked of the teacher
   * @param places says where each copy is, for messages
   * @param choice one stream a copy
   */
  Acting(
      Policy teacher,
      Space possible,
      Behavior behavior,
      Supervision labels,
      IntFunction<String> places,
      RandomStream[] choice) {
    this.teacher = teacher;
    this.possible = possible;
    this.behavior = behavior;
    this.choice = choice;
    this.actor = teacher.actor(choice.length, labels.outputs()).placing(places);
    this.student =
        behavior instanceof Behavior.Mixture mixture
            ? Optional.of(mixture.student().actor(choice.length).placing(places))
            : Optional.empty();
    this.students = new float[choice.length * possible.size()];
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
