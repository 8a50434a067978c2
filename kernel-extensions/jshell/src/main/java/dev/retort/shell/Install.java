package dev.retort.shell;

import dev.retort.kernel.KernelSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the kernel known to the user's Jupyter. */
@Command(name = "install", description = "Make the kernel appear in your Jupyter.")
final class Install implements Callable<Integer> {
  @Option(
      names = "--kernels",
      paramLabel = "FOLDER",
      description =
          "the folder of kernels (default: the one that Jupyter searches first for this user)")
  private Path kernels;

  @Override
  public Integer call() throws IOException {
    Path folder =
        KernelSpec.install(kernels == null ? KernelSpec.userFolder() : kernels, Kernels.embedded());
    System.out.println("kernel 'Retort (Java)' installed in " + folder);
    System.out.println("choose it in a notebook, or start with: jupyter notebook");
    return 0;
  }
}
