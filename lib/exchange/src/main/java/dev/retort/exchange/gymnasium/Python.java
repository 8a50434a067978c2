package dev.retort.exchange.gymnasium;

import dev.retort.RetortException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The Python that environments are played in: which one, and how a process of it begins. */
final class Python {
  /** Reads the program from the pipe, so that no file of it is needed. */
  private static final String FIRST_LINE =
      "import sys; exec(compile(sys.stdin.buffer.read(int(sys.stdin.buffer.readline())), 'bridge.py', 'exec'))";

  private static final byte[] PROGRAM = program();

  private Python() {}

  private static byte[] program() {
    try (InputStream stream = Python.class.getResourceAsStream("bridge.py")) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("a resource of the jar that cannot be read", e);
    }
  }

  /** The commands to try: the one that was named, or else those that are usual. */
  private static List<String> commands() {
    return Stream.of(
            Optional.ofNullable(System.getProperty("retort.python")),
            Optional.ofNullable(System.getenv("RETORT_PYTHON")))
        .flatMap(Optional::stream)
        .filter(name -> !name.isBlank())
        .findFirst()
        .map(List::of)
        .orElse(List.of("python3", "python"));
  }

  /**
   * Starts a process that has read its program.
   *
   * @param env what it is for, which is the word after its program in a list of processes
   * @param words the file that receives what it says on its standard error
   */
  static Process start(String env, Path words) {
    IOException refusal = new IOException();
    for (String command : commands()) {
      try {
        Process process =
            new ProcessBuilder(
                    command,
                    "-X",
                    "faulthandler",
                    "-c",
                    FIRST_LINE,
                    "retort",
                    env,
                    words.toString())
                .redirectError(words.toFile())
                .start();
        byte[] length = (PROGRAM.length + "\n").getBytes(StandardCharsets.US_ASCII);
        process.getOutputStream().write(length);
        process.getOutputStream().write(PROGRAM);
        process.getOutputStream().flush();
        return process;
      } catch (IOException e) {
        refusal = e;
      }
    }
    throw new RetortException(
        "%s: expected a Python to play it in, got none as %s (%s). Install Python 3 and then Gymnasium (pip install gymnasium), or name another one with -Dretort.python=FILE or RETORT_PYTHON."
            .formatted(env, String.join(" or ", commands()), refusal.getMessage()),
        refusal);
  }

  /** A file for what a process says on its standard error. */
  static Path words() {
    try {
      Path words = Files.createTempFile("retort-gymnasium-", ".txt");
      words.toFile().deleteOnExit();
      return words;
    } catch (IOException e) {
      throw new RetortException(
          "gymnasium: expected a folder for temporary files, got %s. Set -Djava.io.tmpdir=FOLDER."
              .formatted(e),
          e);
    }
  }
}
