/**
 * Kernels of any make: what an adapter has to offer of one, and what is then done for all alike.
 *
 * <p>An adapter is a {@link dev.retort.notebook.host.Host}, a handful of methods in the words of
 * its kernel; an {@link dev.retort.notebook.host.Installation} gives that kernel the magics, the
 * looks of values, live cards and the imports of the language:
 *
 * <pre>{@code
 * Installation.into(new OfMyKernel(kernel));
 * }</pre>
 */
package dev.retort.notebook.host;
