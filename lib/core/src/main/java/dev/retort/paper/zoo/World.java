package dev.retort.paper.zoo;

import static dev.retort.Retort.evaluate;
import static dev.retort.Retort.train;
import static dev.retort.paper.zoo.Zoo.FIXED;

import dev.retort.data.Dataset;
import dev.retort.env.Env;
import dev.retort.evaluate.Scores;
import dev.retort.figure.Dot;
import dev.retort.figure.Dots;
import dev.retort.figure.Numbers;
import dev.retort.paper.Artifact;
import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import dev.retort.plan.Training;
import dev.retort.policy.Policy;
import dev.retort.teach.Algorithm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An environment with its teachers and its data. The first teacher is the expert; the medium one is
 * the same training, ended where an evaluation on the way is as good as the registration says.
 *
 * @param name with which the names of all that is made here begin
 * @param java the environment as an expression
 * @param env the environment
 * @param algorithms of the teachers, each at settings that learn the environment
 */
record World(String name, String java, Env env, List<Algorithm> algorithms) implements StudyPart {
  @Override
  public String explain(Scale scale) {
    return trainings(scale).values().stream()
        .map(Training::explain)
        .collect(Collectors.joining("\n\n"));
  }

  @Override
  public Found run(Scale scale) {
    Map<String, Policy> teachers = new LinkedHashMap<>();
    List<Finding> findings = new ArrayList<>();
    List<Artifact> artifacts = new ArrayList<>();
    double seconds = 0;
    for (Map.Entry<String, Training> each : trainings(scale).entrySet()) {
      Policy teacher = each.getValue().once();
      seconds += StudyPart.seconds(each.getValue());
      Finding score = score(each.getKey(), teacher, each.getValue(), scale);
      teachers.put(each.getKey(), teacher);
      findings.add(score);
      artifacts.add(folder -> ZooCard.save(this, score, teacher, scale, folder));
    }
    for (Quality quality : Quality.values()) {
      Dataset data = quality.collect(this, teachers, FIXED.count(name + " data", scale));
      Finding returns =
          Measured.of(
                  data.name(),
                  "return, mean of %s episodes".formatted(data.returns().length),
                  data.returns())
              .how("steps", Numbers.count(data.size()))
              .how("who acts", quality.who(expert()))
              .reported();
      findings.add(returns);
      artifacts.add(folder -> ZooCard.save(this, returns, data, quality, scale, folder));
    }
    List<Dot> dots =
        findings.stream()
            .map(
                it ->
                    new Dot(
                        it.name(),
                        it.ours().value(),
                        it.ours().interval().low(),
                        it.ours().interval().high()))
            .toList();
    return new Found(
        findings, List.of(new Dots(name, "return", dots)), List.of(), seconds, artifacts);
  }

  /** The trainings by the names of what they give: the expert's first, the medium one last. */
  private Map<String, Training> trainings(Scale scale) {
    Map<String, Training> plans = new LinkedHashMap<>();
    for (Algorithm algorithm : algorithms) {
      String who = teacher(algorithm);
      plans.put(
          who,
          train(algorithm.set("steps", FIXED.words(who + " steps", scale)))
              .on(env)
              .evaluating(
                  FIXED.count(who + " evaluated every"),
                  FIXED.count(name + " episodes on the way", scale))
              .seed(FIXED.count("seed")));
    }
    plans.put(medium(), plans.get(expert()).stoppingAt(FIXED.number(name + " medium at")));
    return plans;
  }

  private String teacher(Algorithm algorithm) {
    return name + "-" + algorithm.name().toLowerCase(Locale.ROOT);
  }

  /** The name of the expert. */
  String expert() {
    return teacher(algorithms.get(0));
  }

  /** The name of the teacher that has not yet learned all. */
  String medium() {
    return expert() + "-medium";
  }

  private Finding score(String who, Policy teacher, Training plan, Scale scale) {
    Scores scores =
        StudyPart.inPassing(
                evaluate(teacher)
                    .on(env)
                    .episodes(FIXED.count("episodes of a score", scale))
                    .seed(FIXED.count("seed of the scores")))
            .scores()
            .get(0);
    double[] sample = scores.sample();
    Measured measured =
        Measured.of(who, "return, mean of " + scores.sampled(), sample)
            .how("algorithm", plan.algorithm())
            .how("environment", java)
            .how("seed", plan.seed())
            .how("environment steps", Numbers.count(steps(plan)));
    return FIXED.has(who) ? measured.judged(scale, FIXED.bound(who)) : measured.reported();
  }

  /** How many steps its training took, which may have ended early. */
  private static long steps(Training plan) {
    double[] steps = plan.found().orElseThrow().curve().column("step");
    return (long) steps[steps.length - 1];
  }
}
