package dev.retort.notebook;

import dev.retort.RetortException;
import dev.retort.data.Sql;
import dev.retort.nn.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A notebook at work: where it shows things, its variables, its live cards and its seed.
 *
 * <pre>{@code
 * Notebook notebook = Notebook.open(screen, variables);
 * Magics.line(notebook, "teacher", List.of("PPO", "CartPole"));
 * notebook.close();
 * }</pre>
 */
public final class Notebook implements AutoCloseable {
  private static final String STARTUP = "/META-INF/retort/startup.jsh";

  private static volatile Optional<Notebook> current = Optional.empty();

  private final Screen screen;
  private final Variables variables;
  private final LiveDisplay live;
  private volatile long seed;

  private Notebook(Screen screen, Variables variables) {
    this.screen = screen;
    this.variables = variables;
    this.live = LiveDisplay.on(screen);
  }

  /**
   * Opens a notebook: from now on every run of this JVM has a live card in it. The engine loads in
   * the background, while the first cell is written.
   */
  public static synchronized Notebook open(Screen screen, Variables variables) {
    Engine.start();
    current.ifPresent(Notebook::close);
    Notebook notebook = new Notebook(screen, variables);
    current = Optional.of(notebook);
    Sql.variables(variables::get);
    return notebook;
  }

  /** The notebook that this JVM serves. */
  public static Notebook current() {
    return current.orElseThrow(
        () ->
            new RetortException(
                "notebook: expected an open one, got none. Run this in a cell, with Retort's extension installed."));
  }

  /** The imports of the language, which cells should have from the start. */
  public static String startup() {
    try (InputStream in = Notebook.class.getResourceAsStream(STARTUP)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + STARTUP, e);
    }
  }

  /** Where things are shown. */
  public Screen screen() {
    return screen;
  }

  /** The variables of its cells. */
  public Variables variables() {
    return variables;
  }

  /** The cards of its runs. */
  public LiveDisplay live() {
    return live;
  }

  /** The seed of magics that say none. */
  public long seed() {
    return seed;
  }

  /** Changes the seed of magics that say none, and gives it. */
  public long seed(long other) {
    seed = other;
    return other;
  }

  /** Lets runs go on without cards. */
  @Override
  public void close() {
    live.close();
    synchronized (Notebook.class) {
      if (current.filter(open -> open == this).isPresent()) {
        current = Optional.empty();
        Sql.variables(name -> Optional.empty());
      }
    }
  }
}
