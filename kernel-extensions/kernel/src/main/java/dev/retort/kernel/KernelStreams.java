package dev.retort.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.retort.kernel.wire.Outlet;
import java.io.OutputStream;
import java.io.PrintStream;

/** Leads standard output and standard error of this JVM into the outlet, as UTF-8. */
final class KernelStreams {
  private KernelStreams() {}

  static void install(Outlet outlet) {
    System.setOut(new PrintStream(new Sink(outlet, "stdout"), false, UTF_8));
    System.setErr(new PrintStream(new Sink(outlet, "stderr"), false, UTF_8));
  }

  private static final class Sink extends OutputStream {
    private final Outlet outlet;
    private final String stream;

    Sink(Outlet outlet, String stream) {
      this.outlet = outlet;
      this.stream = stream;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      outlet.print(stream, bytes, offset, length);
    }
  }
}
