package dev.retort.distill;

import dev.retort.RetortException;
import dev.retort.data.Column;
import dev.retort.data.Dataset;
import dev.retort.nn.Output;
import java.util.List;

/**
 * What networks give that predict columns of a dataset: an output a term, of the column's width.
 */
record PredictedColumns(Loss loss, Dataset data) {
  /** Outputs of each network. */
  List<Output> outputs() {
    return loss.terms().stream()
        .map(term -> Output.of(term.output(), column(term).width()))
        .toList();
  }

  /** The column that a term predicts. */
  Column column(Loss.Term term) {
    boolean isNext =
        term.output().equals(Dataset.NEXT_OBSERVATION) && !data.columns().contains(term.output());
    return isNext ? data.nextObservations() : data.column(term.output());
  }

  /** Refuses columns that there are not, and the same one twice. */
  void require() {
    List<String> names = Output.names(outputs());
    if (names.stream().distinct().count() < names.size()) {
      throw new RetortException(
          "fit: expected each column once, got %s.".formatted(String.join(", ", names)));
    }
    if (loss.consistency().isPresent()) {
      throw new RetortException(
          "fit: expected terms of columns, got %s. It is for students who act: distill(..)."
              .formatted(loss));
    }
  }
}
