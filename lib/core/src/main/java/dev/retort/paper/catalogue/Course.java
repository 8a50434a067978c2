package dev.retort.paper.catalogue;

import static dev.retort.paper.catalogue.Catalogue.FIXED;

import dev.retort.data.Dataset;
import dev.retort.data.View;
import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.evaluate.Evaluator;
import dev.retort.evaluate.Statistics;
import dev.retort.figure.Numbers;
import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import dev.retort.policy.Policy;
import dev.retort.space.Symmetry;
import dev.retort.teach.OffPolicy;
import dev.retort.teach.Ppo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All losses and loops in one task.
 *
 * @param name of the task
 * @param world its environment
 * @param preset the settings by which the teacher is trained, and those of every agent
 * @param values the agent that learns from a memory
 * @param group under which the task is the same
 * @param blind what a blind student sees
 */
record Course(
    String name, String world, Ppo preset, OffPolicy<?> values, Symmetry group, View blind)
    implements StudyPart {
  @Override
  public String explain(Scale scale) {
    return "%s: two teachers, and %s environment steps for every loss and loop"
        .formatted(name, Numbers.count(FIXED.count(name + " steps", scale)));
  }

  Env env() {
    return Environments.get(world);
  }

  @Override
  public Found run(Scale scale) {
    Conditions all = Conditions.of(this, scale);
    Policy teacher = all.teacher();
    float[] before = all.teacher().parameters();
    Map<String, Arm> arms = new LinkedHashMap<>();
    new Losses(all).arms().forEach(arm -> arms.put(arm.name(), arm));
    new Loops(all).arms().forEach(arm -> arms.put(arm.name(), arm));
    Measured taught = Measured.of(name + ", teacher", "mean return", returnOf(teacher, scale));
    Finding solves = taught.judged(scale, FIXED.bound(name + " teacher", scale));
    List<Finding> findings = new ArrayList<>(List.of(solves));
    Dataset hers = Likeness.states(teacher, env(), FIXED.count("states", scale));
    List<Measured> ranked = new ArrayList<>();
    Map<String, double[]> returns = new TreeMap<>();
    Map<String, double[]> ownStates = new TreeMap<>();
    for (Arm arm : arms.values()) {
      double[] each = Measured.each(arm.policies(), policy -> returnOf(policy, scale));
      double[] own = distances(scale, teacher, arm);
      returns.put(arm.name(), each);
      ownStates.put(arm.name(), own);
      ranked.add(
          Measured.of(name + ", " + arm.name(), "return, mean of " + each.length + " runs", each)
              .how("environment steps", Numbers.count(arm.steps()))
              .how("labels of the teacher", Numbers.count(arm.queries()))
              .how("how", arm.how())
              .how(Likeness.words(env()) + " on its own states", Numbers.of(Statistics.mean(own)))
              .how(
                  Likeness.words(env()) + " on the teacher's states",
                  Numbers.of(
                      Statistics.mean(
                          Measured.each(
                              arm.policies(), it -> Likeness.distance(teacher, it, hers))))));
    }
    ranked.sort(Comparator.comparingDouble(Measured::mean).reversed());
    ranked.forEach(each -> findings.add(each.reported()));
    new Claims(all, arms, returns, ownStates)
        .judged(hers)
        .forEach(claim -> findings.add(claim.provided(solves)));
    boolean same = Arrays.equals(before, all.teacherAgain().parameters());
    findings.add(
        Measured.of(
                name + ", the teacher after all of it",
                "share of parameters unchanged",
                same ? 1 : 0)
            .judged(scale, FIXED.bound("teacher unchanged", scale)));
    return new Found(
        findings,
        new Rankings(name, List.copyOf(arms.values()), ranked).figures(returns),
        List.of(),
        arms.values().stream().mapToDouble(Arm::seconds).sum());
  }

  private double returnOf(Policy policy, Scale scale) {
    int episodes = FIXED.count("episodes", scale);
    return Statistics.mean(
        new Evaluator(episodes, FIXED.count("evaluation"), () -> {})
            .evaluate(policy, env())
            .returns()[0]);
  }

  private double[] distances(Scale scale, Policy teacher, Arm arm) {
    int count = FIXED.count("states", scale);
    return Measured.each(
        arm.policies(),
        policy -> Likeness.distance(teacher, policy, Likeness.states(policy, env(), count)));
  }
}
