package dev.retort.table;

import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Type;
import java.util.List;

/**
 * The options of those that cut observations into equal bins.
 *
 * @param bins into how many bins each number is cut
 * @param low where the first bins begin
 * @param high where the last bins end
 */
public record Cutting(
    Option<List<Integer>> bins, Option<List<Double>> low, Option<List<Double>> high) {
  /**
   * Declares the options.
   *
   * @param none how "no bins" is written
   * @param bounds where bounds come from that are not given, such as {@code space}
   */
  public static Cutting in(Schema schema, String none, String bounds) {
    return new Cutting(
        schema.option(
            "bins",
            Type.list(
                none + ", or into how many bins a number is cut, such as 12 or 6,6,12,12",
                none,
                text -> {
                  int count = Integer.parseInt(text);
                  Type.require(count >= 1);
                  return count;
                }),
            List.of(),
            "bins a number",
            "how observations are cut"),
        bound(schema, "low", bounds, "where the first bins begin"),
        bound(schema, "high", bounds, "where the last bins end"));
  }

  private static Option<List<Double>> bound(Schema schema, String name, String usual, String help) {
    return schema.option(
        name,
        Type.list(
            usual + ", for the bounds of what is observed, or numbers such as -2.4,-3,-0.21,-3",
            usual,
            text -> {
              double bound = Double.parseDouble(text);
              Type.require(Double.isFinite(bound));
              return bound;
            }),
        List.of(),
        "",
        help);
  }
}
