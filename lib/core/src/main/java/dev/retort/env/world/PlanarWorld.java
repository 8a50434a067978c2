package dev.retort.env.world;

import dev.retort.RetortException;
import dev.retort.env.Scratch;
import dev.retort.option.Given;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Bodies in a vertical plane: hinges and slides with motors, friction, terrain. A world is a value
 * that says how things are built; how they stand and move lies in an array of the caller, as {@link
 * dev.retort.env.Env} wants it, and decides the future alone.
 *
 * <pre>{@code
 * PlanarWorld cart =
 *     PlanarWorld.empty()
 *         .with(RigidBody.of("box", Outline.box(0.6, 0.2)).at(0, 0.25).mass(4))
 *         .with(RigidBody.of("wheel", Outline.disc(0.1)).at(-0.2, 0.1))
 *         .with(Coupling.hinge("axle", "box", "wheel").at(-0.2, 0.1).drivenBy(Motor.speed(2)));
 * double[] state = cart.start();
 * cart.step(state, new double[] {5}, Terrain.flat());
 * }</pre>
 *
 * <p>The state is {@code (q, q̇, impulses)}: angles and shifts of couplings, place and angle of
 * free bodies, their speeds, and the impulses of the last step, with which the next one begins. A
 * step goes half its way, weighs forces, and looks for contacts there, and goes the other half by
 * the speeds that follow, so that without contacts its error falls with the square of its length:
 *
 * <pre>
 *   q_½ = q + ½ h q̇      q̇' = q̇ + h M⁻¹(q_½) (τ − c(q_½, q̇_½)) + M⁻¹ Jᵀ λ      q' = q_½ + ½ h q̇'
 * </pre>
 *
 * <p>Damping is taken at the end of the step, contacts are inelastic, friction is Coulomb's.
 *
 * <p>Couplings hold exactly, since coordinates are those of the couplings; chains must be open.
 *
 * <p>Jean Jacques Moreau, "Unilateral contact and dry friction in finite freedom dynamics", 1988;
 * tree algorithms by Roy Featherstone, "Rigid body dynamics algorithms", 2008.
 */
public final class PlanarWorld {
  /** The name of what does not move. */
  public static final String GROUND = "ground";

  /** The shade of the terrain in a {@link #picture}. */
  public static final float TERRAIN_SHADE = 0.25f;

  private static final double PUSHED = 0.2;
  private static final double SLACK = 5e-4;
  private static final double FASTEST_PUSH = 2;
  private static final double GRAVITY = 9.81;

  private final List<RigidBody> bodies;
  private final List<Coupling> couplings;
  private final double gravity;
  private final double timeStep;
  private final int sweeps;
  private final Mechanism mechanism;
  private final Contacts contacts;
  private final Sightings sightings;
  private final int[] motors;
  private final transient Scratch<Work> scratch;

  /** What a step works in. */
  private static final class Work {
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

  private PlanarWorld(
      List<RigidBody> bodies,
      List<Coupling> couplings,
      double gravity,
      double timeStep,
      int sweeps) {
    if (!Double.isFinite(gravity)) {
      throw new RetortException("world: expected a finite gravity, got %s.".formatted(gravity));
    }
    if (!(timeStep > 0 && timeStep <= 0.1)) {
      throw new RetortException(
          "world: expected a time step above 0 and up to 0.1 s, got %s.".formatted(timeStep));
    }
    if (sweeps < 1) {
      throw new RetortException("world: expected at least 1 sweep, got %s.".formatted(sweeps));
    }
    this.bodies = bodies;
    this.couplings = couplings;
    this.gravity = gravity;
    this.timeStep = timeStep;
    this.sweeps = sweeps;
    this.mechanism = new Mechanism(bodies, couplings);
    this.contacts = new Contacts(mechanism);
    this.sightings = new Sightings(mechanism);
    int[] driven = new int[couplings.size()];
    int count = 0;
    for (int i = 0; i < driven.length; i++) {
      if (couplings.get(i).motor().isPresent()) {
        driven[count++] = i;
      }
    }
    this.motors = Arrays.copyOf(driven, count);
    Mechanism own = mechanism;
    int slots = contacts.slots();
    this.scratch = Scratch.of(() -> new Work(own, slots));
  }

  /** Nothing, in steps of 0.01 s. */
  public static PlanarWorld empty() {
    return new PlanarWorld(List.of(), List.of(), GRAVITY, 0.01, 10);
  }

  /** The same with one body more. */
  public PlanarWorld with(RigidBody body) {
    List<RigidBody> more = new ArrayList<>(bodies);
    more.add(Given.given("world", "a body", body));
    return new PlanarWorld(List.copyOf(more), couplings, gravity, timeStep, sweeps);
  }

