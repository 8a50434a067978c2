package dev.retort.exchange.sql;

import dev.retort.RetortException;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.InstantColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Answers of the database as tables: each column of the type that holds its values exactly. */
final class SqlResult {
  private SqlResult() {}

  static Table table(ResultSet rows) throws SQLException {
    ResultSetMetaData about = rows.getMetaData();
    Table table = Table.create("sql");
    Set<String> names = new HashSet<>();
    for (int k = 1; k <= about.getColumnCount(); k++) {
      String name = about.getColumnLabel(k);
      if (!names.add(name.toLowerCase(Locale.ROOT))) {
        throw new RetortException(
            "sql: expected columns whose names differ, got '%s' twice. Give one another name: %s as other."
                .formatted(name, name));
      }
      table.addColumns(column(name, about.getColumnTypeName(k)));
    }
    while (rows.next()) {
      for (int k = 1; k <= about.getColumnCount(); k++) {
        append(table.column(k - 1), rows.getObject(k));
      }
    }
    return table;
  }

  private static Column<?> column(String name, String type) {
    return switch (type.replaceFirst("\\(.*", "")) {
      case "BOOLEAN" -> BooleanColumn.create(name);
      case "TINYINT", "SMALLINT", "INTEGER", "UTINYINT", "USMALLINT" -> IntColumn.create(name);
      case "BIGINT", "UINTEGER", "HUGEINT", "UBIGINT" -> LongColumn.create(name);
      case "FLOAT" -> FloatColumn.create(name);
      case "DOUBLE", "DECIMAL" -> DoubleColumn.create(name);
      case "DATE" -> DateColumn.create(name);
      case "TIMESTAMP" -> DateTimeColumn.create(name);
      case "TIMESTAMP WITH TIME ZONE" -> InstantColumn.create(name);
      default -> StringColumn.create(name);
    };
  }

  private static void append(Column<?> column, Object value) {
    if (value == null) {
      column.appendMissing();
    } else if (column instanceof BooleanColumn flags) {
      flags.append((Boolean) value);
    } else if (column instanceof IntColumn numbers) {
      numbers.append(((Number) value).intValue());
    } else if (column instanceof LongColumn numbers) {
      numbers.append(whole(column.name(), (Number) value));
    } else if (column instanceof FloatColumn numbers) {
      numbers.append(((Number) value).floatValue());
    } else if (column instanceof DoubleColumn numbers) {
      numbers.append(((Number) value).doubleValue());
    } else if (column instanceof DateColumn dates) {
      dates.append((LocalDate) value);
    } else if (column instanceof DateTimeColumn times) {
      times.append(
          value instanceof Timestamp stamp ? stamp.toLocalDateTime() : (LocalDateTime) value);
    } else if (column instanceof InstantColumn instants) {
      instants.append(((OffsetDateTime) value).toInstant());
    } else {
      ((StringColumn) column).append(String.valueOf(value));
    }
  }

  private static long whole(String name, Number value) {
    if (value.doubleValue() < -0x1p63 || value.doubleValue() >= 0x1p63) {
      throw new RetortException(
          "sql: expected whole numbers below 2^63 in column '%s', got %s. Say cast(%s as double)."
              .formatted(name, value, name));
    }
    return value.longValue();
  }
}
