package dev.retort.paper.marl;

import static dev.retort.Retort.decisionTransformer;
import static dev.retort.Retort.kl;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.Retort;
import dev.retort.data.Dataset;
import dev.retort.env.Env;
import dev.retort.paper.Artifact;
import dev.retort.paper.Finding;
import dev.retort.paper.Findings;
import dev.retort.paper.Parts;
import dev.retort.paper.Scale;
import dev.retort.paper.Study;
import dev.retort.paper.WholeStudy;
import dev.retort.paper.marl.MarlMethod.Kind;
import dev.retort.paper.marl.MethodReturns.Episodes;
import dev.retort.policy.Joint;
import dev.retort.policy.Policy;
import dev.retort.policy.RandomPolicy;
import dev.retort.run.OwnRuns;
import dev.retort.space.Group;
import dev.retort.teach.DecisionTransformer;
import dev.retort.teach.DecisionTransformer.Agents;
import dev.retort.teach.DecisionTransformer.Mapping;
import dev.retort.teach.DecisionTransformer.Told;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OfflineAgentsTest implements OwnRuns {
  private static double[] uniform(Env env, Episodes which) {
    List<Policy> random = List.of(RandomPolicy.of(env));
    return MethodReturns.played("", List.of(""), random, env, which, Scale.UNIT).returns()[0];
  }

  @Test
  void temperaturesAreChosenInEpisodesThatAreNotReported() {
    Env env = TeamData.of(Scale.UNIT, TeamTask.EQUAL_SPACE).env();
    assertThat(Episodes.VALIDATION.seed()).isNotEqualTo(Episodes.TEST.seed());
    assertThat(uniform(env, Episodes.VALIDATION)).doesNotContain(uniform(env, Episodes.TEST));
    assertThat(uniform(env, Episodes.TEST)).containsExactly(uniform(env, Episodes.TEST));
  }

  /** What each kind of students learns from, as the options say it. */
  @Test
  void studentsDifferFromOursInWhatTheyAreCalledAfter() {
    DecisionTransformer plain = decisionTransformer();
    DecisionTransformer ours = MarlMethod.OURS.of(plain);
    assertThat(ours).isEqualTo(plain.agents(Agents.APART).action(0).imitation(1).told(Told.TARGET));
    assertThat(MarlMethod.FULL.of(plain)).isEqualTo(ours.relation(1));
    assertThat(MarlMethod.SOME_RELATION.of(plain)).isEqualTo(ours.relation(0.1));
    assertThat(MarlMethod.ONE_MAPPING.of(plain)).isEqualTo(ours.relation(1).mapping(Mapping.ONE));
    assertThat(MarlMethod.NO_MOMENTUM.of(plain)).isEqualTo(ours.relation(1).teacherEvery(1));
    assertThat(MarlMethod.FULL.of(plain).teacherEvery()).as("e").isEqualTo(4);
    assertThat(MarlMethod.SHARPENED.of(plain)).isEqualTo(ours.distance(kl(0.5)));
    DecisionTransformer logged = plain.agents(Agents.APART);
    assertThat(MarlMethod.IDT.of(plain)).isEqualTo(logged);
    assertThat(MarlMethod.LITERAL.of(plain)).isEqualTo(logged.imitation(1));
    assertThat(MarlMethod.EQUATION_4.of(plain)).isEqualTo(logged.imitation(1).relation(1));
    assertThat(MarlMethod.NO_KL.of(plain)).isEqualTo(logged.relation(1));
    assertThat(MarlMethod.CLONING.of(plain)).isEqualTo(logged.told(Told.TARGET));
    for (MarlMethod method : MarlMethod.values()) {
      if (method.kind() != Kind.VALUES) {
        DecisionTransformer each = method.of(plain);
        assertThat(method.asked().hasFeatures())
            .as(method.toString())
            .isEqualTo(each.relation() > 0 || each.featureDistance() > 0);
        assertThat(method.kind() == Kind.STUDENT && each.told() == Told.LOGGED)
            .as("who is told what came has a teacher who was: %s", method)
            .isEqualTo(method.asked().isLogged());
      }
    }
  }

  @Test
  void studentsAreSharedAmongTeachersAndThoseOfVariantsHaveTheSameOnes() {
    assertThat(Lessons.shared(10, 4)).containsExactly(3, 3, 2, 2);
    assertThat(Lessons.shared(4, 2)).containsExactly(2, 2);
    TeamData main = TeamData.of(Scale.CPU, TeamTask.FILL_IN);
    assertThat(Lessons.runs(main, MarlMethod.OURS)).isEqualTo(10);
    assertThat(Lessons.runs(main, MarlMethod.TEACHER)).isEqualTo(4);
    assertThat(Lessons.runs(main, MarlMethod.FULL)).isEqualTo(4);
    assertThat(Lessons.runs(main.first(0.1), MarlMethod.OURS)).isEqualTo(4);
    assertThat(main.first(1)).isEqualTo(main);
    assertThat(main.first(0.1).toString()).isEqualTo("FillIn, 10 % of the data");
  }

  @Test
  void everyTaskHasDataThatShowAgentsTheirOwnPartAlone() {
    for (TeamTask task : TeamTask.values()) {
      TeamData of = TeamData.of(Scale.UNIT, task);
      Dataset data = of.collected();
      assertThat(((Group) data.observations()).parts().keySet())
          .containsExactly("agent1", "agent2", "agent3");
      assertThat(data.observations()).isEqualTo(of.env().observations());
      assertThat(data.columns()).contains("reward.agent1").doesNotContain("teacher.action");
      assertThat(of.first(0.5).collected().episodes()).isEqualTo((data.episodes() + 1) / 2);
    }
    TeamData poor = TeamData.of(Scale.UNIT, TeamTask.FILL_IN).of(DataQuality.POOR);
    assertThat(poor.collected().returns()).hasSize(32);
  }

  /** Across six cells, a step aside, back, and a step aside. */
  @Test
  void whoSweepsSeesNothingAndIsInEveryCellOfItsWay() {
    float[] memory = new float[1];
    float[] action = new float[2];
    int[] first = new int[14];
    int[] second = new int[14];
    for (int step = 0; step < 14; step++) {
      Reference.sweep(6, memory, action);
      first[step] = (int) action[0];
      second[step] = (int) action[1];
    }
    assertThat(first).containsExactly(2, 2, 2, 2, 2, 2, 3, 4, 4, 4, 4, 4, 4, 3);
    assertThat(second).containsExactly(4, 4, 4, 4, 4, 4, 1, 2, 2, 2, 2, 2, 2, 1);
    TeamData of = TeamData.of(Scale.CPU, TeamTask.FILL_IN);
    double swept = Reference.SWEEP.played(of).mean();
    assertThat(swept).isGreaterThan(Reference.CORNER.played(of).mean());
    assertThat(Reference.HEURISTIC.played(of).mean()).isGreaterThan(swept);
  }

  @Test
  void agentsWithActionValuesDrawToo() {
    TeamData of = TeamData.of(Scale.UNIT, TeamTask.FILL_IN);
    Lessons lessons = new Lessons();
    Joint greedy = (Joint) lessons.learned(of, MarlMethod.BCQ).policies().get(0);
    assertThat(greedy.distribution().kind()).isEqualTo("point");
    assertThat(greedy.tempered(0.5).distribution().kind()).isNotEqualTo("point");
    assertThat(lessons.played(of, MarlMethod.BCQ).means()).hasSize(3);
  }

  @Test
  void policiesThatTheStudyLeavesActAsTheyDidInTheMainTable(@TempDir Path folder) {
    TeamData of = TeamData.of(Scale.UNIT, TeamTask.EQUAL_SPACE);
    Lessons lessons = new Lessons();
    Artifact.save(new MethodTable(lessons).policies(of), folder);
    for (MarlMethod method : List.of(MarlMethod.TEACHER, MarlMethod.OURS, MarlMethod.IDT)) {
      Policy opened = Retort.policy(folder.resolve("EqualSpace-" + method + ".safetensors"));
      assertThat(
              MethodReturns.played(
                      "", List.of(""), List.of(opened), of.env(), Episodes.TEST, Scale.UNIT)
                  .returns()[0])
          .containsExactly(lessons.played(of, method).returns()[0]);
    }
  }

  @Test
  void theEstimateKeepsTheLimitOfTwoHoursOnTwoCores() {
    assertThat(MarlEffort.of(Scale.CPU).all()).isBetween(60.0, 2 * 118.0);
    assertThat(Study.of("marl").explain(Scale.CPU, new Parts(List.of())))
        .contains("processor minutes", "Cut at this size: ", "gate A0: standard errors");
  }

  @Tag("once")
  @Test
  void theWholeStudyGoesThroughAtUnitSizeAndIsFoundAgain() {
    Findings found = WholeStudy.goneThrough("marl", "ablations");
    List<String> names = found.findings().stream().map(Finding::name).toList();
    assertThat(names)
        .doesNotHaveDuplicates()
        .contains(
            "gate 6: soft, logged is IDT",
            "FillIn, data of PPO of three lengths",
            "FillIn, gate A0: teacher over the mean of the data",
            "FillIn, CQL",
            "FillIn, clones of the teacher's roll-outs",
            "FillIn, blind, each sweeps its own way",
            "FillIn, relation, M = N",
            "FillIn at its own best, IDT",
            "FillIn, ours, updates to 90 %",
            "FillIn, 50 % of the data, soft, logged",
            "FillIn, styled walks, teacher",
            "EqualSpace of a fixed side, ours");
    for (char claim = 'a'; claim <= 'i'; claim++) {
      String begins = "FillIn, (" + claim + ")";
      assertThat(names).anyMatch(name -> name.startsWith(begins));
    }
    assertThat(found.findings().get(0).ours().value()).isLessThan(1e-6);
  }
}
