package dev.retort.teach;

import dev.retort.RetortException;
import dev.retort.loss.Huber;
import dev.retort.nn.Blueprint;
import dev.retort.nn.Descent;
import dev.retort.nn.Initialization;
import dev.retort.nn.Network;
import dev.retort.nn.Output;
import dev.retort.nn.Projection;
import dev.retort.nn.Rows;
import dev.retort.nn.Trunk;
import dev.retort.random.RandomStream;
import dev.retort.run.Finite;
import dev.retort.run.Resumable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * How students' features are to each other, as a teacher's are:
 *
 * <pre>
 * L_rel = Σ_i Σ_{j≠i} huber( ∠(N f_i, N f_j) − ∠(M f̂_i, M f̂_j) )
 * </pre>
 *
 * <p>on the mean over steps, with f the features of agents' students and f̂ those of the teacher. M
 * and N are small perceptrons, {@link Projection}, which compute the angles too. N learns in every
 * update, M in every {@code teacherEvery}-th; where M is N, it learns in every one, from both
 * sides.
 *
 * <p>Wei-Cheng Tseng, Tsun-Hsuan Wang, Yen-Chen Lin, Phillip Isola, "Offline multi-agent
 * reinforcement learning with knowledge distillation", 2022.
 */
final class Relation implements AutoCloseable {
  private static final double EPSILON = 1e-8;

  private final DecisionTransformer spec;
  private final SequenceData data;
  private final int agents;
  private final int pairs;
  private final int cells;
  private final float[] labels;
  private final int taughtWidth;
  private final boolean isOne;
  private final Side student;
  private final Side teacher;
  private final double[] values;
  private final double[] deviations;
  private final double[] taughtDeviations;

  /** A mapping with what goes through it. */
  private final class Side {
    private final Descent descent;
    private final int rows;
    private final float[] x;
    private final float[] angles;
    private final float[] dAngles;
    private final float[] dx;

    Side(int width, int rows, long[] seeds, int which) {
      int mapping = spec.mapping() == DecisionTransformer.Mapping.NONE ? 0 : spec.mappingWidth();
      long[] own =
          LongStream.of(seeds)
              .map(seed -> RandomStream.of(seed, "mapping", which).nextLong())
              .toArray();
      Blueprint blueprint =
          new Blueprint(new Projection(mapping), List.of(agents, width), List.of(), Trunk.SHARED)
              .upTo(List.of(Output.of(Projection.ANGLES, pairs)));
      this.descent =
          new Descent(Network.of(blueprint, Initialization.FAN_IN, own), EPSILON, spec.maxNorm());
      this.rows = rows;
      this.x = new float[seeds.length * rows * agents * width];
      this.angles = new float[seeds.length * rows * pairs];
      this.dAngles = new float[angles.length];
      this.dx = new float[x.length];
    }

    void forward() {
      descent.network().forward(x, rows, Rows.PER_MEMBER, angles);
    }
  }

  Relation(DecisionTransformer spec, SequenceData data, long[] seeds, Resumable state) {
    this.spec = spec;
    this.data = data;
    this.agents = data.agents();
    this.pairs = agents * agents;
    this.cells = data.cells();
    this.labels = data.features();
    this.taughtWidth = data.featureWidth();
    this.isOne = spec.mapping() == DecisionTransformer.Mapping.ONE;
    if (isOne && taughtWidth != spec.width()) {
      throw new RetortException(
          "decisionTransformer: expected a teacher with as many features of an agent as students have where one mapping serves both, got %s and %s. Say width(%s), or mapping(Mapping.TWO)."
              .formatted(taughtWidth, spec.width(), taughtWidth));
    }
    this.student = new Side(spec.width(), isOne ? 2 * cells : cells, seeds, 0);
    this.teacher = isOne ? student : new Side(taughtWidth, cells, seeds, 1);
    student.descent.join(state, "mapping", "mappingAdam");
    if (!isOne) {
      teacher.descent.join(state, "teacherMapping", "teacherMappingAdam");
    }
    this.values = new double[seeds.length];
    this.deviations = new double[seeds.length];
    this.taughtDeviations = new double[seeds.length];
  }

  /** Begins a stretch of updates over which the means for the curve are. */
  void begin() {
    Arrays.fill(values, 0);
    Arrays.fill(deviations, 0);
    Arrays.fill(taughtDeviations, 0);
  }

  /** Sum of the term over the stretch's updates. */
  double value(int seed) {
    return values[seed];
  }

