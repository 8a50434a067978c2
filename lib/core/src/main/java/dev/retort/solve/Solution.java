package dev.retort.solve;

import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.env.Grid;
import dev.retort.figure.Heat;
import dev.retort.figure.Numbers;
import dev.retort.policy.Provenance;
import dev.retort.policy.TabularPolicy;
import dev.retort.space.Discrete;
import dev.retort.table.QTable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/**
 * The exact solution of an environment: its values, the best policy, and a map of the values where
 * it takes place in a grid.
 *
 * @param world the environment and its model
 * @param values of the model
 */
public record Solution(EnvModel world, Values values) {
  /** The policy that does the best everywhere, with the action values that say so. */
  public TabularPolicy policy() {
    Env env = world.env();
    Discrete actions = (Discrete) env.actions();
    int numbers = env.observations().size();
    QTable table = new QTable(numbers, actions.n(), 0, Optional.empty());
    float[] seen = new float[numbers];
    for (int state = 0; state < world.model().states(); state++) {
      if (world.model().isTerminal(state)) {
        continue;
      }
      env.observe(world.state(state), seen);
      int row = table.state(seen, 0);
      if (table.isSeen(row, 0)) {
        throw new RetortException(
            "solve: expected states that an agent can distinguish, got two that look alike (%s): %s."
                .formatted(env.name(), Arrays.toString(world.state(state))));
      }
      for (int action = 0; action < actions.n(); action++) {
        table.learn(row, action, values.value(state, action), 1);
      }
    }
    return new TabularPolicy("exact", env.observations(), actions, table)
        .discounting(values.discount())
        .made(Provenance.in(env));
  }

  /**
   * The values as a map, the mean of all states of a cell; for environments that have a grid. Where
   * an episode is over there is nothing left to earn, so that such states are left out, and cells
   * of no others stay empty.
   */
  public Heat plot() {
    Env env = world.env();
    Grid grid =
        env.grid()
            .orElseThrow(
                () ->
                    new RetortException(
                        "plot values: expected an environment in a grid, got %s. Look at its table()."
                            .formatted(env.name())));
    double[][] means = new double[grid.rows()][grid.columns()];
    int[][] counts = new int[grid.rows()][grid.columns()];
    for (int state = 0; state < world.model().states(); state++) {
      if (world.model().isTerminal(state)) {
        continue;
      }
      int cell = grid.cell().applyAsInt(world.state(state));
      means[cell / grid.columns()][cell % grid.columns()] += values.value(state);
      counts[cell / grid.columns()][cell % grid.columns()]++;
    }
    for (int row = 0; row < grid.rows(); row++) {
      for (int column = 0; column < grid.columns(); column++) {
        means[row][column] /= counts[row][column]; // NaN where no state is
      }
    }
    return Heat.of("Values of " + env.title() + ", blank where it ends", "column", "row", means);
  }

  /**
   * A row for every state: its cell where there is a grid, its value, its best action. Rows are
   * sorted by cells, then by the numbers of the states.
   */
  public Table table() {
    Optional<Grid> grid = world.env().grid();
    IntColumn row = IntColumn.create("row");
    IntColumn column = IntColumn.create("column");
    DoubleColumn value = DoubleColumn.create("value");
    IntColumn best = IntColumn.create("best");
    for (int state : sorted(grid)) {
      if (grid.isPresent()) {
        int cell = grid.get().cell().applyAsInt(world.state(state));
        row.append(cell / grid.get().columns());
        column.append(cell % grid.get().columns());
      }
      value.append(values.value(state));
      if (world.model().isTerminal(state)) {
        best.appendMissing();
      } else {
        best.append(values.best(state));
      }
    }
    Table table = Table.create(world.env().title());
    return Numbers.in(
        grid.isPresent()
            ? table.addColumns(row, column, value, best)
            : table.addColumns(value, best));
  }

  private List<Integer> sorted(Optional<Grid> grid) {
    Comparator<Integer> byCell =
        Comparator.comparingInt(
            state -> grid.map(each -> each.cell().applyAsInt(world.state(state))).orElse(0));
    return IntStream.range(0, world.model().states())
        .boxed()
        .sorted(byCell.thenComparing((a, b) -> Arrays.compare(world.state(a), world.state(b))))
        .toList();
  }

  @Override
  public String toString() {
    String text = world.env().title() + " solved: " + values.summary();
    return world.env().grid().isPresent()
        ? text + plot().toString().replaceFirst("[^\n]*", "")
        : text;
  }
}
