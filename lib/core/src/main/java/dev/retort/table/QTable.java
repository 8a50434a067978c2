package dev.retort.table;

import dev.retort.RetortException;
import dev.retort.store.Tensors;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Action values by state: the value of an action in a state, and how often that has been learned.
 *
 * <p>A state is known by what an agent sees of it: by all numbers exactly, or by the cell that they
 * fall into. States are numbered from 0 in the order in which they are met. A table belongs to one
 * thread while it grows; lookups alone may come from many.
 */
public final class QTable {
  private final int actions;
  private final double initial;
  private final Optional<Discretization> cells;
  private final Keys keys;
  private double[] values = {};
  private long[] visits = {};

  /**
   * An empty table.
   *
   * @param numbers how many numbers an observation has
   * @param actions how many actions there are
   * @param initial value of an action before anything is known; above all that can be earned it
   *     drives an agent to try everything
   * @param cells how observations are cells; empty where they are taken as they are
   */
  public QTable(int numbers, int actions, double initial, Optional<Discretization> cells) {
    this(actions, initial, cells, new Keys(cells.map(Discretization::width).orElse(numbers)));
  }

  private QTable(int actions, double initial, Optional<Discretization> cells, Keys keys) {
    this.actions = actions;
    this.initial = initial;
    this.cells = cells;
    this.keys = keys;
  }

  /** How many states have been met. */
  public int states() {
    return keys.count();
  }

  /** How many numbers an observation has. */
  public int numbers() {
    return cells.map(Discretization::numbers).orElse(keys.size());
  }

  /** How many actions there are in each state. */
  public int actions() {
    return actions;
  }

  /** Value of an action of which nothing is known. */
  public double initial() {
    return initial;
  }

  /** How observations are cells. */
  public Optional<Discretization> cells() {
    return cells;
  }

  /** The state that {@code observation[at ..]} shows, or -1 where it has not been met. */
  public int find(float[] observation, int at) {
    return find(observation, at, 0);
  }

  /** The same in one layer of the cells. */
  public int find(float[] observation, int at, int layer) {
    return cells.isPresent()
        ? keys.find(cells.get().cell(observation, at, layer), 0)
        : keys.find(observation, at);
  }

  /** The state that {@code observation[at ..]} shows; one that has not been met becomes known. */
  public int state(float[] observation, int at) {
    return state(observation, at, 0);
  }

  /** The same in one layer of the cells. */
  public int state(float[] observation, int at, int layer) {
    return added(
        cells.isPresent()
            ? keys.add(cells.get().cell(observation, at, layer), 0)
            : keys.add(observation, at));
  }

  /** Makes room for the values of a state that may be new. */
  private int added(int state) {
    int needed = states() * actions;
    if (needed > values.length) {
      int from = values.length;
      int room = Math.max(needed, Math.max(16, 3 * (values.length / 2)));
      values = Arrays.copyOf(values, room);
      visits = Arrays.copyOf(visits, room);
      Arrays.fill(values, from, room, initial);
    }
    return state;
  }

  /** What an agent sees in a state; the middle of its cell where observations are cells. */
  public void observation(int state, float[] observation) {
    if (cells.isPresent()) {
      float[] cell = new float[keys.size()];
      keys.read(state, cell);
      cells.get().middle(cell, observation);
    } else {
      keys.read(state, observation);
    }
  }

  /** Value of an action. */
  public double value(int state, int action) {
    return values[state * actions + action];
  }

  /** Value of the best action of a state. */
  public double best(int state) {
    double best = value(state, 0);
    for (int action = 1; action < actions; action++) {
      best = Math.max(best, value(state, action));
    }
    return best;
  }

  /** How often an action has been learned from in a state. */
  public long visits(int state, int action) {
    return visits[state * actions + action];
  }

  /** Whether an action has ever been learned from in a state. */
  public boolean isSeen(int state, int action) {
    return visits(state, action) > 0;
  }

