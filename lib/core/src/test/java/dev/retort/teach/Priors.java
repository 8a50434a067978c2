package dev.retort.teach;

import dev.retort.env.Env;
import dev.retort.policy.Policy;
import dev.retort.policy.TabularPolicy;
import dev.retort.prior.Aggregation;
import dev.retort.prior.Extraction;
import dev.retort.prior.QPrior;
import dev.retort.run.Session;
import dev.retort.space.Discrete;
import dev.retort.table.QTable;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Priors of tables that are written by hand. */
final class Priors {
  private Priors() {}

  /** What several tables say of one environment, at the largest value of each. */
  static QPrior of(Env env, double discount, QTable... tables) {
    Extraction extraction =
        new Extraction(
            Extraction.OPTIONS
                .standard()
                .with(Extraction.STEPS, 100)
                .with(Extraction.DISCOUNT, discount)
                .with(Extraction.AGGREGATION, Aggregation.MAX));
    List<Policy> solvers =
        Arrays.stream(tables)
            .map(
                table ->
                    (Policy)
                        new TabularPolicy(
                            "hand", env.observations(), (Discrete) env.actions(), table))
            .toList();
    return extraction.run(
        solvers, Collections.nCopies(tables.length, env), Session.unwatched("return"));
  }

  /** A table of rows of values; NaN leaves an action unknown. */
  static QTable table(double[]... rows) {
    QTable table = new QTable(1, rows[0].length, 0, Optional.empty());
    for (int row = 0; row < rows.length; row++) {
      int state = table.state(new float[] {row}, 0);
      for (int action = 0; action < rows[row].length; action++) {
        if (!Double.isNaN(rows[row][action])) {
          table.set(state, action, rows[row][action], 1);
        }
      }
    }
    return table;
  }
}
