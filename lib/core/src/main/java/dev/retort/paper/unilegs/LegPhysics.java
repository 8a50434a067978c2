package dev.retort.paper.unilegs;

import static dev.retort.paper.unilegs.ManyLegs.FIXED;

import dev.retort.env.legs.Gait;
import dev.retort.env.legs.Morphology;
import dev.retort.env.legs.UniLegs;
import dev.retort.env.world.Coupling;
import dev.retort.env.world.Outline;
import dev.retort.env.world.PlanarWorld;
import dev.retort.env.world.RigidBody;
import dev.retort.env.world.Terrain;
import dev.retort.figure.Line;
import dev.retort.figure.Lines;
import dev.retort.figure.Numbers;
import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import dev.retort.random.RandomStream;
import java.util.ArrayList;
import java.util.List;

/** Gates 1 and 2: what the world does to energy, and whether robots walk by a clock alone. */
final class LegPhysics implements StudyPart {
  private static final double GRAVITY = 9.81;
  private static final double SECONDS = 10;
  private static final int STEPS_A_SECOND = 50;
  private static final int FIRST = STEPS_A_SECOND;
  private static final int COUNTED = 5 * STEPS_A_SECOND;

  @Override
  public String name() {
    return "physics";
  }

  @Override
  public String explain(Scale scale) {
    return "physics: gate 1, the energy of a free double pendulum at 100 and 500 Hz, and gate 2, an open-loop gait of every robot; a few seconds";
  }

  @Override
  public Found run(Scale scale) {
    LegClaims claims = new LegClaims(scale, new Schooling(scale).taught(), Morphology.LONG);
    List<Finding> findings = new ArrayList<>();
    Swing coarse = Swing.of(FIXED.number("time step"));
    Swing fine = Swing.of(FIXED.number("finer time step"));
    findings.add(
        claims.claim(
            "gate 1: the energy error falls with the step",
            "largest error at 100 Hz less that at 500 Hz",
            coarse.most() - fine.most()));
    findings.add(coarse.row("100 Hz", "54 % lost in another engine, 32 % in a third"));
    findings.add(fine.row("500 Hz", "19 % and 0.6 %"));
    double slowest = Double.POSITIVE_INFINITY;
    double steepest = 0;
    for (Morphology robot : Schooling.ROBOTS) {
      double speed = FIXED.number("gait: speed asked for");
      Stride ahead = Stride.of(robot, speed);
      Stride back = Stride.of(robot, -speed);
      if (isJudged(robot, scale)) {
        slowest = Math.min(slowest, ahead.speed());
        steepest = Math.max(steepest, ahead.pitch());
      }
      findings.add(
          Measured.of(
                  "open-loop gait, " + robot.name(),
                  "m/s ahead, %s asked for".formatted(Numbers.of(speed)),
                  ahead.speed())
              .how("legs", robot.legs())
              .how("most pitch in rad", Numbers.of(Math.max(ahead.pitch(), back.pitch())))
              .how("m/s where as much is asked for to the back", Numbers.of(back.speed()))
              .reported());
    }
    String which = "of robots with 4, 6 and 8 legs that teach";
    findings.add(
        claims.claim("gate 2: speed of the open-loop gait", "m/s, the least " + which, slowest));
    findings.add(
        claims.claim("gate 2: pitch of the open-loop gait", "rad, the most " + which, steepest));
    return new Found(
        findings,
        List.of(
            Lines.of(
                "A free double pendulum",
                "seconds",
                "energy lost, as a share",
                coarse.line("100 Hz"),
                fine.line("500 Hz"))),
        List.of(
            "The pendulum of the pilot, of which other engines' losses are known, was another one, whose lengths and angles nobody recorded: its values stand beside ours and are no thresholds."),
        0);
  }

  private static boolean isJudged(Morphology robot, Scale scale) {
    return new Schooling(scale).taught().contains(robot);
  }

  /**
   * What a free double pendulum loses.
   *
   * @param lost energy lost after each tenth of a second, over that from horizontal to hanging
   * @param most largest error, to either side
   */
  @SuppressWarnings("ArrayRecordComponent") // made once and read, compared by nobody
  record Swing(double[] lost, double most) {
    static Swing of(double timeStep) {
      double[] sizes = FIXED.numbers("pendulum: length and mass", Scale.CPU);
      double length = sizes[0];
      PlanarWorld world =
          PlanarWorld.empty()
              .timeStep(timeStep)
              .with(rod("upper", length, 0.5 * length, sizes[1]))
              .with(rod("lower", length, 1.5 * length, sizes[1]))
              .with(Coupling.hinge("pivot", PlanarWorld.GROUND, "upper").at(0, 0))
              .with(Coupling.hinge("elbow", "upper", "lower").at(length, 0));
      double[] state = world.start();
      double before = world.energy(state);
      double scale = GRAVITY * sizes[1] * (0.5 + 1.5) * length;
      int each = (int) Math.round(0.1 / timeStep);
      double[] lost = new double[(int) Math.round(10 * SECONDS) + 1];
      double most = 0;
      for (int tenth = 1; tenth < lost.length; tenth++) {
        for (int i = 0; i < each; i++) {
          world.step(state, new double[0], Terrain.flat());
          most = Math.max(most, Math.abs(world.energy(state) - before) / scale);
        }
        lost[tenth] = (before - world.energy(state)) / scale;
      }
      return new Swing(lost, most);
    }

    private static RigidBody rod(String name, double length, double x, double mass) {
      return RigidBody.of(name, Outline.capsule(length, 0.02))
          .at(x, 0)
          .mass(mass)
          .touching(RigidBody.Touch.NOTHING);
    }

    Finding row(String rate, String pilot) {
      return Measured.of(
              "free double pendulum, " + rate,
              "energy lost in 10 s, over that from horizontal to hanging",
              lost[lost.length - 1])
          .how("largest error", Numbers.of(most))
          .how("a pilot with another pendulum", pilot)
          .reported();
    }

    Line line(String name) {
      double[] seconds = new double[lost.length];
      for (int tenth = 0; tenth < seconds.length; tenth++) {
        seconds[tenth] = tenth / 10.0;
      }
      return Line.of(name, seconds, lost);
    }
  }

  /**
   * How a robot walks by its clock alone, on flat ground and without pushes.
   *
   * @param speed mean speed ahead in m/s, 0 where it fell
   * @param pitch largest angle of the trunk in rad
   */
  record Stride(double speed, double pitch) {
    static Stride of(Morphology robot, double command) {
      UniLegs calm = new UniLegs().with("bumps", 0).with("push", 0);
      double[] state = new double[calm.stateSize()];
      float[] seen = new float[calm.observations().size()];
      float[] action = new float[calm.actions().size()];
      RandomStream random = RandomStream.of(FIXED.count("evaluation"), "gait");
      calm.reset(Schooling.ROBOTS.indexOf(robot), state, random);
      int speedAt = calm.observations().offset("velocity");
      int pitchAt = calm.observations().offset("body");
      double sum = 0;
      double most = 0;
      for (int step = 0; step < FIRST + COUNTED; step++) {
        calm.observe(state, seen);
        seen[calm.observations().offset("command")] = (float) command;
        Gait.trot(seen, action);
        calm.step(state, action, random);
        if (calm.terminated(state)) {
          return new Stride(0, Double.POSITIVE_INFINITY);
        }
        calm.observe(state, seen);
        most = Math.max(most, Math.abs(seen[pitchAt]));
        sum += step >= FIRST ? seen[speedAt] : 0;
      }
      return new Stride(sum / COUNTED, most);
    }
  }
}
