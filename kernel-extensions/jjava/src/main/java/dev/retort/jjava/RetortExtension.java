package dev.retort.jjava;

import dev.retort.notebook.host.Installation;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/**
 * Joins Retort to a kernel that finds it as a service.
 *
 * <p>JJava looks for services with a class loader that cells do not share. There all of Retort
 * would be in the JVM twice, and runs of cells unknown to the cards; so the one that cells see is
 * asked to install itself.
 */
public final class RetortExtension implements Extension {
  private static final String JOIN = RetortExtension.class.getName() + ".join();";

  /** The extension; a service needs a public constructor. */
  public RetortExtension() {}

  @Override
  public void install(BaseKernel kernel) {
    if (RetortExtension.class.getClassLoader() == kernel.getClass().getClassLoader()) {
      Installation.into(new JJavaHost(kernel));
      return;
    }
    try {
      Object unused = kernel.evalRaw(JOIN);
    } catch (RuntimeException e) {
      kernel.display(
          new DisplayData(
              "retort: could not be installed (" + e + "). The kernel goes on without."));
    }
  }

  /** Joins the Retort that cells see to the kernel that runs them. */
  public static void join() {
    Installation.into(new JJavaHost(BaseKernel.notebookKernel()));
  }

  @Override
  public void uninstall(BaseKernel kernel) {
    Installation.undo();
  }
}
