package dev.retort.paper.unilegs;

import static dev.retort.Retort.maskedMlp;
import static dev.retort.Retort.tokens;
import static dev.retort.Retort.urma;
import static dev.retort.paper.unilegs.ManyLegs.FIXED;

import dev.retort.nn.Architecture;
import dev.retort.paper.Scale;
import java.util.Arrays;

/** What network a student is. */
enum LegStudent {
  /** The method: joints are tokens that know no places. */
  TRANSFORMER("transformer", "transformer: width, layers, heads", "µs of a row of the transformer"),
  /** All joints of the largest robot one after the other, those that lack masked. */
  PERCEPTRON("perceptron", "widths of the perceptron", "µs of a row of the perceptron"),
  /** One that is larger than the method. */
  WIDE("wide perceptron", "widths of the wide perceptron", "µs of a row of the wide perceptron"),
  /** Joints are pooled by their descriptions. */
  ATTENTION(
      "attention by descriptions",
      "attention by descriptions: latent numbers and widths",
      "µs of a row of attention");

  private final String words;
  private final String sizes;
  private final String rate;

  LegStudent(String words, String sizes, String rate) {
    this.words = words;
    this.sizes = sizes;
    this.rate = rate;
  }

  Architecture network(Scale scale) {
    int[] n = Arrays.stream(FIXED.numbers(sizes, scale)).mapToInt(number -> (int) number).toArray();
    return switch (this) {
      case TRANSFORMER -> tokens(n[0], n[1], n[2]);
      case PERCEPTRON, WIDE -> maskedMlp(n);
      case ATTENTION -> urma(n[0], Arrays.copyOfRange(n, 1, n.length));
    };
  }

  /** Students of one population. */
  int students(Scale scale) {
    boolean isClaimed = this == TRANSFORMER || this == PERCEPTRON;
    return FIXED.count(isClaimed ? "students" : "students of rows", scale);
  }

  /** Microseconds of a row in an update. */
  double rate() {
    return FIXED.number(rate);
  }

  @Override
  public String toString() {
    return words;
  }
}
