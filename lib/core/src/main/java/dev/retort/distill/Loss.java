package dev.retort.distill;

import dev.retort.RetortException;
import dev.retort.loss.Distance;
import dev.retort.loss.Distances;
import dev.retort.loss.OwnDistance;
import dev.retort.option.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What networks minimize: the distance of a student's behavior from the teacher's, and any further
 * terms, each for one more output; or terms alone, each of which predicts a column. The loss of a
 * batch is the mean over its rows.
 *
 * <pre>{@code
 * Loss.of(kl(0.01))                                          // kl:0.01
 * Loss.of(kl(1)).and(0.5, "value", mse())                    // kl:1.0 + 0.5 value mse
 * Loss.of(kl(1)).and(0.1, "features", mse())                 // Actor-Mimic's feature regression
 * Loss.of(kl(1)).weightedBy("advantage")                     // kl:1.0 by advantage
 * Loss.of(kl(1)).and(0.5, consistent(new CyclicGroup(4)))    // kl:1.0 + 0.5 consistent rotations:4
 * Loss.of("reward", new Pinball(0.9))                        // 1.0 reward pinball:0.9, a distance of your own
 * Loss.of("reward", mse()).and(0.1, "next-observation", huber(1))   // what fit(..) minimizes
 * }</pre>
 *
 * @param behavior how the numbers that act are compared; empty where nobody acts by them
 * @param weight column whose number multiplies a row's loss, where rows count differently
 * @param terms what else a network shall give
 * @param consistency that what is given for transformed observations is transformed likewise
 */
public record Loss(
    Optional<Distance> behavior,
    Optional<String> weight,
    List<Term> terms,
    Optional<Consistency> consistency) {
  /**
   * One more output of a student, compared with the teacher's of that name.
   *
   * @param factor multiplies its distance
   * @param output such as {@code value} or {@code features}; the target of a student is the column
   *     {@code teacher.value}, that of a prediction the column of that very name; an output of the
   *     name is a linear layer on the features
   * @param distance between them
   */
  public record Term(double factor, String output, Distance distance) {
    /** Refuses a factor that is not positive, and an output without a name. */
    public Term {
      distance = Distances.known(distance);
      boolean isWord = output.matches("[^\\s,+]+") && !output.equals(Consistency.WORD);
      if (!(factor > 0 && Double.isFinite(factor)) || !isWord) {
        throw new RetortException(
            "loss: expected a factor above 0 and the name of an output in one word, got %s and '%s'."
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

  /** A term has a factor, an output and a distance. */
  private static final int TERM = 3;

  /**
   * Keeps a copy of the terms, gives distances of the user's own their names, and refuses a loss
   * that compares nothing.
   */
  public Loss {
    behavior = behavior.map(Distances::known);
    terms = List.copyOf(terms);
    if (behavior.isEmpty() && terms.isEmpty()) {
      throw new RetortException(
          "loss: expected a distance such as kl(), or a column and its distance, got neither.");
    }
  }

  /** The distance of the behavior alone. */
  public static Loss of(Distance behavior) {
    return new Loss(Optional.of(behavior), Optional.empty(), List.of(), Optional.empty());
  }

  /** The distance of an output from the column of its name, for who predicts and does not act. */
  public static Loss of(String column, Distance distance) {
    return new Loss(
        Optional.empty(),
        Optional.empty(),
        List.of(new Term(1, column, distance)),
        Optional.empty());
  }

  /** The same and one more term. */
  public Loss and(double factor, String output, Distance distance) {
    List<Term> more = new ArrayList<>(terms);
    more.add(new Term(factor, output, distance));
    return new Loss(behavior, weight, more, consistency);
  }

  /** The same and the consistency under a group of transformations. */
  public Loss and(double factor, Consistency other) {
    return new Loss(behavior, weight, terms, Optional.of(other.times(factor)));
  }

  /** The same with rows that count by the numbers of a column. */
  public Loss weightedBy(String column) {
    return new Loss(behavior, Optional.of(column), terms, consistency);
  }

  /** Distances of the user's own among those that are compared by. */
  public List<OwnDistance> own() {
    return Stream.concat(behavior.stream(), terms.stream().map(Term::distance))
        .filter(OwnDistance.class::isInstance)
        .map(OwnDistance.class::cast)
        .distinct()
        .toList();
  }

  /** Names of the outputs beyond those that act. */
  public List<String> outputs() {
    return terms.stream().map(Term::output).toList();
  }

  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    behavior.ifPresent(distance -> parts.add(distance.toString()));
    terms.forEach(term -> parts.add(term.toString()));
    consistency.ifPresent(term -> parts.add(term.toString()));
    weight.ifPresent(column -> parts.set(0, parts.get(0) + " by " + column));
    return String.join(" + ", parts);
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
    String[] words = words(first[0]);
    Loss loss =
        words.length == TERM
            ? of(words[1], distances.reader().apply(words[2])).times(factor(words))
            : of(distances.reader().apply(first[0].toLowerCase(Locale.ROOT)));
    loss = first.length == 2 ? loss.weightedBy(first[1].trim()) : loss;
    for (int i = 1; i < parts.length; i++) {
      loss = loss.and(words(parts[i]), distances);
    }
    return loss;
  }

  private static String[] words(String text) {
    return text.trim().split("\\s+", -1);
  }

  private static double factor(String[] words) {
    return Double.parseDouble(words[0]);
  }

  private Loss and(String[] words, Type<Distance> distances) {
    Type.require(words.length == TERM);
    return words[1].equals(Consistency.WORD)
        ? and(factor(words), Consistency.of(words[2]))
        : and(factor(words), words[1], distances.reader().apply(words[2]));
  }

  /** The same terms with other factors. */
  private Loss times(double factor) {
    List<Term> all =
        terms.stream()
            .map(term -> new Term(factor * term.factor(), term.output(), term.distance()))
            .toList();
    return new Loss(behavior, weight, all, consistency);
  }
}
