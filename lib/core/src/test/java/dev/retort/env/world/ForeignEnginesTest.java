package dev.retort.env.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.env.world.RigidBody.Touch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.dyn4j.dynamics.Body;
import org.dyn4j.dynamics.joint.RevoluteJoint;
import org.dyn4j.geometry.Geometry;
import org.dyn4j.geometry.MassType;
import org.dyn4j.geometry.Vector2;
import org.dyn4j.world.World;
import org.junit.jupiter.api.Test;

/** What other engines say of the same bodies. */
class ForeignEnginesTest {
  private static final double DENSITY = 1_000;

  /** A frame of a recording: what was told, and places and speeds after it. */
  private static final class Frame {
    private final double[] controls;
    private final double[] places;
    private final double[] speeds;

    private Frame(double[] controls, double[] places, double[] speeds) {
      this.controls = controls;
      this.places = places;
      this.speeds = speeds;
    }
  }

  private static List<Frame> recorded(String model) throws IOException {
    try (InputStream file = ForeignEnginesTest.class.getResourceAsStream("contact-free.tsv")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith(model + "\t"))
          .map(line -> line.split("\t"))
          .map(cells -> new Frame(numbers(cells[1]), numbers(cells[2]), numbers(cells[3])))
          .toList();
    }
  }

  private static double[] numbers(String cell) {
    return Arrays.stream(cell.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  /** From every frame to the next one, the largest error of places and speeds. */
  private static double[] errors(
      PlanarWorld world, List<Frame> frames, double seconds, double gear) {
    double[] most = new double[2];
    int n = frames.get(0).places.length;
    double[] state = world.start();
    for (int frame = 1; frame < frames.size(); frame++) {
      System.arraycopy(frames.get(frame - 1).places, 0, state, 0, n);
      System.arraycopy(frames.get(frame - 1).speeds, 0, state, n, n);
      double[] told = Arrays.stream(frames.get(frame).controls).map(each -> gear * each).toArray();
      for (int i = 0; i < Math.round(seconds / world.timeStep()); i++) {
        world.step(state, told, Terrain.flat());
      }
      for (int i = 0; i < n; i++) {
        most[0] = Math.max(most[0], Math.abs(state[i] - frames.get(frame).places[i]));
        most[1] = Math.max(most[1], Math.abs(state[n + i] - frames.get(frame).speeds[i]));
      }
    }
    return most;
  }

  /** Mass of a capsule in space, in kg. */
  private static double mass(double length, double radius) {
    return DENSITY * Math.PI * radius * radius * (length + 4.0 / 3 * radius);
  }

  /** Moment of inertia of a capsule in space about its middle, across its length. */
  private static double inertia(double length, double radius) {
    double bar = DENSITY * Math.PI * radius * radius * length;
    double ends = DENSITY * 4.0 / 3 * Math.PI * radius * radius * radius;
    return bar * (length * length / 12 + radius * radius / 4)
        + ends * (0.4 * radius * radius + length * length / 4 + 3.0 / 8 * length * radius);
  }

  private static RigidBody capsule(String name, double length, double radius) {
    return RigidBody.of(name, Outline.capsule(length, radius))
        .mass(mass(length, radius))
        .inertia(inertia(length, radius))
        .touching(Touch.NOTHING);
  }

  @Test
  void anInvertedPendulumMovesAsInMuJoCo() throws IOException {
    double length = Math.hypot(0.001, 0.6);
    PlanarWorld world =
        PlanarWorld.empty()
            .timeStep(0.001)
            .with(capsule("cart", 0.2, 0.1))
            .with(capsule("pole", length, 0.049).turned(Math.atan2(0.6, 0.001)).at(0.0005, 0.3))
            .with(
                Coupling.slide("slider", PlanarWorld.GROUND, "cart")
                    .damping(1)
                    .drivenBy(Motor.torque(1_000)))
            .with(Coupling.hinge("hinge", "cart", "pole").damping(1));
    List<Frame> frames =
        recorded("inverted_pendulum").stream()
            .map(each -> new Frame(each.controls, mirrored(each.places), mirrored(each.speeds)))
            .toList();
    assertThat(frames).hasSizeGreaterThan(15);
    double[] most = errors(world, frames, 0.04, 100);
    assertThat(most[0]).as("places, m and rad").isLessThan(1e-4);
    assertThat(most[1]).as("speeds, m/s and rad/s").isLessThan(5e-3);
  }

  /** The hinge of the model turns about the axis that points away from us. */
  private static double[] mirrored(double[] numbers) {
    return new double[] {numbers[0], -numbers[1]};
  }

  @Test
  void anArmOfTwoLinksWithRotorsMovesAsInMuJoCo() throws IOException {
    double link = mass(0.1, 0.01);
    double tip = DENSITY * 4.0 / 3 * Math.PI * 1e-6;
    double center = (link * 0.05 + tip * 0.11) / (link + tip);
    double lower =
        inertia(0.1, 0.01)
            + link * (center - 0.05) * (center - 0.05)
            + tip * (0.4 * 1e-4 + (0.11 - center) * (0.11 - center));
    PlanarWorld world =
        PlanarWorld.empty()
            .gravity(0)
            .timeStep(0.001)
            .with(capsule("upper", 0.1, 0.01).at(0.05, 0))
            .with(capsule("lower", 0.1, 0.01).at(0.1 + center, 0).mass(link + tip).inertia(lower))
            .with(joint("shoulder", PlanarWorld.GROUND, "upper"))
            .with(joint("elbow", "upper", "lower").at(0.1, 0).within(-3, 3));
    double[] most = errors(world, recorded("reacher"), 0.02, 200);
    assertThat(most[0]).as("places, rad").isLessThan(3e-5);
    assertThat(most[1]).as("speeds, rad/s").isLessThan(2e-3);
  }

  private static Coupling joint(String name, String parent, String child) {
    return Coupling.hinge(name, parent, child).armature(1).damping(1).drivenBy(Motor.torque(1_000));
  }

  @Test
  void aCartOnDrivenWheelsGetsAsFarAsInDyn4j() {
    PlanarWorld own =
        PlanarWorld.empty()
            .with(RigidBody.of("box", Outline.box(0.6, 0.2)).at(0, 0.25).mass(4))
            .with(wheel("back").at(-0.2, 0.1))
            .with(wheel("front").at(0.2, 0.1))
            .with(axle("back", -0.2))
            .with(axle("front", 0.2));
    double[] state = own.start();

    World<Body> other = new World<>();
    other.getSettings().setStepFrequency(0.01);
    body(other, Geometry.createRectangle(200, 1), 0, -0.5, MassType.INFINITE, 1, 1);
    Body box =
        body(other, Geometry.createRectangle(0.6, 0.2), 0, 0.25, MassType.NORMAL, 4 / 0.12, 0.8);
    for (double x : new double[] {-0.2, 0.2}) {
      Body wheel =
          body(
              other,
              Geometry.createCircle(0.1),
              x,
              0.1,
              MassType.NORMAL,
              1 / (Math.PI * 0.01),
              0.8);
      RevoluteJoint<Body> axle = new RevoluteJoint<>(box, wheel, new Vector2(x, 0.1));
      axle.setMotorEnabled(true);
      axle.setMaximumMotorTorqueEnabled(true);
      axle.setMaximumMotorTorque(0.5);
      axle.setMotorSpeed(10);
      other.addJoint(axle);
    }
    for (int i = 0; i < 300; i++) {
      own.step(state, new double[] {-10, -10}, Terrain.flat());
    }
    other.step(300);
    double theirs = box.getTransform().getTranslationX();
    double ours = own.pose(state, "box").x();
    assertThat(Math.abs(theirs)).isGreaterThan(1.5);
    assertThat(ours).isGreaterThan(1.5);
    assertThat(Math.abs(ours / theirs)).isBetween(0.97, 1.03);
  }

  /** As an adapter would use it that holds the whole state itself: nothing warm, nothing asleep. */
  private static World<Body> cold(double timeStep) {
    World<Body> world = new World<>();
    world.getSettings().setStepFrequency(timeStep);
    world.getSettings().setWarmStartingEnabled(false);
    world.getSettings().setAtRestDetectionEnabled(false);
    return world;
  }

  @Test
  void dyn4jKeepsNoStackWithoutTheImpulsesThatItHides() {
    World<Body> world = cold(0.01);
    body(world, Geometry.createRectangle(200, 1), 0, -0.5, MassType.INFINITE, 1, 1);
    Body top = null;
    for (int i = 0; i < 10; i++) {
      top =
          body(
              world, Geometry.createRectangle(0.2, 0.2), 0, 0.1 + 0.2 * i, MassType.NORMAL, 1, 0.6);
    }
    world.step(1_000);
    assertThat(top.getTransform().getTranslationY()).isLessThan(1);
  }

  @Test
  void dyn4jLosesEnergyThatTheWorldKeeps() {
    assertThat(lostByDyn4j(0.01)).isGreaterThan(0.5);
    assertThat(lostByDyn4j(0.002)).isGreaterThan(0.2);
  }

  /** What a double pendulum loses in 10 s, as a part of what falling from level gives. */
  private static double lostByDyn4j(double timeStep) {
    World<Body> world = cold(timeStep);
    Body anchor = body(world, Geometry.createCircle(0.01), 0, 0, MassType.INFINITE, 1, 0);
    Body upper = link(world, 0.25);
    Body lower = link(world, 0.75);
    world.addJoint(new RevoluteJoint<>(anchor, upper, new Vector2(0, 0)));
    world.addJoint(new RevoluteJoint<>(upper, lower, new Vector2(0.5, 0)));
    world.step((int) Math.round(10 / timeStep));
    return -(energy(upper) + energy(lower)) / (9.8 * (0.25 + 0.75));
  }

  private static Body link(World<Body> world, double x) {
    Body link = body(world, Geometry.createRectangle(0.5, 0.04), x, 0, MassType.NORMAL, 50, 0);
    link.getFixture(0).setSensor(true);
    return link;
  }

  private static double energy(Body body) {
    double mass = body.getMass().getMass();
    return 0.5 * mass * body.getLinearVelocity().getMagnitudeSquared()
        + 0.5 * body.getMass().getInertia() * body.getAngularVelocity() * body.getAngularVelocity()
        + 9.8 * mass * body.getWorldCenter().y;
  }

  private static RigidBody wheel(String name) {
    return RigidBody.of(name, Outline.disc(0.1));
  }

  private static Coupling axle(String wheel, double x) {
    return Coupling.hinge(wheel, "box", wheel).at(x, 0.1).drivenBy(Motor.speed(0.5));
  }

  private static Body body(
      World<Body> world,
      org.dyn4j.geometry.Convex shape,
      double x,
      double y,
      MassType type,
      double density,
      double friction) {
    Body body = new Body();
    body.addFixture(shape, density, friction, 0);
    body.setMass(type);
    body.translate(x, y);
    body.setAtRestDetectionEnabled(false);
    world.addBody(body);
    return body;
  }
}
