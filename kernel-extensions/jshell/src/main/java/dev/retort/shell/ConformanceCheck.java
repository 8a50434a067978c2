package dev.retort.shell;

import dev.retort.RetortException;
import dev.retort.env.Conformance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Replays reference trajectories. */
@Command(
    name = "conformance",
    description =
        "Replay reference trajectories: a JSON line for each environment with the largest one-step"
            + " error; the exit status is 1 above the tolerance, and where nothing could be"
            + " replayed.")
final class ConformanceCheck implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "a folder of files such as CartPole-v1.json")
  private Path folder;

  @Override
  public Integer call() {
    if (!Files.isDirectory(folder)) {
      throw refused("there is no such folder");
    }
    List<Conformance> all = Conformance.replay(folder);
    all.forEach(one -> System.out.println(one.toJsonLine()));
    if (all.stream().noneMatch(Conformance::available)) {
      throw refused(all.isEmpty() ? "no *.json in it" : "no file with an environment's name");
    }
    return all.stream().anyMatch(one -> one.available() && !one.passed()) ? 1 : 0;
  }

  private RetortException refused(String got) {
    return new RetortException(
        "conformance: expected a folder with files such as CartPole-v1.json, got '%s' (%s). Ours is lib/core/src/test/resources/dev/retort/env/trajectories."
            .formatted(folder, got));
  }
}
