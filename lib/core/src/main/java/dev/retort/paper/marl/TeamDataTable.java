package dev.retort.paper.marl;

import static dev.retort.paper.marl.OfflineAgents.FIXED;

import dev.retort.data.Dataset;
import dev.retort.evaluate.Statistics;
import dev.retort.figure.Dot;
import dev.retort.figure.Dots;
import dev.retort.figure.Figure;
import dev.retort.figure.Numbers;
import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The data: what episodes of each quality are worth. */
final class TeamDataTable implements StudyPart {
  private final Lessons lessons;

  TeamDataTable(Lessons lessons) {
    this.lessons = lessons;
  }

  @Override
  public String name() {
    return "data";
  }

  @Override
  public String explain(Scale scale) {
    return "data: %s episodes of each of %s qualities in %s"
        .formatted(
            Numbers.count(FIXED.count("episodes of data", scale)),
            DataQuality.values().length,
            TeamTask.all(scale));
  }

  @Override
  public Found run(Scale scale) {
    List<Finding> findings = new ArrayList<>();
    List<Figure> figures = new ArrayList<>();
    for (TeamTask task : TeamTask.all(scale)) {
      List<Dot> dots = new ArrayList<>();
      for (DataQuality quality : DataQuality.values()) {
        TeamData of = TeamData.of(scale, task).of(quality);
        Dataset data = lessons.data(of);
        double[] returns = data.returns();
        double goal = Statistics.quantile(returns, FIXED.number("goal"));
        findings.add(
            Measured.of(
                    "%s, data of %s".formatted(task, quality),
                    "team's return, mean over %s episodes".formatted(Numbers.count(returns.length)),
                    Statistics.mean(returns))
                .how("best", Numbers.of(Arrays.stream(returns).max().orElse(Double.NaN)))
                .how("goal at the first step", Numbers.of(goal))
                .how("standard deviation of episodes", Numbers.of(Statistics.deviation(returns)))
                .reported());
        dots.add(
            new Dot(
                quality.toString(),
                Statistics.mean(returns),
                Statistics.quantile(returns, 1 - FIXED.number("goal")),
                goal));
      }
      figures.add(
          new Dots(
              "%s: what the data are worth".formatted(task),
              "team's return of an episode, mean, and from 10 % to 90 %",
              dots));
    }
    return new Found(
        findings,
        figures,
        List.of(
            "The good data are a rule that knows all agents, a share of whose actions is random, .2, .5 or .9, drawn for each episode; mixing is what makes returns-to-go worth knowing. The normal ones are of a centralized PPO after three lengths of training, a third each; the poor ones random walks with a favorite direction."),
        0);
  }
}