  /** The same with one coupling more, of bodies that are there. */
  public PlanarWorld with(Coupling coupling) {
    List<Coupling> more = new ArrayList<>(couplings);
    more.add(Given.given("world", "a coupling", coupling));
    return new PlanarWorld(bodies, List.copyOf(more), gravity, timeStep, sweeps);
  }

  /** The same under another gravity, in m/s² downward; 9.81 unless said otherwise. */
  public PlanarWorld gravity(double metersPerSecondSquared) {
    return new PlanarWorld(bodies, couplings, metersPerSecondSquared, timeStep, sweeps);
  }

  /** The same in other steps, in s; 0.01 unless said otherwise. */
  public PlanarWorld timeStep(double seconds) {
    return new PlanarWorld(bodies, couplings, gravity, seconds, sweeps);
  }

  /**
   * The same with contacts, limits and motors swept so many times, 10 unless said otherwise: more
   * for high stacks, fewer for speed.
   */
  public PlanarWorld sweeps(int times) {
    return new PlanarWorld(bodies, couplings, gravity, timeStep, times);
  }

  /** Length of a step in s. */
  public double timeStep() {
    return timeStep;
  }

  /** The bodies as they were described. */
  public List<RigidBody> bodies() {
    return bodies;
  }

  /** The couplings as they were described. */
  public List<Coupling> couplings() {
    return couplings;
  }

  /** How many motors there are, and so commands a step. */
  public int motors() {
    return motors.length;
  }

  /** How many doubles a state takes. */
  public int stateSize() {
    return 2 * mechanism.freedoms + 2 * couplings.size() + Contacts.SLOT * contacts.slots();
  }

  /** The pose of the description, at rest. */
  public double[] start() {
    double[] state = new double[stateSize()];
    start(state);
    return state;
  }

  /**
   * Writes the pose of the description, at rest.
   *
   * @param state receives {@link #stateSize()} numbers
   */
  public void start(double[] state) {
    Arrays.fill(state, 0, stateSize(), 0);
    for (int i = 0; i < mechanism.bodies; i++) {
      if (mechanism.coupling[i] == Mechanism.NONE) {
        RigidBody body = mechanism.body[i];
        state[mechanism.first[i]] = body.x();
        state[mechanism.first[i] + 1] = body.y();
        state[mechanism.first[i] + 2] = body.angle();
      }
    }
  }

  /**
   * Takes one step of {@link #timeStep()}.
   *
   * @param state the state, {@code (stateSize)}, replaced by the next one
   * @param commands what each motor is told, in the order of couplings, {@code (motors)}
   * @param terrain what is below
   */
  public void step(double[] state, double[] commands, Terrain terrain) {
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
    for (int i = 0; i < couplings.size(); i++) {
      int freedom = mechanism.freedom(i);
      force[freedom] -= couplings.get(i).damping() * state[n + freedom];
    }
    for (int m = 0; m < motors.length; m++) {
      Motor motor = couplings.get(motors[m]).motor().orElseThrow();
      if (motor.command() == Motor.Command.TORQUE) {
        double most = motor.strength();
        force[mechanism.freedom(motors[m])] += Math.max(-most, Math.min(most, commands[m]));
      }
    }
  }

  private void motors(double[] state, double[] commands, Work work) {
    Arrays.fill(work.motorRow, -1);
    for (int m = 0; m < motors.length; m++) {
      Motor motor = couplings.get(motors[m]).motor().orElseThrow();
      if (motor.command() != Motor.Command.TORQUE) {
        int freedom = mechanism.freedom(motors[m]);
        double most = motor.strength() * timeStep;
        int row = work.impulses.open();
        work.impulses.jacobian()[work.impulses.at(row) + freedom] = 1;
        double wanted = motor.wanted(commands[m], work.places[freedom]);
        work.impulses.hold(
            row, work.motion, wanted, 0, -most, most, state[impulseAt(motors[m], 0)]);
        work.motorRow[motors[m]] = row;
      }
    }
  }

  private int impulseAt(int coupling, int which) {
    return 2 * mechanism.freedoms + 2 * coupling + which;
  }

  private int slotAt(int slot) {
    return 2 * mechanism.freedoms + 2 * couplings.size() + Contacts.SLOT * slot;
  }

