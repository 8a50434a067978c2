package dev.retort.nn;

import dev.retort.store.Tensors;

/**
 * Adam over a flat array.
 *
 * <pre>
 * m ← β₁ m + (1 − β₁) g         v ← β₂ v + (1 − β₂) g²
 * θ ← θ − α · (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)
 * </pre>
 *
 * <p>Diederik P. Kingma, Jimmy Ba, "Adam: a method for stochastic optimization", 2014, arXiv
 * 1412.6980. Moments are ours to save, so that training resumes exactly.
 */
public final class Adam {
  private static final float TINY_GRADIENT = 1e-12f;
  private static final float TINY_M = 1e-20f;
  private static final float TINY_V = 1e-25f;

  private final float beta1;
  private final float beta2;
  private final float epsilon;
  private final float[] m;
  private final float[] v;
  private long t;

  /**
   * An optimizer at rest.
   *
   * @param size how many parameters
   * @param epsilon added to the root of the second moment
   */
  public Adam(int size, double epsilon) {
    this(size, 0.9, 0.999, epsilon);
  }

  /** An optimizer at rest, with decay rates of its own. */
  public Adam(int size, double beta1, double beta2, double epsilon) {
    this.beta1 = (float) beta1;
    this.beta2 = (float) beta2;
    this.epsilon = (float) epsilon;
    this.m = new float[size];
    this.v = new float[size];
  }

  /**
   * Takes one step.
   *
   * @param parameters changed in place
   * @param gradients of the loss
   * @param learningRate α
   */
  public void step(float[] parameters, float[] gradients, double learningRate) {
    advance();
    step(parameters, gradients, stride(learningRate, 1), 0, m.length);
  }

  /**
   * How far a step goes.
   *
   * @param rate what the first moment is multiplied with
   * @param correction what the root of the second moment is multiplied with
   * @param scale what gradients are multiplied with first, as clipping has it
   */
  record Stride(float rate, float correction, float scale) {}

  /** How far the step goes that was just counted with {@link #advance()}. */
  Stride stride(double learningRate, float scale) {
    return new Stride(rate(learningRate), correction(), scale);
  }

  /** The step of a stretch of the parameters, once it is counted with {@link #advance()}. */
  void step(float[] parameters, float[] gradients, Stride stride, int from, int to) {
    float rate = stride.rate();
    float correction = stride.correction();
    float scale = stride.scale();
    float b1 = beta1;
    float b2 = beta2;
    float eps = epsilon;
    for (int i = from; i < to; i++) {
      // Numbers next to zero would cost a hundred times as much: adding and subtracting a small one
      // makes them zero, and leaves all that counts beside epsilon as it is.
      float g = (scale * gradients[i] + TINY_GRADIENT) - TINY_GRADIENT;
      float mi = (b1 * m[i] + (1 - b1) * g + TINY_M) - TINY_M;
      float vi = (b2 * v[i] + (1 - b2) * g * g + TINY_V) - TINY_V;
      m[i] = mi;
      v[i] = vi;
      parameters[i] -= rate * mi / ((float) Math.sqrt(vi) * correction + eps);
    }
  }

  /** Counts one more step. */
  void advance() {
    t++;
  }

  /** What the first moment of this step is multiplied with: {@code α / (1 − β₁ᵗ)}. */
  float rate(double learningRate) {
    return (float) (learningRate / (1 - Math.pow(beta1, (double) t)));
  }

  /** What the root of the second moment is multiplied with: {@code 1 / √(1 − β₂ᵗ)}. */
  float correction() {
    return (float) (1 / Math.sqrt(1 - Math.pow(beta2, (double) t)));
  }

  /** {@code β₁, 1 − β₁, β₂, 1 − β₂, ε}. */
  double[] constants() {
    return new double[] {beta1, 1 - beta1, beta2, 1 - beta2, epsilon};
  }

  float[] firstMoments() {
    return m;
  }

  float[] secondMoments() {
    return v;
  }

  /** Replaces the moments; the step count stays. */
  void restore(float[] first, float[] second) {
    System.arraycopy(first, 0, m, 0, m.length);
    System.arraycopy(second, 0, v, 0, v.length);
  }

  /** Both moments and the step count. */
  public Tensors save() {
    return new Tensors().put("m", m.clone()).put("v", v.clone()).put("t", new long[] {t});
  }

  /** Goes on from what {@link #save()} gave. */
  public void restore(Tensors saved) {
    System.arraycopy(saved.floats("m"), 0, m, 0, m.length);
    System.arraycopy(saved.floats("v"), 0, v, 0, v.length);
    t = saved.longs("t")[0];
  }
}
