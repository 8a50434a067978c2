package dev.retort.env.agents;

/**
 * Rules by which somebody who knows everything moves all agents at once; they see the part {@code
 * global}, {@code with("global", 1)}.
 *
 * <pre>{@code
 * FillIn cells = new FillIn().with("global", 1);
 * Policy knows = Scripted.of("heuristic", cells, (seen, action) -> Heuristics.fillIn(cells, seen, action));
 * }</pre>
 *
 * <p>They are good and not the best: what agents can reach who see only their own part is measured
 * in what it costs more.
 */
public final class Heuristics {
  private Heuristics() {}

  /**
   * The world that the part {@code global} shows, as a state. It stands before the rewards at the
   * end, whatever wrappers show beside what agents see.
   */
  private static double[] state(AgentTask task, float[] seen) {
    double[] state = new double[task.stateSize()];
    int from = seen.length - task.agents() - task.world().size();
    for (int i = 0; i < task.world().size(); i++) {
      state[i] = seen[from + i];
    }
    return state;
  }

  /**
   * Each agent in turn goes towards the nearest cell that is not filled and to which none before it
   * goes, of those that are equally near to the one that is farthest from the others; who has no
   * such cell stays.
   *
   * @param seen what the world shows, with its part {@code global}
   * @param action receives a move for each agent
   */
  public static void fillIn(FillIn world, float[] seen, float[] action) {
    double[] state = state(world, seen);
    boolean[] open = new boolean[world.cells()];
    for (int cell = 0; cell < open.length; cell++) {
      open[cell] = state[world.filledAt() + cell] == 0;
    }
    int side = world.side();
    for (int i = 0; i < world.agents(); i++) {
      int best = -1;
      int least = Integer.MAX_VALUE;
      for (int cell = 0; cell < open.length; cell++) {
        int steps = steps(world, state, i, cell);
        int cost = world.cells() * steps - fromOthers(world, state, i, cell);
        if (open[cell] && cost < least) {
          best = cell;
          least = cost;
        }
      }
      action[i] = 0;
      if (best >= 0) {
        int row = best / side;
        action[i] = towards(state, i, best % side, row);
        open[best] = false;
      }
    }
  }

  /** Steps from a cell to the nearest of the other agents. */
  private static int fromOthers(FillIn world, double[] state, int agent, int cell) {
    int nearest = world.cells();
    for (int i = 0; i < world.agents(); i++) {
      nearest = i == agent ? nearest : Math.min(nearest, steps(world, state, i, cell));
    }
    return nearest;
  }

  private static int steps(FillIn world, double[] state, int agent, int cell) {
    int row = cell / world.side();
    return Moves.distance(state[2 * agent], state[2 * agent + 1], cell % world.side(), row);
  }

  /**
   * The moves of all agents together after which the distances are nearest to what is wanted, the
   * first of those that are equally good.
   *
   * @param seen what the world shows, with its part {@code global}
   * @param action receives a move for each agent
   */
  public static void equalSpace(EqualSpace world, float[] seen, float[] action) {
    double[] state = state(world, seen);
    int[] tried = new int[world.agents()];
    double least = Double.POSITIVE_INFINITY;
    do {
      double[] after = state.clone();
      for (int i = 0; i < tried.length; i++) {
        world.move(after, i, tried[i]);
      }
      double deviation = world.deviation(after);
      if (deviation < least) {
        least = deviation;
        for (int i = 0; i < tried.length; i++) {
          action[i] = tried[i];
        }
      }
    } while (next(tried));
  }

  /** Counts on to the next choice of moves; false behind the last one. */
  private static boolean next(int[] moves) {
    for (int i = 0; i < moves.length; i++) {
      if (++moves[i] < Moves.COUNT) {
        return true;
      }
      moves[i] = 0;
    }
    return false;
  }

