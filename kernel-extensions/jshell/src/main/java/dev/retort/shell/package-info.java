/**
 * The words of the project from a shell, and JShell without a notebook.
 *
 * <p>{@code ./retort} builds what is missing and hands its words to {@link dev.retort.shell.Main}:
 *
 * <pre>{@code
 * ./retort quickstart             run the first notebook
 * ./retort shell                  JShell with the words of the language
 * ./retort run experiment.jsh     a script, to its end
 * }</pre>
 *
 * <p>Depends on everything; nothing depends on it.
 */
package dev.retort.shell;
