package dev.retort.env.navigation;

/** Where in a state stands what: pose, velocity, goal, and what stands in the room. */
final class RobotState {
  static final int X = 0;
  static final int Y = 1;

  /** Counter-clockwise from the east in rad, from −π to π. */
  static final int HEADING = 2;

  /** Ahead, to the left, and of turning, in m/s and rad/s. */
  static final int VELOCITY = 3;

  /** The last command within the limits. */
  static final int COMMAND = 6;

  /** What a humanoid feels, ahead and to the left, in m/s². */
  static final int BALANCE = 9;

  /** The share of the speed ahead by which a quadruped slips to the left. */
  static final int SLIP = 11;

  /** Place and heading of the goal. */
  static final int GOAL = 12;

  static final int STATUS = 15;

  /** Steps since the beginning of the episode. */
  static final int STEPS = 16;

  static final int ROBOT = 17;

  /** Whether the goal asks for a heading. */
  static final int GATE = 18;

  /** Places of the way since the start, which are only looked at. */
  static final int TRAIL = 19;

  private static final int MARKS = 32;

  /** How many obstacles there are. */
  static final int COUNT = TRAIL + 2 * (MARKS + 1);

  static final int OBSTACLES = COUNT + 1;
  static final int SIZE = OBSTACLES + Obstacles.NUMBERS * Obstacles.MOST;

  /** Statuses of a mission that is over; 0 of one that is not. */
  static final double REACHED = 1;

  static final double BUMPED = 2;
  static final double FALLEN = 3;

  private RobotState() {}

  /** How far the goal is, in m. */
  static double distance(double[] state) {
    return Obstacles.length(state[GOAL] - state[X], state[GOAL + 1] - state[Y]);
  }

  /** The speed in m/s. */
  static double speed(double[] state) {
    return Obstacles.length(state[VELOCITY], state[VELOCITY + 1]);
  }

  /** The acceleration that a humanoid feels, in m/s². */
  static double felt(double[] state) {
    return Obstacles.length(state[BALANCE], state[BALANCE + 1]);
  }

  /** Leaves a mark of the way now and then, the first one at the start. */
  static void mark(double[] state, int horizon) {
    int steps = (int) state[STEPS];
    int stride = stride(horizon);
    if (steps % stride == 0 && steps / stride <= MARKS) {
      state[TRAIL + 2 * (steps / stride)] = state[X];
      state[TRAIL + 2 * (steps / stride) + 1] = state[Y];
    }
  }

  /** How many marks of the way there are. */
  static int marks(double[] state, int horizon) {
    return 1 + Math.min(MARKS, (int) state[STEPS] / stride(horizon));
  }

  private static int stride(int horizon) {
    return 1 + (horizon - 1) / MARKS;
  }
}
