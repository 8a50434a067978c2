package io.github.spencerpark.ijava;

import io.github.spencerpark.jupyter.channels.JupyterConnection;
import io.github.spencerpark.jupyter.channels.JupyterSocket;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;

/** The kernel of the tests under the name by which IJava is found, and what its cells call. */
public final class IJava {
  private static JavaKernel kernel;

  private IJava() {}

  /** As IJava's. */
  public static JavaKernel getKernelInstance() {
    return kernel;
  }

  /** What a line magic becomes; the declaration in the cell says the type. */
  @SuppressWarnings("TypeParameterUnusedInFormals")
  public static <T> T lineMagic(String name, List<String> words) throws Exception {
    return kernel.getMagics().applyLineMagic(name, words);
  }

  /** What a cell magic becomes. */
  @SuppressWarnings("TypeParameterUnusedInFormals")
  public static <T> T cellMagic(String name, List<String> words, String body) throws Exception {
    return kernel.getMagics().applyCellMagic(name, words, body);
  }

  /** Serves a connection file until shut down. */
  public static void main(String[] args) throws Exception {
    JupyterSocket.JUPYTER_LOGGER.setLevel(Level.WARNING);
    JupyterConnection connection =
        new JupyterConnection(KernelConnectionProperties.parse(Files.readString(Path.of(args[0]))));
    kernel = new JavaKernel();
    kernel.becomeHandlerForConnection(connection);
    connection.connect();
    connection.waitUntilClose();
    System.exit(0);
  }
}
