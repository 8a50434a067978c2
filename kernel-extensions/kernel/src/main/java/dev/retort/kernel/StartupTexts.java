package dev.retort.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.retort.kernel.engine.Cell;
import dev.retort.kernel.engine.CellOutcome;
import dev.retort.kernel.engine.JavaEngine;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What is evaluated before the first cell: JShell's usual imports, and the texts of the jars. */
final class StartupTexts {
  private static final String RESOURCE = "META-INF/retort/startup.jsh";

  /** What JShell imports. */
  static final String IMPORTS =
      """
      import java.io.*;
      import java.math.*;
      import java.net.*;
      import java.nio.file.*;
      import java.util.*;
      import java.util.concurrent.*;
      import java.util.function.*;
      import java.util.prefs.*;
      import java.util.regex.*;
      import java.util.stream.*;
      """;

  /** What a kernel on the base library gives its cells beside. */
  static final String OF_KERNEL =
      """
      import static org.dflib.jjava.jupyter.kernel.BaseNotebookStatics.*;
      """;

  private StartupTexts() {}

  /** The text of every {@code META-INF/retort/startup.jsh} on the class path, in its order. */
  static List<String> ofClassPath() {
    List<String> texts = new ArrayList<>();
    try {
      ClassLoader loader = StartupTexts.class.getClassLoader();
      for (URL url : Collections.list(loader.getResources(RESOURCE))) {
        try (InputStream in = url.openStream()) {
          texts.add(new String(in.readAllBytes(), UTF_8));
        }
      }
    } catch (IOException e) {
      System.err.println("start-up: cannot read " + RESOURCE + " (" + e + "). The kernel goes on.");
    }
    return texts;
  }

  /** Evaluates a text; what fails is reported, and the kernel goes on. */
  static void evaluate(JavaEngine engine, String text) {
    if (engine.run(new Cell(0, text)) instanceof CellOutcome.Failed failed) {
      System.err.println("start-up: " + String.join("\n", failed.failure().lines()));
    }
  }
}
