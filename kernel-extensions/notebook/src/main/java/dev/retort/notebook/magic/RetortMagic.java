package dev.retort.notebook.magic;

import dev.retort.notebook.Notebook;
import dev.retort.option.Schema;
import java.util.List;

/** A word behind a percent sign: it turns what was typed into an expression of the language. */
public interface RetortMagic {
  /** What help says about it. */
  Manual manual();

  /** What was typed, with the words that may be left out. */
  default Typed completed(Typed typed) {
    return typed;
  }

  /**
   * What was typed with the lines below it: an option a line, where the magic says nothing else.
   *
   * @param sign the magic's name with its percent signs, for messages
   */
  default Typed body(Typed typed, String sign, String body) {
    return typed.body(sign, body);
  }

  /** Which options go with what was typed; as a rule all of them. */
  default List<Schema> schemas(Typed typed) {
    return manual().schemas();
  }

  /**
   * The expression that was meant.
   *
   * @param said what was typed, checked against the schemas
   * @param notebook whose variables it may name
   */
  Phrase<?> phrase(Said said, Notebook notebook);
}
