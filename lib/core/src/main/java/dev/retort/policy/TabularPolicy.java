package dev.retort.policy;

import dev.retort.RetortException;
import dev.retort.distribution.ActionValues;
import dev.retort.space.Discrete;
import dev.retort.space.Space;
import dev.retort.table.QTable;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * A policy that looks its action values up in a table. In a state that the table does not know all
 * actions are worth the same, what they were worth at first.
 */
public final class TabularPolicy implements Policy {
  private final String name;
  private final Space observations;
  private final Discrete actions;
  private final QTable table;
  private final OptionalDouble discount;
  private final Provenance origin;

  /**
   * A policy of a table.
   *
   * @param name for tables of results
   * @param observations what it expects to see
   * @param actions its choices
   * @param table action values; copied
   */
  public TabularPolicy(String name, Space observations, Discrete actions, QTable table) {
    this(name, observations, actions, table.copy(), OptionalDouble.empty(), Provenance.unknown());
  }

  private TabularPolicy(
      String name,
      Space observations,
      Discrete actions,
      QTable table,
      OptionalDouble discount,
      Provenance origin) {
    if (table.numbers() != observations.size() || table.actions() != actions.n()) {
      throw new RetortException(
          "policy '%s': expected a table of %s numbers and %s actions, got %s and %s."
              .formatted(name, observations.size(), actions.n(), table.numbers(), table.actions()));
    }
    this.name = name;
    this.observations = observations;
    this.actions = actions;
    this.table = table;
    this.discount = discount;
    this.origin = origin;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Space observations() {
    return observations;
  }

  @Override
  public Discrete actions() {
    return actions;
  }

  @Override
  public ActionValues distribution() {
    return new ActionValues(actions);
  }

  @Override
  public OptionalDouble discount() {
    return discount;
  }

  /** The same policy, whose action values are known to discount by γ, from 0 to 1. */
  public TabularPolicy discounting(double gamma) {
    return new TabularPolicy(
        name, observations, actions, table, NetworkPolicy.discount(name, gamma), origin);
  }

  @Override
  public Provenance origin() {
    return origin;
  }

  @Override
  public TabularPolicy made(Provenance from) {
    return new TabularPolicy(name, observations, actions, table, discount, from);
  }

  /** A copy of its table. */
  public QTable table() {
    return table.copy();
  }

  @Override
  public Forward forward(int batch) {
    return (rows, count, outputs) -> {
      for (int row = 0; row < count; row++) {
        int state = table.find(rows, row * observations.size());
        int at = row * actions.n();
        Arrays.fill(outputs, at, at + actions.n(), (float) table.initial());
        for (int action = 0; action < actions.n() && state >= 0; action++) {
          outputs[at + action] = (float) table.value(state, action);
        }
      }
    };
  }

  /** The table in words: how many states it knows, and how they are distinguished. */
  public String summary() {
    return String.format(
        Locale.ROOT,
        "%,d states × %d actions, %s",
        table.states(),
        table.actions(),
        table.cells().map(cells -> "discretized as " + cells.summary()).orElse("taken exactly"));
  }

  @Override
  public String toString() {
    return "%s: a table of %s, %s -> %s%s"
        .formatted(name, summary(), observations.summary(), actions.summary(), Fit.home(this));
  }
}
