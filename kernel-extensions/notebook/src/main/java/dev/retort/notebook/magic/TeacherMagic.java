package dev.retort.notebook.magic;

import static dev.retort.Retort.dqInit;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.env.Env;
import dev.retort.notebook.Notebook;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.option.Type;
import dev.retort.plan.Curves;
import dev.retort.plan.Training;
import dev.retort.policy.Policy;
import dev.retort.prior.QPrior;
import dev.retort.teach.Algorithm;
import dev.retort.teach.Algorithms;
import dev.retort.teach.Dqn;
import dev.retort.teach.Iter;
import dev.retort.teach.Presets;
import dev.retort.teach.Tabular;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** {@code %teacher PPO CartPole --steps 30000}: trains a policy, or several seeds together. */
final class TeacherMagic implements RetortMagic {
  private static final Schema OPTIONS = new Schema("teacher");
  private static final Option<String> ALGORITHM =
      OPTIONS.option("algorithm", Words.ALGORITHM, "PPO").says("how to learn");
  private static final Option<String> ON =
      OPTIONS.option("on", Words.ENVIRONMENT, "").says("where to learn");
  private static final Option<String> PRESET =
      OPTIONS
          .option("preset", Type.text("the name of a task, such as CartPole"), "")
          .says("begin with settings that are known to learn a task");
  private static final Option<String> INITIALIZED_BY =
      Words.prior(OPTIONS, "what solved tasks say, of a learner of action values");
  private static final Option<Long> SEED = Words.seed(OPTIONS);
  private static final Option<Integer> SEEDS =
      OPTIONS
          .whole("seeds", 0)
          .from(1)
          .in("seeds")
          .says("train so many as one population, and give Curves, if said");

  private static List<String> names() {
    return Algorithm.all().stream().map(Algorithm::name).toList();
  }

  private static Schema schema(Algorithm algorithm) {
    return algorithm.settings().schema();
  }

  @Override
  public Manual manual() {
    List<Schema> schemas = new ArrayList<>(List.of(OPTIONS));
    Algorithms.supplied().forEach(algorithm -> schemas.add(schema(algorithm)));
    return Manual.line(
            "teacher",
            "Policy",
            "trains a teacher, with a live card",
            List.of(
                "%teacher PPO CartPole --steps 30000 --seed 0",
                "%teacher DQN CartPole --steps 20000 --seeds 5",
                "%teacher DQN MountainCar --preset MountainCar",
                "%teacher Q-learning FrozenLake --steps 50000",
                "%teacher R-Max GoalRooms/train-1 --m 1 --steps 2000",
                "%teacher Q-learning MountainCar --bins 20 --steps 20000 --initialized-by prior",
                "%teacher PPO FourRooms/train-20 --network cnn:16:64 --explain"),
            List.of("algorithm", "on"),
            schemas.toArray(Schema[]::new))
        .needing("on")
        .switches(Switch.EXPLAIN, Switch.START, Switch.ONCE, Switch.QUIET)
        .andCell();
  }

  /** A single word that is near to no algorithm is the environment. */
  @Override
  public Typed completed(Typed typed) {
    boolean environment =
        typed.words().size() == 1
            && typed.options().stream()
                .noneMatch(pair -> Set.of("algorithm", "on").contains(pair.name()))
            && UnknownNameException.nearest(typed.words().get(0), names()).isEmpty();
    return environment ? typed.withFirst(ALGORITHM.standardText()) : typed;
  }

  @Override
  public List<Schema> schemas(Typed typed) {
    return List.of(OPTIONS, schema(algorithm(typed)));
  }

  private static Algorithm algorithm(Typed typed) {
    String name =
        typed.options().stream()
            .filter(pair -> pair.name().equals("algorithm"))
            .map(Typed.Pair::value)
            .findFirst()
            .or(() -> typed.words().stream().findFirst())
            .orElseGet(ALGORITHM::standardText);
    return Algorithm.of(name);
  }

  /** An algorithm that was registered, or whose agent has words of its own, as Java finds it. */
  private static String own(Algorithm plain, Settings settings) {
    StringBuilder java = new StringBuilder("algorithm(" + Fluent.quoted(plain.name()) + ")");
    settings
        .changes()
        .forEach(
            (option, value) ->
                java.append(Fluent.call("set", Fluent.quoted(option), Fluent.quoted(value))));
    return java.toString();
  }

  /** A learner of values, which begins with what solved tasks say. */
  private static Thing<Algorithm> initialized(Thing<Algorithm> learner, Thing<QPrior> prior) {
    boolean supplied = Algorithms.isSupplied(learner.value());
    if (supplied && learner.value() instanceof Tabular<?> table) {
      return new Thing<>(
          learner.java() + Fluent.call("initializedBy", prior.java()),
          table.initializedBy(prior.value()));
    }
    if (supplied && learner.value() instanceof Dqn dqn) {
      return new Thing<>(
          learner.java() + Fluent.call("guidedBy", "dqInit(" + prior.java() + ")"),
          dqn.guidedBy(dqInit(prior.value())));
    }
    throw new RetortException(
        "%s: expected a learner of action values where there is a prior, got %s. Say DQN, Q-learning, Delayed-Q or R-Max, or leave --initialized-by out."
            .formatted("%teacher", learner.value().name()));
  }

  /** The presets of the algorithm that was named. */
  static Stream<String> presets(Typed typed) {
    return Presets.of(algorithm(typed)).keySet().stream();
  }

  @Override
  public Phrase<?> phrase(Said said, Notebook notebook) {
    Algorithm plain = Algorithm.of(said.get(OPTIONS, ALGORITHM));
    String preset = said.get(OPTIONS, PRESET);
    Algorithm first = said.has(PRESET) ? Presets.find(plain, preset) : plain;
    Settings settings = said.over(first.settings());
    Thing<Env> env = Thing.envOf(said.need(OPTIONS, ON), notebook);
    long seed = said.has(SEED) ? said.get(OPTIONS, SEED) : notebook.seed();
    Thing<Algorithm> learner =
        new Thing<>(
            Algorithms.isSupplied(plain) && !(plain instanceof Iter)
                ? "%s(%s)%s"
                    .formatted(
                        schema(plain).owner(),
                        said.has(PRESET) ? Fluent.quoted(preset) : "",
                        Fluent.calls(first.settings(), settings))
                : own(plain, settings),
            plain.with(settings));
    if (said.has(INITIALIZED_BY)) {
      String word = said.get(OPTIONS, INITIALIZED_BY);
      learner = initialized(learner, Thing.priorOf("%teacher", word, notebook));
    }
    Training plan = new Training(learner.value(), env.value(), seed);
    String java =
        "train(%s).on(%s)%s"
            .formatted(learner.java(), env.java(), Fluent.call("seed", Fluent.whole(seed)));
    if (said.has(SEEDS)) {
      int seeds = said.get(OPTIONS, SEEDS);
      return Phrase.of(
          java + Fluent.call("seeds", Fluent.whole(seeds)),
          Curves.class,
          plan.seeds(seeds),
          said,
          Phrase.Leaves.CARD);
    }
    return Phrase.of(java, Policy.class, plan, said, Phrase.Leaves.CARD);
  }
}
