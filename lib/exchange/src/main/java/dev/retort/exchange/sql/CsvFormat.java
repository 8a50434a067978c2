package dev.retort.exchange.sql;

import dev.retort.RetortException;
import dev.retort.data.DataFormat;
import dev.retort.data.Dataset;
import dev.retort.store.AtomicFile;
import dev.retort.store.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Datasets as CSV: a line a step, and one more for the final observation of each episode; spaces
 * stand beside it, those of {@code poles.csv} in {@code poles.csv.json}. Numbers have as many
 * digits as it takes to read the same bits.
 */
public final class CsvFormat implements DataFormat {
  private static final int MOST_BYTES = 1 << 24;

  @Override
  public List<String> endings() {
    return List.of(".csv");
  }

  @Override
  public void save(Path path, Dataset data) {
    TableFile.save(path, data, "FORMAT csv, HEADER");
    AtomicFile.writeText(beside(path), SpaceWords.write(data));
  }

  @Override
  public Dataset open(Path path) {
    String file = TableFile.quoted(path);
    SpaceWords words = SpaceWords.read("read '%s'".formatted(beside(path)), words(path));
    try (DuckDb database = new DuckDb("read '%s'".formatted(path))) {
      String source = "read_csv(%s, header = true, all_varchar = true)".formatted(file);
      return new StepReader(path, database, source, words).read();
    }
  }

  private static Path beside(Path path) {
    return path.resolveSibling(path.getFileName() + ".json");
  }

  private static String words(Path path) {
    try {
      return TextFile.read(beside(path), MOST_BYTES);
    } catch (IOException e) {
      throw new RetortException(
          "read '%s': expected its spaces in '%s', got %s. Write there, for example, {\"name\": \"poles\", \"observations\": {\"shape\": [4], \"low\": [\"-Infinity\"], \"high\": [\"Infinity\"]}, \"actions\": {\"choices\": 2}}."
              .formatted(path, beside(path).getFileName(), e.getMessage()),
          e);
    }
  }
}
