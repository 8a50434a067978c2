package dev.retort.notebook.magic;

import dev.retort.RetortException;
import dev.retort.notebook.Notebook;
import dev.retort.notebook.Renderings;
import dev.retort.plan.Plan;
import dev.retort.run.Run;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * An expression of the language, as Java and as a deed: both give the same.
 *
 * @param <R> what it gives
 * @param java the expression, without semicolon
 * @param type its type, fully qualified
 * @param shown whether evaluating it shows it
 * @param value evaluates it
 */
public record Phrase<R>(String java, String type, Shown shown, Function<Notebook, R> value) {
  /** Who shows the value. */
  public enum Shown {
    /** It is still to be shown. */
    NOT_YET,
    /** It has been shown: a live card stays, or the value stands in its place. */
    ALREADY
  }

  /** What a live card leaves behind. */
  enum Leaves {
    /** The card in its final state. */
    CARD,
    /** The result in its place. */
    RESULT
  }

  /** A plain value. */
  static <R> Phrase<R> of(String java, Class<?> type, Function<Notebook, R> value) {
    return new Phrase<>(java, type.getCanonicalName(), Shown.NOT_YET, value);
  }

  /**
   * A plan, ended as the switches say.
   *
   * @param java the plan
   * @param type what it gives
   */
  static <R> Phrase<?> of(
      String java, Class<? super R> type, Plan<R> plan, Said said, Leaves leaves) {
    if (said.has(Switch.START) && said.has(Switch.ONCE)) {
      throw new RetortException(
          "magic: expected one of start and once, got both. Say once: it goes on with a run that was stopped.");
    }
    if (said.has(Switch.EXPLAIN)) {
      return of(java + ".explain()", String.class, notebook -> plan.explain());
    }
    String name = type.getCanonicalName();
    boolean quiet = said.has(Switch.QUIET);
    String whole = quiet ? java + ".quiet()" : java;
    Supplier<Run<R>> start = quiet ? plan.quiet()::start : plan::start;
    if (said.has(Switch.ONCE)) {
      return of(whole + ".once()", type, notebook -> quiet ? plan.quiet().once() : plan.once());
    }
    if (said.has(Switch.START)) {
      String running = "%s<%s>".formatted(Run.class.getCanonicalName(), name);
      return new Phrase<>(whole + ".start()", running, Shown.ALREADY, notebook -> start.get());
    }
    return new Phrase<>(
        whole + ".run()",
        name,
        Shown.ALREADY,
        notebook -> {
          Run<R> run = start.get();
          R result = run.await();
          if (leaves == Leaves.RESULT || !notebook.live().shows(run.id())) {
            notebook.live().replace(run.id(), Renderings.of(result));
          }
          return result;
        });
  }
}
