package dev.retort.nn;

import java.util.regex.Matcher;

/**
 * The non-linearity between two layers.
 *
 * <p>What a constant holds is part of the imprint of networks of your own, by which files know
 * them: it stays as it is, however functions are written.
 */
public enum Activation {
  /** The hyperbolic tangent. */
  TANH("torch.tanh(%s)", "torch.tanh_backward(%s, %s)", true),
  /** The rectifier, {@code max(0, x)}. */
  RELU("torch.relu(%s)", "torch.threshold_backward(%s, %s, 0)", true),
  /** The logistic function, {@code 1 / (1 + exp(−x))}. */
  SIGMOID("torch.sigmoid(%s)", "torch.sigmoid_backward(%s, %s)", true),
  /**
   * The Gaussian error linear unit, {@code x Φ(x)} with Φ the distribution function of the standard
   * normal. Dan Hendrycks, Kevin Gimpel, 2016, arXiv 1606.08415.
   */
  GELU(
      "torch.gelu(%s, approximate=\"none\")",
      "torch.gelu_backward(%s, %s, approximate=\"none\")", false);

  private final String text;
  private final String gradientText;
  private final boolean fromOutput;

  Activation(String text, String gradientText, boolean fromOutput) {
    this.text = text;
    this.gradientText = gradientText;
    this.fromOutput = fromOutput;
  }

  /**
   * Its expression in the engine's language. The tangent is {@code 2 σ(2x) − 1}: on some processors
   * the engine's own takes four times as long.
   */
  String text(String x) {
    return this == TANH
        ? "torch.rsub(torch.sigmoid(torch.mul(%s, 2)), -1, alpha=-2)".formatted(x)
        : text.replace("%s", x);
  }

  /** The expression of its gradient: that of what it gave, and what it gave or was given. */
  String gradientText(String dy, String kept) {
    return gradientText
        .replaceFirst("%s", Matcher.quoteReplacement(dy))
        .replaceFirst("%s", Matcher.quoteReplacement(kept));
  }

  /** Whether its derivative is computed from what it gave, not from what it was given. */
  boolean goesBackFromOutput() {
    return fromOutput;
  }

  /** The same, written into the gradient of what it gave. */
  String gradientTextInPlace(String dy, String kept) {
    String all = gradientText(dy, kept);
    return "%s, grad_input=%s)".formatted(all.substring(0, all.length() - 1), dy);
  }

  /**
   * The expression that puts the values of one that goes back from its output in the place of its
   * arguments, or rather of {@link #steepness} times those; the tangent's are {@code (1 + tanh x) /
   * 2} then.
   */
  String inPlace(String x) {
    return this == RELU ? "torch.relu_(%s)".formatted(x) : "torch.sigmoid_(%s)".formatted(x);
  }

  /** By what its arguments are multiplied there. */
  int steepness() {
    return this == TANH ? 2 : 1;
  }
}
