package dev.retort.kernel.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/**
 * Evaluates cells of Java in this JVM and keeps their state from one to the next.
 *
 * <p>One cell at a time. Text may also be evaluated from within a cell, as magics do that look up a
 * variable by its name; from other threads it waits for the cell to end.
 */
public final class JavaEngine implements AutoCloseable {
  private final ReentrantLock oneAtATime = new ReentrantLock();
  private final StandardStreams streams = StandardStreams.current();
  private final CellThread thread = new CellThread(streams::note);
  private final CellControl control = new CellControl(thread);
  private final Frames frames = new Frames();
  private final FailureReport report = new FailureReport(frames);
  private final MagicNames names;
  private final JShell shell;
  private final SourceCodeAnalysis analysis;

  private JavaEngine(MagicNames names) {
    this.names = names;
    this.shell =
        JShell.builder()
            .executionEngine(new InThisJvm(control), Map.of())
            .compilerOptions("-classpath", System.getProperty("java.class.path"))
            .build();
    this.analysis = shell.sourceCodeAnalysis();
  }

  private record InThisJvm(CellControl control) implements ExecutionControlProvider {
    @Override
    public String name() {
      return "retort";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
      return control;
    }
  }

  /** Starts an engine that has no state yet. */
  public static JavaEngine start(MagicNames names) {
    return new JavaEngine(names);
  }

  /** Runs a cell to its end, its first failure, or an interrupt. */
  public Outcome run(Cell cell) {
    return run(cell, value -> value);
  }

  /** Runs a cell and passes its value, still as part of the cell, through a function. */
  public Outcome run(Cell cell, UnaryOperator<Object> shown) {
    return run(cell, shown, () -> false);
  }

  /**
   * Runs a cell, or says that it was stopped if somebody asked for that before it could begin.
   *
   * <p>Whatever is thrown, by the cell or by the compiler, is an outcome too.
   */
  public Outcome run(Cell cell, UnaryOperator<Object> shown, BooleanSupplier stopped) {
    return DeepStack.call(() -> runHere(cell, shown, stopped));
  }

  private Outcome runHere(Cell cell, UnaryOperator<Object> shown, BooleanSupplier stopped) {
    oneAtATime.lock();
    thread.open();
    try {
      MemoryReserve.refill();
      if (stopped.getAsBoolean()) {
        thread.interrupt();
      }
      Outcome outcome = evaluate(cell);
      if (outcome instanceof Outcome.Done done && done.value().isPresent()) {
        return shown(cell, done.value().get(), shown);
      }
      return outcome;
    } catch (RuntimeException | Error e) {
      MemoryReserve.releaseIfScarce();
      return new Outcome.Failed(report.compilerFailed(cell, Thrown.of(e)));
    } finally {
      thread.shut();
      restoreStreams(cell);
      oneAtATime.unlock();
    }
  }

  private void restoreStreams(Cell cell) {
    List<String> replaced = streams.restore();
    if (!replaced.isEmpty()) {
      streams.note(
          cell.name()
              + " replaced "
              + String.join(" and ", replaced)
              + ". That held to its end; the next cell has its own again.");
    }
  }

  private Outcome shown(Cell cell, Object value, UnaryOperator<Object> shown) {
    try {
      ClassLoader loader = Thread.currentThread().getContextClassLoader();
      return new Outcome.Done(Optional.ofNullable(thread.call(() -> shown.apply(value), loader)));
    } catch (CellFailed e) {
      return thrown(cell, e.thrown(), null).end().orElseThrow();
    }
  }

  /**
   * Evaluates text and returns its value, or null if it has none.
   *
   * @throws CellException if the text is rejected or does not run to its end
   */
  public Object eval(String source) {
    boolean nested = thread.isCurrent();
    if (!nested) {
      oneAtATime.lock();
    }
    try {
      Outcome outcome = evaluate(new Cell(0, source));
      if (outcome instanceof Outcome.Failed failed) {
        throw new CellException(failed.failure());
      }
      if (outcome instanceof Outcome.Exit exit) {
        throw new CellExit(exit.status());
      }
      return ((Outcome.Done) outcome).value().orElse(null);
    } finally {
      if (!nested) {
        oneAtATime.unlock();
      }
    }
  }

  /** The variables of cells that have a value, by name. */
  public Map<String, Object> variables() {
    boolean nested = thread.isCurrent();
    if (!nested) {
      oneAtATime.lock();
    }
    try {
      Map<String, Object> values = new TreeMap<>();
      shell
          .variables()
          .filter(variable -> shell.status(variable) == Snippet.Status.VALID)
          .forEach(
              variable ->
                  control
                      .variable(() -> shell.varValue(variable))
                      .ifPresent(value -> values.put(variable.name(), value)));
      return values;
    } finally {
      if (!nested) {
        oneAtATime.unlock();
      }
    }
  }

