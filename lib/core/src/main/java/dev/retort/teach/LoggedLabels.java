package dev.retort.teach;

import dev.retort.RetortException;
import dev.retort.data.Column;
import dev.retort.data.Dataset;
import dev.retort.data.ReturnsToGo;
import dev.retort.nn.Output;
import dev.retort.policy.Actor;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.space.Group;
import dev.retort.space.Trajectory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a decision transformer says of every step of data at the return-to-go that came. */
final class LoggedLabels {
  private static final int BATCH = 128;
  private static final String FEATURES = "features";

  private LoggedLabels() {}

  static Dataset of(Dataset data, Policy teacher) {
    if (!(teacher instanceof NetworkPolicy network)
        || !(network.perception() instanceof Trajectory trajectory)
        || !trajectory.whole().equals(data.observations())) {
      throw new RetortException(
          "labeled: expected a decision transformer of one network that sees what '%s' shows, got '%s'. Say data.labeledBy(\"teacher\", teacher, List.of(\"features\")), which asks any policy."
              .formatted(data.name(), teacher.name()));
    }
    Policy told =
        new NetworkPolicy(
            network.name(),
            trajectory.sees(),
            network.distribution(),
            network.blueprint(),
            network.parameters(),
            Optional.empty());
    List<Output> outputs = new ArrayList<>(network.distribution().outputs());
    network.outputs().stream().filter(o -> o.name().equals(FEATURES)).forEach(outputs::add);
    List<float[]> columns = outputs.stream().map(o -> new float[data.size() * o.size()]).toList();
    float[][] returns = returns(data, trajectory.goals().size());
    int size = trajectory.size();
    float[] windows = new float[BATCH * size];
    int width = Output.width(outputs);
    try (Actor actor = told.actor(BATCH, outputs)) {
      for (int from = 0; from < data.size(); from += BATCH) {
        Arrays.fill(windows, 0);
        int count = Math.min(BATCH, data.size() - from);
        for (int i = 0; i < count; i++) {
          fill(data, trajectory, returns, from + i, windows, i * size);
        }
        float[] all = actor.outputs(windows);
        for (int i = 0; i < count; i++) {
          int at = i * width;
          for (int k = 0; k < columns.size(); k++) {
            int own = outputs.get(k).size();
            System.arraycopy(all, at, columns.get(k), (from + i) * own, own);
            at += own;
          }
        }
      }
    }
    Dataset labeled = data;
    for (int k = 0; k < columns.size(); k++) {
      Output output = outputs.get(k);
      String name = Dataset.TEACHER + "." + output.name();
      labeled = labeled.with(Column.of(name, output.size(), columns.get(k)));
    }
    return labeled;
  }

  /** Returns-to-go of the team, or of each agent's own rewards. */
  private static float[][] returns(Dataset data, int goals) {
    if (goals == 1) {
      return new float[][] {ReturnsToGo.of(data, Dataset.REWARD).standardized().floats()};
    }
    Map<String, ?> agents = ((Group) data.actions()).parts();
    return agents.keySet().stream()
        .map(agent -> ReturnsToGo.of(data, Dataset.REWARD + "." + agent).standardized().floats())
        .toArray(float[][]::new);
  }

  /** The window whose last step is a row. */
  private static void fill(
      Dataset data, Trajectory trajectory, float[][] returns, int row, float[] to, int begin) {
    int start = data.start(data.episodeOf(row));
    float[] seen = new float[data.observations().size()];
    float[] told = new float[returns.length];
    for (int place = 0; place < trajectory.window(); place++) {
      int past = row - trajectory.window() + 1 + place;
      if (past >= start) {
        data.column(Dataset.OBSERVATION).read(past, seen, 0);
        for (int i = 0; i < told.length; i++) {
          told[i] = returns[i][past];
        }
        trajectory.put(seen, 0, past - start, told, 0, to, begin, place);
      }
    }
  }
}
