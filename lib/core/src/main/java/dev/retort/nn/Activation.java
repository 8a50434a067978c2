package dev.retort.nn;

import ai.djl.ndarray.NDArray;

/** The non-linearity between two layers. */
public enum Activation {
  /** The hyperbolic tangent. */
  TANH,
  /** The rectifier, {@code max(0, x)}. */
  RELU;

  NDArray apply(NDArray x) {
    return this == TANH ? x.tanh() : x.getNDArrayInternal().relu();
  }
}
