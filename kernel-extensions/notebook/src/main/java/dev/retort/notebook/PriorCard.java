package dev.retort.notebook;

import dev.retort.figure.Numbers;
import dev.retort.figure.TextTable;
import dev.retort.prior.QPrior;
import dev.retort.report.Card;
import dev.retort.table.Discretization;

/** The card of a prior: what it knows of whom, and a map of its values. */
final class PriorCard {
  /** A finer map would not fit into a card. */
  private static final int FIELDS = 20;

  private PriorCard() {}

  static Card of(QPrior prior) {
    Card card =
        Card.titled(
                "Prior of %s solved task%s".formatted(prior.tasks(), prior.tasks() == 1 ? "" : "s"))
            .key("cells", prior.cells().map(Discretization::summary).orElse("exact states"))
            .key("states known", Numbers.count(prior.table().states()))
            .key("discount", Numbers.of(prior.discount()))
            .key("values", Numbers.interval(prior.low(), prior.high()))
            .key("bytes", Numbers.count(prior.bytes()));
    if (prior.networkBytes() > 0) {
      card = card.key("bytes of networks", Numbers.count(prior.networkBytes()));
    }
    card = card.table(TextTable.of(prior.sources()));
    return prior.observations().size() < 2 ? card : card.figure(prior.plot(0, 1, FIELDS));
  }
}
