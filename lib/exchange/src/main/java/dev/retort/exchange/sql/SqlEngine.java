package dev.retort.exchange.sql;

import dev.retort.RetortException;
import dev.retort.data.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tech.tablesaw.api.Table;

/**
 * Answers questions in SQL by DuckDB. Tables that a question names are put into a database in
 * memory, which goes when it is answered; nothing outside of it can be read or written.
 */
public final class SqlEngine implements Sql.Engine {
  private static final Pattern MISSING =
      Pattern.compile("Table with name (\\S+) does not exist", Pattern.CASE_INSENSITIVE);
  private static final Pattern LINE = Pattern.compile("LINE (\\d+): (.*)");

  @Override
  public Table answer(String question, Function<String, Optional<Object>> named) {
    if (question.isBlank()) {
      throw new RetortException(
          "sql: expected a question such as select count(*) from data, got none.");
    }
    try (DuckDb database = new DuckDb("sql")) {
      database.lock();
      SqlTables tables = new SqlTables(database, named);
      Set<String> met = new HashSet<>();
      while (true) {
        try {
          return ask(database, question);
        } catch (SQLException e) {
          Matcher missing = MISSING.matcher(String.valueOf(e.getMessage()));
          boolean isNew = missing.find() && met.add(missing.group(1).toLowerCase(Locale.ROOT));
          if (!isNew || !tables.add(missing.group(1))) {
            throw refused(e, tables);
          }
        }
      }
    }
  }

  /** Asks on a thread of its own, so that who waits can be interrupted. */
  private static Table ask(DuckDb database, String question) throws SQLException {
    try (Statement statement = database.connection().createStatement()) {
      SqlWait<Table> wait = new SqlWait<>(() -> answer(statement, question));
      try {
        return wait.get();
      } catch (InterruptedException e) {
        statement.cancel();
        wait.end();
        throw new RetortException("sql: stopped, as was asked for. Ask again for an answer.", e);
      }
    }
  }

  private static Table answer(Statement statement, String question) throws SQLException {
    if (!statement.execute(question)) {
      throw new RetortException(
          "sql: expected a question that gives a table, such as select count(*) from data, got a statement that changes something. SQL only reads here; change datasets in Java: data.where(..), data.with(..).");
    }
    try (ResultSet rows = statement.getResultSet()) {
      return SqlResult.table(rows);
    }
  }

  /** What the database says of a question, with its line and what to do. */
  private static RetortException refused(SQLException e, SqlTables tables) {
    String said = String.valueOf(e.getMessage()).strip();
    Matcher missing = MISSING.matcher(said);
    Matcher line = LINE.matcher(said);
    String place = line.find() ? " (line %s: %s)".formatted(line.group(1), line.group(2)) : "";
    boolean isName = missing.find() && missing.group(1).matches("[\\w-]+");
    if (isName) {
      return new RetortException(
          "sql: expected the name of a dataset, of something that has a table, of a study, or runs or findings, got '%s'%s. Is it a variable of this notebook? Outside of one say sql(.., Map.of(\"%s\", data)).%s"
              .formatted(missing.group(1), place, missing.group(1), tables.known()),
          e);
    }
    if (missing.reset().find()
        || said.contains("disabled by configuration")
        || said.contains("has been locked")) {
      return new RetortException(
          "sql: expected a question about datasets and runs, got one that reaches for files or settings%s. Open files by dataset(Path.of(\"..\")), and save tables by table.write()."
              .formatted(place),
          e);
    }
    String first = said.lines().findFirst().orElse(said);
    String hint =
        said.lines()
            .filter(each -> each.startsWith("Did you mean") || each.startsWith("Candidate"))
            .findFirst()
            .map(each -> " " + each)
            .orElse("");
    return new RetortException(
        "sql: expected SQL that DuckDB understands, got: %s%s.%s %%%%sql --help shows examples."
            .formatted(first.replaceFirst("[.!]$", ""), place, hint),
        e);
  }
}
