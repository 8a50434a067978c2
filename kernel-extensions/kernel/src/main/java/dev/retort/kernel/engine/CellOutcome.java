package dev.retort.kernel.engine;

import java.util.Optional;

/** What came of a cell. */
public sealed interface CellOutcome {
  /** The cell ended; the value is that of its last expression, if it had one. */
  record Done(Optional<Object> value) implements CellOutcome {}

  /** The cell failed, was rejected by the compiler, or was interrupted. */
  record Failed(Failure failure) implements CellOutcome {}

  /** The cell called {@code System.exit}. */
  record Exit(int status) implements CellOutcome {}
}
