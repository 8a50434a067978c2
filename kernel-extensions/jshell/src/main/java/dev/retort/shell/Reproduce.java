package dev.retort.shell;

import dev.retort.RetortException;
import dev.retort.paper.Findings;
import dev.retort.paper.Reproduction;
import dev.retort.paper.Verdict;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Does an experiment again. */
@Command(
    name = "reproduce",
    description =
        "Do an experiment again and print its numbers beside the published ones: benchmarks, catalogue,"
            + " ensembles, dqinit, kept-gains, geomagnetic, compass, marl, unilegs or zoo. Its trainings are runs in runs/; one that was interrupted goes on, and one that is done"
            + " is used. Exit status 3 says that a criterion was missed, 4 that none was but a claim is void,"
            + " because its precondition failed.")
final class Reproduce implements Callable<Integer> {
  private static final int MISSED = 3;
  private static final int VOID = 4;

  @Parameters(paramLabel = "NAME", description = "which experiment")
  private String name;

  @Option(
      names = "--preset",
      paramLabel = "SIZE",
      description = "unit (seconds), cpu or gpu (default: ${DEFAULT-VALUE})")
  private String preset = "unit";

  @Option(
      names = "--only",
      paramLabel = "WORDS",
      description =
          "parts whose names contain one of these, such as Acrobot,Pendulum, or one whole name, such as \"CartPole, DQN\" (default: all)")
  private String only = "";

  @Option(
      names = "--table",
      paramLabel = "N",
      description = "one table or figure of a paper: 1, 2, 3 or fig5; the same as --only table-1")
  private String table = "";

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "where to write (default: reproductions/NAME-SIZE)")
  private Path out;

  @Option(
      names = "--keeping",
      paramLabel = "FOLDER",
      description =
          "keep the findings of each part there as it ends, and take those that are there: a long"
              + " study goes on on another machine")
  private String keeping = "";

  @Option(names = "--explain", description = "say what would be done, and do nothing")
  private boolean explain;

  @Option(names = "--quiet", description = "show no progress, only what was found")
  private boolean quiet;

  @Override
  public Integer call() {
    Reproduction plan =
        Reproduction.of(name).preset(preset).set("only", part(only, table)).set("keeping", keeping);
    if (explain) {
      System.out.println(plan.explain());
      return 0;
    }
    ProgressLines.install(System.out);
    Findings found = quiet ? plan.quiet().run() : plan.run();
    Path folder = out == null ? Path.of("reproductions", found.study() + "-" + found.scale()) : out;
    found.save(folder);
    System.out.println();
    System.out.println(FindingLines.of(found));
    System.out.println();
    System.out.println("numbers   " + folder.resolve("summary.json"));
    System.out.println("table     " + folder.resolve("table.md"));
    System.out.println("picture   " + folder.resolve("figure.png"));
    return status(found);
  }

  /** What a script is told of the verdicts. */
  static int status(Findings found) {
    if (found.isReproduced()) {
      return 0;
    }
    return found.of(Verdict.MISSED).isEmpty() ? VOID : MISSED;
  }

  /** {@code --table 1} and {@code --table fig5} as parts are called. */
  static String part(String only, String table) {
    if (table.isEmpty()) {
      return only.isEmpty() ? "all" : only;
    }
    if (!only.isEmpty()) {
      throw new RetortException(
          "reproduce: expected --table or --only, got both. Say --only %s,%s for all of them."
              .formatted(part("", table), only));
    }
    return table.startsWith("fig") ? "figure-" + table.substring(3) : "table-" + table;
  }
}
