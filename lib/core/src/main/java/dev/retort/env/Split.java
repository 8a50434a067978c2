package dev.retort.env;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A part of a family of tasks; no context lies in two parts. */
public enum Split {
  /** What teachers and data may see. */
  TRAIN,
  /** What hyper-parameters may be chosen on. */
  VALIDATION,
  /** What results are reported on, and nothing else. */
  TEST;

  /** Their names in lower case. */
  static List<String> names() {
    return Arrays.stream(values()).map(split -> split.name().toLowerCase(Locale.ROOT)).toList();
  }
}
