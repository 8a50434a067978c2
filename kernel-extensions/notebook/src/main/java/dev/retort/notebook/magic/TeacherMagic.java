package dev.retort.notebook.magic;

import dev.retort.env.Env;
import dev.retort.notebook.Notebook;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.option.Type;
import dev.retort.plan.Curves;
import dev.retort.plan.Training;
import dev.retort.policy.Policy;
import dev.retort.teach.Algorithm;
import java.util.ArrayList;
import java.util.List;

/** {@code %teacher PPO CartPole --steps 30000}: trains a policy, or several seeds together. */
final class TeacherMagic implements Magic {
  private static final Schema OPTIONS = new Schema("teacher");
  private static final Option<String> ALGORITHM =
      OPTIONS.option(
          "algorithm",
          Type.text("one of " + String.join(", ", names())).suggesting(names()),
          "PPO",
          "",
          "how to learn");
  private static final Option<String> ON =
      OPTIONS.option("on", Words.ENVIRONMENT, "", "", "where to learn");
  private static final Option<Long> SEED = Words.seed(OPTIONS);
  private static final Option<Long> SEEDS =
      OPTIONS.whole(
          "seeds", 0, 1, "seeds", "train so many as one population, and give Curves, if said");

  private static List<String> names() {
    return Algorithm.all().stream().map(Algorithm::name).toList();
  }

  private static Schema schema(Algorithm algorithm) {
    return algorithm.settings().schema();
  }

  @Override
  public Manual manual() {
    List<Schema> schemas = new ArrayList<>(List.of(OPTIONS));
    Algorithm.all().forEach(algorithm -> schemas.add(schema(algorithm)));
    return Manual.line(
            "teacher",
            "Policy",
            "trains a teacher, with a live card",
            List.of(
                "%teacher PPO CartPole --steps 30000 --seed 0",
                "%teacher DQN CartPole --steps 20000 --seeds 5",
                "%teacher Q-learning FrozenLake --steps 50000",
                "%teacher R-Max GoalRooms/train-1 --m 1 --steps 2000",
                "%teacher PPO FourRooms/train-20 --network cnn:16:64 --explain"),
            List.of("algorithm", "on"),
            schemas.toArray(Schema[]::new))
        .needing("on")
        .switches(Switch.EXPLAIN, Switch.START)
        .andCell();
  }

  @Override
  public List<Schema> schemas(Typed typed) {
    String name =
        typed.options().stream()
            .filter(pair -> pair.name().equals("algorithm"))
            .map(Typed.Pair::value)
            .findFirst()
            .or(() -> typed.words().stream().findFirst())
            .orElseGet(ALGORITHM::standardText);
    return List.of(OPTIONS, schema(Algorithm.of(name)));
  }

  @Override
  public Phrase<?> phrase(Said said, Notebook notebook) {
    Algorithm plain = Algorithm.of(said.get(OPTIONS, ALGORITHM));
    Settings settings = said.of(schema(plain));
    Thing<Env> env = Thing.envOf(said.need(OPTIONS, ON), notebook);
    long seed = said.has(SEED) ? said.get(OPTIONS, SEED) : notebook.seed();
    Training plan = new Training(plain.with(settings), env.value(), seed);
    String java =
        "train(%s()%s).on(%s)%s"
            .formatted(
                schema(plain).owner(),
                Fluent.calls(settings),
                env.java(),
                Fluent.call("seed", Fluent.whole(seed)));
    if (said.has(SEEDS)) {
      int seeds = said.of(OPTIONS).whole(SEEDS);
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
