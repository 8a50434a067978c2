package dev.retort.exchange.sql;

import dev.retort.RetortException;
import dev.retort.data.Dataset;
import dev.retort.space.SpaceText;
import dev.retort.store.Tensors;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads the rows of a table as a dataset. */
final class StepReader {
  private final Path file;
  private final DuckDb database;
  private final String source;
  private final SpaceWords words;

  /**
   * To read a table.
   *
   * @param source what stands behind {@code FROM}
   */
  StepReader(Path file, DuckDb database, String source, SpaceWords words) {
    this.file = file;
    this.database = database;
    this.source = source;
    this.words = words;
  }

  Dataset read() {
    boolean hasTasks = requireColumns().contains(StepColumns.TASK);
    List<StepColumns.Part> parts = words.columns().parts();
    String action = DuckDb.name(parts.get(1).cells().get(0));
    long[] counts =
        database.query(
            "SELECT count(*), count(%s) FROM %s".formatted(action, source),
            rows -> {
              rows.next();
              return new long[] {rows.getLong(1), rows.getLong(2)};
            });
    int widest = parts.stream().mapToInt(StepColumns.Part::width).max().orElseThrow();
    long needed = 4 * counts[0] * parts.stream().mapToInt(StepColumns.Part::width).sum();
    if (counts[1] * widest > Integer.MAX_VALUE - 8 || needed > Runtime.getRuntime().maxMemory()) {
      throw new RetortException(
          "read '%s': expected rows that fit into a memory of %s bytes, got %s bytes. Give Java more memory (-Xmx)."
              .formatted(file, Runtime.getRuntime().maxMemory(), needed));
    }
    StepRows rows =
        new StepRows(
            file, words, (int) counts[1], Math.toIntExact(counts[0] - counts[1]), hasTasks);
    database.query(question(hasTasks), rows::readAll);
    Tensors tensors = rows.tensors();
    words.words().forEach(tensors::describe);
    tensors
        .describe("kind", "dataset")
        .describe("name", words.words().getOrDefault("name", String.valueOf(file.getFileName())))
        .describe("observations", SpaceText.write(words.observations()).toString())
        .describe("actions", SpaceText.write(words.actions()).toString())
        .describe("teachers", words.words().getOrDefault("teachers", ""));
    try {
      return Dataset.of(tensors);
    } catch (RetortException e) {
      throw new RetortException("read '%s': %s".formatted(file, e.getMessage()), e);
    }
  }

  /** Names of the table's columns; those that have to be there are. */
  private Set<String> requireColumns() {
    Set<String> there =
        database.query(
            "DESCRIBE SELECT * FROM " + source,
            rows -> {
              Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
              while (rows.next()) {
                names.add(rows.getString(1));
              }
              return names;
            });
    List<String> needed =
        new ArrayList<>(
            List.of(
                StepColumns.EPISODE,
                StepColumns.STEP,
                StepColumns.TERMINATED,
                StepColumns.TRUNCATED));
    words.columns().parts().forEach(part -> needed.addAll(part.cells()));
    for (String each : needed) {
      if (!there.contains(each)) {
        throw new RetortException(
            "read '%s': expected a column '%s', as the spaces demand, got only %s. Rename a column, or correct the spaces."
                .formatted(file, each, there.stream().limit(40).collect(Collectors.joining(", "))));
      }
    }
    return there;
  }

  private String question(boolean hasTasks) {
    List<String> all = new ArrayList<>();
    all.add(cast(StepColumns.EPISODE, "BIGINT"));
    all.add(cast(StepColumns.STEP, "BIGINT"));
    all.add(cast(StepColumns.TERMINATED, "BOOLEAN"));
    all.add(cast(StepColumns.TRUNCATED, "BOOLEAN"));
    all.add(hasTasks ? cast(StepColumns.TASK, "INTEGER") : "-1");
    for (StepColumns.Part part : words.columns().parts()) {
      part.cells().forEach(cell -> all.add(cast(cell, "FLOAT")));
    }
    return "SELECT %s FROM %s".formatted(String.join(", ", all), source);
  }

  private static String cast(String column, String type) {
    return "CAST(%s AS %s)".formatted(DuckDb.name(column), type);
  }

