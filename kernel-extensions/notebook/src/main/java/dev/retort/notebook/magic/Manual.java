package dev.retort.notebook.magic;

import dev.retort.option.Option;
import dev.retort.option.Schema;
import java.util.List;

/**
 * What there is to know about a magic.
 *
 * @param name behind the percent sign
 * @param gives the type of its value; empty where it has none
 * @param summary one sentence without its full stop
 * @param examples lines to try, each in a cell of its own; the first says the most
 * @param positions the options that need no name, in order; the last may take several words
 * @param needs the options that have to be said
 * @param schemas all its options; those of an algorithm are a schema of their own
 * @param switches options without a value
 * @param form whether it is a cell magic too
 */
public record Manual(
    String name,
    String gives,
    String summary,
    List<String> examples,
    List<String> positions,
    List<String> needs,
    List<Schema> schemas,
    List<Switch> switches,
    Form form) {
  /** Keeps copies. */
  public Manual {
    examples = List.copyOf(examples);
    positions = List.copyOf(positions);
    needs = List.copyOf(needs);
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

  /** A line magic without switches of its own, and without options that have to be said. */
  static Manual line(
      String name,
      String gives,
      String summary,
      List<String> examples,
      List<String> positions,
      Schema... schemas) {
    return new Manual(
        name,
        gives,
        summary,
        examples,
        positions,
        List.of(),
        List.of(schemas),
        List.of(),
        Form.LINE);
  }

  /** The same with options that have to be said. */
  Manual needing(String... options) {
    return new Manual(
        name, gives, summary, examples, positions, List.of(options), schemas, switches, form);
  }

  /** The same with these switches. */
  Manual switches(Switch... others) {
    return new Manual(
        name, gives, summary, examples, positions, needs, schemas, List.of(others), form);
  }

  /** The same as a cell magic too. */
  Manual andCell() {
    return new Manual(
        name, gives, summary, examples, positions, needs, schemas, switches, Form.LINE_AND_CELL);
  }

  /** The option of that name, of whichever schema. */
  Option<?> option(String option) {
    return schemas.stream()
        .flatMap(schema -> schema.options().stream())
        .filter(one -> one.name().equals(option))
        .findFirst()
        .orElseThrow();
  }
}
