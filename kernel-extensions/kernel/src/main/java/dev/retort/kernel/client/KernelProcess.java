package dev.retort.kernel.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.retort.kernel.wire.ConnectionFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A kernel in a process of its own, with its connection file in a folder that nobody else sees. */
final class KernelProcess {
  private final Process process;
  private final ConnectionFile connection;
  private final Path folder;

  private KernelProcess(Process process, ConnectionFile connection, Path folder) {
    this.process = process;
    this.connection = connection;
    this.folder = folder;
  }

  static KernelProcess start(KernelLaunch launch) throws IOException {
    Path folder = Files.createTempDirectory("retort-kernel-");
    ConnectionFile connection = ConnectionFile.loopback();
    Path file = folder.resolve("connection.json");
    connection.write(file);
    ProcessBuilder builder =
        new ProcessBuilder(launch.command(file.toString()))
            .directory(launch.folder().toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("kernel.log").toFile());
    builder.environment().putAll(launch.environment());
    builder.environment().put("JPY_PARENT_PID", String.valueOf(ProcessHandle.current().pid()));
    try {
      return new KernelProcess(builder.start(), connection, folder);
    } catch (IOException e) {
      delete(folder);
      throw e;
    }
  }

  ConnectionFile connection() {
    return connection;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** What the process itself printed, outside of any cell. */
  String said() {
    try {
      return Files.readString(folder.resolve("kernel.log"), UTF_8);
    } catch (IOException e) {
      return "(nothing: " + e.getMessage() + ")";
    }
  }

  /** What became of the process, and what it said, for messages. */
  String state() {
    String all = said();
    String said = all.substring(Math.max(0, all.length() - 4000)).strip();
    return (process.isAlive()
            ? "The process runs: look whether programs may talk over the loopback interface."
            : "The process ended with status " + process.exitValue() + ".")
        + (said.isEmpty() ? "" : " It said:\n" + said);
  }

  void kill() {
    process.destroyForcibly();
  }

  /** Waits for the process to end, ends it by force after a while, and tidies up. */
  void end(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        boolean unused = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    delete(folder);
  }

  private static void delete(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("removing " + folder, e);
    }
  }
}
