package dev.retort.notebook.magic;

import dev.retort.data.Dataset;
import dev.retort.distill.Distillation;
import dev.retort.notebook.Notebook;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.plan.Cohort;
import dev.retort.plan.Distilling;
import dev.retort.policy.Ensemble;
import dev.retort.policy.Policy;
import java.util.List;

/** {@code %distill teacher --from data --into mlp:16,16}: distills a teacher into students. */
final class DistillMagic implements RetortMagic {
  private static final Schema OPTIONS = new Schema("distill");
  private static final Option<String> TEACHER =
      OPTIONS
          .option("teacher", Words.POLICY, "")
          .says("whose outputs count; those of the data, unless said");
  private static final Option<List<String>> FROM =
      OPTIONS.option("from", Words.DATASETS, List.of()).says("what students learn from");
  private static final Option<Long> SEED = Words.seed(OPTIONS);
  private static final Option<Integer> SEEDS =
      OPTIONS
          .whole("seeds", 0)
          .from(1)
          .in("seeds")
          .says("distill so many times, and give a Cohort, if said");

  @Override
  public Manual manual() {
    return Manual.line(
            "distill",
            "Ensemble",
            "distills a teacher into an ensemble of students, with a live card",
            List.of(
                "%distill teacher --from data --into mlp:16,16 --members 5 --epochs 30",
                "%distill teacher --from data --members 5 --seeds 10",
                "%distill teacher --from data --minimizing kl:0.5 --members 50 --explain"),
            List.of("teacher"),
            OPTIONS,
            Distillation.OPTIONS)
        .needing("from")
        .switches(Switch.EXPLAIN, Switch.START, Switch.ONCE, Switch.QUIET)
        .andCell();
  }

  @Override
  public Phrase<?> phrase(Said said, Notebook notebook) {
    List<Thing<Dataset>> data =
        said.needAll(OPTIONS, FROM).stream()
            .map(word -> Thing.datasetOf("%distill", word, notebook))
            .toList();
    Dataset first = data.get(0).value();
    Dataset[] more = data.stream().skip(1).map(Thing::value).toArray(Dataset[]::new);
    String from = String.join(", ", data.stream().map(Thing::java).toList());
    Distilling plain;
    String java;
    if (said.has(TEACHER)) {
      Thing<Policy> teacher = Thing.policyOf("%distill", said.get(OPTIONS, TEACHER), notebook);
      plain = new Distilling.Of(List.of(teacher.value())).from(first, more);
      java = "distill(%s).from(%s)".formatted(teacher.java(), from);
    } else {
      plain = dev.retort.Retort.distill(first, more);
      java = "distill(%s)".formatted(from);
    }
    Settings settings = said.of(Distillation.OPTIONS);
    Distillation asked = new Distillation(settings);
    if (!said.has(Distillation.MINIMIZING)) {
      asked = asked.minimizing(plain.distillation().minimizing());
    }
    long seed = said.has(SEED) ? said.get(OPTIONS, SEED) : notebook.seed();
    Distilling plan = plain.with(asked).seed(seed);
    String whole = java + Fluent.calls(settings) + Fluent.call("seed", Fluent.whole(seed));
    if (said.has(SEEDS)) {
      int seeds = said.get(OPTIONS, SEEDS);
      return Phrase.of(
          whole + Fluent.call("seeds", Fluent.whole(seeds)),
          Cohort.class,
          plan.seeds(seeds),
          said,
          Phrase.Leaves.CARD);
    }
    return Phrase.of(whole, Ensemble.class, plan, said, Phrase.Leaves.CARD);
  }
}
