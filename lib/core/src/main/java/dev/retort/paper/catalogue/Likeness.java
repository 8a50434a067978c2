package dev.retort.paper.catalogue;

import static dev.retort.Retort.collect;

import dev.retort.collect.Behavior;
import dev.retort.data.Dataset;
import dev.retort.env.Env;
import dev.retort.paper.StudyPart;
import dev.retort.plan.Collecting;
import dev.retort.policy.Actor;
import dev.retort.policy.Policy;
import dev.retort.space.Discrete;

/** How unlike a policy is to a teacher in the states that somebody visits. */
final class Likeness {
  private Likeness() {}

  /** So many states that a policy visits by its preferred actions. */
  static Dataset states(Policy visitor, Env env, int count) {
    Collecting plan =
        collect(count).from(visitor).on(env).exploring(new Behavior.Greedy()).seed(991);
    return StudyPart.inPassing(plan);
  }

  /**
   * The share of states in which another choice is preferred; for continuous actions the root of
   * the mean squared distance of preferred ones.
   */
  static double distance(Policy teacher, Policy student, Dataset states) {
    int size = states.size();
    int width = teacher.actions().size();
    float[] wanted = new float[size * width];
    float[] own = new float[size * width];
    try (Actor one = teacher.actor(size);
        Actor other = student.actor(size)) {
      one.greedy(states.obs(), wanted);
      other.greedy(states.obs(), own);
    }
    boolean choices = teacher.actions() instanceof Discrete;
    double sum = 0;
    for (int i = 0; i < wanted.length; i++) {
      double error = wanted[i] - own[i];
      sum += choices ? (error == 0 ? 0 : 1) : error * error;
    }
    return choices ? sum / size : Math.sqrt(sum / size);
  }
}
