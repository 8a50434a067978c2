package dev.retort.nn;

import java.util.regex.Matcher;

/** The non-linearity between two layers. */
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

  /** Its expression in the engine's language. */
  String text(String x) {
    return text.replace("%s", x);
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
}
