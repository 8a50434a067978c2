package dev.retort.notebook.magic;

import dev.retort.RetortException;
import dev.retort.data.Dataset;
import dev.retort.env.Env;
import dev.retort.notebook.Notebook;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.option.Type;
import dev.retort.plan.Collecting;
import dev.retort.policy.Policy;
import java.util.List;

/** {@code %collect 20000 --from teacher --on CartPole --epsilon 0.1}: collects a dataset. */
final class CollectMagic implements RetortMagic {
  private static final Schema OPTIONS = new Schema("collect");
  private static final Option<String> FROM =
      OPTIONS.option("from", Words.POLICY, "").says("whose outputs are recorded");
  private static final Option<String> ON =
      OPTIONS.option("on", Words.ENVIRONMENT, "").says("where to collect");
  private static final Option<String> EPSILON =
      OPTIONS
          .option("epsilon", Type.text("a share from 0 to 1").suggesting(List.of("0.1")), "")
          .says("short for --exploring epsilon:0.1");
  private static final Option<String> EXPLORE_GO =
      OPTIONS
          .option(
              "explore-go", Type.text("a whole number of at least 1").suggesting(List.of("50")), "")
          .in("steps")
          .says("short for --exploring explore-go:50");

  @Override
  public Manual manual() {
    return Manual.line(
            "collect",
            "Dataset",
            "collects a dataset from a teacher",
            List.of(
                "%collect 20000 --from teacher --on CartPole --epsilon 0.1",
                "%collect 10000 --from teacher --on CartPole --exploring explore-go:50 --explain"),
            List.of("steps"),
            OPTIONS,
            Collecting.OPTIONS)
        .needing("from", "on")
        .switches(Switch.EXPLAIN, Switch.START, Switch.ONCE, Switch.QUIET);
  }

  @Override
  public Phrase<?> phrase(Said said, Notebook notebook) {
    Thing<Policy> teacher = Thing.policyOf("%collect", said.need(OPTIONS, FROM), notebook);
    Thing<Env> env = Thing.envOf(said.need(OPTIONS, ON), notebook);
    Settings settings = explored(said, said.of(Collecting.OPTIONS));
    if (!said.has(Collecting.SEED)) {
      settings = settings.with(Collecting.SEED, notebook.seed());
    }
    String java =
        "collect(%s).from(%s).on(%s)%s%s"
            .formatted(
                Fluent.literal(settings.get(Collecting.STEPS)),
                teacher.java(),
                env.java(),
                Fluent.calls(settings, Collecting.STEPS, Collecting.SEED),
                Fluent.call("seed", Fluent.literal(settings.get(Collecting.SEED))));
    return Phrase.of(
        java,
        Dataset.class,
        new Collecting(settings, teacher.value(), env.value()),
        said,
        Phrase.Leaves.RESULT);
  }

  private static Settings explored(Said said, Settings settings) {
    List<Option<String>> shorts =
        List.of(EPSILON, EXPLORE_GO).stream().filter(option -> said.has(option)).toList();
    boolean plain = said.has(Collecting.EXPLORING);
    if (shorts.size() + (plain ? 1 : 0) > 1) {
      throw new RetortException(
          "%s: expected one of exploring, epsilon and explore-go, got several. Say one."
              .formatted("%collect"));
    }
    for (Option<String> option : shorts) {
      return settings.parse(
          Collecting.EXPLORING.name(), option.name() + ":" + said.get(OPTIONS, option));
    }
    return settings;
  }
}
