/**
 * The adapter for kernels on the base library of JJava: JJava itself, and the embedded kernel.
 *
 * <p>A kernel finds {@link dev.retort.jjava.RetortExtension} as a service and installs it. From
 * then on magics are known, values look rich, runs draw live cards, and cells have the words of the
 * language:
 *
 * <pre>{@code
 * Policy teacher = %teacher PPO CartPole --steps 30000
 * evaluate(teacher).on(env("CartPole")).run()
 * }</pre>
 *
 * <p>Only strings and the base library's own types cross to the kernel: distributions move gson and
 * slf4j to other packages.
 */
package dev.retort.jjava;
