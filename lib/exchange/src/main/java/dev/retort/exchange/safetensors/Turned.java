package dev.retort.exchange.safetensors;

/** Matrices turned round: a linear layer's weights as PyTorch has them, and back. */
public final class Turned {
  private Turned() {}

  /**
   * The same numbers with rows and columns exchanged.
   *
   * @param matrix {@code (rows, columns)}
   * @return {@code (columns, rows)}
   */
  public static float[] of(float[] matrix, int rows, int columns) {
    float[] turned = new float[matrix.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        turned[column * rows + row] = matrix[row * columns + column];
      }
    }
    return turned;
  }
}
