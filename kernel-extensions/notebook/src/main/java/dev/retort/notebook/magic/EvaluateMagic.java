package dev.retort.notebook.magic;

import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.evaluate.Evaluation;
import dev.retort.notebook.Notebook;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.plan.Evaluating;
import dev.retort.plan.Peers;
import dev.retort.policy.Policy;
import java.util.ArrayList;
import java.util.List;

/** {@code %evaluate teacher students --on CartPole}: plays episodes and tells the statistics. */
final class EvaluateMagic implements RetortMagic {
  private static final Schema OPTIONS = new Schema("evaluate");
  private static final Option<List<String>> POLICIES =
      OPTIONS
          .option("policies", Words.POLICIES, List.of())
          .says("what is evaluated; the first is what the others are compared to");
  private static final Option<List<String>> ON =
      OPTIONS.option("on", Words.ENVIRONMENTS, List.of()).says("where to evaluate");

  @Override
  public Manual manual() {
    return Manual.line(
            "evaluate",
            "Evaluation",
            "plays episodes, and shows mean returns with intervals",
            List.of(
                "%evaluate teacher students --on CartPole --episodes 100 --against-random",
                "%evaluate teacher --on CartPole --stochastic on --seed 7 --java"),
            List.of("policies"),
            OPTIONS,
            Evaluating.OPTIONS)
        .needing("policies", "on")
        .switches(Switch.AGAINST_RANDOM, Switch.EXPLAIN, Switch.START, Switch.ONCE, Switch.QUIET);
  }

  @Override
  public Phrase<?> phrase(Said said, Notebook notebook) {
    List<Thing<?>> rows = new ArrayList<>();
    for (String word : said.needAll(OPTIONS, POLICIES)) {
      rows.add(row(word, notebook));
    }
    List<Thing<Env>> envs =
        said.needAll(OPTIONS, ON).stream().map(word -> Thing.envOf(word, notebook)).toList();
    Settings settings = said.of(Evaluating.OPTIONS);
    if (!said.has(Evaluating.SEED)) {
      settings = settings.with(Evaluating.SEED, notebook.seed());
    }
    boolean againstRandom = said.has(Switch.AGAINST_RANDOM);
    String java =
        "%s.on(%s)%s%s%s"
            .formatted(
                java(rows),
                String.join(", ", envs.stream().map(Thing::java).toList()),
                againstRandom ? Fluent.call("againstRandom") : "",
                Fluent.calls(settings, Evaluating.SEED),
                Fluent.call("seed", Fluent.literal(settings.get(Evaluating.SEED))));
    Env[] more = envs.stream().skip(1).map(Thing::value).toArray(Env[]::new);
    Evaluating plain = candidates(rows).on(envs.get(0).value(), more);
    Evaluating plan = new Evaluating(settings, plain.candidates(), plain.envs());
    return Phrase.of(
        java,
        Evaluation.class,
        againstRandom ? plan.againstRandom() : plan,
        said,
        Phrase.Leaves.RESULT);
  }

  private static Thing<?> row(String word, Notebook notebook) {
    boolean variable = javax.lang.model.SourceVersion.isIdentifier(word);
    if (variable
        && Thing.variable(word, notebook, Policy.class, Peers.class) instanceof Peers peers) {
      return new Thing<>(word, peers);
    }
    return Thing.policyOf("%evaluate", word, notebook);
  }

  /** Policies up to the first population stand in the verb, the rest behind {@code and}. */
  private static String java(List<Thing<?>> rows) {
    int leading = leading(rows);
    StringBuilder java = new StringBuilder("evaluate(");
    java.append(
        leading == 0
            ? rows.get(0).java()
            : String.join(", ", rows.subList(0, leading).stream().map(Thing::java).toList()));
    java.append(')');
    rows.stream()
        .skip(Math.max(1, leading))
        .forEach(row -> java.append(Fluent.call("and", Fluent.quoted(name(row)), row.java())));
    return java.toString();
  }

  private static Evaluating.Of candidates(List<Thing<?>> rows) {
    int leading = leading(rows);
    Evaluating.Of of =
        leading == 0
            ? dev.retort.Retort.evaluate((Peers) rows.get(0).value())
            : Evaluating.Of.policies(
                rows.subList(0, leading).stream().map(row -> (Policy) row.value()).toList());
    for (Thing<?> row : rows.subList(Math.max(1, leading), rows.size())) {
      of =
          row.value() instanceof Peers peers
              ? of.and(name(row), peers)
              : of.and(name(row), (Policy) row.value());
    }
    return of;
  }

  private static int leading(List<Thing<?>> rows) {
    int leading = 0;
    while (leading < rows.size() && rows.get(leading).value() instanceof Policy) {
      leading++;
    }
    return leading;
  }

  private static String name(Thing<?> row) {
    if (row.value() instanceof Peers) {
      return row.java();
    }
    if (row.value() instanceof Policy policy) {
      return policy.name();
    }
    throw new RetortException("%evaluate: expected a policy in '" + row.java() + "'.");
  }
}
