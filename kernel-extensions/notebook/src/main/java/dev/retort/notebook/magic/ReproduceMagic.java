package dev.retort.notebook.magic;

import dev.retort.notebook.Notebook;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.option.Type;
import dev.retort.paper.Findings;
import dev.retort.paper.Reproduction;
import dev.retort.paper.Study;
import java.util.List;

/** {@code %reproduce benchmarks --preset unit}: does a published experiment again. */
final class ReproduceMagic implements RetortMagic {
  private static final Schema OPTIONS = new Schema("reproduce");
  private static final Option<String> STUDY =
      OPTIONS
          .option(
              "study",
              Type.text("an experiment such as benchmarks")
                  .suggesting(Study.all().stream().map(Study::name).toList()),
              "")
          .says("which experiment is done again");

  @Override
  public Manual manual() {
    return Manual.line(
            "reproduce",
            "Findings",
            "does a published experiment again, beside its published numbers",
            List.of("%reproduce benchmarks --preset unit"),
            List.of("study"),
            OPTIONS,
            Reproduction.OPTIONS)
        .needing("study")
        .switches(Switch.EXPLAIN, Switch.QUIET)
        .andCell();
  }

  @Override
  public Phrase<?> phrase(Said said, Notebook notebook) {
    Settings settings = said.of(Reproduction.OPTIONS);
    Study study = Study.of(said.need(OPTIONS, STUDY));
    Reproduction plan = new Reproduction(settings, study);
    String java = "reproduce(" + Fluent.quoted(study.name()) + ")" + Fluent.calls(settings);
    if (said.has(Switch.EXPLAIN)) {
      return Phrase.of(java + ".explain()", String.class, open -> plan.explain());
    }
    return said.has(Switch.QUIET)
        ? Phrase.of(java + ".quiet().run()", Findings.class, open -> plan.quiet().run())
        : Phrase.of(java + ".run()", Findings.class, open -> plan.run());
  }
}
