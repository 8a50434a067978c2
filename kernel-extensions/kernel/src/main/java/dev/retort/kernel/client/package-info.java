/**
 * The other end of the wire: a small Jupyter client, and a runner of notebooks.
 *
 * <p>A {@link dev.retort.kernel.client.KernelLaunch} says which JVM, class path and flags; {@link
 * dev.retort.kernel.client.KernelClient} starts such a kernel in a process of its own, talks to it
 * over ZeroMQ as any Jupyter client does, and ends it. {@link
 * dev.retort.kernel.client.NotebookRunner} reads a notebook, runs its cells in order, and writes it
 * again with what they showed.
 *
 * <pre>{@code
 * KernelLaunch launch = KernelLaunch.ofThisJvm();
 * NotebookResult result =
 *     new NotebookRunner(launch, Duration.ofMinutes(10))
 *         .run(Path.of("in.ipynb"), Path.of("out.ipynb"), CellListener.SILENT);
 * }</pre>
 *
 * <p>This package depends on {@code wire}, gson and jeromq. It works with other kernels too, as far
 * as they speak the protocol.
 */
package dev.retort.kernel.client;
