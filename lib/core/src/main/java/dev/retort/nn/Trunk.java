package dev.retort.nn;

/** Whether the outputs of a network share the layers below them. */
public enum Trunk {
  /** One trunk for all outputs. */
  SHARED,
  /** A trunk of its own for each output. */
  SEPARATE
}
