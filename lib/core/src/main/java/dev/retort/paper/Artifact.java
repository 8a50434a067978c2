package dev.retort.paper;

import dev.retort.RetortException;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** What a study leaves beside its numbers, such as a policy that others are to begin with. */
@FunctionalInterface
public interface Artifact {
  /** Writes it into the folder of the findings. */
  void save(Path folder);

  /** A policy as the file {@code NAME.safetensors}, which {@code policy(..)} opens. */
  static Artifact of(String name, Policy policy) {
    Policy named = policy instanceof NetworkPolicy network ? network.named(name) : policy;
    return folder -> named.save(folder.resolve(name + ".safetensors"));
  }

  /**
   * Writes several into a folder, which is made if it is not there.
   *
   * @throws RetortException if it cannot be made
   */
  static void save(List<Artifact> artifacts, Path folder) {
    if (!artifacts.isEmpty()) {
      made(folder);
    }
    artifacts.forEach(artifact -> artifact.save(folder));
  }

  /**
   * What was saved into a folder before; nothing where there is no such folder.
   *
   * @throws RetortException if the folder cannot be read; when it is saved, if a file cannot be
   *     copied
   */
  static List<Artifact> in(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().map(file -> copy(folder, file)).toList();
    } catch (IOException broken) {
      throw failed(folder, "read", broken);
    }
  }

  private static Artifact copy(Path folder, Path file) {
    return to -> {
      Path target = to.resolve(folder.relativize(file));
      made(target.getParent());
      try {
        Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException broken) {
        throw failed(target, "write", broken);
      }
    };
  }

  private static void made(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException broken) {
      throw failed(folder, "make", broken);
    }
  }

  private static RetortException failed(Path place, String verb, IOException broken) {
    return new RetortException(
        "artifacts of a study: cannot %s '%s' (%s). Choose a folder of your own."
            .formatted(verb, place, broken.getMessage()),
        broken);
  }
}
