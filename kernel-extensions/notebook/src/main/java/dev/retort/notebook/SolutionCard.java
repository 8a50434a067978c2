package dev.retort.notebook;

import dev.retort.figure.Numbers;
import dev.retort.report.Card;
import dev.retort.solve.Solution;
import dev.retort.solve.Values;

/** The card of an exact solution: what was solved, how well, and a map of the values. */
final class SolutionCard {
  private SolutionCard() {}

  static Card of(Solution solution) {
    Values values = solution.values();
    Card card =
        Card.titled(solution.world().env().title() + ", solved")
            .key("from the start", Numbers.of(values.fromStart()))
            .key("discount", Numbers.of(values.discount()))
            .key("states", Numbers.count(values.model().states()))
            .key("sweeps", Numbers.count(values.sweeps()))
            .key("residual", Numbers.of(values.residual()));
    if (Double.isFinite(values.errorBound())) {
      card = card.key("error at most", Numbers.of(values.errorBound()));
    }
    return solution.world().env().grid().isPresent() ? card.figure(solution.plot()) : card;
  }
}
