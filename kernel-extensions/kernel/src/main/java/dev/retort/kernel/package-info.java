/**
 * The Retort kernel: Java in notebooks, with nothing to install but this class path.
 *
 * <p>{@link dev.retort.kernel.KernelMain} is what a Jupyter client starts. It binds the sockets of
 * a {@link dev.retort.kernel.wire.ConnectionFile}, starts a {@link
 * dev.retort.kernel.engine.JavaEngine} and serves requests until it is told to stop, or until the
 * process that started it is gone. {@link dev.retort.kernel.KernelSpec} makes the kernel known to
 * an installed Jupyter.
 *
 * <p>Extensions are found on the class path through the service {@code
 * org.dflib.jjava.jupyter.Extension} and are handed a {@link dev.retort.kernel.RetortKernel}: they
 * register magics and renderers there. Text in {@code META-INF/retort/startup.jsh} of any jar is
 * evaluated before the first cell. An extension or a start-up text that fails is reported on
 * standard error and otherwise ignored.
 *
 * <pre>{@code
 * public final class Hello implements Extension {
 *   @Override
 *   public void install(BaseKernel kernel) {
 *     kernel.getMagicsRegistry()
 *         .registerLineMagic("hello", (k, args) -> { k.display(new DisplayData("hello")); return null; });
 *   }
 * }
 * }</pre>
 *
 * <p>The packages: {@code wire} is the protocol, {@code zmtp} the sockets under it, {@code engine}
 * is Java, {@code client} is the other end of the wire, {@code page} prints a notebook as HTML.
 * This one ties them together.
 */
package dev.retort.kernel;
