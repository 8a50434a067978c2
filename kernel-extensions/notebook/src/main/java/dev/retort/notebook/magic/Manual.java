package dev.retort.notebook.magic;

import dev.retort.option.Schema;
import java.util.List;

/**
 * What there is to know about a magic.
 *
 * @param name behind the percent sign
 * @param gives the type of its value; empty where it has none
 * @param summary one sentence without its full stop
 * @param example a line or a cell to try
 * @param positions the options that need no name, in order; the last may take several words
 * @param schemas all its options; those of an algorithm are a schema of their own
 * @param switches options without a value
 * @param form whether it is a cell magic too
 */
public record Manual(
    String name,
    String gives,
    String summary,
    String example,
    List<String> positions,
    List<Schema> schemas,
    List<Switch> switches,
    Form form) {
  /** Keeps copies. */
  public Manual {
    positions = List.copyOf(positions);
    schemas = List.copyOf(schemas);
    switches = List.copyOf(switches);
  }

  /** How a magic may be written. */
  public enum Form {
    /** {@code %name …}. */
    LINE,
    /** {@code %name …}, and {@code %%name variable} with one option a line below. */
    LINE_AND_CELL
  }

  /** A line magic without switches of its own. */
  static Manual line(
      String name,
      String gives,
      String summary,
      String example,
      List<String> positions,
      Schema... schemas) {
    return new Manual(
        name, gives, summary, example, positions, List.of(schemas), List.of(), Form.LINE);
  }

  /** The same with these switches. */
  Manual switches(Switch... others) {
    return new Manual(name, gives, summary, example, positions, schemas, List.of(others), form);
  }

  /** The same as a cell magic too. */
  Manual andCell() {
    return new Manual(
        name, gives, summary, example, positions, schemas, switches, Form.LINE_AND_CELL);
  }
}
