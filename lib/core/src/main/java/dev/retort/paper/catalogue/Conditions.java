package dev.retort.paper.catalogue;

import static dev.retort.Retort.collect;
import static dev.retort.Retort.kl;
import static dev.retort.Retort.stochastic;
import static dev.retort.Retort.train;
import static dev.retort.paper.catalogue.Catalogue.FIXED;

import dev.retort.data.Dataset;
import dev.retort.env.Env;
import dev.retort.loss.Distance;
import dev.retort.loss.Distances;
import dev.retort.nn.Mlp;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import dev.retort.plan.Curves;
import dev.retort.plan.Distilling;
import dev.retort.plan.Training;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.space.Discrete;
import dev.retort.teach.Accompanied;
import dev.retort.teach.Keep;
import dev.retort.teach.Ppo;
import java.util.Optional;

/**
 * What all arms of a task have in common: the task, the size of the study and the teacher.
 *
 * @param course the task
 * @param scale size of the study
 * @param teacher of all
 */
record Conditions(Course course, Scale scale, NetworkPolicy teacher) {
  private static final long TEACHER = 1_000;

  /** With the teacher, which is trained where it is not there yet. */
  static Conditions of(Course course, Scale scale) {
    return new Conditions(course, scale, trained(course, scale, TEACHER));
  }

  /** A teacher; at unit size one that was hardly trained. */
  private static NetworkPolicy trained(Course course, Scale scale, long seed) {
    Ppo ppo = scale == Scale.UNIT ? agent(course, scale) : course.preset();
    return (NetworkPolicy) train(ppo).on(course.env()).seed(seed).once();
  }

  /** The teacher as its run holds it. */
  NetworkPolicy teacherAgain() {
    return trained(course, scale, TEACHER);
  }

  /** Another teacher, of the same training from another seed. */
  NetworkPolicy secondTeacher() {
    return trained(course, scale, TEACHER + 1);
  }

  /** What every agent is: the teacher's settings for the budget, and its last policy. */
  Ppo agent() {
    return agent(course, scale);
  }

  private static Ppo agent(Course course, Scale scale) {
    return course
        .preset()
        .steps(FIXED.count(course.name() + " steps", scale))
        .evaluateEvery(0)
        .keep(Keep.LAST);
  }

  Env env() {
    return course.env();
  }

  /** Environment steps of every run. */
  int steps() {
    return count(course.name() + " steps");
  }

  int seeds() {
    return count("seeds");
  }

  /** A number of the registration at this size. */
  int count(String what) {
    return FIXED.count(what, scale);
  }

  /** The network of every student. */
  static Mlp network() {
    return Mlp.of(64, 64);
  }

  boolean isOfChoices() {
    return env().actions() instanceof Discrete;
  }

  /** The distance that is usual for the teacher's actions. */
  Distance usual() {
    return isOfChoices() ? kl() : distance("normal-kl");
  }

  static Distance distance(String name) {
    return Distances.type().reader().apply(name);
  }

  /** States in which somebody acts and the teacher answers. */
  Dataset data(Policy actor, int steps) {
    return StudyPart.inPassing(
        collect(steps).from(actor).on(env()).exploring(stochastic()).seed(TEACHER));
  }

  /** As many updates for few labels as for many. */
  int epochs(int rows) {
    long updates = count("updates");
    return (int) Math.max(1, updates * 64 / rows);
  }

  /** Students of a plan: a run each, in one population. */
  Arm students(String arm, Distilling plan, int rows, long queries, String how) {
    Distilling whole = plan.into(network()).epochs(epochs(rows)).members(seeds());
    return new Arm(
        arm,
        whole.once().members(),
        rows,
        queries,
        Optional.empty(),
        how,
        StudyPart.seconds(whole));
  }

  /** Agents of an algorithm: a run a seed. */
  Arm learned(String arm, Accompanied<?> algorithm) {
    Training.Population plan = train(algorithm).on(env()).seeds(seeds());
    Curves curves = plan.once();
    return Arm.of(arm, curves, steps(), algorithm, StudyPart.seconds(plan));
  }
}
