package dev.retort.env.world;

import dev.retort.env.Scratch;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Takes the steps of a {@link PlanarWorld}, whose page says how.
 *
 * <p>A state holds places, speeds, two impulses for each coupling, that of its motor and that of
 * its limit, and three numbers for each slot of {@link Contacts}.
 */
final class Stepper {
  private static final double PUSHED = 0.2;
  private static final double SLACK = 5e-4;
  private static final double FASTEST_PUSH = 2;

  private final Mechanism mechanism;
  private final Contacts contacts;
  private final double gravity;
  private final double timeStep;
  private final int sweeps;

  /** The couplings that are driven, in their order. */
  private final int[] driven;

  private final Scratch<Work> scratch;

  /** What a step works in. */
  static final class Work {
    final Motion motion;
    final Impulses impulses;
    final Meeting meeting = new Meeting();
    final double[] speeds;
    final double[] places;

    /** The row of each limit and motor, and of each slot of contacts; −1 where there is none. */
    final int[] limitRow;

    final int[] motorRow;
    final int[] contactRow;
    final double[] contactKey;

    Work(Mechanism mechanism, int slots) {
      motion = new Motion(mechanism);
      impulses = new Impulses(mechanism.freedoms);
      speeds = new double[mechanism.freedoms];
      places = new double[mechanism.freedoms];
      limitRow = new int[mechanism.by.length];
      motorRow = new int[mechanism.by.length];
      contactRow = new int[slots];
      contactKey = new double[slots];
    }
  }

  Stepper(Mechanism mechanism, double gravity, double timeStep, int sweeps) {
    this.mechanism = mechanism;
    this.contacts = new Contacts(mechanism);
    this.gravity = gravity;
    this.timeStep = timeStep;
    this.sweeps = sweeps;
    this.driven =
        IntStream.range(0, mechanism.by.length)
            .filter(i -> mechanism.by[i].motor().isPresent())
            .toArray();
    int slots = contacts.slots();
    this.scratch = Scratch.of(() -> new Work(mechanism, slots));
  }

  /** How many doubles a state takes. */
  int stateSize() {
    return slotAt(contacts.slots());
  }

  /** How many couplings are driven. */
  int motors() {
    return driven.length;
  }

  /** What the calling thread works in. */
  Work work() {
    return scratch.here();
  }

  /** With what force the terrain held a body off in the last step, in N. */
  double load(double[] state, int body) {
    double sum = 0;
    for (int slot = contacts.first(body); slot < contacts.first(body + 1); slot++) {
      sum += state[slotAt(slot) + 1];
    }
    return sum / timeStep;
  }

  /** With what torque or force the motor of a coupling drove it in the last step. */
  double drive(double[] state, int coupling) {
    return state[impulseAt(coupling, 0)] / timeStep;
  }

  /**
   * Takes one step of its length.
   *
   * @param state the state, {@code (stateSize)}, replaced by the next one
   * @param commands what each motor is told, in the order of couplings, {@code (motors)}
   * @param terrain what is below
   */
  void step(double[] state, double[] commands, Terrain terrain) {
    Work work = scratch.here();
    Motion motion = work.motion;
    Impulses impulses = work.impulses;
    double[] speeds = work.speeds;
    int n = mechanism.freedoms;
    double[] middle = work.places;
    for (int i = 0; i < n; i++) {
      middle[i] = state[i] + timeStep / 2 * state[n + i];
    }
    motion.place(middle);
    motion.move(state, n);
    motion.weigh(timeStep);
    free(state, commands, work, timeStep / 2);
    motion.move(speeds, 0);
    free(state, commands, work, timeStep);
    impulses.clear();
    motors(state, commands, work);
    limits(state, work);
    touching(state, terrain, work);
    impulses.begin(speeds);
    impulses.sweep(speeds, sweeps, true);
    for (int i = 0; i < n; i++) {
      state[i] = middle[i] + timeStep / 2 * speeds[i];
    }
    impulses.sweep(speeds, Math.max(1, sweeps / 2), false);
    System.arraycopy(speeds, 0, state, n, n);
    keep(state, work);
  }

  /** Speeds after a time in which nothing touches, by forces as they are where bodies move now. */
  private void free(double[] state, double[] commands, Work work, double time) {
    int n = mechanism.freedoms;
    double[] speeds = work.speeds;
    Arrays.fill(speeds, 0);
    torques(state, commands, speeds);
    work.motion.resist(speeds, gravity);
    work.motion.accelerate(speeds, 0);
    for (int i = 0; i < n; i++) {
      speeds[i] = state[n + i] + time * speeds[i];
    }
  }

  /** Torques that are told, and damping. */
  private void torques(double[] state, double[] commands, double[] force) {
    int n = mechanism.freedoms;
    for (int i = 0; i < mechanism.by.length; i++) {
      int freedom = mechanism.freedom(i);
      force[freedom] -= mechanism.by[i].damping() * state[n + freedom];
    }
    for (int m = 0; m < driven.length; m++) {
      Motor motor = mechanism.by[driven[m]].motor().orElseThrow();
      if (motor.command() == Motor.Command.TORQUE) {
        double most = motor.strength();
        force[mechanism.freedom(driven[m])] += Math.max(-most, Math.min(most, commands[m]));
      }
    }
  }

