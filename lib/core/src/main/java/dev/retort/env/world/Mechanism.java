package dev.retort.env.world;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.env.control.Angle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The bodies of a world as trees: who holds whom, where, and which numbers of the state move what.
 *
 * <p>Every body hangs from its parent by a coupling, which is one degree of freedom, or is free,
 * which is three: {@code x, y} of its center of mass, and its angle. Bodies are ordered so that
 * parents come first, and degrees of freedom as their bodies.
 */
final class Mechanism {
  static final int NONE = -1;

  final int bodies;
  final int freedoms;

  /** The body that holds each, {@link #NONE} of a root. */
  final int[] parent;

  /** Where the degrees of freedom of each body begin. */
  final int[] first;

  /** The coupling of each body, {@link #NONE} of a free one. */
  final int[] coupling;

  /** The degree of freedom before each on the way to the root, {@link #NONE} of the first. */
  final int[] before;

  /** The point of its coupling, or the child's center where it slides, as the parent sees it. */
  final double[] holdX;

  final double[] holdY;

  /** From that point to the center of mass, as the child sees it. */
  final double[] armX;

  final double[] armY;

  /** The direction of a slide as the parent sees it. */
  final double[] axisX;

  final double[] axisY;

  /** The angle to the parent where the coupling is at zero. */
  final double[] turned;

  final RigidBody[] body;
  final Coupling[] by;
  private final Map<String, Integer> bodyByName = new HashMap<>();
  private final Map<String, Integer> couplingByName = new HashMap<>();

  /** The body that each coupling holds. */
  final int[] held;

  Mechanism(List<RigidBody> described, List<Coupling> couplings) {
    bodies = described.size();
    by = couplings.toArray(Coupling[]::new);
    Map<String, RigidBody> named = new HashMap<>();
    for (RigidBody each : described) {
      if (each.name().equals(PlanarWorld.GROUND) || named.put(each.name(), each) != null) {
        throw new RetortException(
            "world: expected every body to have a name of its own, and none '%s', got '%s' twice. Give it another name."
                .formatted(PlanarWorld.GROUND, each.name()));
      }
    }
    Map<String, Integer> holder = new HashMap<>();
    for (int i = 0; i < by.length; i++) {
      known(by[i], by[i].child(), named);
      if (!by[i].parent().equals(PlanarWorld.GROUND)) {
        known(by[i], by[i].parent(), named);
      }
      if (couplingByName.put(by[i].name(), i) != null) {
        throw new RetortException(
            "world: expected every coupling to have a name of its own, got '%s' twice."
                .formatted(by[i].name()));
      }
      if (holder.put(by[i].child(), i) != null) {
        throw new RetortException(
            "world: expected body '%s' to be held by one coupling, got two. Closed chains cannot be built: let the other body be the child."
                .formatted(by[i].child()));
      }
    }
    body = order(described, holder);
    for (int i = 0; i < bodies; i++) {
      bodyByName.put(body[i].name(), i);
    }
    parent = new int[bodies];
    first = new int[bodies];
    coupling = new int[bodies];
    holdX = new double[bodies];
    holdY = new double[bodies];
    armX = new double[bodies];
    armY = new double[bodies];
    axisX = new double[bodies];
    axisY = new double[bodies];
    turned = new double[bodies];
    held = new int[by.length];
    int next = 0;
    for (int i = 0; i < bodies; i++) {
      coupling[i] = holder.getOrDefault(body[i].name(), NONE);
      parent[i] = NONE;
      first[i] = next;
      if (coupling[i] == NONE) {
        next += 3;
      } else {
        next++;
        held[coupling[i]] = i;
        hang(i, by[coupling[i]]);
      }
    }
    freedoms = next;
    before = new int[freedoms];
    for (int i = 0; i < bodies; i++) {
      before[first[i]] = parent[i] == NONE ? NONE : last(parent[i]);
      for (int of = first[i] + 1; of <= last(i); of++) {
        before[of] = of - 1;
      }
    }
  }

