package dev.retort.notebook;

import dev.retort.data.Dataset;
import dev.retort.evaluate.Statistics;
import dev.retort.figure.Bars;
import dev.retort.figure.Numbers;
import dev.retort.figure.TextTable;
import dev.retort.report.Card;
import dev.retort.space.Discrete;
import java.util.List;
import java.util.stream.IntStream;

/** The card of a dataset: how much there is, how good it is, and which actions were taken. */
final class DataCard {
  private static final int BINS = 20;
  private static final int ACTIONS = 8;

  private DataCard() {}

  static Card of(Dataset data) {
    double[] returns = data.returns();
    Card card =
        Card.titled("Dataset " + data.name())
            .key("steps", Numbers.count(data.size()))
            .key("episodes", Numbers.count(data.episodes()))
            .key("observations", data.observations().summary())
            .key("actions", data.actions().summary());
    if (data.cut() > 0) {
      card = card.key("cut off", Numbers.count(data.cut()));
    }
    if (returns.length > 0) {
      card =
          card.key("median return", Numbers.of(Statistics.median(returns)))
              .figure(Bars.histogram("Returns of whole episodes", "return", returns, BINS));
    }
    return data.actions() instanceof Discrete ? card.table(actions(data)) : card;
  }

  private static TextTable actions(Dataset data) {
    int[] counts = data.actionCounts();
    List<List<String>> rows =
        IntStream.range(0, Math.min(ACTIONS, counts.length))
            .mapToObj(
                action ->
                    List.of(
                        String.valueOf(action),
                        Numbers.count(counts[action]),
                        Numbers.percent((double) counts[action] / Math.max(1, data.size()))))
            .toList();
    return new TextTable(
        List.of("action", "taken", "share"), rows, Math.max(0, counts.length - ACTIONS));
  }
}
