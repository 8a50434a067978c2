package dev.retort.teach;

import dev.retort.run.Finite;
import java.util.Arrays;

/**
 * How far students' features are from a teacher's,
 *
 * <pre>
 * L_feature = Σ_i ‖ f_i − f̂_i ‖²
 * </pre>
 *
 * <p>on the mean over steps, with f the features of agents' students and f̂ those of the teacher,
 * who has as many. Students learn to be where the teacher is, and not only to be to each other as
 * it is, which is {@link Relation}.
 *
 * <p>Wei-Cheng Tseng, Tsun-Hsuan Wang, Yen-Chen Lin, Phillip Isola, "Offline multi-agent
 * reinforcement learning with knowledge distillation", 2022, who discuss it and leave it out.
 */
final class FeatureDistance {
  private final DecisionTransformer spec;
  private final SequenceData data;
  private final float[] taught;
  private final double[] values;

  FeatureDistance(DecisionTransformer spec, SequenceData data, int seeds) {
    this.spec = spec;
    this.data = data;
    this.taught = data.features(spec.width());
    this.values = new double[seeds];
  }

  /** Begins a stretch of updates over which the mean for the curve is. */
  void begin() {
    Arrays.fill(values, 0);
  }

  /** Sum of the term over the stretch's updates. */
  double value(int seed) {
    return values[seed];
  }

  /** The same as a part of the loss. */
  double loss(int seed) {
    return spec.featureDistance() * values[seed];
  }

  /**
   * Adds the term and its gradient.
   *
   * @param rows row of the data of each cell of each seed, −1 where there is none
   * @param features of all students' tokens
   * @param dFeatures to which the gradient of the features is added
   */
  void add(int[] rows, float[] features, float[] dFeatures, long step) {
    int width = spec.width();
    for (int seed = 0; seed < values.length; seed++) {
      int from = seed * data.cells();
      long there = Arrays.stream(rows, from, from + data.cells()).filter(row -> row >= 0).count();
      double sum = 0;
      for (int cell = 0; cell < data.cells(); cell++) {
        int row = rows[from + cell];
        for (int agent = 0; row >= 0 && agent < data.agents(); agent++) {
          int own = data.token(seed, cell, agent) * width;
          int wanted = (row * data.agents() + agent) * width;
          for (int k = 0; k < width; k++) {
            double error = (double) features[own + k] - taught[wanted + k];
            sum += error * error;
            dFeatures[own + k] += (float) (2 * spec.featureDistance() * error / there);
          }
        }
      }
      Finite.require(sum, 0, "distance of the features", step);
      values[seed] += sum / there;
    }
  }
}
