package dev.retort.kernel.engine;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Whether a text is Java, as far as its grammar goes; nothing is compiled.
 *
 * <p>JShell guesses: it takes two lines for one expression where a semicolon lacks between them.
 */
final class Grammar {
  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
  private static final JavaFileManager FILES =
      COMPILER.getStandardFileManager(null, Locale.ENGLISH, null);

  /** Where a text may stand: as a statement, a member, an expression, an import. */
  private static final List<String> PLACES =
      List.of(
          "class It { void it() {\n%s\n;}}",
          "class It {\n%s\n;}", "class It { Object it =\n%s\n;}", "%s\n;");

  private Grammar() {}

  /** Whether the text, whose last semicolon may lack, can be parsed. */
  static boolean has(String text) {
    return PLACES.stream().anyMatch(place -> parses(place.replace("%s", text)));
  }

  private static boolean parses(String unit) {
    DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
    JavaFileObject file =
        new SimpleJavaFileObject(URI.create("string:///It.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return unit;
          }
        };
    JavacTask task =
        (JavacTask) COMPILER.getTask(null, FILES, said, List.of("-proc:none"), null, List.of(file));
    try {
      var unused = task.parse();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("parsing text in memory", e);
    }
    return said.getDiagnostics().stream()
        .map(Diagnostic::getKind)
        .noneMatch(kind -> kind == Diagnostic.Kind.ERROR);
  }
}
