package dev.retort.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Perceptrons of all members and all trunks in two calls of the engine, one forward and one
 * backward.
 *
 * <p>Separate trunks are stacked like members: layer {@code l} is one product {@code (trunks ×
 * members, batch, in) x (trunks × members, in, out)}. The groups of outputs, which are narrow, are
 * computed turned, {@code (members, out, in) x (members, in, batch)}: the engine is four times as
 * fast at that. A single row is not, for the engine would take a product with a vector for a member
 * alone, and sum in another order than in a population. The tangent is computed as {@code 2 σ(2x) −
 * 1}: on some processors the engine's own takes four times as long. All tensors of a batch size
 * live as long as the network, so that a step allocates nothing; gradients are written where Java
 * reads them. The text of both functions is {@code perceptron.ts}.
 */
final class PerceptronScript implements Computation {
  private static final class Functions {
    static final TorchScript FORWARD = Engine.script("perceptron.ts", "Forward");
    static final TorchScript BACKWARD = Engine.script("perceptron.ts", "Backward");
  }

  /** Where the way back is told whether gradients of parameters are wanted. */
  private static final int WEIGHTS = 14;

  /**
   * The engine computes exponentials so many at a time, and the last ones otherwise, with other
   * last bits: behind the numbers of a layer there are some that nobody reads.
   */
  private static final int PADDING = 64;

  /** What tells tensors of one size from those of another. */
  private record Size(int batch, boolean shared, boolean recorded) {}

  /**
   * Weights and biases below the outputs, {@code (trunks × members, in, out)} and {@code (.., 1,
   * out)}.
   */
  private record Layers(List<NDArray> w, List<NDArray> b) {}

  private final Mlp mlp;
  private final int inputs;
  private final List<Output> outputs;
  private final int members;
  private final int trunks;
  private final int width;
  private final float[] parameters;
  private final Layout layout;
  private final NDManager manager;
  private final Layers layers;
  private final List<Head> heads = new ArrayList<>();
  private final Map<Size, Tensors> tensors = new HashMap<>();
  private Optional<Layers> gradients = Optional.empty();
  private ByteBuffer gradientBytes;
  private Tensors recorded;

  PerceptronScript(
      Mlp mlp,
      int inputs,
      List<Output> outputs,
      Trunk trunk,
      int members,
      Layout layout,
      float[] parameters,
      ByteBuffer parameterBytes,
      NDManager manager) {
    this.mlp = mlp;
    this.inputs = inputs;
    this.outputs = outputs;
    this.members = members;
    this.trunks = trunk == Trunk.SHARED ? 1 : Layout.trunks(outputs);
    this.width = outputs.stream().mapToInt(Output::size).sum();
    this.layout = layout;
    this.parameters = parameters;
    this.manager = manager;
    this.layers = layers(parameterBytes);
    int slice = 2 * trunks * mlp.hidden().size();
    int column = 0;
    for (Output output : outputs) {
      if (!output.isFree()) {
        heads.add(new Head(layout, members, slice, column, width, manager));
      }
      slice += output.isFree() ? 1 : 2;
      column += output.size();
    }
  }

  /** The layers below the outputs as tensors over a flat memory. */
  private Layers layers(ByteBuffer bytes) {
    Layers all = new Layers(new ArrayList<>(), new ArrayList<>());
    for (int layer = 0; layer < mlp.hidden().size(); layer++) {
      int slice = 2 * trunks * layer;
      all.w().add(tensor(bytes, slice));
      all.b().add(tensor(bytes, slice + trunks));
    }
    return all;
  }

  private NDArray tensor(ByteBuffer bytes, int slice) {
    ByteBuffer own = EngineBuffer.part(bytes, layout.offset(slice), layout.offset(slice + trunks));
    List<Long> shape = layout.slices().get(slice).shape();
    return manager.create(
        own, new Shape((long) trunks * members, shape.get(0), shape.get(1)), DataType.FLOAT32);
  }

  @Override
  public void predict(float[] x, int batch, Rows rows, float[] out) {
    tensors(batch, rows, false).run(x, out);
  }

  @Override
  public void forward(float[] x, int batch, Rows rows, float[] out) {
    recorded = tensors(batch, rows, true);
    recorded.run(x, out);
  }

