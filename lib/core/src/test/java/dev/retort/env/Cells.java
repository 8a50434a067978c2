package dev.retort.env;

import static org.assertj.core.api.Assertions.assertThat;

import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;

/** Environments that are written in cells of JShell, in this JVM. */
public final class Cells implements AutoCloseable {
  /** Where a cell leaves an environment. */
  @SuppressWarnings("NonFinalStaticField")
  public static Env given;

  private final JShell shell;

  Cells() {
    shell =
        JShell.builder()
            .executionEngine("local")
            .compilerOptions(
                "-classpath",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")))
            .build();
    run(
        "import dev.retort.env.*; import dev.retort.space.*; import dev.retort.random.*; import java.util.function.*; import java.util.concurrent.atomic.*; import java.util.*;");
  }

  /** Runs cells one after the other. */
  Cells run(String... cells) {
    for (String cell : cells) {
      String rest = cell;
      while (!rest.isBlank()) {
        SourceCodeAnalysis.CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
        for (SnippetEvent event : shell.eval(next.source())) {
          assertThat(event.status())
              .as(next.source() + shell.diagnostics(event.snippet()).toList())
              .isNotEqualTo(Snippet.Status.REJECTED);
          assertThat(event.exception()).as(next.source()).isNull();
        }
        rest = next.remaining();
      }
    }
    return this;
  }

  /** The environment that an expression gives. */
  Env env(String expression) {
    run("Cells.given = " + expression + ";");
    return given;
  }

  Identity identity(String expression) {
    return Identity.of(env(expression)).orElseThrow();
  }

  @Override
  public void close() {
    shell.close();
  }
}
