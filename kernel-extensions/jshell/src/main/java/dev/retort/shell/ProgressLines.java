package dev.retort.shell;

import dev.retort.figure.Glyphs;
import dev.retort.figure.Numbers;
import dev.retort.figure.TextTable;
import dev.retort.run.Curve;
import dev.retort.run.Reused;
import dev.retort.run.Run;
import dev.retort.run.RunEvent;
import dev.retort.run.RunListener;
import dev.retort.run.RunSummary;
import dev.retort.run.Runs;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Runs as lines of text, at most twelve for each: for JShell and scripts. */
public final class ProgressLines implements RunListener {
  private static final int LINES = 10;
  private static final int COLUMNS = 78;

  private final PrintStream out;
  private final Run<?> run;
  private final boolean curved;
  private String unit = "";
  private long printed;

  private ProgressLines(PrintStream out, Run<?> run) {
    this.out = out;
    this.run = run;
    this.curved = !run.summary().kind().equals("evaluate");
  }

  /** Shows every run that starts from now on, or is used again. */
  public static void install(PrintStream out) {
    Runs.onStart(run -> Optional.of(new ProgressLines(out, run)));
    Reused.onReuse(run -> again(out, run.summary()));
  }

  private static void again(PrintStream out, RunSummary run) {
    out.printf(
        Locale.ROOT,
        "run %s  %s: found again, done before in %s%n",
        run.name(),
        run.title(),
        Numbers.duration(run.seconds()));
  }

  @Override
  public void on(RunEvent event) {
    if (event instanceof RunEvent.Started started) {
      unit = started.unit();
      out.printf(
          Locale.ROOT, "run %04d  %s, in %s%n", started.run(), started.title(), started.folder());
      String details = run.summary().details();
      if (!details.isEmpty()) {
        out.println("  " + TextTable.line(details, COLUMNS, Glyphs.current()));
      }
      run.notes().forEach(note -> out.println("  " + note));
    } else if (event instanceof RunEvent.Progress progress) {
      long part = progress.step() * LINES / Math.max(1, progress.total());
      if (part > printed && progress.step() < progress.total()) {
        printed = part;
        out.printf(
            Locale.ROOT,
            "  %3d %%  %,d of %,d %s  %s%n",
            100 * progress.step() / progress.total(),
            progress.step(),
            progress.total(),
            unit,
            last(progress.curve()));
      }
    } else if (event instanceof RunEvent.Finished finished) {
      out.printf(
          Locale.ROOT,
          "  done in %s  %s%n",
          Numbers.duration(finished.seconds()),
          last(finished.curve()));
    } else if (event instanceof RunEvent.Stopped stopped) {
      String begun = stopped.step() > 0 ? "" : ", before anything of it could be saved";
      out.printf(
          Locale.ROOT, "  stopped at step %,d%s: %s%n", stopped.step(), begun, run.resuming());
    } else if (event instanceof RunEvent.Failed failed) {
      out.printf(Locale.ROOT, "  failed: %s%n", failed.message());
    }
  }

  private String last(Curve curve) {
    if (!curved || curve.rows() == 0) { // the records of an evaluation are its result
      return "";
    }
    return curve.shown().map(column -> column + " " + last(curve, column)).orElse("");
  }

  private static String last(Curve curve, String column) {
    double[] known = Arrays.stream(curve.column(column)).filter(Double::isFinite).toArray();
    return Numbers.of(known[known.length - 1]);
  }
}