  /** The same as a part of the loss. */
  double loss(int seed) {
    return spec.relation() * values[seed];
  }

  /** Sum of the standard deviation of the students' angles: 0 where all are one. */
  double studentDeviation(int seed) {
    return deviations[seed];
  }

  /** Sum of the standard deviation of the teacher's. */
  double teacherDeviation(int seed) {
    return taughtDeviations[seed];
  }

  /**
   * Row of a cell behind a mapping: of the teacher's where one serves both behind the students'.
   */
  private int row(Side side, boolean isTaught, int seed, int cell) {
    return seed * side.rows + (isTaught && isOne ? cells : 0) + cell;
  }

  /**
   * Takes a step of the mappings.
   *
   * @param rows row of the data of each cell of each seed, −1 where there is none
   * @param features of all students' tokens
   * @param dFeatures to which the gradient of the features is added
   */
  void step(int[] rows, float[] features, float[] dFeatures, double rate, long step) {
    gather(rows, features);
    student.forward();
    boolean learns = !isOne && step % spec.teacherEvery() == 0;
    if (learns) {
      teacher.forward();
    } else if (!isOne) {
      teacher.descent.network().predict(teacher.x, cells, Rows.PER_MEMBER, teacher.angles);
    }
    compare(rows, step);
    student.descent.step(student.dAngles, student.dx, rate, step);
    if (learns) {
      teacher.descent.step(teacher.dAngles, rate, step);
    }
    scatter(rows, dFeatures);
  }

  private void gather(int[] rows, float[] features) {
    int width = spec.width();
    Arrays.fill(student.x, 0);
    Arrays.fill(teacher.x, 0);
    for (int at = 0; at < rows.length; at++) {
      int seed = at / cells;
      int cell = at % cells;
      if (rows[at] < 0) {
        continue;
      }
      int own = row(student, false, seed, cell) * agents * width;
      for (int agent = 0; agent < agents; agent++) {
        int token = data.token(seed, cell, agent);
        System.arraycopy(features, token * width, student.x, own + agent * width, width);
      }
      int size = agents * taughtWidth;
      System.arraycopy(
          labels, rows[at] * size, teacher.x, row(teacher, true, seed, cell) * size, size);
    }
  }

  /** The term and its gradients by the angles of both sides. */
  private void compare(int[] rows, long step) {
    Arrays.fill(student.dAngles, 0);
    Arrays.fill(teacher.dAngles, 0);
    for (int seed = 0; seed < values.length; seed++) {
      int first = seed * cells;
      long there = Arrays.stream(rows, first, first + cells).filter(row -> row >= 0).count();
      Spread own = new Spread();
      Spread taught = new Spread();
      double sum = 0;
      for (int cell = 0; cell < cells; cell++) {
        int i = row(student, false, seed, cell) * pairs;
        int j = row(teacher, true, seed, cell) * pairs;
        for (int pair = 0; rows[first + cell] >= 0 && pair < pairs; pair++) {
          if (pair / agents == pair % agents) {
            continue;
          }
          double error = student.angles[i + pair] - teacher.angles[j + pair];
          sum += Huber.value(error);
          double slope = spec.relation() * Huber.slope(error) / there;
          student.dAngles[i + pair] = (float) slope;
          teacher.dAngles[j + pair] = (float) -slope;
          own.add(student.angles[i + pair]);
          taught.add(teacher.angles[j + pair]);
        }
      }
      Finite.require(sum, 0, "loss of the relation", step);
      values[seed] += sum / there;
      deviations[seed] += own.deviation();
      taughtDeviations[seed] += taught.deviation();
    }
  }

  private void scatter(int[] rows, float[] dFeatures) {
    int width = spec.width();
    for (int at = 0; at < rows.length; at++) {
      int own = row(student, false, at / cells, at % cells) * agents * width;
      for (int agent = 0; rows[at] >= 0 && agent < agents; agent++) {
        int token = data.token(at / cells, at % cells, agent) * width;
        for (int k = 0; k < width; k++) {
          dFeatures[token + k] += student.dx[own + agent * width + k];
        }
      }
    }
  }

  /** Running standard deviation. */
  private static final class Spread {
    private int count;
    private double sum;
    private double squares;

    void add(double number) {
      count++;
      sum += number;
      squares += number * number;
    }

    double deviation() {
      double mean = sum / count;
      return Math.sqrt(Math.max(0, squares / count - mean * mean));
    }
  }

  @Override
  public void close() {
    student.descent.network().close();
    if (!isOne) {
      teacher.descent.network().close();
    }
  }
}
