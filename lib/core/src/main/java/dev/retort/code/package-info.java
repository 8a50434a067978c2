/**
 * What an object holds and what its code does, as text that can be stored and compared.
 *
 * <p>An {@link dev.retort.code.Imprint} of an object lists the values that it was made of, the
 * variables that its code reads, and a mark for each of its methods: a hash of the instructions of
 * the method and of all code of the user's own that it leads to. Names that a shell or a compiler
 * makes up, line numbers and the like do not count, so that an unchanged cell that is run again
 * leaves the same imprint, and a changed constant does not:
 *
 * <pre>{@code
 * Imprint imprint = Imprint.of(env, Env.class, method -> true, value -> Optional.empty());
 * imprint.json();        // {"holds": {"length": 8}, "reads": {"goal": 3.0}, "code": {"step": ..}}
 * imprint.unknown();     // why it does not tell everything
 * }</pre>
 *
 * <p>Depends on nothing.
 */
package dev.retort.code;
