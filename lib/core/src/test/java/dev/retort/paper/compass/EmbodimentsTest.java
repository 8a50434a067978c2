package dev.retort.paper.compass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.retort.Retort;
import dev.retort.data.Dataset;
import dev.retort.data.Episode;
import dev.retort.env.navigation.Robot;
import dev.retort.env.navigation.RobotRooms;
import dev.retort.paper.Artifact;
import dev.retort.paper.Finding;
import dev.retort.paper.Findings;
import dev.retort.paper.Parts;
import dev.retort.paper.Scale;
import dev.retort.paper.Study;
import dev.retort.paper.WholeStudy;
import dev.retort.plan.Collecting;
import dev.retort.policy.Policy;
import dev.retort.run.OwnRuns;
import dev.retort.space.Group;
import dev.retort.teach.Ppo;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbodimentsTest implements OwnRuns {
  @TempDir Path folder;
  private static final Stages UNIT = new Stages(Scale.UNIT, new PlannedDrives());

  @Test
  void nobodyLearnsInRoomsThatAreReported() {
    Stages stages = new Stages(Scale.CPU, new PlannedDrives());
    assertThat(Stages.training(Scale.CPU, Robot.CAR).part()).isEqualTo(RobotRooms.Part.TRAIN);
    assertThat(stages.test(Robot.CAR).part()).isEqualTo(RobotRooms.Part.TEST);
    assertThat(stages.unseen(Robot.CAR).part()).isEqualTo(RobotRooms.Part.UNSEEN);
    Set<String> seen = new TreeSet<>();
    RobotRooms rooms = Stages.training(Scale.CPU, Robot.CAR);
    IntStream.range(0, rooms.contexts()).forEach(i -> seen.add(rooms.roomType(i).name()));
    RobotRooms unseen = stages.unseen(Robot.CAR);
    IntStream.range(0, unseen.contexts())
        .forEach(i -> assertThat(seen).doesNotContain(unseen.roomType(i).name()));
  }

  @Test
  void theLearnerHasTheConstantsOfTheAuthorsCode() {
    Ppo learner = new Stages(Scale.CPU, new PlannedDrives()).learner();
    assertThat(learner.batchSize()).as("four minibatches").isEqualTo(32 * 256 / 4);
    assertThat(learner.epochs()).isEqualTo(5);
    assertThat(learner.adaptiveRate()).isEqualTo(0.01);
    assertThat(learner.valueClip()).isEqualTo(0.2);
    assertThat(learner.initialDeviation()).as("where theirs is 0.1").isEqualTo(0.3);
    assertThat(learner.gamma()).isEqualTo(0.99);
    assertThat(learner.lambda()).isEqualTo(0.95);
    assertThat(learner.bootstrapTimeOuts()).isFalse();
    assertThat(learner.steps()).isEqualTo(32L * 256 * 250);
    assertThat(learner.seeing()).isEqualTo(learner.criticSeeing());
  }

  @Test
  void thePlannersDrivesHideTheMapAndTellWhatIsSeenNext() {
    Dataset data = new PlannedDrives().of(Scale.UNIT);
    assertThat(((Group) data.observations()).parts()).doesNotContainKey("truth");
    assertThat(data.size()).isEqualTo(Embodiments.FIXED.count("planned steps", Scale.UNIT));
    Episode first = data.episode(0);
    for (int row = first.start(); row + 1 < first.end(); row++) {
      for (int ray = 0; ray < 64; ray++) {
        assertThat(data.column("teacher.next-range").at(row, ray))
            .isEqualTo(data.obs()[(row + 1) * data.observations().size() + ray]);
      }
    }
    int at = ((Group) data.observations()).offset("embodiment");
    assertThat(data.obs()[at]).as("the differential drive alone").isEqualTo(1);
  }

  @Test
  void studentsLearnWhatWasCarriedOutAndDeviationsHaveAFloor() {
    Collecting plan = UNIT.shows(Robot.CAR).get(0);
    Dataset data = plan.once();
    Dataset labeled = Stages.labeled(data);
    int command = ((Group) data.observations()).offset("command");
    float[] next = new float[data.observations().size()];
    for (int row = 0; row < data.size(); row++) {
      data.nextObservation(row, next, 0);
      for (int i = 0; i < 3; i++) {
        assertThat(labeled.column("teacher.mean").at(row, i)).isEqualTo(next[command + i]);
        assertThat(labeled.column("teacher.log-deviation").at(row, i))
            .isGreaterThanOrEqualTo((float) Math.log(0.02));
      }
      assertThat(labeled.column("teacher.mean").at(row, 1)).as("a car moves ahead").isZero();
    }
    double deviation = Math.exp(data.column("teacher.log-deviation").at(0, 0));
    assertThat(deviation).as("as it began, nearly").isCloseTo(0.3, within(0.06));
  }

  @Test
  void theEstimateKeepsTheLimitOfTwoHoursOnTwoCores() {
    assertThat(CompassEffort.of(Scale.CPU).all()).isBetween(30.0, 2 * 115.0);
    assertThat(Study.of("compass").explain(Scale.CPU, new Parts(List.of())))
        .contains("processor minutes", "Not done: ", "gate 6: base at home");
  }

  @Tag("once")
  @Test
  void theWholeStudyGoesThroughAtUnitSizeAndIsFoundAgain() {
    Findings found = WholeStudy.goneThrough("compass", "specialists");
    Artifact.save(found.artifacts(), folder);
    RobotRooms rooms = UNIT.test(Robot.QUADRUPED);
    for (String left : List.of("base", "generalist")) {
      Policy policy = Retort.policy(folder.resolve(left + ".safetensors"));
      assertThat(Trips.driven(left, List.of(policy), rooms, Scale.UNIT).success())
          .hasDimensions(1, 4);
    }
    List<String> names = found.findings().stream().map(Finding::name).toList();
    assertThat(names)
        .contains(
            "gate 6: planner",
            "gate 6: base at home",
            "a humanoid that sees low boxes, base",
            "(a) specialists, without the humanoid",
            "(c) the same on goals that both reach",
            "test rooms, car, generalist, not told the robot",
            "unseen rooms, quadruped, specialist",
            "test rooms with a heading, humanoid, base");
    for (String gate : List.of("gate 1", "gate 2", "gate 7")) {
      Finding exact =
          found.findings().stream().filter(it -> it.name().startsWith(gate)).findFirst().get();
      assertThat(exact.ours().value()).as(gate).isLessThanOrEqualTo(1e-5);
    }
  }
}
