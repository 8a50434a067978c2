package dev.retort.exchange.sql;

import dev.retort.RetortException;
import dev.retort.data.DataFormat;
import dev.retort.data.Dataset;
import java.nio.file.Path;
import java.util.List;

/**
 * Datasets as Parquet: a row a step, and one more for the final observation of each episode; spaces
 * stand in the key {@code retort} of the file's metadata.
 */
public final class ParquetFormat implements DataFormat {
  private static final String KEY = "retort";

  @Override
  public List<String> endings() {
    return List.of(".parquet");
  }

  @Override
  public void save(Path path, Dataset data) {
    String words = DuckDb.quoted(SpaceWords.write(data));
    TableFile.save(
        path, data, "FORMAT parquet, COMPRESSION zstd, KV_METADATA {%s: %s}".formatted(KEY, words));
  }

  @Override
  public Dataset open(Path path) {
    String file = TableFile.quoted(path);
    try (DuckDb database = new DuckDb("read '%s'".formatted(path))) {
      String words =
          database.query(
              "SELECT decode(value) FROM parquet_kv_metadata(%s) WHERE decode(key) = '%s'"
                  .formatted(file, KEY),
              rows -> rows.next() ? rows.getString(1) : "");
      if (words.isEmpty()) {
        throw new RetortException(
            "read '%s': expected spaces under the key '%s' of its metadata, got none. Write it as CSV, whose spaces stand in a file beside it."
                .formatted(path, KEY));
      }
      SpaceWords known = SpaceWords.read("read '%s', key '%s'".formatted(path, KEY), words);
      return new StepReader(path, database, "read_parquet(%s)".formatted(file), known).read();
    }
  }
}
