/**
 * Small perceptrons as source files of Java that need nothing else: for a robot, a game, or a
 * program that is to be read.
 *
 * <pre>{@code
 * student.save(Path.of("Student.java"));
 * int action = Student.act(observation);       // in any program of Java 8 or later
 * }</pre>
 *
 * <p>Begin at {@link dev.retort.exchange.source.JavaFormat}.
 */
package dev.retort.exchange.source;
