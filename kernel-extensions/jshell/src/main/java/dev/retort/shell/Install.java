package dev.retort.shell;

import dev.retort.RetortException;
import dev.retort.kernel.KernelSpec;
import dev.retort.kernel.client.KernelLaunch;
import dev.retort.kernel.install.HostSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the kernel known to the user's Jupyter, or writes Retort into another that is there. */
@Command(
    name = "install",
    description = {
      "Make the kernel appear in your Jupyter, or write Retort into another.",
      "",
      "All that is needed is copied: an installed kernel outlives the build and the clone that it"
          + " comes from. After a change of the code, install it again."
    })
final class Install implements Callable<Integer> {
  /** What only the launcher and our own kernel need; another kernel is spared it. */
  private static final List<String> OURS =
      List.of(
          "retort-shell",
          "retort-kernel",
          "retort-bench",
          "jjava-jupyter",
          "jeromq",
          "jnacl",
          "asm-commons",
          "asm-tree",
          "commonmark",
          "picocli",
          "jmh-core",
          "jopt-simple");

  @Option(
      names = "--kernels",
      paramLabel = "FOLDER",
      description =
          "the folder of kernels (default: the one that Jupyter searches first for this user; with"
              + " --into, all that it searches)")
  private Path kernels;

  @Option(
      names = "--into",
      paramLabel = "ijava|jjava",
      description = "a kernel of another make that is installed already")
  private String into;

  @Override
  public Integer call() throws IOException {
    KernelLaunch launch = Kernels.embedded();
    if (into != null) {
      return into(make(), launch);
    }
    Path folder = KernelSpec.install(kernels == null ? KernelSpec.userFolder() : kernels, launch);
    System.out.println("kernel 'Retort (Java)' installed in " + folder);
    System.out.println("choose it in a notebook, or start with: jupyter notebook");
    if (System.getProperty("PYTORCH_LIBRARY_PATH") != null) {
      System.out.println(
          "the library for CUDA stays in %s; where that is gone, ./retort --gpu install brings it back"
              .formatted(System.getProperty("PYTORCH_LIBRARY_PATH")));
    }
    return 0;
  }

  private HostSpec.Make make() {
    for (HostSpec.Make make : HostSpec.Make.values()) {
      if (make.title().equalsIgnoreCase(into)) {
        return make;
      }
    }
    throw new RetortException(
        "install: expected --into ijava or --into jjava, got '%s'. Without it our own kernel is installed."
            .formatted(into));
  }

  private int into(HostSpec.Make make, KernelLaunch launch) throws IOException {
    List<Path> searched = kernels == null ? KernelSpec.folders() : List.of(kernels);
    HostSpec host =
        HostSpec.find(make, searched)
            .orElseThrow(
                () ->
                    new RetortException(
                        "install: expected a kernel of %s in one of %s, got none. Install %s first, or name its folder of kernels with --kernels."
                            .formatted(make.title(), searched, make.title())));
    List<Path> classPath =
        launch.classPath().stream()
            .map(Path::of)
            .filter(path -> OURS.stream().noneMatch(path.getFileName().toString()::startsWith))
            .toList();
    Path jar = host.install(classPath);
    System.out.printf(
        Locale.ROOT, "Retort installed into %s, in %s%n", make.title(), jar.getParent());
    System.out.printf(
        Locale.ROOT,
        "its notebooks have the words of the language now; those of a kernel that is started otherwise begin with%n%%load %s%n",
        jar.resolveSibling("retort.jsh"));
    return 0;
  }
}
