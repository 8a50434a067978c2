package dev.retort.paper.dqinit;

import dev.retort.paper.Findings;
import dev.retort.paper.KeptParts;
import dev.retort.paper.Parts;
import dev.retort.paper.Scale;
import dev.retort.paper.Study;
import dev.retort.paper.StudyPart;
import dev.retort.run.Json;
import dev.retort.run.Registry;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A study of the reconstruction. Beside the table of its constants it tells everything that is
 * decided before a run as one text, which is kept beside the runs and whose hash stands in the
 * report.
 */
interface ReconstructedStudy extends Study {
  /** All that is decided before anything is run. */
  String decided(Scale scale);

  /** What is told beside the hash of that text. */
  default String remark() {
    return "";
  }

  /** The first letters of the SHA-256 of a text. */
  static String hash(String decided) {
    return Json.sha256(decided).substring(0, 16);
  }

  @Override
  default List<String> foreword() {
    return List.of(
        "DQInit is reconstructed from the abstract of arXiv 2508.09277: no outcome here is the paper's.");
  }

  @Override
  default List<String> afterword(Scale scale) {
    return List.of(
        "Fixed before the run: registration %s. %s"
            .formatted(hash(decided(scale)), remark())
            .stripTrailing());
  }

  @Override
  default String unjudged() {
    return "with too few tasks, steps and episodes";
  }

  @Override
  default String explain(Scale scale, Parts chosen) {
    return decided(scale)
        + "\nparts: "
        + chosen.of("part", parts(), StudyPart::name).stream()
            .map(StudyPart::name)
            .collect(Collectors.joining(", "));
  }

  @Override
  default Findings run(Scale scale, Parts chosen, KeptParts kept) {
    String text = decided(scale);
    Registry.standard().note("registration-%s-%s.txt".formatted(name(), hash(text)), text);
    return Study.super.run(scale, chosen, kept);
  }
}
