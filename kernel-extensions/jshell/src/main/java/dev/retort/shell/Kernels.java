package dev.retort.shell;

import dev.retort.kernel.client.KernelLaunch;
import java.util.List;

/** How the embedded kernel is started, here and in an installed Jupyter. */
final class Kernels {
  private static final List<String> FLAGS =
      List.of("-Dai.djl.offline=true", "-DOPT_OUT_TRACKING=true", "-Dretort.ascii=false");

  private Kernels() {}

  static KernelLaunch embedded() {
    return KernelLaunch.ofThisJvm().withJvmFlags(FLAGS);
  }
}
