package dev.retort.distill;

import dev.retort.RetortException;
import dev.retort.loss.Distance;
import dev.retort.loss.Distances;
import dev.retort.option.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What students minimize: the distance of their behavior from the teacher's, and any further terms,
 * each for one more output; the loss of a batch is the mean over its rows.
 *
 * <pre>{@code
 * Loss.of(kl(0.01))                                          // kl:0.01
 * Loss.of(kl(1)).and(0.5, "value", mse())                    // kl:1.0 + 0.5 value mse
 * Loss.of(kl(1)).and(0.1, "features", mse())                 // Actor-Mimic's feature regression
 * Loss.of(kl(1)).weightedBy("advantage")                     // kl:1.0 by advantage
 * }</pre>
 *
 * @param behavior how the numbers that act are compared
 * @param weight column whose number multiplies a row's loss, where rows count differently
 * @param terms what else a student shall give
 */
public record Loss(Distance behavior, Optional<String> weight, List<Term> terms) {
  /**
   * One more output of a student, compared with the teacher's of that name.
   *
   * @param factor multiplies its distance
   * @param output such as {@code value} or {@code features}; the target is the column {@code
   *     teacher.value}, and a student's output of that name is a linear layer on its features
   * @param distance between them
   */
  public record Term(double factor, String output, Distance distance) {
    /** Refuses a factor that is not positive, and an output without a name. */
    public Term {
      if (!(factor > 0 && Double.isFinite(factor)) || output.isBlank() || output.contains(" ")) {
        throw new RetortException(
            "loss: expected a factor above 0 and the name of an output, got %s and '%s'."
                .formatted(factor, output));
      }
      if (distance.compares() != Distance.Compares.NUMBERS) {
        throw new RetortException(
            "loss: expected a distance of numbers such as mse for '%s', got %s."
                .formatted(output, distance));
      }
    }

    @Override
    public String toString() {
      return "%s %s %s".formatted(factor, output, distance);
    }
  }

  /** Keeps a copy of the terms. */
  public Loss {
    terms = List.copyOf(terms);
  }

  /** The distance of the behavior alone. */
  public static Loss of(Distance behavior) {
    return new Loss(behavior, Optional.empty(), List.of());
  }

  /** The same and one more term. */
  public Loss and(double factor, String output, Distance distance) {
    List<Term> more = new ArrayList<>(terms);
    more.add(new Term(factor, output, distance));
    return new Loss(behavior, weight, more);
  }

  /** The same with rows that count by the numbers of a column. */
  public Loss weightedBy(String column) {
    return new Loss(behavior, Optional.of(column), terms);
  }

  /** Names of the outputs beyond those that act. */
  public List<String> outputs() {
    return terms.stream().map(Term::output).toList();
  }

  @Override
  public String toString() {
    String by = weight.map(column -> " by " + column).orElse("");
    return behavior + by + terms.stream().map(term -> " + " + term).collect(Collectors.joining());
  }

  /** Losses as text: a distance, and perhaps {@code by column}, {@code + 0.5 value mse}. */
  public static Type<Loss> type() {
    Type<Distance> distances = Distances.type();
    return new Type<>(
        distances.label() + ", and further terms such as kl:1 + 0.5 value mse",
        text -> parse(text, distances),
        Loss::toString,
        distances.choices());
  }

  private static Loss parse(String text, Type<Distance> distances) {
    String[] parts = text.trim().split("\\s*\\+\\s+", -1);
    String[] first = parts[0].trim().split("\\s+by\\s+", -1);
    Type.require(first.length <= 2);
    Loss loss = of(distances.reader().apply(first[0].toLowerCase(Locale.ROOT)));
    loss = first.length == 2 ? loss.weightedBy(first[1].trim()) : loss;
    for (int i = 1; i < parts.length; i++) {
      String[] words = parts[i].trim().split("\\s+", -1);
      Type.require(words.length == 3);
      loss = loss.and(Double.parseDouble(words[0]), words[1], distances.reader().apply(words[2]));
    }
    return loss;
  }
}