  private Tensors tensors(int batch, Rows rows, boolean recorded) {
    boolean shared = rows == Rows.SHARED || members == 1;
    return tensors.computeIfAbsent(new Size(batch, shared, recorded), Tensors::new);
  }

  @Override
  public void backward(
      float[] outputGradient, Optional<float[]> all, Optional<float[]> inputGradient) {
    recorded.runBack(outputGradient, all.isPresent(), inputGradient.isPresent());
    all.ifPresent(gradients -> read(outputGradient, gradients));
    inputGradient.ifPresent(recorded::readInputGradient);
  }

  private void read(float[] outputGradient, float[] all) {
    gradientBytes.asFloatBuffer().get(0, all, 0, layout.offset(2 * trunks * mlp.hidden().size()));
    for (Head head : heads) {
      head.readGradient(outputGradient, recorded.size.batch(), all);
    }
    recorded.addFree(outputGradient, all);
  }

  /** Where gradients are written; made when the first is asked for. */
  private Layers gradients() {
    if (gradients.isEmpty()) {
      gradientBytes = EngineBuffer.direct(layout.size());
      gradients = Optional.of(layers(gradientBytes));
    }
    return gradients.get();
  }

  @Override
  public void close() {
    tensors.values().forEach(Tensors::close);
  }

  /** Where a free number stands: in a row of outputs, and among the parameters. */
  @FunctionalInterface
  private interface FreeNumber {
    void visit(int row, int column, int at);
  }

  /** All tensors for one batch size. */
  private final class Tensors {
    private final Size size;
    private final EngineBuffer input;
    private final List<EngineBuffer> outBuffers = new ArrayList<>();
    private final List<EngineBuffer> outGradientBuffers = new ArrayList<>();
    private final List<IValue> values = new ArrayList<>();
    private final IValue[] forward;
    private final List<NDArray> h = new ArrayList<>();
    private final List<NDArray> padded = new ArrayList<>();
    private final List<NDArray> headIn;
    private final NDArray x;
    private final IValue yes = keep(IValue.from(true));
    private final IValue no = keep(IValue.from(false));
    private EngineBuffer inputGradient;
    private IValue[] backward;
    private IValue[] backwardToInputs;

    Tensors(Size size) {
      this.size = size;
      int stack = trunks * members;
      int copies = size.shared() ? 1 : stack;
      this.input = EngineBuffer.ensure(null, manager, copies * size.batch() * inputs);
      NDArray rows = input.array(new Shape(copies, size.batch(), inputs));
      this.x = size.shared() ? rows.broadcast(new Shape(stack, size.batch(), inputs)) : rows;
      for (int units : mlp.hidden()) {
        long count = (long) stack * size.batch() * units;
        NDArray whole = manager.zeros(new Shape((count + PADDING - 1) / PADDING * PADDING));
        padded.add(whole);
        NDArray own = whole.get(new NDIndex().addSliceDim(0, count));
        h.add(own.reshape(stack, size.batch(), units));
      }
      this.headIn = perHead(h.isEmpty() ? x : h.get(h.size() - 1));
      this.forward =
          new IValue[] {
            value(x),
            list(layers.w()),
            list(layers.b()),
            list(h),
            list(headIn),
            list(heads.stream().map(Head::weights).toList()),
            list(headArrays(outBuffers)),
            flag(mlp.activation()),
            list(padded),
            value(manager.create(-1f))
          };
    }

    /** Memory for the numbers of each head. */
    private List<NDArray> headArrays(List<EngineBuffer> buffers) {
      List<NDArray> arrays = new ArrayList<>();
      for (Head head : heads) {
        Shape shape = head.outputs(size.batch());
        EngineBuffer buffer = EngineBuffer.ensure(null, manager, (int) shape.size());
        buffers.add(buffer);
        arrays.add(buffer.array(shape));
      }
      return arrays;
    }

    /** For each head, the part of a tensor that belongs to its trunk. */
    private List<NDArray> perHead(NDArray all) {
      List<NDArray> parts = new ArrayList<>();
      for (int head = 0; head < heads.size(); head++) {
        int from = head * members;
        parts.add(trunks == 1 ? all : all.get(new NDIndex().addSliceDim(from, from + members)));
      }
      return parts;
    }

    private IValue value(NDArray array) {
      return keep(IValue.from((PtNDArray) array));
    }

    private IValue list(List<NDArray> arrays) {
      return keep(IValue.listFrom(arrays.toArray(PtNDArray[]::new)));
    }

