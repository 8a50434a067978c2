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
import dev.retort.space.Space;
import dev.retort.space.Symmetry;

/** How unlike a policy is to a teacher, or to itself, in the states that somebody visits. */
final class Likeness {
  private Likeness() {}

  /** What is measured, in words. */
  static String words(Env env) {
    return env.actions() instanceof Discrete ? "share of other choices" : "distance of actions";
  }

  /** So many states that a policy visits by its greedy actions. */
  static Dataset states(Policy visitor, Env env, int count) {
    Collecting plan =
        collect(count).from(visitor).on(env).exploring(new Behavior.Greedy()).seed(991);
    return StudyPart.inPassing(plan);
  }

  /**
   * The share of states in which another choice is preferred; for continuous actions the root of
   * the mean squared distance of greedy ones.
   */
  static double distance(Policy teacher, Policy student, Dataset states) {
    return distance(teacher.actions(), preferred(teacher, states), preferred(student, states));
  }

  /**
   * The same between what a policy without memory does in transformed states and the transformed of
   * what it does in them as they are, over all transformations but the identity.
   */
  static double turned(Symmetry group, Policy policy, Dataset states) {
    int size = states.size();
    int width = states.observations().size();
    int numbers = policy.actions().size();
    float[] plain = preferred(policy, states);
    float[] turned = new float[size * width];
    float[] expected = new float[size * numbers];
    float[] given = new float[size * numbers];
    double sum = 0;
    try (Actor actor = policy.actor(size)) {
      for (int element = 1; element < group.order(); element++) {
        for (int row = 0; row < size; row++) {
          group.transform(element, states.obs(), row * width, turned, row * width, width);
          turn(group, element, policy.actions(), plain, expected, row * numbers);
        }
        actor.greedy(turned, given);
        sum += distance(policy.actions(), expected, given) / (group.order() - 1);
      }
    }
    return sum;
  }

  /** The transformed of an action. */
  private static void turn(
      Symmetry group, int element, Space actions, float[] plain, float[] turned, int at) {
    if (actions instanceof Discrete choices) {
      for (int k = 0; k < choices.n(); k++) {
        if (group.place(element, k) == plain[at]) {
          turned[at] = k;
        }
      }
      return;
    }
    for (int k = 0; k < actions.size(); k++) {
      turned[at + k] = group.sign(element, k) * plain[at + group.place(element, k)];
    }
  }

  /** Greedy actions in all states, {@code (size, actionSize)}; episodes are walked through. */
  private static float[] preferred(Policy policy, Dataset states) {
    int rows = policy.memory() == 0 ? states.size() : 1;
    int width = states.observations().size();
    int numbers = policy.actions().size();
    float[] actions = new float[states.size() * numbers];
    float[] seen = new float[rows * width];
    float[] own = new float[rows * numbers];
    try (Actor actor = policy.actor(rows)) {
      for (int row = 0; row < states.size(); row += rows) {
        if (policy.memory() > 0 && row == states.start(states.episodeOf(row))) {
          actor.begin(0);
        }
        System.arraycopy(states.obs(), row * width, seen, 0, seen.length);
        actor.greedy(seen, own);
        System.arraycopy(own, 0, actions, row * numbers, own.length);
      }
    }
    return actions;
  }

  private static double distance(Space actions, float[] wanted, float[] own) {
    boolean choices = actions instanceof Discrete;
    double sum = 0;
    for (int i = 0; i < wanted.length; i++) {
      double error = wanted[i] - own[i];
      sum += choices ? (error == 0 ? 0 : 1) : error * error;
    }
    int size = wanted.length / actions.size();
    return choices ? sum / size : Math.sqrt(sum / size);
  }
}
