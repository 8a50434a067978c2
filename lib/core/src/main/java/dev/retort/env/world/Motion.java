package dev.retort.env.world;

import static dev.retort.env.world.Mechanism.NONE;

import dev.retort.env.control.Angle;

/**
 * Where the bodies of a mechanism are, how they move, and how they would move if nothing touched
 * them: working memory of one step.
 *
 * <p>Velocities of bodies are planar motion vectors {@code (ω, u)}, with {@code u} the velocity of
 * the point of the body that is at the origin of its tree. A degree of freedom {@code i} moves all
 * bodies behind it by {@code S_i q̇_i}; with {@code I} the inertia of all of them,
 *
 * <pre>
 *   M_ij = S_jᵀ I S_i      M = Lᵀ D L      (M + h K) v' = M v + h (τ − c)
 * </pre>
 *
 * <p>where {@code K} is damping, taken at the end of the step, and {@code c} is what it takes to
 * keep the accelerations at zero. {@code L} has as few entries as the tree has ancestors.
 *
 * <p>Roy Featherstone, "Rigid body dynamics algorithms", 2008, sections 5.3, 6.2 and 6.5.
 */
final class Motion {
  private final Mechanism of;
  final double[] x;
  final double[] y;
  final double[] angle;
  final double[] sin;
  final double[] cos;
  final double[] speedX;
  final double[] speedY;
  final double[] spin;

  /** The origin of each body's tree: the center of a free root, or the point where one is held. */
  private final double[] originX;

  private final double[] originY;

  /** Motion of all that is behind a degree of freedom: turning, and the velocity at the origin. */
  private final double[] turns;

  private final double[] movesX;
  private final double[] movesY;

  /** Accelerations that are there when no degree of freedom is accelerated. */
  private final double[] restX;

  private final double[] restY;
  private final double[] forceX;
  private final double[] forceY;
  private final double[] moment;
  private final double[] mass;
  private final double[] firstX;
  private final double[] firstY;
  private final double[] second;

  /** {@code D} on the diagonal, {@code L} below it, {@code (freedoms, freedoms)}. */
  private final double[] factor;

  Motion(Mechanism of) {
    this.of = of;
    int n = of.bodies;
    x = new double[n];
    y = new double[n];
    angle = new double[n];
    sin = new double[n];
    cos = new double[n];
    speedX = new double[n];
    speedY = new double[n];
    spin = new double[n];
    originX = new double[n];
    originY = new double[n];
    restX = new double[n];
    restY = new double[n];
    forceX = new double[n];
    forceY = new double[n];
    moment = new double[n];
    mass = new double[n];
    firstX = new double[n];
    firstY = new double[n];
    second = new double[n];
    turns = new double[of.freedoms];
    movesX = new double[of.freedoms];
    movesY = new double[of.freedoms];
    factor = new double[of.freedoms * of.freedoms];
  }

  /**
   * Places all bodies.
   *
   * @param places of all degrees of freedom, {@code (freedoms)}, the first in the array
   */
  void place(double[] places) {
    for (int body = 0; body < of.bodies; body++) {
      int at = of.first[body];
      if (of.coupling[body] == NONE) {
        placeFree(body, places, at);
      } else {
        placeHeld(body, places[at], at);
      }
    }
  }

  private void placeFree(int body, double[] places, int at) {
    x[body] = places[at];
    y[body] = places[at + 1];
    turn(body, places[at + 2]);
    originX[body] = x[body];
    originY[body] = y[body];
    movesX[at] = 1;
    movesY[at + 1] = 1;
    turns[at + 2] = 1;
  }

  private void turn(int body, double to) {
    angle[body] = to;
    sin[body] = Angle.sin(to);
    cos[body] = Angle.cos(to);
  }

