package dev.retort.paper.unilegs;

import static dev.retort.Retort.mse;
import static dev.retort.Retort.normalKl;

import dev.retort.loss.Distance;
import dev.retort.nn.Architecture;
import dev.retort.nn.TokenTransformer;
import java.util.Arrays;
import java.util.List;

/** What a transformer goes without, or does otherwise. */
enum LegAblation {
  /** Nothing. */
  NONE(""),
  /** Joints do not say how they are built. */
  DESCRIPTIONS("without descriptions"),
  /** The present alone, and not the three steps before. */
  PAST("without the past"),
  /** How fast the robot moves is left to the network. */
  ESTIMATE("without the estimate"),
  /** No clock, of teachers who have none either. */
  CLOCK("without a clock"),
  /** The divergence of normal distributions in place of the squared distance of means. */
  DIVERGENCE("by divergence");

  private static final List<String> SEEN =
      List.of("command", "body", "clock", "estimate", "joints", "past", "description", "present");

  private final String words;

  LegAblation(String words) {
    this.words = words;
  }

  /** What students see. */
  String[] sees() {
    String missing =
        switch (this) {
          case DESCRIPTIONS -> "description";
          case PAST -> "past";
          case ESTIMATE -> "estimate";
          case CLOCK -> "clock";
          case NONE, DIVERGENCE -> "";
        };
    return SEEN.stream().filter(part -> !part.equals(missing)).toArray(String[]::new);
  }

  /** The network, which learns deviations too where these are compared. */
  Architecture network(Architecture usual) {
    return this == DIVERGENCE && usual instanceof TokenTransformer tokens
        ? tokens.withDeviations()
        : usual;
  }

  Distance loss() {
    return this == DIVERGENCE ? normalKl() : mse();
  }

  /** All but {@link #NONE}. */
  static List<LegAblation> rows() {
    return Arrays.asList(values()).subList(1, values().length);
  }

  @Override
  public String toString() {
    return words;
  }
}
