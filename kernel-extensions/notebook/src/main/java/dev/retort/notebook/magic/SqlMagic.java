package dev.retort.notebook.magic;

import dev.retort.Retort;
import dev.retort.notebook.Notebook;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Type;
import java.util.ArrayList;
import java.util.List;
import tech.tablesaw.api.Table;

/** {@code %sql} and {@code %%sql}: a question, whose tables are the variables of the notebook. */
final class SqlMagic implements RetortMagic {
  private static final Schema SQL = new Schema("sql");
  private static final Option<String> QUESTION =
      SQL.option("question", Type.text("SQL, as DuckDB understands it"), "")
          .says(
              "what to ask of datasets, a row a step, of evaluations, curves and other tables by their variables, and of runs");

  @Override
  public Manual manual() {
    return Manual.line(
            "sql",
            "Table",
            "asks datasets, results and runs in SQL",
            List.of(
                "%sql select episode, sum(reward) as total from data group by episode",
                "%sql select run, seconds from runs where kind = 'train'"),
            List.of("question"),
            SQL)
        .needing("question")
        .andCell();
  }

  /** All words of a line are one question; double quotes around a name ask for a cell. */
  @Override
  public Typed completed(Typed typed) {
    List<String> question =
        typed.words().isEmpty() ? List.of() : List.of(String.join(" ", typed.words()));
    return new Typed(question, typed.options(), typed.switches(), typed.followed());
  }

  /** The lines below are the question, as it stands. */
  @Override
  public Typed body(Typed typed, String sign, String body) {
    List<Typed.Pair> options = new ArrayList<>(typed.options());
    if (!body.isBlank()) {
      options.add(new Typed.Pair(QUESTION.name(), body.strip()));
    }
    return new Typed(typed.words(), options, typed.switches(), typed.followed());
  }

  @Override
  public Phrase<?> phrase(Said said, Notebook notebook) {
    String question = said.need(SQL, QUESTION);
    return Phrase.of(
        "sql(" + Fluent.quoted(question) + ")", Table.class, open -> Retort.sql(question));
  }
}