  private void placeHeld(int body, double place, int at) {
    int parent = of.parent[body];
    boolean ground = parent == NONE;
    double parentSin = ground ? 0 : sin[parent];
    double parentCos = ground ? 1 : cos[parent];
    double pointX =
        (ground ? 0 : x[parent]) + parentCos * of.holdX[body] - parentSin * of.holdY[body];
    double pointY =
        (ground ? 0 : y[parent]) + parentSin * of.holdX[body] + parentCos * of.holdY[body];
    originX[body] = ground ? pointX : originX[parent];
    originY[body] = ground ? pointY : originY[parent];
    double turned = (ground ? 0 : angle[parent]) + of.turned[body];
    if (of.slides(body)) {
      movesX[at] = parentCos * of.axisX[body] - parentSin * of.axisY[body];
      movesY[at] = parentSin * of.axisX[body] + parentCos * of.axisY[body];
      turn(body, turned);
      x[body] = pointX + movesX[at] * place;
      y[body] = pointY + movesY[at] * place;
    } else {
      turns[at] = 1;
      movesX[at] = pointY - originY[body];
      movesY[at] = originX[body] - pointX;
      turn(body, turned + place);
      x[body] = pointX + cos[body] * of.armX[body] - sin[body] * of.armY[body];
      y[body] = pointY + sin[body] * of.armX[body] + cos[body] * of.armY[body];
    }
  }

  /**
   * Moves all bodies, which have been placed.
   *
   * @param speeds of all degrees of freedom, {@code (freedoms)} from {@code at} on
   */
  void move(double[] speeds, int at) {
    for (int body = 0; body < of.bodies; body++) {
      int own = of.first[body];
      if (of.coupling[body] == NONE) {
        speedX[body] = speeds[at + own];
        speedY[body] = speeds[at + own + 1];
        spin[body] = speeds[at + own + 2];
        restX[body] = spin[body] * speedY[body];
        restY[body] = -spin[body] * speedX[body];
      } else {
        moveHeld(body, own, speeds[at + own]);
      }
    }
  }

  private void moveHeld(int body, int own, double speed) {
    int parent = of.parent[body];
    double parentSpin = parent == NONE ? 0 : spin[parent];
    restX[body] = parent == NONE ? 0 : restX[parent];
    restY[body] = parent == NONE ? 0 : restY[parent];
    if (of.slides(body)) {
      spin[body] = parentSpin;
      speedX[body] = speedX(parent, x[body], y[body]) + movesX[own] * speed;
      speedY[body] = speedY(parent, x[body], y[body]) + movesY[own] * speed;
      restX[body] -= speed * parentSpin * movesY[own];
      restY[body] += speed * parentSpin * movesX[own];
    } else {
      double pointX = pointX(body);
      double pointY = pointY(body);
      double heldX = speedX(parent, pointX, pointY);
      double heldY = speedY(parent, pointX, pointY);
      spin[body] = parentSpin + speed;
      speedX[body] = heldX - spin[body] * (y[body] - pointY);
      speedY[body] = heldY + spin[body] * (x[body] - pointX);
      restX[body] += speed * heldY;
      restY[body] -= speed * heldX;
    }
  }

  /** The point about which a body turns that hangs from a hinge. */
  double pointX(int body) {
    return originX[body] - movesY[of.first[body]];
  }

  double pointY(int body) {
    return originY[body] + movesX[of.first[body]];
  }

  /** The velocity of the point of a body that is at a place; 0 of the ground. */
  double speedX(int body, double atX, double atY) {
    return body == NONE ? 0 : speedX[body] - spin[body] * (atY - y[body]);
  }

  /** The same upward. */
  double speedY(int body, double atX, double atY) {
    return body == NONE ? 0 : speedY[body] + spin[body] * (atX - x[body]);
  }

