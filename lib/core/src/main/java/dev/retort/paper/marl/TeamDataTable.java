package dev.retort.paper.marl;

import static dev.retort.paper.marl.OfflineAgents.FIXED;

import dev.retort.evaluate.Statistics;
import dev.retort.figure.Dot;
import dev.retort.figure.Dots;
import dev.retort.figure.Figure;
import dev.retort.figure.Numbers;
import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import dev.retort.paper.Scale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The data: what episodes of each quality are worth. */
record TeamDataTable(Lessons lessons) implements TaskPart {
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
  public List<String> notes() {
    return List.of(
        "The good data are a rule that knows all agents, a share of whose actions is random, .2, .5 or .9, drawn for each episode; mixing is what makes returns-to-go worth knowing. The normal ones are of a centralized PPO after three lengths of training, a third each; the poor ones random walks with a favorite direction.");
  }

  @Override
  public Found found(TeamData main) {
    List<Finding> findings = new ArrayList<>();
    List<Dot> dots = new ArrayList<>();
    for (DataQuality quality : DataQuality.values()) {
      double[] returns = lessons.data(main.of(quality)).returns();
      double mean = Statistics.mean(returns);
      double goal = Statistics.quantile(returns, FIXED.number("goal"));
      findings.add(
          Measured.of(
                  "%s, data of %s".formatted(main.task(), quality),
                  "team's return, mean over %s episodes".formatted(Numbers.count(returns.length)),
                  mean)
              .how("best", Numbers.of(Arrays.stream(returns).max().orElse(Double.NaN)))
              .how("goal at the first step", Numbers.of(goal))
              .how("standard deviation of episodes", Numbers.of(Statistics.deviation(returns)))
              .reported());
      double low = Statistics.quantile(returns, 1 - FIXED.number("goal"));
      dots.add(new Dot(quality.toString(), mean, low, goal));
    }
    Figure figure =
        new Dots(
            main.task() + ": what the data are worth",
            "return of an episode: mean, 10 % to 90 %",
            dots);
    return new Found(findings, List.of(figure), List.of(), 0);
  }
}
