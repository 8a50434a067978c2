package dev.retort.kernel;

import java.nio.charset.StandardCharsets;
import org.dflib.jjava.jupyter.kernel.JupyterIO;

/** The streams and the display of the base library, always attached. */
final class OutletIO extends JupyterIO {
  OutletIO(OutletEnvironment environment) {
    super(StandardCharsets.UTF_8);
    setEnv(environment);
  }
}
