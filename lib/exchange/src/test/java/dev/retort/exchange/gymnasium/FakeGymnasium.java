package dev.retort.exchange.gymnasium;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Commands that are Python with, or without, the little Gymnasium of the tests. */
final class FakeGymnasium {
  private FakeGymnasium() {}

  /** Lets environments be played with the little Gymnasium, by a command in a folder. */
  static void use(Path folder) {
    System.setProperty("retort.python", write(folder).toString());
  }

  /** The command that plays with the little Gymnasium. */
  static Path write(Path folder) {
    try {
      Path home =
          Path.of(FakeGymnasium.class.getResource("gymnasium/__init__.py").toURI())
              .getParent()
              .getParent();
      return write(
          folder, "PYTHONDONTWRITEBYTECODE=1 PYTHONPATH='%s' exec python3".formatted(home));
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** Lets environments be played with a Python that has nothing but what it comes with. */
  static void useNothing(Path folder) {
    System.setProperty("retort.python", write(folder, "exec python3 -I -S").toString());
  }

  private static Path write(Path folder, String words) {
    try {
      Path command = folder.resolve("python");
      Files.writeString(command, "#!/bin/sh\n" + words + " \"$@\"\n");
      Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
      return command;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
