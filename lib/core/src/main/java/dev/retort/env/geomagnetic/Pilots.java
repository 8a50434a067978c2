package dev.retort.env.geomagnetic;

import dev.retort.random.RandomStream;

/**
 * Travelers without a network, as rules from what is seen and remembered to a heading.
 *
 * <pre>{@code
 * Env world = env("Geomagnetic");
 * Policy broyden = Scripted.of("Broyden", world, Pilots.BROYDEN_MEMORY, Pilots::broyden);
 * Policy evolution = Scripted.of("evolution", world, Pilots.EVOLUTION_MEMORY, Pilots::evolution);
 * }</pre>
 *
 * <p>A rule has no stream of its own: what it does at random it takes from the first reading.
 */
public final class Pilots {
  /** How many numbers {@link #broyden} remembers: moves so far, and the first heading. */
  public static final int BROYDEN_MEMORY = 3;

  /**
   * How many numbers {@link #evolution} remembers: moves so far, which heading is tried, F of the
   * reading before, the error of the first reading, the state of its chance, and the headings.
   */
  public static final int EVOLUTION_MEMORY = 30;

  private static final int FIELD = 4;
  private static final int JACOBIAN = 12;
  private static final int BEARING = 18;
  private static final double DAMPING = 0.01;
  private static final int HEADINGS = 10;
  private static final int TRIED = 1;
  private static final int BEFORE = 2;
  private static final int FIRST_ERROR = 3;
  private static final int CHANCE = 6;
  private static final double LEAST_ERROR = 0.2;
  private static final int POPULATION = 20;
  private static final double MUTATION = Math.toRadians(45);

  private Pilots() {}

  /** Flies the great circle; it has to see the true bearing, {@code with("bearing", 1)}. */
  public static void oracle(float[] seen, float[] action) {
    action[0] = seen[BEARING];
    action[1] = seen[BEARING + 1];
  }

  /**
   * Learns the field's Jacobian on the way and goes where it says that the goal's reading is: the
   * first heading is random, the second at a right angle to it, and from the third on
   *
   * <pre>
   *   u = (JᵀJ + 0.01 tr(JᵀJ) I)⁻¹ Jᵀ e
   * </pre>
   *
   * <p>C. G. Broyden, "A class of methods for solving nonlinear simultaneous equations", 1965; the
   * damping is Levenberg's. No learner knows less or does so well in places that nobody has seen.
   *
   * @param seen what the world shows, {@code (18)}
   * @param memory {@code (3)}
   * @param action receives the heading, {@code (2)}
   */
  public static void broyden(float[] seen, float[] memory, float[] action) {
    int moves = (int) memory[0]++;
    if (moves == 0) {
      double heading = 2 * Math.PI * chance(seen).nextDouble();
      memory[1] = (float) StrictMath.cos(heading);
      memory[2] = (float) StrictMath.sin(heading);
    }
    if (moves < 2) {
      action[0] = moves == 0 ? memory[1] : -memory[2];
      action[1] = moves == 0 ? memory[2] : memory[1];
      return;
    }
    double nn = 0;
    double ne = 0;
    double ee = 0;
    double n = 0;
    double e = 0;
    for (int element = 0; element < 3; element++) {
      double north = seen[JACOBIAN + 2 * element];
      double east = seen[JACOBIAN + 2 * element + 1];
      nn += north * north;
      ne += north * east;
      ee += east * east;
      n += north * seen[element];
      e += east * seen[element];
    }
    double damping = DAMPING * (nn + ee);
    // The determinant is above 0 wherever a reading has changed, and only the direction counts.
    direct(action, (ee + damping) * n - ne * e, (nn + damping) * e - ne * n);
  }

  private static void direct(float[] action, double north, double east) {
    double length = Math.sqrt(north * north + east * east);
    action[0] = length == 0 ? 1 : (float) (north / length);
    action[1] = length == 0 ? 0 : (float) (east / length);
  }

  /**
   * Searches for a heading by evolution, as navigation after animals does: one of twenty headings
   * is flown as long as
   *
   * <pre>
   *   F = Σ (eᵢ / eᵢ⁰)²
   * </pre>
   *
   * <p>falls, {@code e⁰} being the first error, 0.2 at least, and copied over another one, turned
   * by 45° or so; where F rises it is replaced by a random one and another is flown. Numbers were
   * chosen on the validation areas.
   *
   * <p>After Hong Li, Mingyong Liu, Feihu Zhang, "Geomagnetic navigation of autonomous underwater
   * vehicle based on multi-objective evolutionary algorithm", 2017; reconstructed.
   *
   * @param seen what the world shows, {@code (18)}
   * @param memory {@code (30)}
   * @param action receives the heading, {@code (2)}
   */
  public static void evolution(float[] seen, float[] memory, float[] action) {
    double size = StrictMath.exp(seen[3]);
    if (memory[0] == 0) {
      RandomStream random = chance(seen);
      for (int i = 0; i < POPULATION; i++) {
        memory[HEADINGS + i] = (float) (2 * Math.PI * random.nextDouble());
      }
      for (int element = 0; element < 3; element++) {
        memory[FIRST_ERROR + element] = (float) (seen[element] * size);
      }
      memory[BEFORE] = Float.POSITIVE_INFINITY;
      keep(random, memory);
    }
    memory[0]++;
    double sum = 0;
    for (int element = 0; element < 3; element++) {
      double first = Math.max(LEAST_ERROR, Math.abs(memory[FIRST_ERROR + element]));
      double share = seen[element] * size / first;
      sum += share * share;
    }
    RandomStream random = kept(memory);
    int tried = (int) memory[TRIED];
    if (sum < memory[BEFORE]) {
      double turned = memory[HEADINGS + tried] + MUTATION * random.nextGaussian();
      int other = (tried + 1 + random.nextInt(POPULATION - 1)) % POPULATION;
      memory[HEADINGS + other] = (float) turned;
    } else {
      memory[HEADINGS + tried] = (float) (2 * Math.PI * random.nextDouble());
      memory[TRIED] = random.nextInt(POPULATION);
    }
    memory[BEFORE] = (float) sum;
    keep(random, memory);
    double heading = memory[HEADINGS + (int) memory[TRIED]];
    action[0] = (float) StrictMath.cos(heading);
    action[1] = (float) StrictMath.sin(heading);
  }

  /** A stream that the reading decides, noise and all. */
  private static RandomStream chance(float[] seen) {
    return RandomStream.of(
        0,
        "geomagnetic pilot",
        Float.floatToIntBits(seen[0]),
        Float.floatToIntBits(seen[3]),
        Float.floatToIntBits(seen[FIELD]));
  }

  /** Keeps the 64 bits of a stream as four whole numbers that a float holds exactly. */
  private static void keep(RandomStream random, float[] memory) {
    for (int i = 0; i < 4; i++) {
      memory[CHANCE + i] = (random.state() >>> (16 * i)) & 0xFFFF;
    }
  }

  private static RandomStream kept(float[] memory) {
    long state = 0;
    for (int i = 0; i < 4; i++) {
      state |= (long) memory[CHANCE + i] << (16 * i);
    }
    return RandomStream.at(state);
  }
}
