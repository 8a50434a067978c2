package dev.retort.code;

import java.util.List;

/** A part of a method whose names have been looked up. */
sealed interface Word {
  /** What is written as it is. */
  record Text(String text) implements Word {}

  /** A class of the user's own. */
  record Named(Class<?> type) implements Word {}

  /** Where control may go. */
  record Leads(List<Body> to) implements Word {}
}
