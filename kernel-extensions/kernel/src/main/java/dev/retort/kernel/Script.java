package dev.retort.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.retort.kernel.engine.Cell;
import dev.retort.kernel.engine.JavaEngine;
import dev.retort.kernel.engine.MagicNames;
import dev.retort.kernel.engine.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Runs a JShell script to its end, and tells how it went.
 *
 * <p>The script sees the imports of JShell and of a notebook. A line that lacks only its semicolon
 * ends there, unless the next line goes on with it. A script that cannot be parsed is not begun;
 * another ends at its first error, which is printed with the line on which it stands. {@code /exit}
 * ends it early. Values of expressions are not shown: a script prints what it says it prints.
 */
public final class Script {
  private static final int FAILED = 1;

  private Script() {}

  /**
   * Runs a script.
   *
   * @param file the script, UTF-8
   * @param errors takes the lines of an error, with light ANSI colour
   * @return the exit status: 0 if it ran to its end
   */
  public static int run(Path file, Consumer<String> errors) throws IOException {
    String text = Files.readString(file, UTF_8);
    try (JavaEngine engine = JavaEngine.start(MagicNames.NONE)) {
      StartupTexts.evaluate(engine, StartupTexts.IMPORTS);
      for (String startup : StartupTexts.ofClassPath()) {
        StartupTexts.evaluate(engine, startup);
      }
      StringBuilder source = new StringBuilder();
      for (String line : text.lines().toList()) {
        if (line.strip().equals("/exit")) {
          break;
        }
        source.append(line).append('\n');
      }
      Outcome outcome = engine.run(new Cell(1, file.toString(), source.toString()));
      if (outcome instanceof Outcome.Failed failed) {
        failed.failure().lines().forEach(errors);
        return FAILED;
      }
      return outcome instanceof Outcome.Exit exit ? exit.status() : 0;
    }
  }
}