  /** Interrupts the cell that runs, if one does. Safe from any thread; returns at once. */
  public void interrupt() {
    thread.interrupt();
  }

  /** Completion and documentation over the state of this engine. */
  public CodeAssist assist() {
    return new CodeAssist(shell, names, oneAtATime);
  }

  @Override
  public void close() {
    thread.close();
    shell.close();
  }

  private Outcome evaluate(Cell cell) {
    String java;
    try {
      java = MagicSyntax.toJava(cell.source().replace("\r\n", "\n"), names);
    } catch (ExplainedException e) {
      return new Outcome.Failed(report.explained("MagicError", e.getMessage()));
    }
    List<Piece> pieces = Piece.of(java, analysis);
    Optional<Piece> broken =
        pieces.stream().filter(piece -> piece.form() == Piece.Form.BROKEN).findFirst();
    if (broken.isPresent()) { // the compiler says why; nothing has been done yet
      pieces = List.of(broken.get());
    }
    Optional<Object> value = Optional.empty();
    for (Piece piece : pieces) {
      if (cell.number() > 0 && thread.interrupted()) {
        return new Outcome.Failed(report.interruptedBefore(cell, line(java, piece.start())));
      }
      Step step = evaluate(cell, java, piece.start(), piece.source());
      if (step.end().isPresent()) {
        return step.end().get();
      }
      value = step.value();
    }
    return new Outcome.Done(value);
  }

  private static int line(String java, int at) {
    return 1 + (int) java.substring(0, at).chars().filter(c -> c == '\n').count();
  }

  /** What came of one snippet: a value to show, or the end of the cell. */
  private record Step(Optional<Object> value, Optional<Outcome> end) {
    static Step failed(Failure failure) {
      return new Step(Optional.empty(), Optional.of(new Outcome.Failed(failure)));
    }
  }

  private Step evaluate(Cell cell, String java, int at, String source) {
    int line = line(java, at);
    StandardStreams.fill();
    control.forget();
    SnippetEvent first = null;
    for (SnippetEvent event : shell.eval(source)) {
      if (event.causeSnippet() == null) {
        frames.remember(event.snippet().id(), cell, line);
        first = first == null ? event : first;
        if (event.status() == Snippet.Status.REJECTED) {
          return Step.failed(
              report.rejected(cell, java, at, shell.diagnostics(event.snippet()).toList()));
        }
        noteMissing(event);
      }
    }
    Thrown thrown = control.thrown();
    if (thrown != null) {
      return thrown(cell, thrown, first == null ? null : first.exception());
    }
    boolean shows = first != null && shows(first.snippet().subKind());
    return new Step(
        shows ? Optional.ofNullable(control.value()) : Optional.empty(), Optional.empty());
  }

  private Step thrown(Cell cell, Thrown thrown, Throwable fromShell) {
    if (thrown.raw() instanceof CellExit exit) {
      return new Step(Optional.empty(), Optional.of(new Outcome.Exit(exit.status())));
    }
    Thrown translated = thrown.translated(fromShell);
    if (thread.interrupted()
        && cell.number() > 0
        && !FailureReport.explainsItself(thrown.raw())
        && FailureReport.comesFromInterrupt(thrown)) {
      return Step.failed(report.interrupted(translated));
    }
    if (fromShell instanceof jdk.jshell.UnresolvedReferenceException missing) {
      return Step.failed(report.explained("CompileError", incomplete(missing.getSnippet())));
    }
    return Step.failed(report.thrown(translated));
  }

  private static boolean shows(SubKind kind) {
    return kind == SubKind.TEMP_VAR_EXPRESSION_SUBKIND
        || kind == SubKind.VAR_VALUE_SUBKIND
        || kind == SubKind.OTHER_EXPRESSION_SUBKIND;
  }

  /** Says so when a declaration cannot be used yet, as JShell does. */
  private void noteMissing(SnippetEvent event) {
    boolean usable =
        event.status() != Snippet.Status.RECOVERABLE_DEFINED
            && event.status() != Snippet.Status.RECOVERABLE_NOT_DEFINED;
    if (!usable && event.snippet() instanceof DeclarationSnippet declaration) {
      streams.note(incomplete(declaration));
    }
  }

  private String incomplete(DeclarationSnippet declaration) {
    List<String> missing = shell.unresolvedDependencies(declaration).toList();
    return declaration.name()
        + " cannot be used until "
        + (missing.isEmpty()
            ? "its errors are mended"
            : String.join(", ", missing) + " is declared")
        + ".";
  }
}