  /**
   * Each agent goes towards the nearest of its objects, around those of others where it can; who
   * has none left stays.
   *
   * @param seen what the world shows, with its part {@code global}
   * @param action receives a move for each agent
   */
  public static void collect(Collect world, float[] seen, float[] action) {
    double[] state = state(world, seen);
    for (int i = 0; i < world.agents(); i++) {
      int least = Integer.MAX_VALUE;
      action[i] = 0;
      for (int object = 0; object < world.objects(); object++) {
        int place = world.placeOf(i, object);
        if (world.fate(state, i, object) != Collect.THERE) {
          continue;
        }
        for (int move = 1; move < Moves.COUNT; move++) {
          int x = Moves.moved(state[2 * i], Moves.dx(move), world.side());
          int y = Moves.moved(state[2 * i + 1], Moves.dy(move), world.side());
          int steps = Moves.distance(x, y, state[place], state[place + 1]);
          int detour = isOthers(world, state, i, x, y) ? 4 : 0; // steps around one are fewer
          if (steps + detour < least) {
            least = steps + detour;
            action[i] = move;
          }
        }
      }
    }
  }

  private static boolean isOthers(Collect world, double[] state, int agent, int x, int y) {
    for (int owner = 0; owner < world.agents(); owner++) {
      for (int object = 0; object < world.objects(); object++) {
        int place = world.placeOf(owner, object);
        boolean there = state[place] == x && state[place + 1] == y;
        if (there && owner != agent && world.fate(state, owner, object) == Collect.THERE) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Agents gather and wait, since who steps within an enemy's reach is hit first. Each hits the
   * weakest enemy that it reaches; who reaches none helps against the enemy that is nearest to all
   * together, once a fellow fights it.
   *
   * @param seen what the world shows, with its part {@code global}
   * @param action receives a choice for each agent
   */
  public static void miniSkirmish(MiniSkirmish world, float[] seen, float[] action) {
    double[] state = state(world, seen);
    int target = target(world, state);
    for (int i = 0; i < world.agents(); i++) {
      int reached = reached(world, state, i);
      action[i] = 0;
      if (reached >= 0) {
        action[i] = MiniSkirmish.ATTACK + reached - world.agents();
      } else if (target >= 0 && isBusy(world, state, target)) {
        action[i] = towards(state, i, state[2 * target], state[2 * target + 1]);
      } else {
        action[i] = gather(world, state, i);
      }
    }
  }

  private static int towards(double[] state, int fighter, double x, double y) {
    return Moves.towards(state[2 * fighter], state[2 * fighter + 1], x, y);
  }

  /** A step to where the living agents are on the mean. */
  private static int gather(MiniSkirmish world, double[] state, int agent) {
    double x = 0;
    double y = 0;
    int alive = 0;
    for (int i = 0; i < world.agents(); i++) {
      if (world.isAlive(state, i)) {
        x += state[2 * i];
        y += state[2 * i + 1];
        alive++;
      }
    }
    return alive == 0 ? 0 : towards(state, agent, Math.rint(x / alive), Math.rint(y / alive));
  }

  /** The living enemy that is nearest to all agents together, the weaker it is the nearer. */
  private static int target(MiniSkirmish world, double[] state) {
    int target = -1;
    int least = Integer.MAX_VALUE;
    for (int enemy = world.agents(); enemy < 2 * world.agents(); enemy++) {
      int sum = (int) state[world.healthAt(enemy)];
      for (int i = 0; i < world.agents(); i++) {
        sum += world.isAlive(state, i) ? MiniSkirmish.apart(state, i, enemy) : 0;
      }
      if (world.isAlive(state, enemy) && sum < least) {
        target = enemy;
        least = sum;
      }
    }
    return target;
  }

  /** Whether an enemy has an agent within its reach. */
  private static boolean isBusy(MiniSkirmish world, double[] state, int enemy) {
    for (int fellow = 0; fellow < world.agents(); fellow++) {
      boolean near = MiniSkirmish.apart(state, fellow, enemy) <= MiniSkirmish.REACH;
      if (near && world.isAlive(state, fellow)) {
        return true;
      }
    }
    return false;
  }

  /** The weakest enemy that an agent reaches, the first of those; −1 for none. */
  private static int reached(MiniSkirmish world, double[] state, int agent) {
    int weakest = -1;
    for (int enemy = world.agents(); enemy < 2 * world.agents(); enemy++) {
      boolean within =
          world.isAlive(state, enemy)
              && MiniSkirmish.apart(state, agent, enemy) <= MiniSkirmish.REACH;
      boolean weaker = weakest < 0 || state[world.healthAt(enemy)] < state[world.healthAt(weakest)];
      if (within && weaker) {
        weakest = enemy;
      }
    }
    return weakest;
  }
}
