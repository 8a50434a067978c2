package dev.retort.ijava;

import dev.retort.RetortException;
import dev.retort.notebook.host.Installation;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import java.util.Optional;

/**
 * Joins Retort to IJava. IJava asks no jar for services, so that a cell or its start-up script has
 * to call this by name.
 */
public final class IJavaExtension {
  private static final String IJAVA = "io.github.spencerpark.ijava.IJava";

  private IJavaExtension() {}

  /**
   * Joins Retort to the kernel that runs this cell; a second time it does so anew.
   *
   * @throws RetortException if no IJava runs this cell
   */
  public static void install() {
    BaseKernel kernel =
        running()
            .orElseThrow(
                () ->
                    new RetortException(
                        "ijava: expected a kernel of IJava that runs this cell, got none. Call"
                            + " install() in a notebook of IJava; other kernels need no call."));
    Installation.into(new IJavaHost(kernel));
  }

  private static Optional<BaseKernel> running() {
    try {
      Class<?> ijava = Class.forName(IJAVA);
      return Optional.ofNullable((BaseKernel) ijava.getMethod("getKernelInstance").invoke(null));
    } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
      return Optional.empty();
    }
  }
}
