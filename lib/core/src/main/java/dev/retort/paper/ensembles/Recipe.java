package dev.retort.paper.ensembles;

import static dev.retort.Retort.consistent;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.mse;
import static dev.retort.paper.ensembles.Ensembles.FIXED;

import dev.retort.data.Dataset;
import dev.retort.distill.Loss;
import dev.retort.distill.Supervised;
import dev.retort.env.reach.Reacher;
import dev.retort.nn.Activation;
import dev.retort.nn.Initialization;
import dev.retort.nn.Mlp;
import dev.retort.plan.Distilling;
import dev.retort.transfer.CyclicGroup;
import java.util.List;
import java.util.Locale;

/**
 * How students of Reacher are made: as the paper's text says, as its authors' code does, which
 * differ in what is seen and in how parameters are drawn, and as the code does with one thing
 * changed.
 */
enum Recipe {
  /** Six numbers, parameters drawn by fan-in. */
  TEXT("6 numbers, fan-in"),
  /** Ten numbers with absolute velocities, parameters drawn by fan-out. */
  CODE("10 numbers with absolute velocities, fan-out"),
  /** All members see their minibatches in one order, as in joint training. */
  SHARED("code, minibatches in one order for all"),
  /** Members subtract what they gave before they learned. */
  CENTERED("code, less what each gave before it learned"),
  /** Twice the epochs. */
  LONGER("code, twice the epochs"),
  /** Students shall do the same in turned states, by the loss of arXiv 2607.02288. */
  CONSISTENT("code, and to do the same when turned");

  private static final Mlp STUDENT = mlp(64, 64, 32).activation(Activation.RELU);

  private final String words;

  Recipe(String words) {
    this.words = words;
  }

  /** The rows of table 1. */
  static List<Recipe> arms() {
    return List.of(CODE, TEXT);
  }

  /** The arm of the code with one thing changed. */
  static List<Recipe> switches() {
    return List.of(SHARED, CENTERED, LONGER, CONSISTENT);
  }

  /** What it does, in a line. */
  String words() {
    return words;
  }

  /** What students, and whoever acts beside them, see of an arm. */
  Reacher seen(Reacher arm) {
    return arm.seeing(this == TEXT ? Reacher.Sight.POSITIONS : Reacher.Sight.ABSOLUTE_VELOCITIES);
  }

  /** The plan of the students. */
  Distilling students(Dataset data) {
    Distilling plan =
        usual(data, this == TEXT ? STUDENT : STUDENT.initialized(Initialization.FAN_OUT));
    return switch (this) {
      case TEXT, CODE -> plan;
      case SHARED -> plan.order(Supervised.Order.SHARED);
      case CENTERED -> plan.centered(true);
      case LONGER -> plan.epochs(FIXED.count("longer: student epochs"));
      case CONSISTENT ->
          plan.minimizing(
              Loss.of(mse())
                  .and(1, consistent(new CyclicGroup(FIXED.count("consistent: rotations")))));
    };
  }

  /** Students of one size, learned as in the authors' code, whatever they see. */
  static Distilling usual(Dataset data) {
    return usual(data, STUDENT);
  }

  private static Distilling usual(Dataset data, Mlp network) {
    return distill(data)
        .into(network)
        .minimizing(mse())
        .epochs(FIXED.count("student epochs"))
        .batchSize(FIXED.count("student batch"))
        .learningRate(FIXED.number("student rate"));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
