package dev.retort.shell;

import dev.retort.env.Conformance;
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
            + " error; the exit status is 1 above the tolerance.")
final class ConformanceCheck implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "a folder of files such as CartPole-v1.json")
  private Path folder;

  @Override
  public Integer call() {
    List<Conformance> all = Conformance.replay(folder);
    all.forEach(one -> System.out.println(one.toJsonLine()));
    return all.stream().anyMatch(one -> one.available() && !one.passed()) ? 1 : 0;
  }
}
