package dev.retort.paper.geomagnetic;

import dev.retort.env.Env;
import dev.retort.env.geomagnetic.Geomagnetic;
import dev.retort.env.geomagnetic.Pilots;
import dev.retort.policy.Policy;
import dev.retort.policy.Scripted;
import java.util.List;
import java.util.function.Function;

/** Methods that learn nothing before they set out, and the oracle: a row in every table. */
final class Rivals {
  static final String BROYDEN = "Broyden";
  static final String EVOLUTION = "evolution";
  static final String ORACLE = "great circle";

  private Rivals() {}

  /** The controller that learns the Jacobian on its way. */
  static Missions broyden(List<Geomagnetic> worlds, int each) {
    return flown(BROYDEN, worlds, each, Rivals::broyden);
  }

  static Policy broyden(Env world) {
    return Scripted.of(BROYDEN, world, Pilots.BROYDEN_MEMORY, Pilots::broyden);
  }

  /** The search for a heading by evolution. */
  static Missions evolution(List<Geomagnetic> worlds, int each) {
    return flown(EVOLUTION, worlds, each, Rivals::evolution);
  }

  static Policy evolution(Env world) {
    return Scripted.of(EVOLUTION, world, Pilots.EVOLUTION_MEMORY, Pilots::evolution);
  }

  /** Who sees the true bearing of the goal. */
  static Missions oracle(List<Geomagnetic> worlds, int each) {
    List<Geomagnetic> seen = worlds.stream().map(world -> world.with("bearing", 1)).toList();
    return flown(ORACLE, seen, each, Rivals::oracle);
  }

  /** Acts where the true bearing is seen, {@code with("bearing", 1)}. */
  static Policy oracle(Env seen) {
    return Scripted.of(ORACLE, seen, Pilots::oracle);
  }

  private static Missions flown(
      String method, List<Geomagnetic> worlds, int each, Function<Env, Policy> pilot) {
    Missions all = Missions.none(method);
    for (Geomagnetic world : worlds) {
      all = all.and(Missions.flown(method, List.of(pilot.apply(world)), world, each));
    }
    return all;
  }
}