    private IValue flag(Activation activation) {
      return keep(IValue.from(activation == Activation.TANH));
    }

    private IValue keep(IValue value) {
      values.add(value);
      return value;
    }

    void run(float[] rows, float[] out) {
      write(rows);
      for (Head head : heads) {
        head.write(parameters);
      }
      Functions.FORWARD.run(forward);
      for (int i = 0; i < heads.size(); i++) {
        heads.get(i).read(outBuffers.get(i), size.batch(), parameters, out);
      }
      readFree(out);
    }

    private void write(float[] rows) {
      int count = (size.shared() ? 1 : members) * size.batch() * inputs;
      int repeats = size.shared() ? 1 : trunks;
      if (mlp.scale() == 1) {
        for (int trunk = 0; trunk < repeats; trunk++) {
          input.floats().put(trunk * count, rows, 0, count);
        }
      } else {
        float scale = (float) mlp.scale();
        for (int i = 0; i < repeats * count; i++) {
          input.floats().put(i, scale * rows[i % count]);
        }
      }
    }

    private void readFree(float[] out) {
      forFree((row, column, at) -> out[row * width + column] = parameters[at]);
    }

    void runBack(float[] outputGradient, boolean toParameters, boolean toInputs) {
      if (backward == null) {
        prepareBack();
      }
      for (int i = 0; i < heads.size(); i++) {
        heads.get(i).writeGradient(outputGradient, size.batch(), outGradientBuffers.get(i));
      }
      IValue[] arguments = toInputs ? backwardToInputs : backward;
      arguments[WEIGHTS] = toParameters ? yes : no;
      Functions.BACKWARD.run(arguments);
    }

    private void prepareBack() {
      Layers g = gradients();
      List<NDArray> d = new ArrayList<>();
      h.forEach(each -> d.add(manager.zeros(each.getShape())));
      List<NDArray> outGradients = headArrays(outGradientBuffers);
      inputGradient = EngineBuffer.ensure(null, manager, trunks * members * size.batch() * inputs);
      NDArray dx = inputGradient.array(new Shape(trunks * (long) members, size.batch(), inputs));
      backward =
          backward(g, d, outGradients, List.of(), d.isEmpty() ? List.of() : perHead(last(d)));
      backwardToInputs =
          backward(g, d, outGradients, List.of(dx), perHead(d.isEmpty() ? dx : last(d)));
    }

    private static NDArray last(List<NDArray> arrays) {
      return arrays.get(arrays.size() - 1);
    }

    private IValue[] backward(
        Layers g,
        List<NDArray> d,
        List<NDArray> outGradients,
        List<NDArray> dx,
        List<NDArray> headInGradients) {
      return new IValue[] {
        value(x),
        list(layers.w()),
        list(h),
        list(d),
        list(g.w()),
        list(g.b()),
        list(headIn),
        list(heads.stream().map(Head::weights).toList()),
        list(outGradients),
        list(headInGradients),
        list(heads.stream().map(Head::gradients).toList()),
        flag(mlp.activation()),
        keep(IValue.from(trunks == 1)),
        list(dx),
        no
      };
    }

    /** Free numbers are their own outputs in every row. */
    void addFree(float[] outputGradient, float[] all) {
      forFree(
          (row, column, at) ->
              all[at] =
                  (row % size.batch() == 0 ? 0 : all[at]) + outputGradient[row * width + column]);
    }

    private void forFree(FreeNumber visitor) {
      int slice = 2 * trunks * h.size();
      int column = 0;
      for (Output output : outputs) {
        for (int row = 0; output.isFree() && row < members * size.batch(); row++) {
          int at = layout.offset(slice, row / size.batch());
          for (int k = 0; k < output.size(); k++) {
            visitor.visit(row, column + k, at + k);
          }
        }
        slice += output.isFree() ? 1 : 2;
        column += output.size();
      }
    }

    void readInputGradient(float[] gradient) {
      int count = members * size.batch() * inputs;
      inputGradient.floats().get(0, gradient, 0, count);
      for (int i = count; i < trunks * count; i++) {
        gradient[i % count] += inputGradient.floats().get(i);
      }
      for (int i = 0; mlp.scale() != 1 && i < count; i++) {
        gradient[i] *= (float) mlp.scale();
      }
    }

    void close() {
      values.forEach(IValue::close);
    }
  }
}
