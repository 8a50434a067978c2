package dev.retort.notebook.magic;

import dev.retort.notebook.Notebook;
import java.util.function.BiFunction;

/**
 * A magic that is told in a few lines.
 *
 * @param manual what there is to know
 * @param meaning from what was said to the expression
 */
record Spoken(Manual manual, BiFunction<Said, Notebook, Phrase<?>> meaning) implements RetortMagic {
  @Override
  public Phrase<?> phrase(Said said, Notebook notebook) {
    return meaning.apply(said, notebook);
  }
}
