package dev.retort.paper.catalogue;

import static dev.retort.Retort.distill;
import static dev.retort.Retort.dna;
import static dev.retort.Retort.iter;
import static dev.retort.Retort.jumpStart;
import static dev.retort.Retort.kickstart;
import static dev.retort.paper.catalogue.Catalogue.FIXED;

import dev.retort.data.Dataset;
import dev.retort.data.View;
import dev.retort.guidance.Kickstart;
import dev.retort.option.Schedule;
import dev.retort.paper.StudyPart;
import dev.retort.plan.Aggregating;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.teach.Dna;
import dev.retort.teach.Iter;
import dev.retort.teach.Keep;
import dev.retort.teach.OffPolicy;
import dev.retort.teach.Ppo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The arms that compare loops: who acts, who teaches, what is seen, and what else is learned. */
final class Loops {
  static final String SCRATCH = "from scratch";
  static final String KICKSTARTING = "kickstarting";
  static final String JUMP_START = "jump-start RL";
  static final String STUDENT = "student acts";
  static final String EXPECTED_ENTROPY = "student acts, expected entropy";
  static final String DAGGER_FEW = "DAgger, few labels";
  static final String VALUES = "from scratch, by values";
  static final String QDAGGER = "QDagger";
  static final String BLIND = "blind student";
  static final String WINDOW = "blind student, window";
  static final String TWO_TEACHERS = "two teachers";

  private final Conditions all;

  Loops(Conditions all) {
    this.all = all;
  }

  List<Arm> arms() {
    List<Arm> arms = new ArrayList<>(byRollouts());
    arms.addAll(rounds());
    arms.addAll(byValues());
    arms.addAll(blind());
    arms.add(twoTeachers());
    return arms;
  }

  private List<Arm> byRollouts() {
    Ppo agent = all.agent();
    Ppo student = agent.taskReward(false);
    Policy teacher = all.teacher();
    Kickstart throughout = kickstart(teacher).throughout();
    int horizon = all.env().horizon() / 2;
    return List.of(
        all.learned(SCRATCH, agent),
        all.learned(KICKSTARTING, agent.guidedBy(kickstart(teacher))),
        all.learned(JUMP_START, agent.guidedBy(jumpStart(teacher).horizon(horizon))),
        all.learned(STUDENT, student.guidedBy(throughout)),
        all.learned(EXPECTED_ENTROPY, student.guidedBy(throughout.expectedEntropy(true))),
        all.learned("student acts, task reward too", agent.guidedBy(throughout)),
        all.learned("proximal distillation", agent.guidedBy(throughout.proximal(0.2))),
        all.learned("DNA", dual(agent)),
        all.learned("ITER", renewed(agent)));
  }

  private Dna dual(Ppo agent) {
    Dna dna =
        dna()
            .steps(all.steps())
            .environments(agent.environments())
            .rollout(agent.rollout())
            .batchSize(agent.batchSize())
            .policyEpochs(agent.epochs())
            .valueEpochs(agent.epochs())
            .learningRate(agent.learningRate())
            .gamma(agent.gamma())
            .policyLambda(agent.lambda())
            .valueLambda(agent.lambda())
            .entropy(agent.entropy());
    return dna.normalizeObservations(agent.normalizeObservations())
        .normalizeRewards(agent.normalizeRewards());
  }

  private Iter renewed(Ppo agent) {
    int period = all.steps() / all.count("generations");
    return iter()
        .agent(agent)
        .period(Math.max(period, agent.environments() * agent.rollout()))
        .normalizeObservations(agent.normalizeObservations());
  }

  // Rounds, in which students act too

  private List<Arm> rounds() {
    int rounds = all.count("rounds");
    int each = all.steps() / rounds;
    Schedule falling = new Schedule(1, 0);
    return List.of(
        dagger("DAgger", rounds, each, falling),
        dagger("mixed control", rounds, each, Schedule.constant(0.5)),
        dagger(DAGGER_FEW, rounds, all.count("few labels") / rounds, falling));
  }

  private Arm dagger(String arm, int rounds, int each, Schedule share) {
    List<Policy> runs = new ArrayList<>();
    double seconds = 0;
    for (int seed = 0; seed < all.seeds(); seed++) {
      Aggregating plan =
          distill(all.teacher())
              .on(all.env())
              .rounds(rounds)
              .stepsEach(each)
              .mixing(share)
              .into(Conditions.network())
              .minimizing(all.usual())
              .epochs(Math.max(1, all.epochs(rounds * each) / rounds))
              .members(1)
              .seed(seed);
      runs.add(plan.once());
      seconds += StudyPart.seconds(plan);
    }
    long steps = (long) rounds * each;
    return new Arm(
        arm,
        runs,
        steps,
        steps,
        Optional.empty(),
        "%s rounds, the teacher acts in a share of %s".formatted(rounds, share),
        seconds);
  }

  // Learners from a memory

  private List<Arm> byValues() {
    OffPolicy<?> learner =
        all.course().values().steps(all.steps()).evaluateEvery(0).keep(Keep.LAST);
    Kickstart reincarnated =
        kickstart(all.teacher())
            .demonstrations(all.steps() / all.count("demonstrations, one step in"))
            .caughtUp(FIXED.number(all.course().name() + " caught up"));
    return List.of(
        all.learned(VALUES, learner), all.learned(QDAGGER, learner.guidedBy(reincarnated)));
  }

  // Students who see less than their teacher

  private List<Arm> blind() {
    View seen = all.course().blind();
    return List.of(blind(BLIND, seen), blind(WINDOW, View.window(all.count("window"), seen)));
  }

  private Arm blind(String arm, View seen) {
    int steps = all.steps();
    return all.students(
        arm,
        distill(all.teacher())
            .from(all.data(all.teacher(), steps))
            .seeing(seen)
            .minimizing(all.usual()),
        steps,
        steps,
        "teacher acts, the student sees %s".formatted(seen));
  }

  // A student of several teachers, each of whom acts in its share of the steps

  private Arm twoTeachers() {
    NetworkPolicy second = all.secondTeacher();
    int half = all.steps() / 2;
    Dataset first = all.data(all.teacher(), half);
    return all.students(
        TWO_TEACHERS,
        distill(all.teacher(), second).from(first, all.data(second, half)).minimizing(all.usual()),
        2 * half,
        4L * half,
        "each of two teachers acts in half of the steps, and both are asked in all of them");
  }
}