  private void motors(double[] state, double[] commands, Work work) {
    Arrays.fill(work.motorRow, -1);
    for (int m = 0; m < driven.length; m++) {
      Motor motor = mechanism.by[driven[m]].motor().orElseThrow();
      if (motor.command() != Motor.Command.TORQUE) {
        int freedom = mechanism.freedom(driven[m]);
        double most = motor.strength() * timeStep;
        int row = work.impulses.open();
        work.impulses.jacobian()[work.impulses.at(row) + freedom] = 1;
        double wanted = motor.wanted(commands[m], work.places[freedom]);
        work.impulses.hold(
            row, work.motion, wanted, 0, -most, most, state[impulseAt(driven[m], 0)]);
        work.motorRow[driven[m]] = row;
      }
    }
  }

  private int impulseAt(int coupling, int which) {
    return 2 * mechanism.freedoms + 2 * coupling + which;
  }

  private int slotAt(int slot) {
    return 2 * mechanism.freedoms + 2 * mechanism.by.length + Contacts.SLOT * slot;
  }

  private void limits(double[] state, Work work) {
    Arrays.fill(work.limitRow, -1);
    int n = mechanism.freedoms;
    for (int i = 0; i < mechanism.by.length; i++) {
      Coupling coupling = mechanism.by[i];
      int freedom = mechanism.freedom(i);
      double low = work.places[freedom] - coupling.low();
      double high = coupling.high() - work.places[freedom];
      boolean lower = low <= high;
      double gap = lower ? low : high;
      double near = 0.02 + timeStep * 2 * Math.abs(state[n + freedom]);
      if (gap < near) {
        int row = work.impulses.open();
        work.impulses.jacobian()[work.impulses.at(row) + freedom] = lower ? 1 : -1;
        hold(work, row, gap, lower == isLower(state, i) ? Math.abs(limit(state, i)) : 0);
        work.limitRow[i] = lower ? row : -2 - row;
      }
    }
  }

  private double limit(double[] state, int coupling) {
    return state[impulseAt(coupling, 1)];
  }

  /** Whether the impulse that a limit gave was that of the lower one. */
  private boolean isLower(double[] state, int coupling) {
    return limit(state, coupling) > 0;
  }

  /** Ends a row that keeps a gap from closing. */
  private void hold(Work work, int row, double gap, double before) {
    double wanted = gap > 0 ? -2 * gap / timeStep : 0;
    double pushed = gap < -SLACK ? Math.min(FASTEST_PUSH, PUSHED * (-gap - SLACK) / timeStep) : 0;
    work.impulses.hold(row, work.motion, wanted, pushed, 0, Double.POSITIVE_INFINITY, before);
  }

  private void touching(double[] state, Terrain terrain, Work work) {
    Arrays.fill(work.contactRow, -1);
    Motion motion = work.motion;
    Impulses impulses = work.impulses;
    contacts.find(
        motion,
        terrain,
        work.meeting,
        timeStep,
        (slot, key, from, body, x, y, normalX, normalY, gap, friction) -> {
          int at = slotAt(slot);
          boolean same = state[at] == key;
          int normal = impulses.open();
          direct(work, normal, from, body, x, y, normalX, normalY);
          hold(work, normal, gap, same ? state[at + 1] : 0);
          int along = impulses.open();
          direct(work, along, from, body, x, y, normalY, -normalX);
          impulses.rub(along, motion, normal, friction, same ? state[at + 2] : 0);
          work.contactRow[slot] = normal;
          work.contactKey[slot] = key;
        });
  }

  private static void direct(
      Work work, int row, int from, int body, double x, double y, double alongX, double alongY) {
    int at = work.impulses.at(row);
    double[] jacobian = work.impulses.jacobian();
    work.motion.direct(jacobian, at, body, x, y, alongX, alongY, 1);
    work.motion.direct(jacobian, at, from, x, y, alongX, alongY, -1);
  }

  /** Keeps the impulses of this step for the next one. */
  private void keep(double[] state, Work work) {
    for (int i = 0; i < mechanism.by.length; i++) {
      int motor = work.motorRow[i];
      state[impulseAt(i, 0)] = motor < 0 ? 0 : work.impulses.impulse(motor);
      int limit = work.limitRow[i];
      state[impulseAt(i, 1)] =
          limit == -1
              ? 0
              : limit >= 0 ? work.impulses.impulse(limit) : -work.impulses.impulse(-2 - limit);
    }
    for (int slot = 0; slot < contacts.slots(); slot++) {
      int at = slotAt(slot);
      int row = work.contactRow[slot];
      state[at] = row < 0 ? 0 : work.contactKey[slot];
      state[at + 1] = row < 0 ? 0 : work.impulses.impulse(row);
      state[at + 2] = row < 0 ? 0 : work.impulses.impulse(row + 1);
    }
  }
}
