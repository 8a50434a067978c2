package dev.retort.notebook.magic;

import dev.retort.data.Dataset;
import dev.retort.distill.Loss;
import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.evaluate.Comparison;
import dev.retort.evaluate.Evaluation;
import dev.retort.loss.Distances;
import dev.retort.nn.Architecture;
import dev.retort.nn.Architectures;
import dev.retort.notebook.Notebook;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Type;
import dev.retort.plan.Curves;
import dev.retort.plan.Peers;
import dev.retort.policy.Policy;
import dev.retort.policy.PolicyFile;
import dev.retort.prior.QPrior;
import dev.retort.run.Run;
import dev.retort.run.RunState;
import dev.retort.run.RunSummary;
import dev.retort.run.Runs;
import dev.retort.teach.Algorithm;
import dev.retort.teach.Algorithms;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Types of options that stand for things of a notebook, and the words that such things have. */
final class Words {
  static final Type<String> ALGORITHM =
      Type.text(
          "one of %s, or one of your own that was registered"
              .formatted(
                  Algorithms.supplied().stream()
                      .map(Algorithm::name)
                      .collect(Collectors.joining(", "))));
  static final Type<String> ENVIRONMENT =
      Type.text("an environment: a variable, or a name such as CartPole or FourRooms/train-200");
  static final Type<List<String>> ENVIRONMENTS =
      Names.type("environments: variables, or names such as CartPole");
  static final Type<String> POLICY =
      Type.text("a policy: a variable, a run's number, a file, or a name such as zoo/CartPole-ppo");
  static final Type<List<String>> POLICIES =
      Names.type("policies: variables, runs' numbers, files, or names such as zoo/CartPole-ppo");
  static final Type<String> DATASET =
      Type.text(
          "a dataset: a variable, a run's number, a file, or a name such as zoo/CartPole-expert");
  static final Type<List<String>> DATASETS =
      Names.type("datasets: variables, runs' numbers, files, or names such as zoo/CartPole-expert");
  static final Type<String> SAVED =
      Type.text("a file that save(..) wrote or that has one of the formats of others, or a name");
  static final Type<String> PRIOR = Type.text("a prior: a variable, a run's number or a file");
  static final Type<List<String>> CURVES =
      Names.type("variables with Curves, as %teacher … --seeds 10 gives them");
  static final Type<List<String>> PLOTTED =
      Names.type(
          "runs' numbers, or a variable with Curves, a Cohort, an Evaluation, a Comparison or a Run");
  static final Type<String> STOPPED_RUN = Type.text("a run's number, as %runs lists them");
  static final Type<String> ACTIVE_RUN = Type.text("the number of a run that is at work");
  static final Type<String> MAGIC = Type.text("a magic's name");

  private static final Set<String> POLICY_RUNS = Set.of("train", "distill", "dagger");
  private static final Set<String> DATASET_RUNS = Set.of("collect");
  private static final Set<String> PRIOR_RUNS = Set.of("extract");

  private static final Map<Type<?>, Function<Notebook, Stream<String>>> KNOWN =
      Map.ofEntries(
          Map.entry(ALGORITHM, open -> Algorithm.all().stream().map(Algorithm::name)),
          Map.entry(ENVIRONMENT, Words::environments),
          Map.entry(ENVIRONMENTS, Words::environments),
          Map.entry(POLICY, open -> policies(open, Policy.class)),
          Map.entry(POLICIES, open -> policies(open, Policy.class, Peers.class)),
          Map.entry(DATASET, Words::datasets),
          Map.entry(DATASETS, Words::datasets),
          Map.entry(SAVED, open -> named()),
          Map.entry(PRIOR, Words::priors),
          Map.entry(CURVES, open -> variables(open, Curves.class)),
          Map.entry(PLOTTED, Words::plotted),
          Map.entry(STOPPED_RUN, open -> runs(RunState.STOPPED, RunState.INTERRUPTED)),
          Map.entry(ACTIVE_RUN, open -> runs(RunState.RUNNING)),
          Map.entry(MAGIC, open -> Magics.all().stream().map(magic -> magic.manual().name())));

  private Words() {}

  /** A prior to begin with. */
  static Option<String> prior(Schema schema, String says) {
    return schema.option("initialized-by", PRIOR, "").says(says);
  }

  /** The seed; the notebook's where it is not said. */
  static Option<Long> seed(Schema schema) {
    return schema.whole("seed", 0L).says("names all chance; the notebook's, unless said");
  }

  /** What could be said for an option: things of this notebook, choices, or the default. */
  static List<String> choices(Option<?> option, Notebook notebook) {
    Function<Notebook, Stream<String>> known = KNOWN.get(option.type());
    if (known != null) {
      return known.apply(notebook).distinct().toList();
    }
    List<String> choices = option.type().choices();
    if (option.standard() instanceof Loss) {
      return Stream.concat(choices.stream(), Distances.names().stream()).distinct().toList();
    }
    if (option.standard() instanceof Architecture) {
      return Stream.concat(choices.stream(), Architectures.texts().stream()).distinct().toList();
    }
    return choices.isEmpty() ? List.of(option.standardText()) : choices;
  }

  private static Stream<String> environments(Notebook notebook) {
    Stream<String> parts =
        Environments.families().stream()
            .flatMap(family -> Stream.of(family + "/train-200", family + "/test-200"));
    return Stream.of(
            variables(notebook, Env.class), Environments.all().stream().map(Env::name), parts)
        .flatMap(names -> names);
  }

  private static Stream<String> policies(Notebook notebook, Class<?>... types) {
    return Stream.of(variables(notebook, types), results(POLICY_RUNS), PolicyFile.names().stream())
        .flatMap(names -> names);
  }

  private static Stream<String> datasets(Notebook notebook) {
    return Stream.of(
            variables(notebook, Dataset.class), results(DATASET_RUNS), Dataset.names().stream())
        .flatMap(names -> names);
  }

  /** What is opened by its name. */
  private static Stream<String> named() {
    return Stream.concat(PolicyFile.names().stream(), Dataset.names().stream());
  }

  private static Stream<String> priors(Notebook notebook) {
    return Stream.concat(variables(notebook, QPrior.class), results(PRIOR_RUNS));
  }

  private static Stream<String> plotted(Notebook notebook) {
    return Stream.concat(
        variables(
            notebook, Peers.class, Evaluation.class, Comparison.class, Run.class, RunSummary.class),
        Runs.all().stream().map(run -> String.valueOf(run.id())));
  }

  /** The variables of these types; not those that JShell made up, such as {@code $1}. */
  static Stream<String> variables(Notebook notebook, Class<?>... types) {
    return notebook.variables().names().stream()
        .filter(name -> !name.startsWith("$"))
        .filter(
            name ->
                notebook
                    .variables()
                    .get(name)
                    .filter(value -> Stream.of(types).anyMatch(type -> type.isInstance(value)))
                    .isPresent());
  }

  private static Stream<String> results(Set<String> kinds) {
    return Runs.all().stream()
        .filter(run -> run.state() == RunState.FINISHED && kinds.contains(run.kind()))
        .map(Words::number);
  }

  private static Stream<String> runs(RunState... states) {
    return Runs.all().stream()
        .filter(run -> List.of(states).contains(run.state()))
        .map(Words::number);
  }

  private static String number(RunSummary run) {
    return String.valueOf(run.id());
  }
}
