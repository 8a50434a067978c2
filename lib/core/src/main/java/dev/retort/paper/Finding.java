package dev.retort.paper;

import dev.retort.evaluate.Estimate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One number of a study, beside what was published and what it is held against.
 *
 * @param name what was measured, such as {@code Acrobot, DQN}
 * @param quantity what the number is, such as {@code return, IQM of 10 seeds}
 * @param ours the number and its 95 % interval
 * @param published what others report
 * @param criterion what was fixed before the run; empty where nothing was
 * @param values what the estimate is made of, one a seed
 * @param how everything that was set
 */
public record Finding(
    String name,
    String quantity,
    Estimate ours,
    OptionalDouble published,
    Optional<Criterion> criterion,
    List<Double> values,
    Map<String, String> how) {
  /**
   * What an outcome is held against.
   *
   * @param words such as {@code ≥ -77}
   * @param met whether it is so; empty where the size is too small to be judged
   */
  public record Criterion(String words, Optional<Boolean> met) {
    /** What a table says. */
    public String verdict() {
      return met.map(yes -> yes ? "met" : "MISSED").orElse("not judged");
    }

    @Override
    public String toString() {
      return met.isEmpty() ? "(" + words + ")" : verdict() + " " + words;
    }
  }

  /** Keeps copies. */
  public Finding {
    values = List.copyOf(values);
    how = Map.copyOf(how);
  }
}
