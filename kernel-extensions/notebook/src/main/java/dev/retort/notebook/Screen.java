package dev.retort.notebook;

/**
 * The three things that a notebook can do for us: show something, show something that will be
 * replaced, and replace it.
 *
 * <p>This is all that is known of a kernel. What a screen throws never reaches a computation.
 */
public interface Screen {
  /** Shows something below the cell. */
  void show(Bundle bundle);

  /** Shows something below the cell, under an id by which it can be replaced. */
  void show(String id, Bundle bundle);

  /** Replaces what is shown under an id, wherever it stands. */
  void replace(String id, Bundle bundle);
}
