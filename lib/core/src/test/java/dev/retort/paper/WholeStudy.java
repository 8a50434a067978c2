package dev.retort.paper;

import static dev.retort.Retort.reproduce;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.run.Runs;
import java.nio.file.Path;

/** A study from end to end at unit size. */
public final class WholeStudy {
  private WholeStudy() {}

  /**
   * What it finds: nothing is judged, and a part that is done again finds the same and its runs.
   *
   * @param part what is done again
   */
  public static Findings goneThrough(String study, String part) {
    Findings found = reproduce(study).preset("unit").quiet().run();
    assertThat(found.findings())
        .extracting(Finding::verdict)
        .doesNotContain(Verdict.MET, Verdict.MISSED, Verdict.VOID);
    assertThat(found.registered().orElseThrow().sha256())
        .isEqualTo(Study.of(study).registration().sha256());
    int runs = Runs.all().size();
    Findings again = reproduce(study).preset("unit").only(part).quiet().run();
    assertThat(Runs.all()).as("nothing is trained twice").hasSize(runs);
    assertThat(again.findings()).allSatisfy(each -> assertThat(found.findings()).contains(each));
    Path file = Path.of(System.getProperty("retort.runs"), "summary.json");
    FindingsFile.write(found, file);
    assertThat(Findings.open(file).findings()).as("as they are read").isEqualTo(found.findings());
    return found;
  }
}
