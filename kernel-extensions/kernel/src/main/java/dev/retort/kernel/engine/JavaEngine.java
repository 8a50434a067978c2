package dev.retort.kernel.engine;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.MethodSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.VarSnippet;
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
  private final CellControl control;
  private final boolean rehearses;
  private final StackFrames frames = new StackFrames();
  private final FailureReport report = new FailureReport(frames, this::names);
  private final MagicNames names;
  private final JShell shell;
  private final SourceCodeAnalysis analysis;

  private JavaEngine(MagicNames names, Function<CellThread, CellControl> control) {
    this.names = names;
    this.control = control.apply(thread);
    this.rehearses = this.control instanceof RehearsalControl;
    this.shell =
        JShell.builder()
            .executionEngine(new InThisJvm(this.control), Map.of())
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
    return new JavaEngine(names, CellControl::new);
  }

  /**
   * Starts an engine that compiles and runs nothing: it tells what would be refused. Declarations
   * that lack others are refused by it at the end of the text.
   */
  public static JavaEngine rehearsing(MagicNames names) {
    return new JavaEngine(names, RehearsalControl::new);
  }

  /** Runs a cell to its end, its first failure, or an interrupt. */
  public CellOutcome run(Cell cell) {
    return run(cell, value -> value);
  }

  /** Runs a cell and passes its value, still as part of the cell, through a function. */
  public CellOutcome run(Cell cell, UnaryOperator<Object> shown) {
    return run(cell, shown, () -> false);
  }

  /**
   * Runs a cell, or says that it was stopped if somebody asked for that before it could begin.
   *
   * <p>Whatever is thrown, by the cell or by the compiler, is an outcome too.
   */
  public CellOutcome run(Cell cell, UnaryOperator<Object> shown, BooleanSupplier stopped) {
    oneAtATime.lock();
    thread.open();
    try {
      MemoryReserve.refill();
      if (stopped.getAsBoolean()) {
        thread.interrupt();
      }
      CellOutcome outcome = evaluate(cell);
      if (outcome instanceof CellOutcome.Done done && done.value().isPresent()) {
        return shown(cell, done.value().get(), shown);
      }
      return outcome;
    } catch (RuntimeException | Error e) {
      return defeated(cell, e);
    } finally {
      thread.shut();
      restoreStreams(cell);
      oneAtATime.unlock();
    }
  }

  private void restoreStreams(Cell cell) {
    List<String> replaced = streams.restore();
    if (!replaced.isEmpty() && cell.isOfNotebook()) {
      streams.note(
          cell.name()
              + " replaced "
              + String.join(" and ", replaced)
              + ". That held to its end; the next cell has its own again.");
    }
  }

  private CellOutcome shown(Cell cell, Object value, UnaryOperator<Object> shown) {
    try {
      ClassLoader loader = Thread.currentThread().getContextClassLoader();
      return new CellOutcome.Done(
          Optional.ofNullable(thread.call(() -> shown.apply(value), loader)));
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
      CellOutcome outcome = evaluate(new Cell(0, source));
      if (outcome instanceof CellOutcome.Failed failed) {
        throw new CellException(failed.failure());
      }
      if (outcome instanceof CellOutcome.Exit exit) {
        throw new CellExit(exit.status());
      }
      return ((CellOutcome.Done) outcome).value().orElse(null);
    } finally {
      if (!nested) {
        oneAtATime.unlock();
      }
    }
  }

  /** Declares a variable of cells and gives it a value, which has to be of the type. */
  public void declare(String type, String name, Object value) {
    Object unused = eval(type + " " + name + ";");
    if (!new Consequences(shell, control, this::note).give(name, value)) {
      throw new IllegalArgumentException("expected a " + type + " for " + name + ", got " + value);
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

  /** Names of variables or methods that cells know, those that they import among them. */
  private Collection<String> names(String kind) {
    Stream<String> declared =
        kind.equals("variable")
            ? shell.variables().map(VarSnippet::name)
            : shell.methods().map(MethodSnippet::name);
    Stream<String> imported =
        shell
            .imports()
            .filter(each -> each.isStatic() && kind.equals("method"))
            .flatMap(each -> Vocabulary.imported(each.fullname()));
    return Stream.concat(declared, imported).distinct().toList();
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

  private CellOutcome evaluate(Cell cell) {
    String java;
    try {
      java = MagicSyntax.toJava(cell.source(), names);
    } catch (ExplainedException e) {
      return new CellOutcome.Failed(report.explained("MagicError", e.getMessage()));
    }
    Optional<Ink.Stretch> unclosed = Ink.unclosed(java);
    if (unclosed.isPresent()) {
      return new CellOutcome.Failed(
          report.refused(
              cell, java, unclosed.get().start(), "unclosed " + unclosed.get().kind().words()));
    }
    try {
      return thread.isCurrent() // from within a cell, on whose thread nested text is run
          ? evaluate(cell, java)
          : Stack.COMPILER.call(() -> evaluate(cell, java));
    } catch (RuntimeException | Error e) { // not of the cell: those are caught where they run
      return defeated(cell, e);
    }
  }

  private CellOutcome defeated(Cell cell, Throwable thrown) {
    MemoryReserve.releaseIfScarce();
    return new CellOutcome.Failed(
        report.explained("CompileError", CompilerDefeat.words(thrown), cell.name()));
  }

  private CellOutcome evaluate(Cell cell, String typed) {
    List<Piece> pieces = Piece.of(typed, analysis);
    String java = SealedTypes.completed(typed, pieces);
    if (!java.equals(typed)) {
      pieces = Piece.of(java, analysis);
    }
    Optional<Piece> deep =
        pieces.stream().filter(piece -> piece.form() == Piece.Form.DEEP).findFirst();
    if (deep.isPresent()) {
      return new CellOutcome.Failed(
          report.refused(cell, java, deep.get().start(), CompilerDefeat.TOO_DEEP));
    }
    Optional<Piece> broken =
        pieces.stream().filter(piece -> piece.form() == Piece.Form.BROKEN).findFirst();
    if (broken.isPresent()) { // the compiler says why; nothing has been done yet
      pieces = List.of(broken.get());
    }
    Consequences consequences = new Consequences(shell, control, this::note);
    Optional<Object> value = Optional.empty();
    for (Piece piece : pieces) {
      if (cell.number() > 0 && thread.interrupted()) {
        return new CellOutcome.Failed(report.interruptedBefore(cell, line(java, piece.start())));
      }
      Step step = evaluate(cell, java, piece, consequences);
      if (step.end().isPresent()) {
        return step.end().get();
      }
      value = step.value();
    }
    for (Consequences.Unsettled open : consequences.unsettled()) {
      if (rehearses) {
        return new CellOutcome.Failed(report.explained("CompileError", open.why(), open.where()));
      }
      note(open.why());
    }
    return new CellOutcome.Done(value);
  }

  private void note(String line) {
    if (!rehearses) {
      streams.note(line);
    }
  }

  private static int line(String java, int at) {
    return 1 + (int) java.substring(0, at).chars().filter(c -> c == '\n').count();
  }

  /** What came of one snippet: a value to show, or the end of the cell. */
  private record Step(Optional<Object> value, Optional<CellOutcome> end) {
    static Step failed(Failure failure) {
      return new Step(Optional.empty(), Optional.of(new CellOutcome.Failed(failure)));
    }

    /** The same failure with one more line. */
    Step saying(Optional<String> line) {
      return end.isPresent() && end.get() instanceof CellOutcome.Failed failed && line.isPresent()
          ? failed(failed.failure().with(line.get()))
          : this;
    }
  }

  private Step evaluate(Cell cell, String java, Piece piece, Consequences consequences) {
    int line = line(java, piece.start());
    String where = cell.name() + ", line " + line;
    Succession.Takeover takeover = control.begin();
    StandardStreams.fill();
    consequences.foresee(piece.source());
    List<SnippetEvent> events;
    try {
      events = shell.eval(piece.source());
    } catch (RuntimeException | Error e) { // of the compiler
      renewCompiler();
      consequences.undo();
      return Step.failed(report.explained("CompileError", CompilerDefeat.words(e), where));
    }
    List<SnippetEvent> own = events.stream().filter(e -> e.causeSnippet() == null).toList();
    for (SnippetEvent event : own) {
      frames.remember(event.snippet().id(), cell, line);
      List<Diag> said = shell.diagnostics(event.snippet()).toList();
      if (event.status() == Snippet.Status.REJECTED || said.stream().anyMatch(Diag::isError)) {
        Failure failure = report.rejected(cell, java, piece.start(), said);
        for (Consequences.Unsettled open : consequences.unsettledIn(piece.source())) {
          failure = failure.with(open.why());
        }
        if (event.status() != Snippet.Status.REJECTED) { // refused while it was written down
          renewCompiler();
        }
        consequences.undo();
        return Step.failed(failure);
      }
    }
    Thrown thrown = control.thrown();
    Optional<Object> value = Optional.ofNullable(control.value());
    consequences.of(events, takeover, where);
    if (thrown != null) {
      Step step = thrown(cell, thrown, own.isEmpty() ? null : own.get(0).exception());
      return own.isEmpty() ? step : step.saying(unset(own.get(0).snippet()));
    }
    boolean shows = !own.isEmpty() && shows(own.get(0).snippet().subKind());
    return new Step(shows ? value : Optional.empty(), Optional.empty());
  }

  /**
   * Has JShell forget the compilers that it keeps for reuse: one that gave up may refuse all that
   * comes after. JShell does so when its class path grows, here by nothing.
   */
  private void renewCompiler() {
    shell.addToClasspath(Path.of(System.getProperty("java.home"), "nothing").toString());
  }

  /** What to say of a variable whose initializer failed, and which has no other value. */
  private Optional<String> unset(Snippet snippet) {
    if (!(snippet instanceof VarSnippet variable)
        || variable.subKind() != SubKind.VAR_DECLARATION_WITH_INITIALIZER_SUBKIND
        || shell.status(variable) != Snippet.Status.VALID) {
      return Optional.empty();
    }
    Object left = control.variable(() -> shell.varValue(variable)).orElse(null);
    return left == null || left.equals(false) || left.equals('\0') || isZero(left)
        ? Optional.of(variable.name() + " has no value: its initializer failed.")
        : Optional.empty();
  }

  private static boolean isZero(Object value) {
    return value instanceof Number number && number.doubleValue() == 0;
  }

  private Step thrown(Cell cell, Thrown thrown, Throwable fromShell) {
    if (thrown.raw() instanceof CellExit exit) {
      return new Step(Optional.empty(), Optional.of(new CellOutcome.Exit(exit.status())));
    }
    Thrown translated = thrown.translated(fromShell);
    if (thread.interrupted()
        && cell.number() > 0
        && !FailureReport.explainsItself(thrown.raw())
        && FailureReport.comesFromInterrupt(thrown)) {
      return Step.failed(report.interrupted(translated));
    }
    if (fromShell instanceof jdk.jshell.UnresolvedReferenceException missing) {
      return Step.failed(
          report.explained(
              "CompileError",
              new Consequences(shell, control, this::note).incomplete(missing.getSnippet())));
    }
    return Step.failed(report.thrown(translated));
  }

  private static boolean shows(SubKind kind) {
    return kind == SubKind.TEMP_VAR_EXPRESSION_SUBKIND
        || kind == SubKind.VAR_VALUE_SUBKIND
        || kind == SubKind.OTHER_EXPRESSION_SUBKIND;
  }
}
