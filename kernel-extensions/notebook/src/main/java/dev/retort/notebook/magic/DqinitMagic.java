package dev.retort.notebook.magic;

import dev.retort.env.Env;
import dev.retort.notebook.Notebook;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.plan.Curves;
import dev.retort.plan.Extracting;
import dev.retort.policy.Policy;
import dev.retort.prior.Extraction;
import dev.retort.prior.QPrior;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.SourceVersion;

/**
 * {@code %dqinit solved --on MountainCar-varied/train-6 --bins 40}: takes a prior out of solved
 * tasks.
 */
final class DqinitMagic implements RetortMagic {
  private static final Schema OPTIONS = new Schema("dqinit");
  private static final Option<List<String>> FROM =
      OPTIONS.option("from", Words.POLICIES, List.of()).says("who solved the tasks, one a task");
  private static final Option<String> ON =
      OPTIONS.option("on", Words.ENVIRONMENT, "").says("what they solved: a task, or a family");

  private static final Option<String> INITIALIZED_BY =
      Words.prior(OPTIONS, "a prior of other tasks, to which these are added");

  @Override
  public Manual manual() {
    return Manual.line(
            "dqinit",
            "QPrior",
            "takes a prior of action values out of solved tasks, for dqInit(prior)",
            List.of(
                "Policy solved = %teacher Q-learning MountainCar --bins 20 --steps 20000",
                "%dqinit solved --on MountainCar --bins 20,40",
                "%dqinit solved --on MountainCar --discretization tiles --bins 8 --clipping on",
                "%dqinit solved --on MountainCar --clipping on --initialized-by prior"),
            List.of("from"),
            OPTIONS,
            Extraction.OPTIONS)
        .needing("from", "on")
        .switches(Switch.EXPLAIN, Switch.START, Switch.ONCE, Switch.QUIET);
  }

  @Override
  public Phrase<?> phrase(Said said, Notebook notebook) {
    List<Policy> solvers = new ArrayList<>();
    List<String> java = new ArrayList<>();
    for (String word : said.needAll(OPTIONS, FROM)) {
      boolean variable = SourceVersion.isIdentifier(word);
      if (variable
          && Thing.variable(word, notebook, Policy.class, Curves.class) instanceof Curves curves) {
        solvers.addAll(curves.policies());
        java.add(word + ".policies()");
      } else {
        Thing<Policy> policy = Thing.policyOf("%dqinit", word, notebook);
        solvers.add(policy.value());
        java.add(policy.java());
      }
    }
    Thing<Env> env = Thing.envOf(said.need(OPTIONS, ON), notebook);
    Settings settings = said.of(Extraction.OPTIONS);
    if (!said.has(Extraction.SEED)) {
      settings = settings.with(Extraction.SEED, notebook.seed());
    }
    String all =
        java.size() == 1 && java.get(0).endsWith(".policies()")
            ? java.get(0).replace(".policies()", "")
            : String.join(", ", java);
    Optional<Thing<QPrior>> known =
        said.has(INITIALIZED_BY)
            ? Optional.of(Thing.priorOf("%dqinit", said.get(OPTIONS, INITIALIZED_BY), notebook))
            : Optional.empty();
    return Phrase.of(
        "qPrior(%s).on(%s)%s%s%s"
            .formatted(
                all,
                env.java(),
                Fluent.calls(settings, Extraction.SEED),
                known.map(it -> Fluent.call("initializedBy", it.java())).orElse(""),
                Fluent.call("seed", Fluent.whole(settings.get(Extraction.SEED)))),
        QPrior.class,
        new Extracting(settings, solvers, env.value(), known.map(Thing::value)),
        said,
        Phrase.Leaves.RESULT);
  }
}
