package dev.retort.exchange.sql;

import dev.retort.RetortException;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.duckdb.DuckDBConnection;

/**
 * A database in memory, for one file or one question, on one thread, so that sums have the same
 * bits each time.
 */
final class DuckDb implements AutoCloseable {
  private final String verb;
  private final DuckDBConnection connection;

  /**
   * Opens an empty database.
   *
   * @param verb who asks, for messages
   */
  DuckDb(String verb) {
    this.verb = verb;
    Properties properties = new Properties();
    properties.setProperty("threads", "1");
    properties.setProperty("autoinstall_known_extensions", "false");
    properties.setProperty("autoload_known_extensions", "false");
    try {
      this.connection =
          DriverManager.getConnection("jdbc:duckdb:", properties).unwrap(DuckDBConnection.class);
    } catch (SQLException e) {
      throw refused(e);
    }
  }

  /** What reads the rows of an answer. */
  @FunctionalInterface
  interface Reading<T> {
    T of(ResultSet rows) throws SQLException;
  }

  /** The connection itself. */
  DuckDBConnection connection() {
    return connection;
  }

  /** Does something that gives no table. */
  void execute(String statement) {
    try (Statement each = connection.createStatement()) {
      each.execute(statement);
    } catch (SQLException e) {
      throw refused(e);
    }
  }

  /** Asks, and reads the answer. */
  <T> T query(String question, Reading<T> reading) {
    try (Statement each = connection.createStatement();
        ResultSet rows = each.executeQuery(question)) {
      return reading.of(rows);
    } catch (SQLException e) {
      throw refused(e);
    }
  }

  /** From now on nothing outside the database can be read, written, attached or loaded. */
  void lock() {
    execute("SET enable_external_access = false");
    execute("SET lock_configuration = true");
  }

  /** A fault of the database in the words of the house. */
  RetortException refused(SQLException e) {
    return new RetortException(
        "%s: expected a table that DuckDB can handle, got: %s%s"
            .formatted(
                verb,
                String.valueOf(e.getMessage()).strip(),
                verb.startsWith("read ") ? ". Take another copy of the file." : ""),
        e);
  }

  /** A text in quotes. */
  static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** A name in quotes, whatever letters it has. */
  static String name(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw refused(e);
    }
  }
}
