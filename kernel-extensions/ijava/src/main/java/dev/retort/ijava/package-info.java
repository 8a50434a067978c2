/**
 * The adapter for IJava 1.3.0, the kernel that most Java notebooks were written for.
 *
 * <p>{@link dev.retort.ijava.IJavaExtension#install()}, in a cell or in the start-up script of the
 * kernel, gives its notebooks magics, cards, live updates and the words of the language:
 *
 * <pre>{@code
 * %jars "/home/me/.local/share/jupyter/kernels/java/retort/retort.jar"
 * dev.retort.ijava.IJavaExtension.install();
 * Policy teacher = %teacher PPO CartPole --steps 30000
 * }</pre>
 *
 * <p>IJava brings a gson of its own, which its class loader finds before any other: jars for it are
 * written by {@code ./retort install --into ijava}, where ours has another name.
 */
package dev.retort.ijava;