  private static void known(Coupling coupling, String name, Map<String, RigidBody> named) {
    if (!named.containsKey(name)) {
      throw UnknownNameException.in(
          "coupling '%s' of parent '%s' and child '%s'"
              .formatted(coupling.name(), coupling.parent(), coupling.child()),
          "body",
          name,
          named.keySet().stream().sorted().toList(),
          "Say .with(RigidBody.of(\"%s\", outline)) before it; a parent may be '%s' too."
              .formatted(name, PlanarWorld.GROUND));
    }
  }

  /** Parents before children, otherwise as described. */
  private RigidBody[] order(List<RigidBody> described, Map<String, Integer> holder) {
    List<RigidBody> ordered = new ArrayList<>();
    List<RigidBody> left = new ArrayList<>(described);
    Map<String, Boolean> done = new HashMap<>(Map.of(PlanarWorld.GROUND, true));
    while (!left.isEmpty()) {
      int size = left.size();
      for (RigidBody each : List.copyOf(left)) {
        Integer held = holder.get(each.name());
        if (held == null || done.containsKey(by[held].parent())) {
          ordered.add(each);
          left.remove(each);
          done.put(each.name(), true);
        }
      }
      if (left.size() == size) {
        throw new RetortException(
            "world: expected couplings that lead from every body to a free one or to the ground, got a circle of %s."
                .formatted(left.stream().map(RigidBody::name).toList()));
      }
    }
    return ordered.toArray(RigidBody[]::new);
  }

  private void hang(int child, Coupling from) {
    RigidBody own = body[child];
    double parentX = 0;
    double parentY = 0;
    double parentAngle = 0;
    if (!from.parent().equals(PlanarWorld.GROUND)) {
      parent[child] = bodyByName.get(from.parent());
      RigidBody holding = body[parent[child]];
      parentX = holding.x();
      parentY = holding.y();
      parentAngle = holding.angle();
    }
    turned[child] = own.angle() - parentAngle;
    double pointX = from.slides() ? own.x() : from.x();
    double pointY = from.slides() ? own.y() : from.y();
    double cos = Angle.cos(parentAngle);
    double sin = Angle.sin(parentAngle);
    holdX[child] = cos * (pointX - parentX) + sin * (pointY - parentY);
    holdY[child] = -sin * (pointX - parentX) + cos * (pointY - parentY);
    axisX[child] = Angle.cos(from.axis() - parentAngle);
    axisY[child] = Angle.sin(from.axis() - parentAngle);
    double ownCos = Angle.cos(own.angle());
    double ownSin = Angle.sin(own.angle());
    armX[child] = ownCos * (own.x() - pointX) + ownSin * (own.y() - pointY);
    armY[child] = -ownSin * (own.x() - pointX) + ownCos * (own.y() - pointY);
  }

  /** The last degree of freedom of a body. */
  int last(int of) {
    return coupling[of] == NONE ? first[of] + 2 : first[of];
  }

  boolean slides(int of) {
    return coupling[of] != NONE && by[coupling[of]].slides();
  }

  /** Whether one of two bodies holds the other. */
  boolean coupled(int one, int other) {
    return parent[one] == other || parent[other] == one;
  }

  int body(String name) {
    Integer index = bodyByName.get(name);
    if (index == null) {
      throw UnknownNameException.in(
          "world",
          "body",
          name,
          Arrays.stream(body).map(RigidBody::name).toList(),
          "Bodies are built with .with(RigidBody.of(name, outline)).");
    }
    return index;
  }

  int coupling(String name) {
    Integer index = couplingByName.get(name);
    if (index == null) {
      throw UnknownNameException.in(
          "world",
          "coupling",
          name,
          Arrays.stream(by).map(Coupling::name).toList(),
          "Couplings are built with .with(Coupling.hinge(name, parent, child)).");
    }
    return index;
  }

  /** The degree of freedom of a coupling. */
  int freedom(int ofCoupling) {
    return first[held[ofCoupling]];
  }

  /** How many couplings are between a body and its root. */
  int depth(int of) {
    int depth = 0;
    for (int i = of; parent[i] != NONE; i = parent[i]) {
      depth++;
    }
    return depth;
  }
}
