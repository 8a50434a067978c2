package dev.retort.distill;

import dev.retort.RetortException;
import dev.retort.data.Column;
import dev.retort.data.Dataset;
import dev.retort.data.View;
import dev.retort.nn.Architecture;
import dev.retort.nn.Blueprint;
import dev.retort.nn.InputShape;
import dev.retort.nn.Network;
import dev.retort.nn.Output;
import dev.retort.nn.Rows;
import dev.retort.nn.Trunk;
import dev.retort.option.Given;
import dev.retort.policy.ArchitectureText;
import dev.retort.policy.NetworkPolicy;
import dev.retort.random.RandomStream;
import dev.retort.run.Finite;
import dev.retort.space.Selection;
import dev.retort.space.Space;
import dev.retort.space.SpaceText;
import dev.retort.space.Spaces;
import dev.retort.store.TensorFile;
import dev.retort.store.Tensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A population of networks that predict columns of a dataset; what it says is the mean of what they
 * say.
 *
 * <pre>{@code
 * Predictor reward = fit(mlp(64)).to(data).minimizing("reward", mse()).run();
 * float[] expected = reward.predict(0.1f, 0, -0.05f, 0);      // the numbers of an observation
 * Column all = reward.predict(data).get(0);
 * }</pre>
 */
public final class Predictor {
  private static final String KIND = "predictor";
  private static final int BATCH = 1024;

  private final String name;
  private final Space observations;
  private final View view;
  private final Blueprint blueprint;
  private final List<float[]> members;

  Predictor(
      String name, Space observations, View view, Blueprint blueprint, List<float[]> members) {
    this.name = name;
    this.observations = observations;
    this.view = view;
    this.blueprint = blueprint;
    this.members = List.copyOf(members);
  }

  /** Its name in tables and messages. */
  public String name() {
    return name;
  }

  /** Observations of the dataset that it learned from. */
  public Space observations() {
    return observations;
  }

  /** What of a row it sees. */
  public View seeing() {
    return view;
  }

  /** What it predicts: an output for each column, of its name and width. */
  public List<Output> outputs() {
    return blueprint.outputs();
  }

  /** How many networks it is the mean of. */
  public int members() {
    return members.size();
  }

  /** One of its networks alone, counted from 0. */
  public Predictor member(int index) {
    if (index < 0 || index >= members.size()) {
      throw new RetortException(
          "%s: expected a member from 0 to %s, got %s.".formatted(name, members.size() - 1, index));
    }
    return new Predictor(
        name + " (member " + index + ")",
        observations,
        view,
        blueprint,
        List.of(members.get(index)));
  }

  /** Its networks without their parameters. */
  public Blueprint blueprint() {
    return blueprint;
  }

  /** A copy of the parameters of one network. */
  public float[] parameters(int member) {
    return members.get(member).clone();
  }

  /**
   * Predicts for one observation.
   *
   * @param observation all its numbers, also where fewer are seen
   * @return the numbers of all outputs, one behind the other
   */
  public float[] predict(float... observation) {
    Selection sees =
        view.selection(observations)
            .orElseThrow(
                () ->
                    new RetortException(
                        "%s: expected a view of the observation alone, got %s. Ask predict(data), where the steps before are known."
                            .formatted(name, view)));
    if (observation.length != observations.size()) {
      throw new RetortException(
          "%s: expected an observation of %s numbers (%s), got %s."
              .formatted(name, observations.size(), observations.summary(), observation.length));
    }
    float[] seen = new float[sees.sees().size()];
    sees.take(observation, 0, seen, 0);
    return means(seen, 1);
  }

  /** Predicts for every row of a dataset: a column for each output, of its name. */
  public List<Column> predict(Dataset data) {
    Given.given("predict", "a dataset", data);
    new Spaces(observations, data.actions())
        .require(
            name,
            "a dataset",
            "",
            "'%s'".formatted(data.name()),
            data.spaces(),
            "Collect where its own data is from.");
    int width = view.sees(data.observations()).size();
    View.Sight sight = view.of(data);
    RandomStream random = RandomStream.of(0, "predict");
    float[] seen = new float[data.size() * width];
    for (int row = 0; row < data.size(); row++) {
      sight.look(row, random, seen, row * width);
    }
    return columns(means(seen, data.size()), data.size());
  }

