package dev.retort.data;

import java.util.Locale;
import org.apache.commons.math3.stat.StatUtils;

/** How a dataset prints itself: how much there is, of what, and how good it is. */
final class DatasetText {
  private DatasetText() {}

  static String of(Dataset data) {
    double[] returns = data.returns();
    String found =
        returns.length == 0
            ? "none came to its end"
            : String.format(
                Locale.ROOT,
                "returns %.4g to %.4g, median %.4g",
                StatUtils.min(returns),
                StatUtils.max(returns),
                StatUtils.percentile(returns, 50));
    return String.format(
        Locale.ROOT,
        "Dataset '%s': %,d steps in %s%n%s -> %s, %s",
        data.name(),
        data.size(),
        episodes(data),
        data.observations().summary(),
        data.actions().summary(),
        found);
  }

  /** How many episodes, and how many of them were cut off. */
  private static String episodes(Dataset data) {
    String all =
        String.format(
            Locale.ROOT, "%,d episode%s", data.episodes(), data.episodes() == 1 ? "" : "s");
    return data.cut() == 0
        ? all
        : all
            + String.format(Locale.ROOT, ", %,d cut off by the end of the collection", data.cut());
  }
}
