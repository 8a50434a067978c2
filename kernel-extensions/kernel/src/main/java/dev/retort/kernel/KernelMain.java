package dev.retort.kernel;

import dev.retort.kernel.wire.ConnectionFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;

/** Starts a kernel on the sockets that a connection file names. */
public final class KernelMain {
  private static final long HALT_AFTER_MILLIS = 8000;

  private KernelMain() {}

  /** Serves until shut down; the only argument is the connection file. */
  public static void main(String[] args) {
    if (args.length != 1) {
      System.err.println(
          "retort kernel: expected one argument, the connection file, got "
              + args.length
              + ". Jupyter starts kernels; see 'jupyter kernelspec list'.");
      System.exit(2);
    }
    // cells draw pictures, they do not open windows
    System.setProperty("java.awt.headless", System.getProperty("java.awt.headless", "true"));
    KernelServer server;
    try {
      Path file = Path.of(args[0]);
      ConnectionFile connection = ConnectionFile.read(file);
      if (ConnectionFile.isReadableByOthers(file)) {
        System.err.println(
            "retort kernel: connection file "
                + file
                + " can be read by others: whoever has its key can run code. chmod 600 it.");
      }
      server = new KernelServer(connection, KernelMain::exit);
    } catch (IOException | RuntimeException e) {
      System.err.println("retort kernel: " + e.getMessage());
      System.exit(1);
      return;
    }
    KernelStreams.install(server.outlet());
    System.setIn(server.prompt());
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "retort-close"));
    InterruptSignal.install(server::interrupt);
    String parent = System.getenv("JPY_PARENT_PID");
    if (parent != null) {
      ParentWatch.start(parent, () -> exit(0));
    }
    server.start();
    new Semaphore(0).acquireUninterruptibly(); // a cell may interrupt every thread that it finds
  }

  /** Ends the JVM: cleanly if it can be, and in any case soon. */
  private static void exit(int status) {
    Thread halt =
        new Thread(
            () -> {
              try {
                Thread.sleep(HALT_AFTER_MILLIS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              Runtime.getRuntime().halt(status);
            },
            "retort-halt");
    halt.setDaemon(true);
    halt.start();
    new Thread(() -> System.exit(status), "retort-exit").start();
  }
}
