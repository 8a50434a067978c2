package dev.retort.env;

/** A part of a family of tasks; no context lies in two parts. */
public enum Split {
  /** What teachers and data may see. */
  TRAIN,
  /** What hyper-parameters may be chosen on. */
  VALIDATION,
  /** What results are reported on, and nothing else. */
  TEST
}
