package dev.retort.nn;

import ai.djl.ndarray.NDManager;
import dev.retort.RetortException;
import dev.retort.random.RandomStream;
import dev.retort.run.Resumable;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A population of networks of one architecture, with their parameters in one flat array.
 *
 * <p>The array is ordered by layer, and within a layer by member: {@code [slice][member][numbers]}.
 * It lives twice, as a Java array which optimizers change, and as memory that the engine's tensors
 * alias; {@link #parametersChanged()} copies the first to the second. Gradients arrive the other
 * way round.
 *
 * <p>A network belongs to one thread at a time.
 */
public final class Network implements AutoCloseable {
  private final Blueprint blueprint;
  private final int members;
  private final int inputs;
  private final int width;
  private final Layout layout;
  private final float[] parameters;
  private final float[] gradients;
  private final FloatBuffer engineParameters;
  private final NDManager manager = Engine.newManager();
  private final Written written;
  private final Optional<RowPerceptron> inJava;
  private int recordedBatch;

  private Network(Blueprint blueprint, int members) {
    this.blueprint = blueprint;
    this.members = members;
    this.inputs = blueprint.inputShape().size();
    this.width = blueprint.outputs().stream().mapToInt(Output::size).sum();
    this.layout = new Layout(blueprint, members);
    this.parameters = new float[layout.size()];
    this.gradients = new float[layout.size()];
    ByteBuffer bytes = EngineBuffer.direct(layout.size());
    this.engineParameters = bytes.asFloatBuffer();
    this.written = new Written(blueprint, members, layout, bytes, manager);
    this.inJava =
        blueprint.perceptron().map(mlp -> new RowPerceptron(mlp, blueprint, layout, parameters));
  }

  /**
   * A new population; each member's parameters are drawn from a stream of its own seed.
   *
   * @param architecture what lies between inputs and outputs
   * @param inputShape shape of one observation
   * @param outputs the groups of outputs, side by side in one row
   * @param trunk whether the outputs share what lies below them
   * @param initialization how parameters are drawn, unless the architecture says it
   * @param seeds one a member
   */
  public static Network of(
      Architecture architecture,
      List<Integer> inputShape,
      List<Output> outputs,
      Trunk trunk,
      Initialization initialization,
      long... seeds) {
    return of(new Blueprint(architecture, inputShape, outputs, trunk), initialization, seeds);
  }

  /**
   * A new population; each member's parameters are drawn from a stream of its own seed.
   *
   * @param usual how they are drawn, unless the architecture says it
   */
  public static Network of(Blueprint blueprint, Initialization usual, long... seeds) {
    Network network = new Network(blueprint, seeds.length);
    Initialization initialization = blueprint.architecture().initialization().orElse(usual);
    for (int member = 0; member < seeds.length; member++) {
      RandomStream random = RandomStream.of(seeds[member], "parameters");
      for (int i = 0; i < network.layout.slices().size(); i++) {
        initialization.fill(
            network.layout.slices().get(i),
            random,
            network.parameters,
            network.layout.offset(i, member));
      }
    }
    network.parametersChanged();
    return network;
  }

  /** A population whose parameters are all zero until they are set. */
  static Network of(Blueprint blueprint, int members) {
    return new Network(blueprint, members);
  }

  /**
   * A population of given parameters.
   *
   * @param parameters one array a member, as {@link #member} gives them
   */
  public static Network of(Blueprint blueprint, List<float[]> parameters) {
    Network network = new Network(blueprint, parameters.size());
    for (int member = 0; member < parameters.size(); member++) {
      network.set(member, parameters.get(member));
    }
    network.parametersChanged();
    return network;
  }

  /**
   * Computes outputs and forgets how: for acting and for targets. Few rows of a small perceptron
   * are computed in Java, all else by the engine.
   */
  public void predict(float[] x, int batch, Rows rows, float[] out) {
    require(x, batch, rows);
    if (inJava.isPresent() && inJava.get().isQuicker(batch)) {
      inJava.get().predict(x, batch, rows, out);
      return;
    }
    Engine.settleThread();
    written.predict(x, batch, rows, out);
  }

  /**
   * Computes outputs and remembers how, until {@link #backward} or {@link #backwardToInputs}.
   *
   * @param x {@code (batch, in)} or {@code (members, batch, in)}
   * @param batch rows a member
   * @param rows whose rows they are
   * @param out receives {@code (members, batch, outputs)}
   */
  public void forward(float[] x, int batch, Rows rows, float[] out) {
    require(x, batch, rows);
    Engine.settleThread();
    written.forward(x, batch, rows, out);
    recordedBatch = batch;
  }

  private void require(float[] x, int batch, Rows rows) {
    int own = rows == Rows.SHARED ? 1 : members;
    if (x.length < own * batch * inputs) {
      throw new RetortException(
          "network: expected %s numbers of input for %s × %s rows of %s, got %s."
              .formatted(own * batch * inputs, own, batch, inputs, x.length));
    }
  }

  /**
   * Fills {@link #gradients()} for the batch of the last {@link #forward}.
   *
   * @param outputGradient the loss's gradient with respect to the outputs, {@code (members, batch,
   *     outputs)}
   */
  public void backward(float[] outputGradient) {
    requireRecorded();
    written.backward(outputGradient, Optional.of(gradients), Optional.empty());
    recordedBatch = 0;
  }

  /**
   * The loss's gradient with respect to the inputs of the last {@link #forward}, whose rows were
   * the members' own; {@link #gradients()} stay as they are.
   *
   * @param outputGradient with respect to the outputs, {@code (members, batch, outputs)}
   * @param inputGradient receives {@code (members, batch, in)}
   */
  public void backwardToInputs(float[] outputGradient, float[] inputGradient) {
    requireRecorded();
    written.backward(outputGradient, Optional.empty(), Optional.of(inputGradient));
    recordedBatch = 0;
  }

  /**
   * Both in one pass: fills {@link #gradients()}, and gives the gradient with respect to the inputs
   * of the last {@link #forward}, whose rows were the members' own.
   *
   * @param outputGradient with respect to the outputs, {@code (members, batch, outputs)}
   * @param inputGradient receives {@code (members, batch, in)}
   */
  public void backward(float[] outputGradient, float[] inputGradient) {
    requireRecorded();
    written.backward(outputGradient, Optional.of(gradients), Optional.of(inputGradient));
    recordedBatch = 0;
  }

  private void requireRecorded() {
    if (recordedBatch == 0) {
      throw new IllegalStateException(
          "network: expected forward(..) before backward(..), got none.");
    }
  }

  /**
   * Parameters of all members, {@code [slice][member][numbers]}; live, see {@link
   * #parametersChanged()}.
   */
  public float[] parameters() {
    return parameters;
  }

  /** Gradients in the order of the parameters; live. */
  public float[] gradients() {
    return gradients;
  }

  /** Tells all that computes of parameters that were changed in place. */
  public void parametersChanged() {
    engineParameters.put(0, parameters);
    inJava.ifPresent(RowPerceptron::parametersChanged);
  }

  /** Replaces all parameters. */
  public void set(float[] values) {
    if (values.length != parameters.length) {
      throw new RetortException(
          "network: expected %s parameters for %s members, got %s."
              .formatted(parameters.length, members, values.length));
    }
    System.arraycopy(values, 0, parameters, 0, values.length);
    parametersChanged();
  }

  /**
   * Moves these parameters towards those of a network of the same kind, {@code θ ← θ + rate (θ' −
   * θ)}; a rate of 1 copies them.
   */
  public void polyakAverage(Network other, double rate) {
    if (rate == 1) {
      set(other.parameters);
      return;
    }
    float part = (float) rate;
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] += part * (other.parameters[i] - parameters[i]);
    }
    parametersChanged();
  }

  /** A network of some of its outputs, with a copy of the parameters that they depend on. */
  public Network part(List<Output> some) {
    Network part = new Network(blueprint.of(some), members);
    part.follow(this);
    return part;
  }

  /**
   * Copies the parameters of the network that this one is a {@link #part} of, once they are others.
   */
  public void follow(Network whole) {
    for (int i = 0; i < layout.slices().size(); i++) {
      int same = whole.layout.find(layout.slices().get(i).name());
      System.arraycopy(
          whole.parameters,
          whole.layout.offset(same),
          parameters,
          layout.offset(i),
          layout.length(i));
    }
    parametersChanged();
  }

  /** Adds the parameters to what a learner saves, under a name that is the network's too. */
  public void join(Resumable state, String name) {
    join(state, name, 1);
  }

  /**
   * The same where members of the network follow one another for each member of the learner's.
   *
   * @param each how many, such as one for every agent
   */
  void join(Resumable state, String name, int each) {
    join(state, name, each, this::parameters);
  }

  /**
   * The same where they are fetched first.
   *
   * @param live gives {@link #parameters()}, brought up to date
   */
  public void join(Resumable state, String name, Supplier<float[]> live) {
    join(state, name, 1, live);
  }

  private void join(Resumable state, String name, int each, Supplier<float[]> live) {
    state
        .floats(name, live, this::set)
        .words(Sections.key(name), Sections.of(name, 0, members, each, blueprint).text());
  }

  /**
   * Says where the layers lie in an array of one member's parameters, which a learner saves itself.
   *
   * @param array its name
   * @param network what the learner calls the network
   * @param member of the learner's whose they are
   */
  public void describe(Resumable state, String array, String network, int member) {
    state.words(Sections.key(array), Sections.of(network, member, 1, 1, blueprint).text());
  }

  /** A copy of one member's parameters, slice by slice: the layout of a population of one. */
  public float[] member(int member) {
    return layout.gather(parameters, member);
  }

  /**
   * Replaces one member's parameters by those in the layout of {@link #member}; the engine is to be
   * told with {@link #parametersChanged()} when all members are set.
   */
  public void set(int member, float[] own) {
    if (own.length != parametersPerMember()) {
      throw new RetortException(
          "network %s: expected %s parameters, got %s."
              .formatted(architecture(), parametersPerMember(), own.length));
    }
    layout.scatter(own, parameters, member);
  }

  /**
   * Replaces those parameters of a member that a network of the same architecture has too: those of
   * outputs of the same name, and of the layers below them. The engine is to be told with {@link
   * #parametersChanged()}.
   *
   * @param from the other network
   * @param own its parameters, in the layout of {@link #member}
   */
  public void setWhereNamed(int member, Blueprint from, float[] own) {
    Layout other = new Layout(from, 1);
    List<String> names = Layout.names(blueprint, from);
    List<String> others = Layout.names(from, blueprint);
    for (int i = 0; i < names.size(); i++) {
      int same = others.indexOf(names.get(i));
      if (same >= 0) {
        System.arraycopy(
            own, other.offset(same), parameters, layout.offset(i, member), other.length(same));
      }
    }
  }

  /**
   * Sets the last layer below an output of a member to zero, weights and biases, so that the output
   * is zero whatever is seen; free numbers stay. The engine is to be told with {@link
   * #parametersChanged()}.
   */
  public void zeroLastLayer(int member, Output output) {
    for (int i = 0; i < layout.slices().size(); i++) {
      Slice slice = layout.slices().get(i);
      if (slice.isLastLayerOf(output)) {
        int from = layout.offset(i, member);
        Arrays.fill(parameters, from, from + slice.size(), 0);
      }
    }
  }

  /** Where the numbers lie. */
  Layout layout() {
    return layout;
  }

  /** The network without its parameters. */
  public Blueprint blueprint() {
    return blueprint;
  }

  /** What lies between inputs and outputs. */
  Architecture architecture() {
    return blueprint.architecture();
  }

  /** How many members there are. */
  public int members() {
    return members;
  }

  /** How many parameters each member has. */
  public int parametersPerMember() {
    return parameters.length / members;
  }

  /** How many numbers a member gives for one row. */
  public int width() {
    return width;
  }

  /** How many numbers a member takes for one row. */
  public int inputs() {
    return inputs;
  }

  @Override
  public void close() {
    written.close();
    manager.close();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "Network[%s, %d members of %,d parameters]",
        architecture(),
        members,
        parametersPerMember());
  }
}
