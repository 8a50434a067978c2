package dev.retort.paper.compass;

import static dev.retort.Retort.collect;
import static dev.retort.Retort.greedy;
import static dev.retort.Retort.ornsteinUhlenbeck;
import static dev.retort.paper.compass.Embodiments.FIXED;

import dev.retort.collect.Behavior;
import dev.retort.data.Column;
import dev.retort.data.Dataset;
import dev.retort.env.Env;
import dev.retort.env.navigation.Planner;
import dev.retort.env.navigation.Robot;
import dev.retort.env.navigation.RobotRooms;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import dev.retort.policy.Policy;
import dev.retort.policy.Scripted;
import dev.retort.space.Group;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What the planner does with the differential drive, half of it under noise. A planner is code, of
 * which no run is found again: so its drives are made once for all parts of a study.
 */
final class PlannedDrives {
  /** Who finds the way with a map. */
  static final String PLANNER = "planner";

  private static final List<String> NEXT = List.of("range", "classes");
  private final Map<Scale, Dataset> known = new EnumMap<>(Scale.class);

  /** The planner where the map is seen. */
  static Policy planner(Env world) {
    return Scripted.of(PLANNER, world, Planner::act);
  }

  /**
   * Drives of a size, with what is seen next in the columns {@code teacher.next-range} and {@code
   * teacher.next-classes}.
   */
  synchronized Dataset of(Scale scale) {
    return known.computeIfAbsent(scale, PlannedDrives::driven);
  }

  private static Dataset driven(Scale scale) {
    int steps = FIXED.count("planned steps", scale);
    Behavior noise =
        ornsteinUhlenbeck(
            FIXED.number("noise: share taken away"), FIXED.number("noise: deviation"));
    Dataset all = driven(scale, steps / 2, noise, 1).and(driven(scale, steps / 2, greedy(), 2));
    for (String part : NEXT) {
      all = all.with(next(all, part, Dataset.TEACHER + ".next-" + part));
    }
    return all;
  }

  private static Dataset driven(Scale scale, int steps, Behavior behavior, long seed) {
    RobotRooms world = Stages.training(scale, Robot.DIFFERENTIAL).with("truth", 1);
    return StudyPart.inPassing(
            collect(steps).from(planner(world)).on(world).exploring(behavior).seed(seed))
        .without("truth");
  }

  /** A part of what is seen after each step, as a column. */
  static Column next(Dataset data, String part, String name) {
    Group seen = (Group) data.observations();
    int width = seen.parts().get(part).size();
    int from = seen.offset(part);
    float[] row = new float[seen.size()];
    float[] all = new float[data.size() * width];
    for (int i = 0; i < data.size(); i++) {
      data.nextObservation(i, row, 0);
      System.arraycopy(row, from, all, i * width, width);
    }
    return Column.of(name, width, all);
  }
}