  /** How many actions have been learned from at least once, over all states. */
  public long seen() {
    return Arrays.stream(visits).filter(n -> n > 0).count();
  }

  /** Moves a value towards a target, {@code Q ← Q + rate (target − Q)}, and counts the visit. */
  public void learn(int state, int action, double target, double rate) {
    int place = state * actions + action;
    values[place] += rate * (target - values[place]);
    visits[place]++;
  }

  /** Gives a value and how often it was learned. */
  public void set(int state, int action, double value, long times) {
    values[state * actions + action] = value;
    visits[state * actions + action] = times;
  }

  /**
   * The state that is a state of another table, which tells observations apart in the same way; one
   * that has not been met becomes known.
   */
  public int adopt(QTable other, int state) {
    float[] key = new float[keys.size()];
    other.keys.read(state, key);
    return added(keys.add(key, 0));
  }

  /** What the states that have been met and their values take, in bytes; visits left aside. */
  public long bytes() {
    return keys.bytes() + 8L * states() * actions;
  }

  /** A table that goes its own way from here. */
  public QTable copy() {
    return of(save());
  }

  /** All that there is to know. */
  public Tensors save() {
    int size = states() * actions;
    Tensors saved =
        new Tensors()
            .put("values", Arrays.copyOf(values, size), states(), actions)
            .putWholes("visits", Arrays.copyOf(visits, size), states(), actions)
            .put("initial", new double[] {initial})
            .putAll("keys", keys.save());
    cells.ifPresent(each -> saved.putAll("cells", each.save()));
    return saved;
  }

  /** Reads what {@link #save()} gave. */
  public static QTable of(Tensors saved) {
    int[] shape = saved.shape("values");
    Keys keys = Keys.of(saved.part("keys"));
    boolean fits =
        shape.length == 2
            && shape[0] == keys.count()
            && shape[1] >= 1
            && Arrays.equals(shape, saved.shape("visits"));
    if (!fits) {
      throw new RetortException(
          "table: expected values and visits of shape (%s, actions), got %s and %s."
              .formatted(
                  keys.count(), Arrays.toString(shape), Arrays.toString(saved.shape("visits"))));
    }
    Tensors part = saved.part("cells");
    Optional<Discretization> cells =
        part.all().isEmpty() ? Optional.empty() : Optional.of(Discretization.of(part));
    if (cells.isPresent() && cells.get().width() != keys.size()) {
      throw new RetortException(
          "table: expected cells named by %s numbers, got %s."
              .formatted(keys.size(), cells.get().width()));
    }
    double initial = saved.number("initial");
    QTable table = new QTable(shape[1], initial, cells, keys);
    table.values = saved.doubles("values").clone();
    table.visits = saved.wholes("visits");
    cells.ifPresent(table::requireKeys);
    if (!Double.isFinite(initial) || Arrays.stream(table.visits).anyMatch(n -> n < 0)) {
      throw new RetortException(
          "table: expected a finite first value and visits of at least 0, got a first value of %s and other visits."
              .formatted(initial));
    }
    for (int i = 0; i < table.values.length; i++) {
      if (!Double.isFinite(table.values[i])) {
        throw new RetortException(
            "table: expected finite values, got %s (state %s, action %s)."
                .formatted(table.values[i], i / shape[1], i % shape[1]));
      }
    }
    return table;
  }

  /** Refuses states that are no cells. */
  private void requireKeys(Discretization cells) {
    float[] cell = new float[keys.size()];
    for (int state = 0; state < states(); state++) {
      keys.read(state, cell);
      if (!cells.has(cell)) {
        throw new RetortException(
            "table: expected states that are cells of %s, got %s (state %s)."
                .formatted(cells.summary(), Arrays.toString(cell), state));
      }
    }
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d states of %,d numbers, %d actions, %,d values learned",
        states(),
        numbers(),
        actions,
        seen());
  }
}
