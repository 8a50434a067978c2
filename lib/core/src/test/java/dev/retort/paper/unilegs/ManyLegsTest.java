package dev.retort.paper.unilegs;

import static dev.retort.Retort.reproduce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.retort.data.View;
import dev.retort.env.legs.Gait;
import dev.retort.env.legs.Morphology;
import dev.retort.env.legs.UniLegs;
import dev.retort.env.world.Outline;
import dev.retort.env.world.RigidBody;
import dev.retort.nn.Blueprint;
import dev.retort.nn.Output;
import dev.retort.nn.Trunk;
import dev.retort.paper.Finding;
import dev.retort.paper.Findings;
import dev.retort.paper.Parts;
import dev.retort.paper.Scale;
import dev.retort.paper.Study;
import dev.retort.paper.Verdict;
import dev.retort.paper.WholeStudy;
import dev.retort.plan.Aggregating;
import dev.retort.policy.NetworkPolicy;
import dev.retort.run.OwnRuns;
import dev.retort.space.Group;
import dev.retort.teach.Ppo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ManyLegsTest implements OwnRuns {
  private static double[] fixed(String what) {
    return ManyLegs.FIXED.numbers(what, Scale.CPU);
  }

  @Test
  void robotsAndWorldAreThoseOfTheRegistration() {
    assertThat(Schooling.ROBOTS).hasSize(10);
    for (Morphology robot : Schooling.ROBOTS) {
      assertThat(fixed("robot " + robot.name()))
          .as(robot.name())
          .containsExactly(
              robot.legs(),
              robot.trunk(),
              robot.thigh(),
              robot.shank(),
              robot.trunkMass(),
              robot.limbMass(),
              robot.torque());
      RigidBody foot =
          robot.world(0.01).bodies().stream()
              .filter(body -> body.name().equals("shank 0"))
              .findFirst()
              .orElseThrow();
      assertThat(foot.outline())
          .isEqualTo(Outline.capsule(robot.shank(), fixed("radius of a foot")[0]));
    }
    assertThat(new UniLegs().parameters())
        .containsEntry("fastest", fixed("fastest")[0])
        .containsEntry("bumps", fixed("bumps")[0])
        .containsEntry("push", fixed("push")[0])
        .containsEntry("estimateError", fixed("estimator error")[0])
        .containsEntry("timeStep", fixed("time step")[0]);
    List<Morphology> scaled = new ArrayList<>();
    for (Morphology robot : new Schooling(Scale.CPU).taught()) {
      for (double factor : fixed("limbs of scaled robots")) {
        scaled.add(robot.limbs(factor));
      }
    }
    assertThat(new UniLegs().narrowed("scaled", 10).robots()).isEqualTo(scaled);
  }

  @Test
  void theOpenLoopGaitIsThatOfTheRegistration() {
    Group parts = new UniLegs().observations();
    float[] seen = new float[parts.size()];
    Arrays.fill(seen, parts.offset("present"), parts.offset("present") + 4, 1);
    float[] told = new float[16];
    double[] gait = fixed("gait: ahead, back, lift");
    for (double command : new double[] {0.3, -0.3}) {
      seen[parts.offset("command")] = (float) command;
      seen[parts.offset("clock")] = 0.5f;
      seen[parts.offset("clock") + 1] = 0.8f;
      Gait.trot(seen, told);
      double hip = (command > 0 ? gait[0] : gait[1]) * command * 0.5;
      assertThat((double) told[0]).isCloseTo(hip, within(1e-6));
      assertThat((double) told[1]).isCloseTo(-gait[2] * 0.8, within(1e-6));
      assertThat((double) told[2]).as("the next leg").isCloseTo(-hip, within(1e-6));
      assertThat((double) told[3]).isCloseTo(0, within(1e-6));
    }
  }

  @Test
  void nobodyLearnsFromTheRobotThatIsReported() {
    for (Scale scale : Scale.values()) {
      Schooling schooling = new Schooling(scale);
      List<Morphology> seen = schooling.taught();
      assertThat(seen)
          .doesNotContain(Morphology.LONG, Morphology.SHORT, Morphology.TRIPOD)
          .doesNotContainAnyElementsOf(new UniLegs().narrowed("topology", 3).robots())
          .doesNotContainAnyElementsOf(new UniLegs().narrowed("scaled", 10).robots());
    }
  }

  @Test
  void studentsSeeNothingPrivilegedAndTeachersAreMaskedBesideACriticThatSeesMore() {
    for (LegAblation ablation : LegAblation.values()) {
      assertThat(ablation.sees()).doesNotContainAnyElementsOf(UniLegs.PRIVILEGED);
    }
    assertThat(LegAblation.CLOCK.sees()).doesNotContain("clock").contains("past", "present");
    Schooling cpu = new Schooling(Scale.CPU);
    Ppo learner = cpu.learner(true);
    assertThat(learner.maskedBy()).isEqualTo("present");
    assertThat(learner.seeing().toString()).doesNotContain("ground").contains("velocity");
    assertThat(learner.criticSeeing().toString()).contains("ground");
    assertThat(cpu.learner(false).seeing().toString()).doesNotContain("clock");
    assertThat(learner.steps()).isEqualTo(3_000_000);
  }

  @Test
  void cloningHasTheLabelsAndTheUpdatesOfTheRounds() {
    for (LegStudent kind : List.of(LegStudent.TRANSFORMER, LegStudent.PERCEPTRON)) {
      Schooling unit = new Schooling(Scale.UNIT);
      Aggregating rounds = unit.dagger(kind);
      Aggregating cloning = unit.cloning(kind);
      assertThat(cloning.dagger().steps()).isEqualTo(rounds.dagger().steps());
      for (Scale scale : List.of(Scale.CPU, Scale.GPU)) {
        Schooling one = new Schooling(scale);
        int each = one.rows();
        int n = one.count("rounds");
        int epochs = one.count("epochs of a round");
        assertThat(epochs * n * (n + 1) / 2 % n).as("epochs of cloning are whole").isZero();
        assertThat((long) epochs * n * (n + 1) / 2 * each)
            .as("rows learned, a student")
            .isLessThanOrEqualTo(6_500_000);
      }
      double ratio = (double) cloning.dagger().updates() / Math.max(1, rounds.dagger().updates());
      assertThat(ratio).isCloseTo(1, within(0.1));
    }
  }

  @Test
  void networksThatAreComparedAreOfOneSize() {
    View seen = View.parts(LegAblation.NONE.sees());
    for (Scale scale : List.of(Scale.CPU, Scale.GPU)) {
      long transformer = parameters(LegStudent.TRANSFORMER, seen, scale);
      for (LegStudent kind : List.of(LegStudent.PERCEPTRON, LegStudent.ATTENTION)) {
        assertThat((double) parameters(kind, seen, scale) / transformer)
            .as("%s at %s", kind, scale)
            .isBetween(0.9, 1.1);
      }
      assertThat(parameters(LegStudent.WIDE, seen, scale)).isGreaterThan(transformer);
    }
  }

  private static long parameters(LegStudent kind, View seen, Scale scale) {
    Blueprint blueprint =
        new Blueprint(
            kind.network(scale),
            NetworkPolicy.shape(seen.sees(new UniLegs().observations())),
            List.of(Output.of("action", 16)),
            Trunk.SHARED);
    return blueprint.parameters();
  }

  @Test
  void theEstimateKeepsTheLimitOfTwoHoursOnTwoCores() {
    assertThat(LegEffort.of(Scale.CPU).all()).isBetween(60.0, 2 * 110.0);
    assertThat(Study.of("unilegs").explain(Scale.CPU, new Parts(List.of())))
        .contains("processor minutes", "Not done: ", "gate C1: speed error");
  }

  @Test
  void energyFallsWithTheStepAndEveryEvenNumberOfLegsWalks() {
    Findings found = reproduce("unilegs").preset("cpu").only("physics").quiet().run();
    for (Finding each : found.findings()) {
      System.out.printf("%s: %s %s%n", each.name(), each.ours(), each.how());
    }
    for (String gate : List.of("gate 1: ", "gate 2: speed", "gate 2: pitch")) {
      Finding judged =
          found.findings().stream().filter(it -> it.name().startsWith(gate)).findFirst().get();
      assertThat(judged.verdict()).as(gate).isEqualTo(Verdict.MET);
    }
    double coarse = LegPhysics.Swing.of(0.01).most();
    double fine = LegPhysics.Swing.of(0.002).most();
    assertThat(fine).isPositive().isLessThan(coarse / 4);
    assertThat(Schooling.ROBOTS)
        .allSatisfy(robot -> assertThat(LegPhysics.Stride.of(robot, 0.3).pitch()).isLessThan(0.3));
  }

  @Tag("once")
  @Test
  void theWholeStudyGoesThroughAtUnitSizeAndIsFoundAgain() {
    Findings found = WholeStudy.goneThrough("unilegs", "students");
    assertThat(found.findings())
        .extracting(Finding::name)
        .doesNotHaveDuplicates()
        .contains(
            "gate 1: the energy error falls with the step",
            "open-loop gait, tripod",
            "gate C1: falls, octopod",
            "untaught, over the teacher, A, who stands still",
            "students, long, transformer",
            "students, A, perceptron by cloning",
            "parameters, attention by descriptions",
            "(d) DAgger over cloning, unseen robot",
            "(e) elsewhere, pentapod, perceptron",
            "(e) scaled limbs, B×1.2, teacher of the unscaled robot",
            "(g) teachers, B, teacher without a clock",
            "ablations, A, transformer by divergence",
            "finer steps, long, transformer",
            "(f) in the physics of MuJoCo");
  }
}
