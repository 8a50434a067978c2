package dev.retort.exchange.sql;

import dev.retort.RetortException;
import dev.retort.data.Dataset;
import dev.retort.evaluate.Comparison;
import dev.retort.evaluate.Evaluation;
import dev.retort.paper.Findings;
import dev.retort.plan.Cohort;
import dev.retort.plan.Curves;
import dev.retort.run.RunTable;
import dev.retort.run.Runs;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.duckdb.DuckDBAppender;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Puts what names stand for into a database, as tables of these names. */
final class SqlTables {
  /** The name that stands for the table of all runs, where nothing else has it. */
  private static final String RUNS = "runs";

  /** The same for all findings that stand on the disk. */
  private static final String FINDINGS = "findings";

  private static final Map<ColumnType, String> TYPES =
      Map.of(
          ColumnType.INTEGER, "INTEGER",
          ColumnType.SHORT, "INTEGER",
          ColumnType.LONG, "BIGINT",
          ColumnType.FLOAT, "FLOAT",
          ColumnType.DOUBLE, "DOUBLE",
          ColumnType.BOOLEAN, "BOOLEAN",
          ColumnType.LOCAL_DATE, "DATE",
          ColumnType.LOCAL_DATE_TIME, "TIMESTAMP",
          ColumnType.INSTANT, "TIMESTAMP WITH TIME ZONE");

  private final DuckDb database;
  private final Function<String, Optional<Object>> named;
  private final TreeSet<String> added = new TreeSet<>();

  SqlTables(DuckDb database, Function<String, Optional<Object>> named) {
    this.database = database;
    this.named = named;
  }

  /** The tables so far and the studies that have findings, for messages. */
  String known() {
    List<String> studies = Findings.names();
    return (added.isEmpty() ? "" : " Known: " + String.join(", ", added) + ".")
        + (studies.isEmpty() ? "" : " Findings of: " + String.join(", ", studies) + ".");
  }

  /** Puts a table into the database; whether the name stands for one. */
  boolean add(String name) {
    Optional<Object> value = named.apply(name);
    if (value.isEmpty()) {
      value = known(name);
    }
    value.ifPresent(
        each -> {
          if (each instanceof Dataset data) {
            new StepTable(data, false).fill(database, name);
          } else {
            fill(name, table(name, each));
          }
          added.add(name);
        });
    return value.isPresent();
  }

  /** What a name stands for that nobody gave: runs, findings, or a study that has some. */
  private static Optional<Object> known(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case RUNS -> Optional.of(Runs.all());
      case FINDINGS -> Optional.of(Findings.all());
      default -> Findings.find(name).map(Object.class::cast);
    };
  }

  private static Table table(String name, Object value) {
    if (value instanceof Table table) {
      return table;
    } else if (value instanceof RunTable runs) {
      return runs.table();
    } else if (value instanceof Evaluation evaluation) {
      return evaluation.table();
    } else if (value instanceof Comparison comparison) {
      return comparison.table();
    } else if (value instanceof Curves curves) {
      return curves.table();
    } else if (value instanceof Cohort cohort) {
      return cohort.table();
    } else if (value instanceof Findings findings) {
      return findings.table();
    }
    throw new RetortException(
        "sql: expected '%s' to be a Dataset, a Table, runs, or an Evaluation, Comparison, Curves, Cohort or Findings, got a %s."
            .formatted(name, value.getClass().getSimpleName()));
  }

  private void fill(String name, Table table) {
    List<String> columns = new ArrayList<>();
    for (Column<?> column : table.columns()) {
      columns.add(DuckDb.name(column.name()) + " " + TYPES.getOrDefault(column.type(), "VARCHAR"));
    }
    database.execute(
        "CREATE TABLE %s (%s)".formatted(DuckDb.name(name), String.join(", ", columns)));
    try (DuckDBAppender appender = database.connection().createAppender(name)) {
      for (int row = 0; row < table.rowCount(); row++) {
        appender.beginRow();
        for (Column<?> column : table.columns()) {
          append(appender, column.isMissing(row) ? null : column.get(row));
        }
        appender.endRow();
      }
    } catch (SQLException e) {
      throw database.refused(e);
    }
  }

  private static void append(DuckDBAppender appender, Object value) throws SQLException {
    if (value == null) {
      appender.appendNull();
    } else if (value instanceof Integer || value instanceof Short) {
      appender.append(((Number) value).intValue());
    } else if (value instanceof Long number) {
      appender.append(number.longValue());
    } else if (value instanceof Float number) {
      appender.append(number.floatValue());
    } else if (value instanceof Double number) {
      appender.append(number.doubleValue());
    } else if (value instanceof Boolean flag) {
      appender.append(flag.booleanValue());
    } else if (value instanceof LocalDate date) {
      appender.append(date);
    } else if (value instanceof LocalDateTime time) {
      appender.append(time);
    } else if (value instanceof Instant instant) {
      appender.append(instant.atOffset(ZoneOffset.UTC));
    } else {
      appender.append(value.toString());
    }
  }
}
