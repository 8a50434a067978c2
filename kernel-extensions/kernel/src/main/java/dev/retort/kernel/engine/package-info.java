/**
 * Java, evaluated cell by cell with JShell in this very JVM, and stopped when somebody says so.
 *
 * <p>A {@link dev.retort.kernel.engine.JavaEngine} takes the text of a cell, turns magics into
 * calls ({@link dev.retort.kernel.engine.MagicSyntax}), splits the rest into snippets and evaluates
 * one after the other. What comes out is an {@link dev.retort.kernel.engine.CellOutcome}: a value,
 * a failure that is ready to print, an interruption, or the wish to exit.
 *
 * <p>The code of cells runs on one thread of its own, with others beside it for parallel streams.
 * An interrupt goes four steps, each only if the one before was not enough: {@link
 * java.lang.Thread#interrupt()}, which waits and sleeps answer to; after 400 ms a stop check, which
 * {@link dev.retort.kernel.engine.StopWeaver} wove into every loop and method of the cell, throws;
 * after 600 ms a thread that only computes inside the JDK is ended, where the JDK can (17 to 19);
 * after 800 ms the thread is left behind and the next cell gets a new one. Code of Retort itself,
 * which hears interrupts and saves its work, has three seconds. Only the threads of the cell are
 * ever interrupted: the workers of libraries are not ours to disturb.
 *
 * <p>Whatever a cell does there is an outcome: exceptions are read once, on the thread of the cell
 * ({@code Thrown}), the compiler has a deep stack, a part of the memory is kept back, and what a
 * cell sets in the place of a standard stream holds to its end.
 *
 * <p>Values outlive what they were made of. When something is declared anew, JShell wraps all that
 * depends on it anew too; {@link dev.retort.kernel.engine.LiveClasses} redefines those classes in
 * place, so that their variables stay, and where the JVM refuses that, the variables are carried
 * over to the new class. What does not fit there is named on standard error, with what reset it.
 *
 * <p>An engine may also only rehearse: it compiles a text as it would run it, and tells what it
 * would refuse.
 *
 * <pre>{@code
 * try (JavaEngine engine = JavaEngine.start(MagicNames.NONE)) {
 *   CellOutcome outcome = engine.run(new Cell(1, "1 + 1"));
 * }
 * }</pre>
 *
 * <p>This package depends on the JDK's {@code jdk.jshell} and on ASM; it knows no Jupyter.
 */
package dev.retort.kernel.engine;
