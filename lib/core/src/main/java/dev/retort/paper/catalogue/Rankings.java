package dev.retort.paper.catalogue;

import dev.retort.evaluate.Statistics;
import dev.retort.figure.Dots;
import dev.retort.figure.Figure;
import dev.retort.figure.Line;
import dev.retort.figure.Lines;
import dev.retort.figure.Scatter;
import dev.retort.figure.Trace;
import dev.retort.paper.Measured;
import dev.retort.random.RandomStream;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The pictures of a task: losses and loops by what they reach, while they learn, and by what they
 * ask.
 *
 * @param name of the task
 * @param arms all of them
 * @param ranked their returns, the best first
 */
record Rankings(String name, List<Arm> arms, List<Measured> ranked) {
  /** All pictures; returns are those of each run, by the name of the arm. */
  List<Figure> figures(Map<String, double[]> returns) {
    List<Line> lines =
        arms.stream()
            .filter(arm -> arm.curves().isPresent())
            .map(arm -> arm.curves().get().group(arm.name()).line(RandomStream.of(0, "band")))
            .toList();
    Function<Arm, Trace> place =
        arm ->
            Trace.of(
                arm.name(),
                new double[] {Math.log10(1 + (double) arm.queries())},
                new double[] {Statistics.mean(returns.get(arm.name()))});
    return List.of(
        ranking(name + ": losses", false),
        ranking(name + ": loops", true),
        new Lines(name + ": while learning", "environment steps", "return", lines),
        new Scatter(
            name + ": labels",
            "labels of the teacher (log₁₀)",
            "mean return",
            arms.stream().filter(Arm::isLoop).map(place).toList(),
            false));
  }

  /** Mean returns of those arms that are loops, or of those that are losses. */
  private Figure ranking(String title, boolean loops) {
    List<String> names = arms.stream().filter(arm -> arm.isLoop() == loops).map(Arm::name).toList();
    String before = name + ", ";
    return new Dots(
        title,
        "mean return of each run",
        ranked.stream()
            .filter(each -> names.contains(each.name().substring(before.length())))
            .map(each -> each.dot(each.name().substring(before.length())).runs(each.values()))
            .toList());
  }
}
