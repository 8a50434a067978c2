package dev.retort.paper.marl;

import dev.retort.paper.Measured;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the paper reports of the tasks that ours are after, tables 1 and 3: Fill-In, EqualSpace and
 * Grid-World, returns an agent, of 10 seeds. Ours have other constants.
 */
final class PublishedReturns {
  private static final Map<MarlMethod, double[]> TABLE = new EnumMap<>(MarlMethod.class);

  static {
    TABLE.put(MarlMethod.CLONING, new double[] {-12.43, -9.35, 1.49});
    TABLE.put(MarlMethod.IDT, new double[] {-7.83, -7.99, 1.52});
    TABLE.put(MarlMethod.MADT, new double[] {-6.51, -6.91, 1.57});
    TABLE.put(MarlMethod.CQL, new double[] {-9.41, -6.99, 1.44});
    TABLE.put(MarlMethod.ICQ, new double[] {-9.72, -7.12, 1.62});
    TABLE.put(MarlMethod.BCQ, new double[] {-8.11, -7.06, 1.49});
    TABLE.put(MarlMethod.OURS, new double[] {-3.41, -2.43, 2.09});
    TABLE.put(MarlMethod.EQUATION_4, new double[] {-3.41, -2.43, 2.09});
    TABLE.put(MarlMethod.LITERAL, new double[] {-4.11, -5.43, 1.62});
    TABLE.put(MarlMethod.ONE_MAPPING, new double[] {-3.11, -2.61, 1.42});
    TABLE.put(MarlMethod.NO_MOMENTUM, new double[] {-3.92, -2.44, 1.79});
    TABLE.put(MarlMethod.NO_MAPPING, new double[] {-3.32, -2.87, 1.88});
    TABLE.put(MarlMethod.NO_KL, new double[] {-3.89, -2.99, 1.99});
    TABLE.put(MarlMethod.NO_KL_NO_MAPPING, new double[] {-3.30, -2.71, 1.59});
  }

  private PublishedReturns() {}

  /** The row with what the paper has beside it, if anything. */
  static Measured beside(Measured row, TeamTask task, MarlMethod method) {
    int column =
        switch (task) {
          case FILL_IN -> 0;
          case EQUAL_SPACE -> 1;
          case COLLECT -> 2;
          case MINI_SKIRMISH, FIXED_SIDE -> -1;
        };
    double[] known = TABLE.get(method);
    return known == null || column < 0 ? row : row.published(known[column]);
  }
}
