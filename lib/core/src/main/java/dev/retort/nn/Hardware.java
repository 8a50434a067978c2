package dev.retort.nn;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What the machine tells of its NVIDIA GPU without the engine.
 *
 * @param driver whether a driver is installed
 * @param card the first GPU, where the driver names it
 */
record Hardware(boolean driver, Optional<Card> card) {
  private static final Path DRIVER = Path.of("/proc/driver/nvidia/version");
  private static final long SECONDS = 5;

  /**
   * A GPU.
   *
   * @param name of the model
   * @param bytes of its memory
   * @param free bytes that nobody uses
   */
  record Card(String name, long bytes, long free) {
    /** What a line such as {@code NVIDIA H100, 81559, 81007} says, in mebibytes. */
    static Optional<Card> parse(String text) {
      String[] words = text.lines().findFirst().orElse("").split("\\s*,\\s*", -1);
      if (words.length != 3 || !words[1].matches("\\d{1,9}") || !words[2].matches("\\d{1,9}")) {
        return Optional.empty();
      }
      return Optional.of(
          new Card(
              words[0].strip(), Long.parseLong(words[1]) << 20, Long.parseLong(words[2]) << 20));
    }
  }

  /** Asks the driver. */
  static Hardware look() {
    Optional<Card> card =
        answer(
                "nvidia-smi",
                "--query-gpu=name,memory.total,memory.free",
                "--format=csv,noheader,nounits")
            .flatMap(Card::parse);
    return new Hardware(card.isPresent() || Files.exists(DRIVER), card);
  }

  private static Optional<String> answer(String... command) {
    try {
      Path output = Files.createTempFile("retort", ".gpu");
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          return Optional.empty();
        }
        return process.exitValue() == 0
            ? Optional.of(Files.readString(output, StandardCharsets.UTF_8))
            : Optional.empty();
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      return Optional.empty(); // there is no such program
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
