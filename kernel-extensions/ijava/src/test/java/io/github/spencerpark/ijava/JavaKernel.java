package io.github.spencerpark.ijava;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.magic.MagicParser;
import io.github.spencerpark.jupyter.kernel.magic.common.Load;
import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import java.io.File;
import java.util.List;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/**
 * A kernel on IJava's base library with IJava's habits: cells run in a thread of a pool, which an
 * interrupt cancels; the value of a bare magic is swallowed; start-up scripts are evaluated with
 * the first cell; and jars come to the class loader of JShell alone.
 */
public final class JavaKernel extends BaseKernel {
  private final PooledCells cells = new PooledCells();
  private final Magics magics = new Magics();
  private final MagicParser parser = new MagicParser("(?<=(?:^|=))\\s*%", "%%");
  private final JShell shell;
  private boolean started;

  JavaKernel() {
    shell = JShell.builder().executionEngine(new Provider(), java.util.Map.of()).build();
    addAll(System.getenv("IJAVA_CLASSPATH"));
    magics.registerLineMagic(
        "jars",
        paths -> {
          paths.forEach(this::addAll);
          return paths;
        });
    magics.registerMagics(new Load(List.of(".jsh"), this::eval));
  }

  /** Lets JShell use the engine that this kernel keeps. */
  private final class Provider implements ExecutionControlProvider {
    @Override
    public String name() {
      return "pooled";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv env, java.util.Map<String, String> parameters) {
      return cells;
    }
  }

  private void addAll(String paths) {
    if (paths != null) {
      List.of(paths.split(File.pathSeparator, -1)).forEach(shell::addToClasspath);
    }
  }

  /** As IJava's. */
  public Magics getMagics() {
    return magics;
  }

  /** As IJava's: the value of the last expression of a text, magics and all. */
  public Object evalRaw(String text) throws Exception {
    if (!started) {
      started = true;
      Object imports =
          evaluate("import java.util.*; import static io.github.spencerpark.ijava.IJava.*;");
      String script = System.getenv("IJAVA_STARTUP_SCRIPT");
      Object unused = script == null ? imports : evaluate(script);
    }
    return evaluate(withoutMagics(text));
  }

  @Override
  public DisplayData eval(String text) throws Exception {
    Object value = evalRaw(text);
    return value == null ? null : getRenderer().render(value);
  }

  private String withoutMagics(String text) {
    var cell = parser.parseCellMagic(text);
    if (cell != null) {
      var call = cell.getMagicCall();
      return "cellMagic(%s,%s,%s);{}"
          .formatted(literal(call.getName()), literals(call.getArgs()), literal(call.getBody()));
    }
    return parser.transformLineMagics(
        text,
        line ->
            "lineMagic(%s,%s);{};"
                .formatted(
                    literal(line.getMagicCall().getName()),
                    literals(line.getMagicCall().getArgs())));
  }

  private static String literals(List<String> texts) {
    return texts.stream()
        .map(JavaKernel::literal)
        .collect(Collectors.joining(",", "List.of(", ")"));
  }

  private static String literal(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }

  private Object evaluate(String text) throws Exception {
    Object last = null;
    CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(text);
    while (next.completeness().isComplete()) {
      last = null;
      for (SnippetEvent event : shell.eval(next.source())) {
        last = value(event);
      }
      next = shell.sourceCodeAnalysis().analyzeCompletion(next.remaining());
    }
    if (!next.remaining().isBlank()) {
      throw new IllegalArgumentException("incomplete: " + next.remaining());
    }
    return last;
  }

  private Object value(SnippetEvent event) throws JShellException {
    Snippet snippet = event.snippet();
    boolean ran = event.value() != null && snippet.subKind().isExecutable();
    Object value = ran ? cells.take(event.value()) : null;
    if (event.exception() != null) {
      throw event.exception();
    }
    if (!event.status().isDefined()) {
      throw new IllegalArgumentException(
          shell.diagnostics(snippet).map(fault -> fault.getMessage(null)).toList().toString());
    }
    return snippet.subKind().hasValue() ? value : null;
  }

  @Override
  public void interrupt() {
    cells.interrupt();
  }

  @Override
  public LanguageInfo getLanguageInfo() {
    return new LanguageInfo.Builder("Java").version("17").fileExtension(".jshell").build();
  }
}
