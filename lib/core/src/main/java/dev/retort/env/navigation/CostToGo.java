package dev.retort.env.navigation;

import java.util.Arrays;

/**
 * The time that is left from every cell and heading to the goal, found from the goal backwards;
 * ways near obstacles are dearer than they are long.
 *
 * <p>Edsger W. Dijkstra, "A note on two problems in connexion with graphs", 1959, with the buckets
 * of Robert B. Dial, "Algorithm 360: shortest-path forest with topological ordering", 1969.
 */
final class CostToGo {
  /** No way is so long, and none is known. */
  private static final char UNKNOWN = Character.MAX_VALUE;

  private static final int BUCKETS = 1024;
  private static final double SLACK = 0.05;
  private static final double COMFORT = 0.5;
  private static final double DEARER = 3;
  private static final int TIGHT = 40;

  /** Within what distance of the goal a way may end, in m. */
  private static final double END = 0.4;

  /** How much farther than the start is looked, in hundredths of a second. */
  private static final int BEYOND = 600;

  private final Clearance clearance;
  private final Robot robot;
  private final Lattice lattice;
  private final int cells;
  private final char[] costs;
  private final byte[] tolls;
  private final int[][] buckets = new int[BUCKETS][16];
  private final int[] filled = new int[BUCKETS];
  private int waiting;

  /** Plans the mission of a state. */
  CostToGo(double[] state) {
    boolean asksHeading = state[RobotState.GATE] == 1;
    this.clearance = new Clearance(state);
    this.robot = Robot.of(state[RobotState.ROBOT]);
    this.lattice = Lattice.of(robot, asksHeading, asksHeading ? state[RobotState.GOAL + 2] : 0);
    this.cells = clearance.columns * clearance.rows;
    this.costs = new char[cells * lattice.headings()];
    this.tolls = new byte[costs.length];
    Arrays.fill(costs, UNKNOWN);
    end(state, asksHeading);
    int start = node(state[RobotState.X], state[RobotState.Y], state[RobotState.HEADING]);
    spread(start);
  }

  Clearance clearance() {
    return clearance;
  }

  private int node(double x, double y, double heading) {
    int cell = clearance.row(y) * clearance.columns + clearance.column(x);
    return nearest(heading) * cells + cell;
  }

  private int nearest(double heading) {
    long turned = Math.round(lattice.number(heading));
    return (int) Math.floorMod(turned, (long) lattice.headings());
  }

  private void end(double[] state, boolean asksHeading) {
    double x = state[RobotState.GOAL];
    double y = state[RobotState.GOAL + 1];
    for (int row = 0; row < clearance.rows; row++) {
      for (int column = 0; column < clearance.columns; column++) {
        double distance = Obstacles.length(clearance.x(column) - x, clearance.y(row) - y);
        for (int heading = 0; distance < END && heading < lattice.headings(); heading++) {
          if (!asksHeading || heading == 0) {
            lower(heading * cells + row * clearance.columns + column, (int) (100 * distance));
          }
        }
      }
    }
  }

  private void lower(int node, int cost) {
    if (cost >= costs[node] || toll(node) < 0) {
      return;
    }
    costs[node] = (char) cost;
    int bucket = cost % BUCKETS;
    if (filled[bucket] == buckets[bucket].length) {
      buckets[bucket] = Arrays.copyOf(buckets[bucket], 2 * filled[bucket]);
    }
    buckets[bucket][filled[bucket]++] = node;
    waiting++;
  }

  /** How tight it is, from 1 to 41; −1 where the robot cannot stand, 0 where nobody has looked. */
  private int toll(int node) {
    if (tolls[node] == 0) {
      int cell = node % cells;
      double slack =
          clearance.of(
              robot,
              clearance.x(cell % clearance.columns),
              clearance.y(cell / clearance.columns),
              lattice.angle(node / cells));
      double share = Math.max(0, (COMFORT - slack) / COMFORT);
      tolls[node] = (byte) (slack < SLACK ? -1 : 1 + (int) (TIGHT * share));
    }
    return tolls[node];
  }

  private void spread(int start) {
    int last = UNKNOWN - BEYOND;
    for (int cost = 0; waiting > 0 && cost <= last; cost++) {
      int bucket = cost % BUCKETS;
      while (filled[bucket] > 0) {
        int node = buckets[bucket][--filled[bucket]];
        waiting--;
        if (costs[node] == cost) {
          before(node, cost);
          if (node == start) {
            last = cost + BEYOND;
          }
        }
      }
    }
  }

  /** Lowers the costs of all nodes from which a move leads here. */
  private void before(int node, int cost) {
    int heading = node / cells;
    int row = node % cells / clearance.columns;
    int column = node % cells % clearance.columns;
    for (Lattice.Move move : lattice.moves()) {
      int fromColumn = column - move.columns();
      int fromRow = row - move.rows();
      if (move.to() == heading
          && fromColumn >= 0
          && fromRow >= 0
          && fromColumn < clearance.columns
          && fromRow < clearance.rows) {
        int from = move.from() * cells + fromRow * clearance.columns + fromColumn;
        int toll = toll(from);
        if (toll > 0) {
          lower(from, cost + move.time() + (int) (move.time() * DEARER * (toll - 1) / TIGHT));
        }
      }
    }
  }

  /** The time that is left from a pose, in s, between cells and headings; infinite if unknown. */
  double at(double x, double y, double heading) {
    double column = (x - clearance.west) / Clearance.CELL - 0.5;
    double row = (y - clearance.south) / Clearance.CELL - 0.5;
    double turned = lattice.number(heading);
    double sum = 0;
    double weights = 0;
    for (int corner = 0; corner < 8; corner++) {
      int c = (int) Math.floor(column) + (corner & 1);
      int r = (int) Math.floor(row) + (corner >> 1 & 1);
      int h = (int) Math.floor(turned) + (corner >> 2);
      double weight =
          (1 - Math.abs(column - c)) * (1 - Math.abs(row - r)) * (1 - Math.abs(turned - h));
      if (c >= 0 && r >= 0 && c < clearance.columns && r < clearance.rows) {
        int node = Math.floorMod(h, lattice.headings()) * cells + r * clearance.columns + c;
        if (costs[node] != UNKNOWN && weight > 0) {
          sum += weight * costs[node];
          weights += weight;
        }
      }
    }
    return weights < 1e-6 ? Double.POSITIVE_INFINITY : sum / weights / 100;
  }
}
