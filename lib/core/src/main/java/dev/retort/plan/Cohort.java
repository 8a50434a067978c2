package dev.retort.plan;

import dev.retort.RetortException;
import dev.retort.evaluate.RunGroup;
import dev.retort.figure.Figure;
import dev.retort.figure.Lines;
import dev.retort.figure.Numbers;
import dev.retort.policy.Ensemble;
import dev.retort.policy.PolicyFile;
import dev.retort.random.RandomStream;
import dev.retort.run.Curve;
import dev.retort.run.RunFolder;
import dev.retort.run.Runs;
import java.util.Arrays;
import java.util.List;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/**
 * What a distillation of several seeds has become: ensembles that are independent runs of one
 * thing, and how their students learned.
 *
 * <p>Its curve shows how students come closer to their teacher; what they are worth is told by
 * {@code evaluate(..)}, which takes the ensembles as runs.
 *
 * @param title what was distilled into what
 * @param curve rows of update, student, loss and agreement; students are counted from 0 through all
 *     ensembles
 * @param policies one ensemble a seed, in the order of the seeds
 */
public record Cohort(String title, Curve curve, List<Ensemble> policies) implements Peers {
  /** Keeps a copy of the list, and refuses rows of students that it does not have. */
  public Cohort {
    policies = List.copyOf(policies);
    int students = policies.stream().mapToInt(ensemble -> ensemble.members().size()).sum();
    double[] student = curve.column("member");
    for (int row = 0; row < student.length; row++) {
      if (!(student[row] >= 0 && student[row] < students)) {
        throw new RetortException(
            "cohort: expected rows of students from 0 to %s, got student %s (row %s). Take another copy of the file."
                .formatted(students - 1, Numbers.of(student[row]), row));
      }
    }
  }

  /** The ensembles of a distillation of several seeds that has finished. */
  public static Cohort open(int run) {
    RunFolder folder = Runs.open(run);
    if (!folder.kind().equals("distill") || !folder.spec().has(Distilling.SEEDS)) {
      throw new RetortException(
          "cohort: expected a run that distills several seeds, got run %s, '%s'. runs() lists them all."
              .formatted(run, folder.title()));
    }
    return of(folder);
  }

  static Cohort of(RunFolder folder) {
    return new Cohort(folder.title(), folder.curve(), PolicyFile.ensembles(folder.result()));
  }

  /** The ensemble of one seed. */
  public Ensemble policy(int run) {
    if (run < 0 || run >= policies.size()) {
      throw new RetortException(
          "cohort: expected an ensemble from 0 to %s, got %s.".formatted(policies.size() - 1, run));
    }
    return policies.get(run);
  }

  /** The mean loss of the students of each ensemble, epoch by epoch, as independent runs. */
  public RunGroup group(String name) {
    double[] step = curve.column("step");
    double[] student = curve.column("member");
    double[] loss = curve.column("loss");
    double[] steps = Arrays.stream(step).distinct().toArray();
    int members = policies.get(0).members().size();
    double[][] losses = new double[policies.size()][steps.length];
    for (int row = 0; row < step.length; row++) {
      losses[(int) student[row] / members][Arrays.binarySearch(steps, step[row])] +=
          loss[row] / members;
    }
    return RunGroup.of(name, steps, losses).over("updates");
  }

  /** The interquartile mean of the loss over the ensembles with its 95 % band, and each of them. */
  public Figure plot() {
    String name = policies.size() == 1 ? "loss" : "IQM of %s ensembles".formatted(policies.size());
    return Lines.of(title, "updates", "loss", group(name).line(RandomStream.of(0, "band")));
  }

  /** Every row of the curve. */
  public Table table() {
    Table table = Table.create(title);
    for (String column : curve.columns()) {
      table.addColumns(DoubleColumn.create(column, curve.column(column)));
    }
    return Numbers.in(table);
  }

  @Override
  public String toString() {
    double[] last = curve.column("loss");
    int students = policies.size() * policies.get(0).members().size();
    double mean =
        Arrays.stream(last, Math.max(0, last.length - students), last.length)
            .average()
            .orElse(Double.NaN);
    return "%s: last loss %s (mean of %s)%n%s"
        .formatted(title, Numbers.of(mean), policies.size(), plot());
  }
}
