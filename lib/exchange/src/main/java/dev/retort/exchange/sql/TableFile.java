package dev.retort.exchange.sql;

import dev.retort.RetortException;
import dev.retort.data.Dataset;
import dev.retort.exchange.Outgoing;
import java.nio.file.Files;
import java.nio.file.Path;

/** What files of tables have in common. */
final class TableFile {
  private TableFile() {}

  /**
   * Writes a dataset as one table.
   *
   * @param how what stands in brackets behind the name of the file
   */
  static void save(Path file, Dataset data, String how) {
    Outgoing.write(
        file,
        beside -> {
          try (DuckDb database = new DuckDb("save '%s'".formatted(file))) {
            new StepTable(data, true).fill(database, "steps");
            database.execute(
                "COPY steps TO %s (%s)".formatted(DuckDb.quoted(beside.toString()), how));
          }
        });
  }

  /** The name of a file as the database reads it, where it is there. */
  static String quoted(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new RetortException(
          "read '%s': expected a file, got %s. Check the path."
              .formatted(file, Files.exists(file) ? "something else" : "nothing"));
    }
    if (file.toString().matches(".*[*?\\[].*")) {
      throw new RetortException(
          "read '%s': expected a path without *, ? and [, which stand for many files. Rename it."
              .formatted(file));
    }
    return DuckDb.quoted(file.toString());
  }
}