  /** The rows as they come. */
  private static final class StepRows {
    private static final int FIRST = 6;

    private final Path file;
    private final List<StepColumns.Part> parts;
    private final boolean hasTasks;
    private final List<float[]> floats = new ArrayList<>();
    private final int[] starts;
    private final float[] finals;
    private final boolean[] terminated;
    private final boolean[] cut;
    private final int[] tasks;
    private long row;
    private int steps;
    private int episodes;
    private boolean open;
    private long number;

    StepRows(Path file, SpaceWords words, int steps, int episodes, boolean hasTasks) {
      this.file = file;
      this.parts = words.columns().parts();
      this.hasTasks = hasTasks;
      parts.forEach(part -> floats.add(new float[steps * part.width()]));
      this.starts = new int[episodes];
      this.finals = new float[episodes * parts.get(0).width()];
      this.terminated = new boolean[episodes];
      this.cut = new boolean[episodes];
      this.tasks = new int[episodes];
    }

    Void readAll(ResultSet rows) throws SQLException {
      while (rows.next()) {
        read(rows);
        row++;
      }
      if (open) {
        throw wrong(
            "a last row of episode %s with its final observation".formatted(number), "none");
      }
      return null;
    }

    private void read(ResultSet rows) throws SQLException {
      long episode = rows.getLong(1);
      long step = rows.getLong(2);
      rows.getFloat(FIRST + parts.get(0).width());
      boolean isLast = rows.wasNull();
      if (!open) {
        if (isLast || episodes == starts.length) {
          throw wrong(
              "a first step of episode %s, and one row of each episode with its final observation alone"
                  .formatted(episode),
              isLast ? "a row without an action" : "more episodes");
        }
        starts[episodes] = steps;
        tasks[episodes] = rows.getInt(5);
        number = episode;
        open = true;
      }
      int expected = steps - starts[episodes];
      if (episode != number || step != expected) {
        throw wrong(
            "step %s of episode %s, in order".formatted(expected, number),
            "step %s of episode %s".formatted(step, episode));
      }
      if (isLast) {
        keep(rows, 0, finals, episodes, FIRST);
        open = false;
        episodes++;
        return;
      }
      terminated[episodes] = rows.getBoolean(3);
      cut[episodes] = !terminated[episodes] && !rows.getBoolean(4);
      int from = FIRST;
      for (int at = 0; at < parts.size(); at++) {
        keep(rows, at, floats.get(at), steps, from);
        from += parts.get(at).width();
      }
      steps++;
    }

    private void keep(ResultSet rows, int at, float[] to, int place, int from) throws SQLException {
      int width = parts.get(at).width();
      for (int k = 0; k < width; k++) {
        to[place * width + k] = rows.getFloat(from + k);
        if (rows.wasNull()) {
          throw wrong("a number in column '%s'".formatted(parts.get(at).cells().get(k)), "none");
        }
      }
    }

    private RetortException wrong(String expected, String got) {
      return new RetortException(
          "read '%s', row %s: expected %s, got %s. Sort the rows by episode and step."
              .formatted(file, row, expected, got));
    }

    Tensors tensors() {
      Tensors tensors = new Tensors();
      for (int at = 0; at < parts.size(); at++) {
        StepColumns.Part part = parts.get(at);
        String key =
            switch (part.name()) {
              case Dataset.OBSERVATION -> "observations";
              case Dataset.ACTION -> "actions";
              case Dataset.REWARD -> "rewards";
              default -> "column/" + part.name();
            };
        if (part.isBytes()) {
          tensors.put(key, bytes(floats.get(at)), steps, part.width());
        } else {
          tensors.put(key, floats.get(at), steps, part.width());
        }
      }
      tensors
          .put("starts", starts)
          .put("finals", finals, starts.length, parts.get(0).width())
          .put("terminated", terminated)
          .put("cut", cut);
      return hasTasks ? tensors.put("tasks", Arrays.copyOf(tasks, tasks.length)) : tensors;
    }

    private static byte[] bytes(float[] numbers) {
      byte[] bytes = new byte[numbers.length];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) numbers[i];
      }
      return bytes;
    }
  }
}
