package dev.retort.kernel.engine;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

  /** Without the limit the errors of one text would hide those of the next. */
  private static final List<String> OPTIONS =
      List.of("-proc:none", "-Xmaxerrs", String.valueOf(Integer.MAX_VALUE));

  private static final int MOST_ANSWERS = 1_000;

  /** The last answers: a script is taken apart twice, and a line is asked about more than once. */
  private static final Map<String, Boolean> ANSWERS =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
              return size() > MOST_ANSWERS;
            }
          });

  private Grammar() {}

  /** Whether the text, whose last semicolon may lack, can be parsed. */
  static boolean has(String text) {
    Boolean known = ANSWERS.get(text);
    if (known != null) {
      return known;
    }
    List<String> units = PLACES.stream().map(place -> place.replace("%s", text)).toList();
    boolean answer = Parsed.of(units).stream().anyMatch(Parsed::errorFree);
    ANSWERS.put(text, answer);
    return answer;
  }

  /**
   * The types that a text declares, nested ones left to their own; none if it is no declaration.
   */
  static List<Declared> types(String text) {
    Parsed parsed = Parsed.of(List.of(text)).get(0);
    return parsed.errorFree()
        ? parsed.unit().getTypeDecls().stream()
            .filter(ClassTree.class::isInstance)
            .map(tree -> new Declared((ClassTree) tree, parsed))
            .toList()
        : List.of();
  }

  /** A type in a text. */
  record Declared(ClassTree tree, Parsed parsed) {
    /** The offset behind a part of it. */
    int end(Tree part) {
      return (int) parsed.positions().getEndPosition(parsed.unit(), part);
    }
  }

  /** What the parser made of a text. */
  record Parsed(CompilationUnitTree unit, SourcePositions positions, boolean errorFree) {
    /**
     * Parses texts, each by itself.
     *
     * @throws StackOverflowError if one is nested too deeply
     */
    static List<Parsed> of(List<String> texts) {
      return Stack.PARSER.call(() -> parse(texts));
    }

    private static synchronized List<Parsed> parse(List<String> texts) { // one at a time: FILES
      DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
      List<Text> files = texts.stream().map(text -> new Text(texts.indexOf(text), text)).toList();
      JavacTask task =
          (JavacTask) COMPILER.getTask(Writer.nullWriter(), FILES, said, OPTIONS, null, files);
      try {
        List<Parsed> parsed = new ArrayList<>();
        Iterator<Text> file = files.iterator();
        for (CompilationUnitTree unit : task.parse()) {
          Object unused = new TreeScanner<Void, Void>().scan(unit, null); // as later phases will
          boolean errorFree = file.next().isErrorFree(said);
          parsed.add(new Parsed(unit, Trees.instance(task).getSourcePositions(), errorFree));
        }
        return parsed;
      } catch (IOException e) {
        throw new UncheckedIOException("parsing text in memory", e);
      } catch (IllegalStateException e) { // how the compiler wraps what it did not expect
        if (e.getCause() instanceof StackOverflowError deep) {
          throw deep;
        }
        throw e;
      }
    }
  }

  /** A text in the place of a file. */
  private static final class Text extends SimpleJavaFileObject {
    private final String text;

    Text(int number, String text) {
      super(URI.create("string:///It" + number + ".java"), JavaFileObject.Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }

    private boolean isErrorFree(DiagnosticCollector<JavaFileObject> said) {
      return said.getDiagnostics().stream()
          .filter(one -> one.getKind() == Diagnostic.Kind.ERROR)
          .noneMatch(one -> one.getSource() != null && one.getSource().toUri().equals(toUri()));
    }
  }
}
