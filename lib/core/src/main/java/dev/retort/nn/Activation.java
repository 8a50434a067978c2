package dev.retort.nn;

/** The non-linearity between two layers. */
public enum Activation {
  /** The hyperbolic tangent. */
  TANH,
  /** The rectifier, {@code max(0, x)}. */
  RELU
}
