package dev.retort.kernel.engine;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The magics that there are, as far as the syntax has to know them. */
public interface MagicNames {
  /** The names of line magics, without percent sign. */
  Set<String> line();

  /** The names of cell magics, without percent signs. */
  Set<String> cell();

  /**
   * What could stand in the place of the last word of a magic.
   *
   * @param typed the text from its percent sign to the cursor, a body included
   */
  default List<String> complete(String typed) {
    return List.of();
  }

  /** Everything about one magic. */
  default Optional<String> explain(String name) {
    return Optional.empty();
  }

  /** No magics at all. */
  MagicNames NONE =
      new MagicNames() {
        @Override
        public Set<String> line() {
          return Set.of();
        }

        @Override
        public Set<String> cell() {
          return Set.of();
        }
      };
}
