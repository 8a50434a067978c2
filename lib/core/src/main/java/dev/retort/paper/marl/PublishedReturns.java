package dev.retort.paper.marl;

import dev.retort.paper.Measured;
import java.util.HashMap;
import java.util.Map;

/**
 * What the paper reports of the tasks that ours are after, tables 1 and 3: Fill-In and EqualSpace,
 * of 10 seeds. Ours have other constants. Of Grid-World, which Collect is after, it reports returns
 * an agent, which are nothing that a team's could stand beside.
 */
final class PublishedReturns {
  private static final Map<String, double[]> TABLE = new HashMap<>();

  static {
    put(MarlMethod.CLONING, -12.43, -9.35);
    put(MarlMethod.IDT, -7.83, -7.99);
    put(MarlMethod.MADT, -6.51, -6.91);
    put(MarlMethod.CQL, -9.41, -6.99);
    put(MarlMethod.ICQ, -9.72, -7.12);
    put(MarlMethod.BCQ, -8.11, -7.06);
    put(MarlMethod.EQUATION_4, -3.41, -2.43);
    put(MarlMethod.LITERAL, -4.11, -5.43);
    put(MarlMethod.ONE_MAPPING, -3.11, -2.61);
    put(MarlMethod.NO_MOMENTUM, -3.92, -2.44);
    put(MarlMethod.NO_MAPPING, -3.32, -2.87);
    put(MarlMethod.NO_KL, -3.89, -2.99);
    put(MarlMethod.NO_KL_NO_MAPPING, -3.30, -2.71);
  }

  private PublishedReturns() {}

  private static void put(MarlMethod method, double... returns) {
    TABLE.put(method.toString(), returns);
  }

  /** What a method received in a task, with what the paper has beside it, if anything. */
  static Measured beside(MethodReturns row, TeamTask task) {
    Measured own = row.row(task.toString());
    int column =
        switch (task) {
          case FILL_IN -> 0;
          case EQUAL_SPACE -> 1;
          case COLLECT, MINI_SKIRMISH, FIXED_SIDE -> -1;
        };
    double[] known = TABLE.get(row.method());
    return known == null || column < 0 ? own : own.published(known[column]);
  }
}
