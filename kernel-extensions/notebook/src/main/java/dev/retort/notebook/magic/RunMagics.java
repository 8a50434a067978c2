package dev.retort.notebook.magic;

import static dev.retort.Retort.plot;
import static dev.retort.Retort.resume;
import static dev.retort.Retort.resumeAnyway;
import static dev.retort.Retort.runs;
import static dev.retort.Retort.stop;

import dev.retort.RetortException;
import dev.retort.data.Dataset;
import dev.retort.evaluate.Comparison;
import dev.retort.evaluate.Evaluation;
import dev.retort.figure.Figure;
import dev.retort.notebook.Notebook;
import dev.retort.notebook.Renderings;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.plan.Cohort;
import dev.retort.plan.Curves;
import dev.retort.plan.Peers;
import dev.retort.plan.Plotting;
import dev.retort.run.Run;
import dev.retort.run.RunSummary;
import dev.retort.run.RunTable;
import java.util.List;
import java.util.Optional;

/** {@code %runs}, {@code %resume}, {@code %stop} and {@code %plot}. */
final class RunMagics {
  private static final Schema RUNS = new Schema("runs");
  private static final Schema RESUME = new Schema("resume");
  private static final Schema STOP = new Schema("stop");
  private static final Schema PLOT = new Schema("plot");
  private static final Option<String> RESUMED =
      RESUME.option("run", Words.STOPPED_RUN, "").says("which run goes on");
  private static final Option<String> STOPPED =
      STOP.option("run", Words.ACTIVE_RUN, "").says("which run is to stop");
  private static final Option<List<String>> PLOTTED =
      PLOT.option("runs", Words.PLOTTED, List.of()).says("what is plotted");

  private RunMagics() {}

  static List<RetortMagic> all() {
    return List.of(
        new Spoken(
            Manual.line(
                    "plot",
                    "Figure",
                    "plots the curves of runs, or a result",
                    List.of("%plot 1 2 --smooth 10", "%plot scratch", "%plot run"),
                    List.of("runs"),
                    PLOT,
                    Plotting.OPTIONS)
                .needing("runs"),
            RunMagics::plotted),
        new Spoken(
            Manual.line("runs", "RunTable", "lists all runs", List.of("%runs"), List.of(), RUNS),
            (said, notebook) -> Phrase.of("runs()", RunTable.class, open -> runs())),
        new Spoken(
            Manual.line(
                    "resume",
                    "Object",
                    "goes on with a run that was stopped, exactly",
                    List.of("%resume 3", "%resume 3 --anyway"),
                    List.of("run"),
                    RESUME)
                .needing("run")
                .switches(Switch.ANYWAY),
            (said, notebook) ->
                resumed(number("%resume", said.need(RESUME, RESUMED)), said.has(Switch.ANYWAY))),
        new Spoken(
            Manual.line(
                    "stop",
                    "Run",
                    "asks a run to stop and to save itself",
                    List.of("%stop 3"),
                    List.of("run"),
                    STOP)
                .needing("run"),
            (said, notebook) -> {
              int id = number("%stop", said.need(STOP, STOPPED));
              return Phrase.of("stop(" + id + ")", Run.class, open -> stop(id));
            }));
  }

  private static int number(String magic, String word) {
    if (!Thing.isNumber(word)) {
      throw new RetortException(
          "%s: expected a run's number, got '%s'. %%runs lists them.".formatted(magic, word));
    }
    return Thing.number(word);
  }

  private static Phrase<?> resumed(int id, boolean anyway) {
    return new Phrase<>(
        (anyway ? "resumeAnyway(" : "resume(") + id + ")",
        "java.lang.Object",
        Phrase.Shown.ALREADY,
        open -> {
          Object result = anyway ? resumeAnyway(id) : resume(id);
          boolean seen = open.live().shows(id);
          if (result instanceof Dataset || result instanceof Evaluation || !seen) {
            open.live().replace(id, Renderings.of(result));
          }
          return result;
        });
  }

  private static Phrase<?> plotted(Said said, Notebook notebook) {
    List<String> words = said.needAll(PLOT, PLOTTED);
    Settings settings = said.of(Plotting.OPTIONS);
    if (words.stream().allMatch(Thing::isNumber)) {
      List<Integer> ids = words.stream().map(Integer::valueOf).toList();
      String numbers = String.join(", ", ids.stream().map(String::valueOf).toList());
      return Phrase.of(
          "plot(%s)%s.run()".formatted(numbers, Fluent.calls(settings)),
          Figure.class,
          open -> {
            int[] all = ids.stream().mapToInt(Integer::intValue).toArray();
            return new Plotting(settings, plot(all).runs()).run();
          });
    }
    String word = words.get(0);
    Optional<Plotting> run = ofRun(word, notebook);
    if (words.size() == 1 && run.isPresent()) {
      List<Integer> ids = run.get().runs();
      return Phrase.of(
          "plot(%s)%s.run()".formatted(word, Fluent.calls(settings)),
          Figure.class,
          open -> new Plotting(settings, ids).run());
    }
    if (words.size() > 1) {
      throw new RetortException(
          "%%plot: expected runs' numbers or one variable, got %s."
              .formatted(String.join(", ", words)));
    }
    if (!settings.differences().isEmpty()) {
      throw new RetortException(
          "%%plot: expected runs' numbers with '%s', got the variable '%s'. Leave the option out."
              .formatted(settings.differences().get(0), word));
    }
    Object value =
        Thing.variable(word, notebook, Peers.class, Evaluation.class, Comparison.class, Run.class);
    return Phrase.of(word + ".plot()", Figure.class, open -> figure(word, value));
  }

  /** The plan to plot a run that a variable holds; empty where it holds none. */
  private static Optional<Plotting> ofRun(String word, Notebook notebook) {
    Object value = notebook.variables().get(word).orElse("");
    if (value instanceof Run<?> run) {
      return Optional.of(plot(run));
    }
    return value instanceof RunSummary run ? Optional.of(plot(run)) : Optional.empty();
  }

  private static Figure figure(String word, Object value) {
    if (value instanceof Curves curves) {
      return curves.plot();
    }
    if (value instanceof Cohort cohort) {
      return cohort.plot();
    }
    if (value instanceof Evaluation evaluation) {
      return evaluation.plot();
    }
    if (value instanceof Comparison comparison) {
      return comparison.plot();
    }
    throw new RetortException(
        "%%plot: expected Curves, a Cohort, an Evaluation, a Comparison or a Run in '%s', got %s. A policy's curve is that of its run: %%runs."
            .formatted(word, Thing.kind(value)));
  }
}
