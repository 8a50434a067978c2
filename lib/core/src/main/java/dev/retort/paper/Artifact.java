package dev.retort.paper;

import java.nio.file.Path;

/** What a study leaves beside its numbers, such as a policy that others are to begin with. */
@FunctionalInterface
public interface Artifact {
  /** Writes it into the folder of the findings. */
  void save(Path folder);
}
