package dev.retort.shell;

import dev.retort.kernel.client.KernelLaunch;
import java.util.ArrayList;
import java.util.List;

/** How the embedded kernel is started, here and in an installed Jupyter. */
final class Kernels {
  private static final List<String> FLAGS =
      List.of("-Dai.djl.offline=true", "-DOPT_OUT_TRACKING=true", "-Dretort.ascii=false");

  /**
   * What {@code ./retort --gpu} says to this JVM has to be said to kernels too, and where the
   * repository is, whose datasets are opened by name.
   */
  private static final List<String> PASSED_ON =
      List.of(
          "retort.home",
          "retort.device",
          "PYTORCH_LIBRARY_PATH",
          "PYTORCH_VERSION",
          "PYTORCH_FLAVOR");

  private Kernels() {}

  static KernelLaunch embedded() {
    List<String> flags = new ArrayList<>(FLAGS);
    for (String name : PASSED_ON) {
      String value =
          System.getProperty(name, name.startsWith("retort.") ? null : System.getenv(name));
      if (value != null) {
        flags.add("-D" + name + "=" + value);
      }
    }
    return KernelLaunch.ofThisJvm().withJvmFlags(flags);
  }
}