  private List<Column> columns(float[] all, int rows) {
    int width = Output.width(outputs());
    List<Column> columns = new ArrayList<>();
    int from = 0;
    for (Output output : outputs()) {
      float[] own = new float[rows * output.size()];
      for (int row = 0; row < rows; row++) {
        System.arraycopy(all, row * width + from, own, row * output.size(), output.size());
      }
      columns.add(Column.of(output.name(), output.size(), own));
      from += output.size();
    }
    return columns;
  }

  /** Means over the members, {@code (rows, width)}, of what is seen, {@code (rows, inputs)}. */
  private float[] means(float[] seen, int rows) {
    int width = Output.width(outputs());
    float[] means = new float[rows * width];
    try (Network network = Network.of(blueprint, members)) {
      int inputs = network.inputs();
      int batch = Math.min(BATCH, rows);
      float[] out = new float[members.size() * batch * width];
      for (int from = 0; from < rows; from += batch) {
        int count = Math.min(batch, rows - from);
        float[] some = Arrays.copyOfRange(seen, from * inputs, (from + count) * inputs);
        network.predict(some, count, Rows.SHARED, out);
        for (int i = 0; i < count * width; i++) {
          double sum = 0;
          for (int member = 0; member < members.size(); member++) {
            sum += out[member * count * width + i];
          }
          means[from * width + i] = (float) (sum / members.size());
        }
      }
    }
    return means;
  }

  /** Everything as arrays; a view that is code cannot be written. */
  public Tensors tensors() {
    if (!View.isText(view)) {
      throw new RetortException(
          "save '%s': expected a view that can be written, got one of your own, %s, which is code."
              .formatted(name, view));
    }
    int size = members.get(0).length;
    float[] all = new float[members.size() * size];
    for (int member = 0; member < members.size(); member++) {
      System.arraycopy(members.get(member), 0, all, member * size, size);
    }
    return ArchitectureText.write(blueprint.architecture(), new Tensors())
        .describe("kind", KIND)
        .describe("name", name)
        .describe("observations", SpaceText.write(observations).toString())
        .describe("sees", view.toString())
        .describe("outputs", outputs().stream().map(Output::text).collect(Collectors.joining(", ")))
        .put("parameters", all, members.size(), size);
  }

  /** Reads what {@link #tensors()} gave. */
  public static Predictor of(Tensors tensors) {
    String name = tensors.described("name");
    String owner = "open '" + name + "'";
    Space observations = SpaceText.read(tensors.described("observations"));
    View view = View.type().read(owner, "sees", tensors.described("sees"));
    Architecture network = ArchitectureText.read(owner, tensors);
    List<Output> outputs =
        Arrays.stream(tensors.described("outputs").split(",", -1))
            .map(text -> Output.read(owner, text))
            .toList();
    InputShape shape = NetworkPolicy.shape(view.sees(observations));
    Blueprint blueprint = new Blueprint(network, shape, outputs, Trunk.SHARED);
    int[] size = tensors.shape("parameters");
    if (size.length != 2 || size[0] < 1 || size[1] != blueprint.parameters()) {
      throw new RetortException(
          "%s: expected parameters of shape (members, %s), got %s."
              .formatted(owner, blueprint.parameters(), Arrays.toString(size)));
    }
    float[] all = tensors.floats("parameters");
    int odd = Finite.first(all, 0, all.length);
    if (odd >= 0) {
      throw new RetortException(
          "%s: expected finite parameters, got %s (member %s, parameter %s)."
              .formatted(owner, all[odd], odd / size[1], odd % size[1]));
    }
    List<float[]> members = new ArrayList<>();
    for (int member = 0; member < size[0]; member++) {
      members.add(Arrays.copyOfRange(all, member * size[1], (member + 1) * size[1]));
    }
    return new Predictor(name, observations, view, blueprint, members);
  }

  /** Writes it to a file, complete or not at all; {@code predictor(file)} reads it. */
  public void save(Path file) {
    Given.file("save predictor", file, TensorFile.ENDING);
    TensorFile.write(file, tensors());
  }

  /** Reads one from a file. */
  public static Predictor open(Path file) {
    Given.given("open predictor", "a file", file);
    return TensorFile.open(file, KIND, Predictor::of);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: %d member%s, each %s with %,d parameters, %s, seeing %s -> %s",
        name,
        members.size(),
        members.size() == 1 ? "" : "s",
        blueprint.architecture(),
        blueprint.parameters(),
        observations.summary(),
        view,
        outputs().stream().map(Output::text).collect(Collectors.joining(", ")));
  }
}
