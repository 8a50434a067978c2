package dev.retort.exchange.sql;

import dev.retort.data.Column;
import dev.retort.data.Dataset;
import dev.retort.data.End;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;

/**
 * A dataset as a table of a database: a row a step, episode by episode. In files each episode has a
 * row more, with its final observation and nothing else, as there is one observation more than
 * there are actions.
 */
final class StepTable {
  private final Dataset data;
  private final StepColumns columns;
  private final boolean withFinals;

  StepTable(Dataset data, boolean withFinals) {
    this.data = data;
    this.columns = StepColumns.of(data);
    this.withFinals = withFinals;
  }

  /** Makes the table and fills it. */
  void fill(DuckDb database, String name) {
    List<String> all =
        new ArrayList<>(List.of(StepColumns.EPISODE + " INTEGER", StepColumns.STEP + " INTEGER"));
    for (StepColumns.Part part : columns.parts()) {
      part.cells().forEach(cell -> all.add(DuckDb.name(cell) + " " + part.type()));
    }
    all.add(StepColumns.TERMINATED + " BOOLEAN");
    all.add(StepColumns.TRUNCATED + " BOOLEAN");
    if (data.hasTasks()) {
      all.add(StepColumns.TASK + " INTEGER");
    }
    database.execute(
        "CREATE TABLE %s (%s)"
            .formatted(DuckDb.name(name), all.stream().collect(Collectors.joining(", "))));
    try (DuckDBAppender appender = database.connection().createAppender(name)) {
      for (int episode = 0; episode < data.episodes(); episode++) {
        for (int row = data.start(episode); row < data.end(episode); row++) {
          step(appender, episode, row);
        }
        if (withFinals) {
          last(appender, episode);
        }
      }
    } catch (SQLException e) {
      throw database.refused(e);
    }
  }

  private void step(DuckDBAppender appender, int episode, int row) throws SQLException {
    appender.beginRow().append(episode).append(row - data.start(episode));
    for (StepColumns.Part part : columns.parts()) {
      Column column = data.column(part.name());
      for (int k = 0; k < part.width(); k++) {
        append(appender, part, column.at(row, k));
      }
    }
    boolean ends = row + 1 == data.end(episode);
    appender.append(ends && data.how(episode) == End.TASK);
    appender.append(ends && data.how(episode) == End.HORIZON);
    task(appender, episode);
    appender.endRow();
  }

  private void last(DuckDBAppender appender, int episode) throws SQLException {
    appender.beginRow().append(episode).append(data.end(episode) - data.start(episode));
    StepColumns.Part seen = columns.part(0);
    for (int k = 0; k < seen.width(); k++) {
      append(appender, seen, data.finals()[episode * seen.width() + k]);
    }
    for (StepColumns.Part part : columns.parts().subList(1, columns.parts().size())) {
      for (int k = 0; k < part.width(); k++) {
        appender.appendNull();
      }
    }
    appender.appendNull().appendNull();
    task(appender, episode);
    appender.endRow();
  }

  private void task(DuckDBAppender appender, int episode) throws SQLException {
    if (data.hasTasks()) {
      appender.append(data.task(episode));
    }
  }

  private static void append(DuckDBAppender appender, StepColumns.Part part, float value)
      throws SQLException {
    switch (part.type()) {
      case "UTINYINT" -> appender.append((byte) value);
      case "INTEGER" -> appender.append((int) value);
      default -> appender.append(value);
    }
  }
}
