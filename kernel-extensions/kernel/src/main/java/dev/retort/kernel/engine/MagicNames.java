package dev.retort.kernel.engine;

import java.util.Set;

/** The magics that there are, as far as the syntax has to know them. */
public interface MagicNames {
  /** The names of line magics, without percent sign. */
  Set<String> line();

  /** The names of cell magics, without percent signs. */
  Set<String> cell();

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