  private void limits(double[] state, Work work) {
    Arrays.fill(work.limitRow, -1);
    int n = mechanism.freedoms;
    for (int i = 0; i < couplings.size(); i++) {
      Coupling coupling = couplings.get(i);
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
    for (int i = 0; i < couplings.size(); i++) {
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

  /** Where a coupling's angle (rad) or shift (m) stands in a state; its speed is {@link #speed}. */
  public int place(String coupling) {
    return mechanism.freedom(mechanism.coupling(coupling));
  }

  /** Where a coupling's speed stands in a state, in rad/s or m/s. */
  public int speed(String coupling) {
    return mechanism.freedoms + place(coupling);
  }

  /** Where a free body's {@code x}, {@code y} and angle stand in a state, one behind the other. */
  public int free(String body) {
    int index = mechanism.body(body);
    if (mechanism.coupling[index] != Mechanism.NONE) {
      throw new RetortException(
          "world: expected a free body, got '%s', which hangs from '%s'. Ask for its pose."
              .formatted(body, mechanism.by[mechanism.coupling[index]].parent()));
    }
    return mechanism.first[index];
  }

  /** Where a body is and how it moves. */
  public Pose pose(double[] state, String body) {
    Motion motion = placed(state);
    return motion.pose(mechanism.body(body));
  }

  /** Where all bodies are, in the order of {@link #bodies()}. */
  public List<Pose> poses(double[] state) {
    Motion motion = placed(state);
    List<Pose> poses = new ArrayList<>();
    for (RigidBody each : bodies) {
      poses.add(motion.pose(mechanism.body(each.name())));
    }
    return poses;
  }

  private Motion placed(double[] state) {
    Motion motion = scratch.here().motion;
    motion.place(state);
    motion.move(state, mechanism.freedoms);
    return motion;
  }

  /** Energy of motion and height, in J. */
  public double energy(double[] state) {
    return placed(state).energy(gravity);
  }

  /**
   * Hits a body at its center of mass.
   *
   * @param x impulse in N s to the right
   * @param y impulse in N s upward
   */
  public void push(double[] state, String body, double x, double y) {
    Work work = scratch.here();
    work.motion.place(state);
    work.motion.weigh(0);
    int index = mechanism.body(body);
    double[] more = work.speeds;
    Arrays.fill(more, 0);
    work.motion.direct(more, 0, index, work.motion.x[index], work.motion.y[index], x, y, 1);
    work.motion.accelerate(more, 0);
    for (int i = 0; i < mechanism.freedoms; i++) {
      state[mechanism.freedoms + i] += more[i];
    }
  }

  /** With what force the terrain held a body off in the last step, in N. */
  public double load(double[] state, String body) {
    int index = mechanism.body(body);
    double sum = 0;
    for (int slot = contacts.first(index); slot < contacts.first(index + 1); slot++) {
      sum += state[slotAt(slot) + 1];
    }
    return sum / timeStep;
  }

  /**
   * How far a ray goes until it meets a body or the terrain, in meters.
   *
   * @param x where it begins, in meters
   * @param y where it begins, in meters upward
   * @param angle its direction in rad, counter-clockwise from the right
   * @param reach the farthest that is seen, which is returned where nothing is met
   * @param through the name of a body that is looked through, such as the one that looks
   */
  public double distance(
      double[] state,
      Terrain terrain,
      double x,
      double y,
      double angle,
      double reach,
      String through) {
    return sightings.distance(placed(state), terrain, x, y, angle, reach, mechanism.body(through));
  }

  /**
   * Paints the world for networks to look at: 0 where nothing is, {@link #TERRAIN_SHADE} for the
   * terrain, and a brighter shade for each body, the last the brightest.
   *
   * @param left edge of the picture in meters
   * @param top edge of the picture in meters
   * @param pixel side of a pixel in meters
   * @param picture receives the shades, {@code (height, width)}, the upper row first
   */
  public void picture(
      double[] state,
      Terrain terrain,
      double left,
      double top,
      double pixel,
      int width,
      int height,
      float[] picture) {
    sightings.paint(placed(state), terrain, left, top, pixel, width, height, picture);
  }

  /**
   * Draws the world for a person to look at.
   *
   * @param center what is in the middle, in meters
   * @param wide how much is seen from left to right, in meters
   */
  public void draw(
      double[] state,
      Terrain terrain,
      Graphics2D canvas,
      int width,
      int height,
      double center,
      double wide) {
    WorldDrawing drawing = new WorldDrawing(canvas, width, height, center, wide);
    drawing.terrain(terrain, width, height);
    drawing.marks(terrain, width);
    Motion motion = placed(state);
    for (int body = mechanism.bodies - 1; body >= 0; body--) {
      drawing.body(mechanism.body[body].outline(), motion.pose(body), mechanism.depth(body));
    }
    for (int body : mechanism.held) {
      if (!mechanism.slides(body)) {
        drawing.hinge(motion.pointX(body), motion.pointY(body), 0.02);
      }
    }
  }
}
