package dev.retort.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A study of a paper that is known in part: what is missing is ours, so that its plan tells all
 * that was fixed, how long it takes, and what is left out.
 */
public interface Reconstruction extends Study {
  /** How long a size takes about; empty where that cannot be told. */
  default Optional<Effort> effort(Scale scale) {
    return Optional.empty();
  }

  /** What the specification of the study asks for and is not done at a size. */
  default List<String> leftOut(Scale scale) {
    return List.of();
  }

  /** Its parts, how long they take about, what is left out, and the registration. */
  @Override
  default String explain(Scale scale, Parts chosen) {
    List<String> paragraphs = new ArrayList<>(List.of(Study.super.explain(scale, chosen)));
    effort(scale).map(Effort::toString).ifPresent(paragraphs::add);
    if (!leftOut(scale).isEmpty()) {
      paragraphs.add(String.join("\n", leftOut(scale)));
    }
    paragraphs.add(registration().toString());
    return String.join("\n\n", paragraphs);
  }

  /** What is left out of findings that are judged. */
  @Override
  default List<String> afterword(Scale scale) {
    return scale.isJudged() ? leftOut(scale) : List.of();
  }
}
