package dev.retort.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.retort.RetortException;
import dev.retort.random.RandomStream;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A population of networks of one architecture, with their parameters in one flat array.
 *
 * <p>The array is ordered by layer, and within a layer by member: {@code [slice][member][numbers]}.
 * It lives twice, as a Java array which optimisers change, and as memory that the engine's tensors
 * alias; {@link #parametersChanged()} copies the first to the second. Gradients arrive the other
 * way round.
 *
 * <p>A network belongs to one thread at a time.
 */
public final class Network implements AutoCloseable {
  private final Architecture architecture;
  private final List<Integer> inputShape;
  private final List<Output> outputs;
  private final Torso torso;
  private final int members;
  private final int inputs;
  private final int width;
  private final Layout layout;
  private final float[] parameters;
  private final float[] gradients;
  private final float[] zeros;
  private final FloatBuffer engineParameters;
  private final List<FloatBuffer> engineGradients = new ArrayList<>();
  private final NDManager manager = Engine.newManager();
  private final Map<String, NDArray> weights = new HashMap<>();
  private EngineBuffer inputBuffer;
  private EngineBuffer gradientBuffer;
  private boolean trainable;
  private NDScope scope;
  private NDArray recorded;
  private int recordedBatch;

  private Network(
      Architecture architecture,
      List<Integer> inputShape,
      List<Output> outputs,
      Torso torso,
      int members) {
    this.architecture = architecture;
    this.inputShape = List.copyOf(inputShape);
    this.outputs = List.copyOf(outputs);
    this.torso = torso;
    this.members = members;
    this.inputs = inputShape.stream().reduce(1, Math::multiplyExact);
    this.width = outputs.stream().mapToInt(Output::size).sum();
    this.layout = new Layout(architecture, inputShape, outputs, torso, members);
    int size = layout.size();
    this.parameters = new float[size];
    this.gradients = new float[size];
    this.zeros = new float[size];
    ByteBuffer bytes = EngineBuffer.direct(size);
    this.engineParameters = bytes.asFloatBuffer();
    List<Slice> slices = layout.slices();
    for (int i = 0; i < slices.size(); i++) {
      ByteBuffer own = EngineBuffer.part(bytes, layout.offset(i), layout.offset(i + 1));
      weights.put(
          slices.get(i).name(), manager.create(own, engineShape(slices.get(i)), DataType.FLOAT32));
    }
  }

  /**
   * A new population; each member's parameters are drawn from a stream of its own seed.
   *
   * @param architecture what lies between inputs and outputs
   * @param inputShape shape of one observation
   * @param outputs the groups of outputs, side by side in one row
   * @param torso whether the outputs share what lies below them
   * @param initialization how parameters are drawn
   * @param seeds one a member
   */
  public static Network of(
      Architecture architecture,
      List<Integer> inputShape,
      List<Output> outputs,
      Torso torso,
      Initialization initialization,
      long... seeds) {
    Network network = new Network(architecture, inputShape, outputs, torso, seeds.length);
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

  /**
   * A population of given parameters with one group of outputs.
   *
   * @param parameters one array a member, as {@link #member} or {@link #tower} gives them
   */
  public static Network of(
      Architecture architecture,
      List<Integer> inputShape,
      Output output,
      List<float[]> parameters) {
    Network network =
        new Network(architecture, inputShape, List.of(output), Torso.SHARED, parameters.size());
    for (int member = 0; member < parameters.size(); member++) {
      network.setMember(member, parameters.get(member));
    }
    network.parametersChanged();
    return network;
  }

  private Shape engineShape(Slice slice) {
    List<Long> shape = slice.shape();
    if (slice.kind() == Slice.Kind.CONV_WEIGHT || shape.size() == 1) {
      long[] folded = shape.stream().mapToLong(Long::longValue).toArray();
      folded[0] *= members;
      return new Shape(folded);
    }
    return new Shape(members, shape.get(0), shape.get(1));
  }

  /** Computes outputs and forgets how: for acting and for targets. */
  public void predict(float[] x, int batch, Rows rows, float[] out) {
    Engine.recordGradients(false);
    try (NDScope own = new NDScope()) {
      own.suppressNotUsedWarning();
      read(run(x, batch, rows), out, batch);
    }
  }

  /**
   * Computes outputs and remembers how, until {@link #backward}.
   *
   * @param x {@code (batch, in)} or {@code (members, batch, in)}
   * @param batch rows a member
   * @param rows whose rows they are
   * @param out receives {@code (members, batch, outputs)}
   */
  public void forward(float[] x, int batch, Rows rows, float[] out) {
    if (!trainable) {
      prepareGradients();
    }
    abandon();
    scope = new NDScope();
    Engine.recordGradients(true);
    try {
      recorded = run(x, batch, rows);
    } finally {
      Engine.recordGradients(false);
    }
    recordedBatch = batch;
    read(recorded, out, batch);
  }

  /**
   * Fills {@link #gradients()} for the batch of the last {@link #forward}.
   *
   * @param outputGradient the loss's gradient with respect to the outputs, {@code (members, batch,
   *     outputs)}
   */
  public void backward(float[] outputGradient) {
    if (recorded == null) {
      throw new IllegalStateException(
          "network: expected forward(..) before backward(..), got none.");
    }
    int size = members * recordedBatch * width;
    gradientBuffer = EngineBuffer.ensure(gradientBuffer, manager, size);
    gradientBuffer.floats().put(0, outputGradient, 0, size);
    for (int i = 0; i < engineGradients.size(); i++) {
      engineGradients.get(i).put(0, zeros, 0, layout.length(i));
    }
    Engine.backward(recorded, gradientBuffer.array(recorded.getShape()));
    for (int i = 0; i < engineGradients.size(); i++) {
      engineGradients.get(i).get(0, gradients, layout.offset(i), layout.length(i));
    }
    abandon();
  }

  private void abandon() {
    if (scope != null) {
      scope.close();
      scope = null;
      recorded = null;
    }
  }

  /**
   * Takes hold of the memory in which the engine adds up gradients; it exists only after a first
   * backward pass, and stays where it is from then on.
   */
  private void prepareGradients() {
    weights.values().forEach(weight -> weight.setRequiresGradient(true));
    trainable = true;
    forward(new float[inputs], 1, Rows.SHARED, new float[members * width]);
    backward(new float[members * width]);
    for (Slice slice : layout.slices()) {
      NDArray gradient = weights.get(slice.name()).getGradient();
      engineGradients.add(gradient.toByteBuffer(true).asFloatBuffer());
    }
  }

  private NDArray run(float[] x, int batch, Rows rows) {
    int own = rows == Rows.SHARED ? 1 : members;
    int size = own * batch * inputs;
    if (x.length < size) {
      throw new RetortException(
          "network: expected %d numbers of input for %d × %d rows of %d, got %d."
              .formatted(size, own, batch, inputs, x.length));
    }
    inputBuffer = EngineBuffer.ensure(inputBuffer, manager, size);
    inputBuffer.floats().put(0, x, 0, size);
    NDArray input = inputBuffer.array(new Shape(own, batch, inputs));
    NDList heads = new NDList(outputs.size());
    NDArray features =
        torso == Torso.SHARED
            ? architecture.trunk(weights::get, input, inputShape, members)
            : input;
    for (Output output : outputs) {
      if (output.isFree()) {
        Shape shape = new Shape(members, batch, output.size());
        heads.add(weights.get(output.name() + ".free").broadcast(shape));
        continue;
      }
      if (torso == Torso.SEPARATE) {
        features =
            architecture.trunk(
                name -> weights.get(output.name() + "." + name), input, inputShape, members);
      }
      heads.add(Layers.linear(weights::get, output.name(), features));
    }
    return heads.size() == 1 ? heads.head() : NDArrays.concat(heads, 2);
  }

  private void read(NDArray result, float[] out, int batch) {
    result.toByteBuffer(true).asFloatBuffer().get(out, 0, members * batch * width);
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

  /** Tells the engine of parameters that were changed in place. */
  public void parametersChanged() {
    engineParameters.put(0, parameters);
  }

  /** Replaces all parameters. */
  public void set(float[] values) {
    if (values.length != parameters.length) {
      throw new RetortException(
          "network: expected %d parameters for %d members, got %d."
              .formatted(parameters.length, members, values.length));
    }
    System.arraycopy(values, 0, parameters, 0, values.length);
    parametersChanged();
  }

  /**
   * Moves these parameters towards those of a network of the same kind, {@code θ ← θ + rate (θ' −
   * θ)}; a rate of 1 copies them.
   */
  public void approach(Network other, double rate) {
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

  /** A copy of one member's parameters, slice by slice: the layout of a population of one. */
  public float[] member(int member) {
    return layout.gather(parameters, member);
  }

  private void setMember(int member, float[] own) {
    if (own.length != parametersPerMember()) {
      throw new RetortException(
          "network %s: expected %d parameters, got %d."
              .formatted(architecture, parametersPerMember(), own.length));
    }
    layout.scatter(own, parameters, member);
  }

  /** A copy of those parameters of one member that one group of outputs depends on. */
  public float[] tower(int member, String output) {
    Output own =
        outputs.stream().filter(each -> each.name().equals(output)).findFirst().orElseThrow();
    return layout.gather(parameters, member, own, outputs);
  }

  /** Where the numbers lie. */
  Layout layout() {
    return layout;
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

  /** How many features the layers below the outputs end in. */
  public int features() {
    return architecture.features(inputShape);
  }

  /** How many numbers a member takes for one row. */
  public int inputs() {
    return inputs;
  }

  @Override
  public void close() {
    abandon();
    manager.close();
  }

  @Override
  public String toString() {
    return "Network[%s, %d members of %,d parameters]"
        .formatted(architecture, members, parametersPerMember());
  }
}
