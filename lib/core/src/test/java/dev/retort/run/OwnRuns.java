package dev.retort.run;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test each of whose methods has a folder of runs for itself. */
public interface OwnRuns {
  /** Makes it. */
  @BeforeEach
  default void runsOfItsOwn(@TempDir Path folder) {
    System.setProperty("retort.runs", folder.toString());
  }

  /** Leaves it. */
  @AfterEach
  default void asBefore() {
    System.clearProperty("retort.runs");
  }

  /** The folder. */
  default Path runs() {
    return Path.of(System.getProperty("retort.runs"));
  }
}
