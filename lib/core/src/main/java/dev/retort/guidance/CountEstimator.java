package dev.retort.guidance;

import dev.retort.env.normalize.RunningMoments;
import dev.retort.figure.Heat;
import dev.retort.prior.CellMap;
import dev.retort.prior.QPrior;
import dev.retort.random.RandomStream;
import dev.retort.run.Resumable;
import dev.retort.store.Tensors;
import dev.retort.table.Discretization;
import dev.retort.table.QTable;
import java.util.Arrays;
import java.util.Optional;

/** Knows by how often each member took an action in a place, or was there at all. */
final class CountEstimator extends KnownnessEstimator {
  private final QTable[] counts;
  private final Place place;
  private final int obsSize;
  private final int choices;
  private final int enough;
  private final boolean isOfStates;

  /** What counts as the same place. */
  interface Place {
    /** An empty table of counts. */
    QTable table(int choices);

    /** The number of a place in a table, or -1 where it is new and is not to be added. */
    int state(QTable table, float[] obs, int at, boolean add);
  }

  /** The cells of a prior, in their first layer. */
  record CellPlace(Optional<Discretization> cells, int numbers) implements Place {
    @Override
    public QTable table(int choices) {
      return new QTable(numbers, choices, 0, cells);
    }

    @Override
    public int state(QTable table, float[] obs, int at, boolean add) {
      return add ? table.state(obs, at) : table.find(obs, at);
    }
  }

  /** Signs of random projections. */
  static final class HashPlace implements Place {
    private final int bits;
    private final double[] mean;
    private final double[] scale;
    private final double[][] directions;

    HashPlace(QPrior prior, int bits) {
      QTable known = prior.table();
      int numbers = known.numbers();
      this.bits = bits;
      this.mean = new double[numbers];
      this.scale = new double[numbers];
      RunningMoments moments = new RunningMoments(1, numbers);
      float[] seen = new float[numbers];
      for (int state = 0; state < known.states(); state++) {
        known.observation(state, seen);
        moments.add(seen);
      }
      Arrays.setAll(mean, i -> moments.mean(0, i));
      Arrays.setAll(scale, i -> moments.deviation(0, i));
      RandomStream random = RandomStream.of(0, "hashes");
      this.directions = new double[bits][numbers + 1];
      for (double[] direction : directions) {
        Arrays.setAll(direction, i -> random.nextGaussian());
      }
    }

    @Override
    public QTable table(int choices) {
      return new QTable(bits, choices, 0, Optional.empty());
    }

    /** A direction's last number is its offset: planes need not go through the middle. */
    @Override
    public int state(QTable table, float[] obs, int at, boolean add) {
      float[] signs = new float[bits];
      for (int bit = 0; bit < bits; bit++) {
        double[] direction = directions[bit];
        double side = direction[mean.length];
        for (int i = 0; i < mean.length; i++) {
          side += direction[i] * (obs[at + i] - mean[i]) / scale[i];
        }
        signs[bit] = side > 0 ? 1 : 0;
      }
      return add ? table.state(signs, 0) : table.find(signs, 0);
    }
  }

  /**
   * Nothing counted yet.
   *
   * @param isOfStates whether all visits to a place count, whatever was done there
   */
  CountEstimator(Guidance.Learners learners, Place place, int enough, boolean isOfStates) {
    this.isOfStates = isOfStates;
    this.place = place;
    this.obsSize = learners.env().observations().size();
    this.choices = learners.choices();
    this.enough = enough;
    this.counts = new QTable[learners.seeds().size()];
    Arrays.setAll(counts, member -> place.table(choices));
  }

  @Override
  void known(float[] obs, int batch, double[] kappa) {
    int rows = counts.length * batch;
    for (int row = 0; row < rows; row++) {
      QTable own = counts[row / batch];
      int state = place.state(own, obs, row * obsSize, false);
      for (int action = 0; action < choices; action++) {
        kappa[row * choices + action] = state < 0 ? 0 : known(own, state, action);
      }
    }
  }

  private double known(QTable own, int state, int action) {
    long visits = own.visits(state, action);
    for (int other = 0; isOfStates && other < choices; other++) {
      visits += other == action ? 0 : own.visits(state, other);
    }
    return Math.min(1, (double) visits / enough);
  }

  @Override
  void took(float[] before, float[] actions) {
    for (int member = 0; member < counts.length; member++) {
      int state = place.state(counts[member], before, member * obsSize, true);
      counts[member].learn(state, (int) actions[member], 0, 0);
    }
  }

  /** Hashes have no place on a map. */
  @Override
  Optional<Heat> map() {
    QTable own = counts[0];
    if (place instanceof HashPlace || obsSize < 2) {
      return Optional.empty();
    }
    double[] kappa = new double[own.states()];
    for (int state = 0; state < kappa.length; state++) {
      for (int action = 0; action < choices; action++) {
        kappa[state] += known(own, state, action) / choices;
      }
    }
    return Optional.of(
        CellMap.of("Knownness of the first member", own, kappa, 0, 1, PriorGuide.FIELDS));
  }

  @Override
  void join(Resumable state) {
    state.part("counts", this::save, this::restore);
  }

  private Tensors save() {
    Tensors saved = new Tensors();
    for (int member = 0; member < counts.length; member++) {
      saved.putAll(String.valueOf(member), counts[member].save());
    }
    return saved;
  }

  private void restore(Tensors saved) {
    for (int member = 0; member < counts.length; member++) {
      counts[member] = QTable.of(saved.part(String.valueOf(member)));
    }
  }
}