  /**
   * Sums inertia from the leaves and factors it; bodies must have been placed before.
   *
   * @param step length of the step in s, for damping
   */
  void weigh(double step) {
    for (int body = 0; body < of.bodies; body++) {
      double m = of.body[body].mass();
      double toX = x[body] - originX[body];
      double toY = y[body] - originY[body];
      mass[body] = m;
      firstX[body] = m * toX;
      firstY[body] = m * toY;
      second[body] = of.body[body].inertia() + m * (toX * toX + toY * toY);
    }
    int n = of.freedoms;
    for (int body = of.bodies - 1; body >= 0; body--) {
      for (int i = of.last(body); i >= of.first[body]; i--) {
        double momentumX = mass[body] * movesX[i] - turns[i] * firstY[body];
        double momentumY = mass[body] * movesY[i] + turns[i] * firstX[body];
        double angular =
            second[body] * turns[i] + firstX[body] * movesY[i] - firstY[body] * movesX[i];
        for (int j = i; j != NONE; j = of.before[j]) {
          factor[i * n + j] = turns[j] * angular + movesX[j] * momentumX + movesY[j] * momentumY;
        }
      }
      if (of.coupling[body] != NONE) {
        Coupling by = of.by[of.coupling[body]];
        int i = of.first[body];
        factor[i * n + i] += by.armature() + step * by.damping();
      }
      int parent = of.parent[body];
      if (parent != NONE) {
        mass[parent] += mass[body];
        firstX[parent] += firstX[body];
        firstY[parent] += firstY[body];
        second[parent] += second[body];
      }
    }
    for (int k = n - 1; k >= 0; k--) {
      double pivot = factor[k * n + k];
      for (int i = of.before[k]; i != NONE; i = of.before[i]) {
        double share = factor[k * n + i] / pivot;
        for (int j = i; j != NONE; j = of.before[j]) {
          factor[i * n + j] -= share * factor[k * n + j];
        }
        factor[k * n + i] = share;
      }
    }
  }

  /** Replaces forces on the degrees of freedom, from {@code at} on, by accelerations. */
  void accelerate(double[] force, int at) {
    int n = of.freedoms;
    for (int i = n - 1; i >= 0; i--) {
      double own = force[at + i];
      if (own != 0) {
        for (int j = of.before[i]; j != NONE; j = of.before[j]) {
          force[at + j] -= factor[i * n + j] * own;
        }
      }
    }
    for (int i = 0; i < n; i++) {
      double own = force[at + i] / factor[i * n + i];
      for (int j = of.before[i]; j != NONE; j = of.before[j]) {
        own -= factor[i * n + j] * force[at + j];
      }
      force[at + i] = own;
    }
  }

  /** Subtracts from forces what gravity and motion take: {@code c}, {@code (freedoms)}. */
  void resist(double[] force, double gravity) {
    for (int body = 0; body < of.bodies; body++) {
      double m = of.body[body].mass();
      double pullX = m * (restX[body] - spin[body] * speedY[body]);
      double pullY = m * (restY[body] + gravity + spin[body] * speedX[body]);
      forceX[body] = pullX;
      forceY[body] = pullY;
      moment[body] = (x[body] - originX[body]) * pullY - (y[body] - originY[body]) * pullX;
    }
    for (int body = of.bodies - 1; body >= 0; body--) {
      for (int i = of.first[body]; i <= of.last(body); i++) {
        force[i] -= turns[i] * moment[body] + movesX[i] * forceX[body] + movesY[i] * forceY[body];
      }
      int parent = of.parent[body];
      if (parent != NONE) {
        forceX[parent] += forceX[body];
        forceY[parent] += forceY[body];
        moment[parent] += moment[body];
      }
    }
  }

  /**
   * Adds to a row how the speed of a body's point in a direction follows from all degrees of
   * freedom.
   *
   * @param sign 1, or −1 for the one that is moved away from
   */
  void direct(
      double[] row,
      int at,
      int body,
      double pointX,
      double pointY,
      double alongX,
      double alongY,
      double sign) {
    if (body == NONE) {
      return;
    }
    double toX = pointX - originX[body];
    double toY = pointY - originY[body];
    for (int i = of.last(body); i != NONE; i = of.before[i]) {
      row[at + i] +=
          sign * (alongX * (movesX[i] - turns[i] * toY) + alongY * (movesY[i] + turns[i] * toX));
    }
  }

  /** Energy of motion and height, in J; bodies must have been placed and moved before. */
  double energy(double gravity) {
    double sum = 0;
    for (int body = 0; body < of.bodies; body++) {
      RigidBody own = of.body[body];
      sum +=
          own.mass()
                  * (0.5 * (speedX[body] * speedX[body] + speedY[body] * speedY[body])
                      + gravity * y[body])
              + 0.5 * own.inertia() * spin[body] * spin[body];
    }
    return sum;
  }

  Pose pose(int body) {
    return new Pose(x[body], y[body], angle[body], speedX[body], speedY[body], spin[body]);
  }
}
