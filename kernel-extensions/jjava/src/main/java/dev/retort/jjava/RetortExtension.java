package dev.retort.jjava;

import dev.retort.notebook.host.Installation;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;

/** Joins Retort to a kernel that finds it as a service. */
public final class RetortExtension implements Extension {
  /** The extension; a service needs a public constructor. */
  public RetortExtension() {}

  @Override
  public void install(BaseKernel kernel) {
    Installation.into(new JJavaHost(kernel));
  }

  @Override
  public void uninstall(BaseKernel kernel) {
    Installation.undo();
  }
}
