package dev.retort.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.retort.kernel.wire.Outlet;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * Leads standard output and standard error of this JVM into the outlet, as UTF-8.
 *
 * <p>Cells own neither: closing such a stream sends what is in it, and it stays open.
 */
final class KernelStreams {
  private KernelStreams() {}

  static void install(Outlet outlet) {
    System.setOut(new Unclosed(new Sink(outlet, "stdout")));
    System.setErr(new Unclosed(new Sink(outlet, "stderr")));
  }

  private static final class Unclosed extends PrintStream {
    Unclosed(OutputStream sink) {
      super(sink, false, UTF_8);
    }

    @Override
    public void close() {
      flush();
    }
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
