package dev.retort.exchange.sql;

import dev.retort.RetortException;
import dev.retort.data.DataFormat;
import dev.retort.data.Dataset;
import dev.retort.store.AtomicFile;
import dev.retort.store.TextFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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
    } catch (RetortException e) {
      throw uneven(path).map(fault -> new RetortException(fault, e)).orElse(e);
    }
  }

  /**
   * The first line whose values are not as many as the names in the first one, which hides the
   * columns from the database. Of a file with quotes nothing is said.
   */
  private static Optional<String> uneven(Path path) {
    try (BufferedReader lines = Files.newBufferedReader(path, StandardCharsets.ISO_8859_1)) {
      String header = lines.readLine();
      char between = header != null && header.indexOf(';') >= 0 ? ';' : ',';
      long names = header == null ? 0 : count(header, between);
      int number = 1;
      for (String line = header; line != null; line = lines.readLine(), number++) {
        if (line.indexOf('"') >= 0) {
          return Optional.empty();
        }
        if (!line.isEmpty() && count(line, between) != names) {
          return Optional.of(
              "read '%s': expected %s values in a line, as many as there are names in the first, got %s (line %s). Take another copy of the file, or mend the line."
                  .formatted(path, names, count(line, between), number));
        }
      }
    } catch (IOException e) {
      return Optional.empty(); // the first fault is told
    }
    return Optional.empty();
  }

  private static long count(String line, char between) {
    return 1 + line.chars().filter(each -> each == between).count();
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
