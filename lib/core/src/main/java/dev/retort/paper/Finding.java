package dev.retort.paper;

import dev.retort.RetortException;
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
   * @param verdict what became of it
   * @param reason why it is void, in words; empty where it is not
   */
  public record Criterion(String words, Verdict verdict, String reason) {
    /** Refuses a void criterion without a reason, and a reason of any other. */
    public Criterion {
      if ((verdict == Verdict.VOID) == reason.isBlank()) {
        throw new RetortException(
            "criterion '%s': expected a reason where it is void and only there, got '%s' where it is %s."
                .formatted(words, reason, verdict));
      }
    }

    /** One that is met or missed. */
    public static Criterion judged(String words, boolean met) {
      return new Criterion(words, met ? Verdict.MET : Verdict.MISSED, "");
    }

    /** One of a size that is too small to be judged. */
    public static Criterion notJudged(String words) {
      return new Criterion(words, Verdict.NOT_JUDGED, "");
    }

    /** The verdict, and why where it is void. */
    public String explained() {
      return verdict == Verdict.VOID ? verdict + ": " + reason : verdict.toString();
    }

    @Override
    public String toString() {
      return verdict == Verdict.NOT_JUDGED ? "(" + words + ")" : verdict + " " + words;
    }
  }

  /** Keeps copies. */
  public Finding {
    values = List.copyOf(values);
    how = Map.copyOf(how);
  }

  /** What became of its criterion; not judged where there is none. */
  public Verdict verdict() {
    return criterion.map(Criterion::verdict).orElse(Verdict.NOT_JUDGED);
  }

  /** The same with another criterion. */
  Finding with(Optional<Criterion> other) {
    return new Finding(name, quantity, ours, published, other, values, how);
  }

  /**
   * The same, whose claim is void where its precondition fails; what is not judged stays so.
   *
   * @param holds whether the precondition holds
   * @param otherwise why the claim says nothing where it does not, in words
   */
  public Finding provided(boolean holds, String otherwise) {
    boolean judged = verdict() == Verdict.MET || verdict() == Verdict.MISSED;
    return holds || !judged
        ? this
        : with(criterion.map(it -> new Criterion(it.words, Verdict.VOID, otherwise)));
  }

  /** The same, whose claim is void where another finding, its precondition, is not met. */
  public Finding provided(Finding precondition) {
    Verdict gate = precondition.verdict();
    return provided(
        gate == Verdict.MET || gate == Verdict.NOT_JUDGED,
        precondition
            .criterion
            .map(
                it ->
                    "its precondition is %s (%s: %s)".formatted(gate, precondition.name, it.words))
            .orElse(""));
  }

  /** The same, whose claim is void where one of its preconditions is not met, the first of them. */
  public Finding provided(List<Finding> preconditions) {
    Finding claim = this;
    for (Finding precondition : preconditions) {
      claim = claim.provided(precondition);
    }
    return claim;
  }
}
