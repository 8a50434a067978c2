package dev.retort.paper.geomagnetic;

import static dev.retort.Retort.cosine;
import static dev.retort.Retort.td3;
import static dev.retort.Retort.train;
import static dev.retort.paper.geomagnetic.Navigation.FIXED;

import dev.retort.env.Env;
import dev.retort.env.Split;
import dev.retort.env.geomagnetic.Geomagnetic;
import dev.retort.paper.Scale;
import dev.retort.plan.Aggregating;
import dev.retort.plan.Distilling;
import dev.retort.plan.Training;
import dev.retort.policy.Ensemble;
import dev.retort.policy.Policy;
import dev.retort.teach.Td3;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One order of the areas: which are for teachers, which choose among teachers, which nobody has
 * seen.
 *
 * @param scale size of the study
 * @param split which order
 */
record Setting(Scale scale, int split) {
  /** Areas of which teachers are one population. */
  private static final int BLOCK = 8;

  /** All orders of a size. */
  static List<Setting> all(Scale scale) {
    return IntStream.range(0, FIXED.count("splits", scale))
        .mapToObj(split -> new Setting(scale, split))
        .toList();
  }

  int count(String what) {
    return FIXED.count(what, scale);
  }

  Geomagnetic world() {
    return new Geomagnetic().with("familySeed", FIXED.count("first order") + (double) split);
  }

  /** The first areas of those that teachers may learn in. */
  Geomagnetic source(int areas) {
    return world().split(Split.TRAIN, areas);
  }

  Geomagnetic validation() {
    return world().split(Split.VALIDATION, count("validation areas"));
  }

  Geomagnetic unseen() {
    return world().split(Split.TEST, count("unseen areas"));
  }

  /** TD3 as every teacher is trained. */
  Td3 learner() {
    int width = count("width");
    return td3("Geomagnetic")
        .steps(count("teacher steps"))
        .hidden(width, width)
        .warmUp(count("warm-up"))
        .evaluateEvery(count("evaluate every"))
        .evaluateEpisodes(count("missions of an evaluation"));
  }

  /** The teachers of the first areas, each the best of its evaluations. */
  List<Policy> teachers(int areas) {
    List<Policy> teachers = new ArrayList<>();
    for (Training.Population plan : schooling(areas)) {
      teachers.addAll(plan.once().policies());
    }
    return teachers.subList(0, areas);
  }

  /** The trainings of these teachers, some areas a population. */
  List<Training.Population> schooling(int areas) {
    int most = Math.max(areas, count("teachers, at most"));
    int block = Math.min(BLOCK, most);
    Env each = source(most).eachTask();
    return IntStream.range(0, (areas + block - 1) / block)
        .mapToObj(i -> train(learner()).on(each).seed((long) i * block).seeds(block))
        .toList();
  }

  /** The plan for students of some teachers, before anything is said of weights. */
  Aggregating lesson(List<Policy> teachers, Sight sight) {
    int rows = teachers.size() * count("rows an area and round");
    int batch = count("batch of a student");
    int rounds = count("rounds");
    // Round r learns from r times the rows: the updates of all rounds are those of so many each.
    long updates = (long) count("updates of a round") * rounds;
    long rowsLearned = (long) rows * rounds * (rounds + 1) / 2;
    int epochs = (int) Math.max(1, Math.round((double) updates * batch / rowsLearned));
    return new Distilling.Of(teachers)
        .on(teachers.size() == 1 ? source(1) : source(teachers.size()).eachTask())
        .rounds(rounds)
        .stepsEach(rows)
        .seeing(sight.view(scale))
        .into(sight.network(scale))
        .minimizing(cosine())
        .members(sight.students(scale))
        .batchSize(batch)
        .epochs(epochs)
        .seed(split);
  }

  /** Students of the teachers of the first areas. */
  Ensemble students(int areas, Sight sight) {
    return lesson(teachers(areas), sight).once();
  }

  /** Agents who learn all these areas at once, with the steps and updates of all their teachers. */
  Training.Population joint(int areas, String... parts) {
    Td3 agent = learner();
    return train(
            agent
                .steps(agent.steps() * areas)
                .evaluateEvery(agent.evaluateEvery() * areas)
                .seeing(parts))
        .on(source(areas))
        .seeds(count("seeds of joint training"));
  }

  /** The mean of numbers that are there; NaN where none is. */
  static double mean(double[] values) {
    return Arrays.stream(values).filter(Double::isFinite).average().orElse(Double.NaN);
  }
}
