package dev.retort.exchange.sql;

import dev.retort.RetortException;
import dev.retort.data.Dataset;
import dev.retort.space.Discrete;
import dev.retort.space.Group;
import dev.retort.space.Space;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How the columns of a dataset stand in a table: a column of the table for each number, {@code
 * observation_0}, {@code observation_position_1}, {@code action}, {@code teacher_logits_0}.
 *
 * @param parts the dataset's columns, in their order
 */
record StepColumns(List<Part> parts) {
  /** Column of the table with the number of a row's episode, from 0. */
  static final String EPISODE = "episode";

  /** Column of the table with the number of a row within its episode, from 0. */
  static final String STEP = "step";

  static final String TERMINATED = "terminated";
  static final String TRUNCATED = "truncated";
  static final String TASK = "task";

  /**
   * One column of the dataset.
   *
   * @param name its name there
   * @param type of its numbers in the table
   * @param cells names of its numbers in the table, one each
   */
  record Part(String name, String type, List<String> cells) {
    /** Keeps a copy of the list. */
    Part {
      cells = List.copyOf(cells);
    }

    int width() {
      return cells.size();
    }

    boolean isBytes() {
      return type.equals("UTINYINT");
    }
  }

  /** Keeps a copy; refuses names that a table could not tell from each other. */
  StepColumns {
    parts = List.copyOf(parts);
    Set<String> taken = new HashSet<>(List.of(EPISODE, STEP, TERMINATED, TRUNCATED, TASK));
    for (Part part : parts) {
      for (String cell : part.cells()) {
        if (!taken.add(cell.toLowerCase(Locale.ROOT))) {
          throw new RetortException(
              "table: expected columns whose names differ in a table, got '%s' twice (column '%s'). Rename it: data.with(column.named(\"other\"))."
                  .formatted(cell, part.name()));
        }
      }
    }
  }

  /** The columns of a dataset. */
  static StepColumns of(Dataset data) {
    List<Part> parts = new ArrayList<>();
    for (String name : data.columns()) {
      boolean isBytes = data.column(name).isBytes();
      parts.add(
          switch (name) {
            case Dataset.OBSERVATION -> part(name, data.observations(), isBytes);
            case Dataset.ACTION -> part(name, data.actions(), isBytes);
            default -> part(name, data.column(name).width(), isBytes);
          });
    }
    return new StepColumns(parts);
  }

  /** A column whose numbers are those of a space. */
  static Part part(String name, Space space, boolean isBytes) {
    List<String> cells = new ArrayList<>();
    cells(name, space, cells);
    String type = isBytes ? "UTINYINT" : space instanceof Discrete ? "INTEGER" : "FLOAT";
    return new Part(name, type, cells);
  }

  /** A column of plain numbers. */
  static Part part(String name, int width, boolean isBytes) {
    List<String> cells = new ArrayList<>();
    cells(name, width, cells);
    return new Part(name, isBytes ? "UTINYINT" : "FLOAT", cells);
  }

  private static void cells(String name, Space space, List<String> cells) {
    if (space instanceof Group group) {
      group.parts().forEach((part, own) -> cells(name + "_" + part, own, cells));
    } else {
      cells(name, space.size(), cells);
    }
  }

  private static void cells(String name, int width, List<String> cells) {
    String plain = name.replaceAll("\\W", "_");
    for (int k = 0; k < width; k++) {
      cells.add(width == 1 ? plain : plain + "_" + k);
    }
  }

  /** Column of the dataset by its place: observation, action, reward, and then the others. */
  Part part(int at) {
    return parts.get(at);
  }
}
