package dev.retort.paper.zoo;

import static dev.retort.Retort.dqn;
import static dev.retort.Retort.env;
import static dev.retort.Retort.ppo;
import static dev.retort.Retort.sac;

import dev.retort.paper.Registration;
import dev.retort.paper.Scale;
import dev.retort.paper.Study;
import dev.retort.teach.Keep;
import java.util.List;

/**
 * Teachers and data that come with the repository: four worlds, and how each of them is made.
 *
 * <p>Teachers are trained at presets. PPO gives its last policy, on Reacher too, where the preset
 * keeps the best of greedy actions: who draws actions from that one, as data does, misses.
 */
public final class Zoo implements Study {
  static final Registration FIXED = Registration.of(Zoo.class);

  private static final List<World> WORLDS =
      List.of(
          new World(
              "CartPole",
              "env(\"CartPole\")",
              env("CartPole"),
              List.of(ppo("CartPole"), dqn("CartPole"))),
          new World(
              "Pendulum",
              "env(\"Pendulum\")",
              env("Pendulum"),
              List.of(sac("Pendulum").hidden(64, 64))),
          new World(
              "Reacher-C4",
              "env(\"Reacher-C4\")",
              env("Reacher-C4"),
              List.of(ppo("Reacher-C4").keep(Keep.LAST))),
          new World(
              "FourRooms",
              "env(\"FourRooms\").with(\"rooms\", 4).with(\"egocentric\", 1).train(100)",
              env("FourRooms").with("rooms", 4).with("egocentric", 1).train(100),
              List.of(ppo("FourRooms-egocentric"))));

  @Override
  public String name() {
    return "zoo";
  }

  @Override
  public String title() {
    return "Teachers and data that come with the repository";
  }

  @Override
  public List<World> parts() {
    return WORLDS;
  }

  @Override
  public List<String> afterword(Scale scale) {
    return List.of(
        "Each teacher is one training. Intervals are over its episodes, or the contexts of a family, and of data over the episodes that came to their end: they say how well this policy is known, not what training once more would give.");
  }
}
