package dev.retort.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
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
 * A population of described networks by the engine's text of them: one call there and one back.
 *
 * <p>A text is loaded when it is first needed: a network that only acts never has a way back.
 */
final class Written implements AutoCloseable {
  /** Which gradients a way back gives. */
  private record Wanted(boolean parameters, boolean inputs) {}

  private final Described network;
  private final Texts texts;
  private final int members;
  private final int stacked;
  private final int inputs;
  private final int width;
  private final Layout layout;
  private final NDManager manager;
  private final IValue weights;
  private final IValue count;
  private final Room predicting = new Room();
  private final Room recording = new Room();
  private final Map<Wanted, Way> ways = new HashMap<>();
  private Optional<TorchScript> predict = Optional.empty();
  private Optional<TorchScript> forward = Optional.empty();
  private ByteBuffer gradientBytes;
  private IValue gradients;
  private Optional<Recorded> recorded = Optional.empty();

  /** A way back, and what is laid out for it. */
  private record Way(TorchScript layout, TorchScript pass) {}

  /** The last way there, and what it kept. */
  private record Recorded(Pass pass, IValue kept) {}

  Written(
      Blueprint blueprint,
      int members,
      Layout layout,
      ByteBuffer parameterBytes,
      NDManager manager) {
    this.network = Described.of(blueprint);
    this.texts = new Texts(network);
    this.members = members;
    this.stacked = network.trunks() * members;
    this.inputs = blueprint.inputShape().size();
    this.width = Output.width(blueprint.outputs());
    this.layout = layout;
    this.manager = manager;
    this.weights = tensors(parameterBytes);
    this.count = IValue.from((long) stacked);
  }

  /** The parameters as tensors over a flat memory, in the order of the text. */
  private IValue tensors(ByteBuffer bytes) {
    List<PtNDArray> all = new ArrayList<>();
    for (Slice slice : network.graph().slices()) {
      int copies = network.copies(slice);
      int first = layout.find(slice.name());
      ByteBuffer own =
          EngineBuffer.part(bytes, layout.offset(first), layout.offset(first + copies));
      Shape shape = new Shape(slice.shapeOf(copies * members));
      all.add((PtNDArray) manager.create(own, shape, DataType.FLOAT32));
    }
    return IValue.listFrom(all.toArray(PtNDArray[]::new));
  }

  /** Computes outputs and forgets how. */
  void predict(float[] rows, int batch, Rows whose, float[] out) {
    if (predict.isEmpty()) {
      predict = Optional.of(Engine.script(texts.predict()));
    }
    Pass pass = predicting.pass(batch, whose);
    pass.write(rows);
    predict.get().run(pass.there);
    pass.read(out);
  }

  /** Computes outputs and remembers how, until the next way back. */
  void forward(float[] rows, int batch, Rows whose, float[] out) {
    if (forward.isEmpty()) {
      forward = Optional.of(Engine.script(texts.forward()));
    }
    abandon();
    Pass pass = recording.pass(batch, whose);
    pass.write(rows);
    recorded = Optional.of(new Recorded(pass, forward.get().call(pass.there)));
    pass.read(out);
  }

  /**
   * Gradients in one pass, from that of the outputs.
   *
   * @param all receives those of the parameters, in place of what it held
   * @param inputGradient receives that of the inputs, {@code (members, batch, in)}
   */
  void backward(float[] outputGradient, Optional<float[]> all, Optional<float[]> inputGradient) {
    Recorded there = recorded.orElseThrow();
    if (inputGradient.isPresent() && there.pass().owners != stacked) {
      throw new IllegalStateException(
          "network: expected rows of the members' own for gradients of inputs, got shared ones.");
    }
    Wanted wanted = new Wanted(all.isPresent(), inputGradient.isPresent());
    Way way = ways.computeIfAbsent(wanted, this::way);
    there.pass().back(way, wanted, outputGradient, there.kept());
    all.ifPresent(to -> gradientBytes.asFloatBuffer().get(0, to, 0, layout.size()));
    inputGradient.ifPresent(there.pass()::readInputGradient);
    abandon();
  }

  private Way way(Wanted wanted) {
    Texts.Back back = texts.backward(wanted.parameters(), wanted.inputs());
    return new Way(Engine.script(back.layout()), Engine.script(back.pass()));
  }

  /** Where gradients of parameters are written; made when the first is asked for. */
  private IValue gradients() {
    if (gradients == null) {
      gradientBytes = EngineBuffer.direct(layout.size());
      gradients = tensors(gradientBytes);
    }
    return gradients;
  }

  private void abandon() {
    recorded.ifPresent(there -> there.kept().close());
    recorded = Optional.empty();
  }

  @Override
  public void close() {
    abandon();
    predicting.close();
    recording.close();
    weights.close();
    count.close();
    if (gradients != null) {
      gradients.close();
    }
  }

  private static IValue value(NDArray array) {
    return IValue.from((PtNDArray) array);
  }

  /** Memory of rows and outputs for the largest batch, and what is laid out over it for each. */
  private final class Room {
    private final Map<Shape, Pass> passes = new HashMap<>();
    private EngineBuffer x;
    private EngineBuffer y;

    Pass pass(int batch, Rows whose) {
      Shape rows = new Shape(whose == Rows.SHARED ? 1 : stacked, batch, inputs);
      Pass known = passes.get(rows);
      if (known != null) {
        return known;
      }
      EngineBuffer largerX = EngineBuffer.ensure(x, manager, (int) rows.size());
      EngineBuffer largerY = EngineBuffer.ensure(y, manager, members * batch * width);
      if (largerX != x || largerY != y) {
        close();
        x = largerX;
        y = largerY;
      }
      Pass pass = new Pass(rows, x, y);
      passes.put(rows, pass);
      return pass;
    }

    void close() {
      passes.values().forEach(Pass::close);
      passes.clear();
    }
  }

  /** All that is there for batches of one size. */
  private final class Pass {
    private final int owners;
    private final int batch;
    private final EngineBuffer x;
    private final EngineBuffer y;
    private final List<IValue> values = new ArrayList<>();
    private final IValue[] there;
    private final Map<Wanted, IValue[]> back = new HashMap<>();
    private EngineBuffer dy;
    private EngineBuffer dx;

    Pass(Shape rows, EngineBuffer x, EngineBuffer y) {
      this.owners = (int) rows.get(0);
      this.batch = (int) rows.get(1);
      this.x = x;
      this.y = y;
      IValue in = keep(value(x.array(rows)));
      IValue out = keep(value(y.array(new Shape(members, batch, width))));
      IValue held = keep(Engine.script(texts.layout()).call(in, count, weights, out));
      this.there = new IValue[] {in, count, weights, out, held};
    }

    private IValue keep(IValue value) {
      values.add(value);
      return value;
    }

    /** Rows of the members' own are there once for each trunk. */
    void write(float[] rows) {
      int trunks = owners == 1 ? 1 : network.trunks();
      int size = owners / trunks * batch * inputs;
      for (int trunk = 0; trunk < trunks; trunk++) {
        x.floats().put(trunk * size, rows, 0, size);
      }
    }

    void read(float[] out) {
      y.floats().get(0, out, 0, members * batch * width);
    }

    void back(Way way, Wanted wanted, float[] outputGradient, IValue kept) {
      IValue[] arguments = back.computeIfAbsent(wanted, w -> layoutBack(way, w));
      dy.floats().put(0, outputGradient, 0, members * batch * width);
      arguments[arguments.length - 1] = kept;
      way.pass().run(arguments);
    }

    private IValue[] layoutBack(Way way, Wanted wanted) {
      dy = EngineBuffer.ensure(dy, manager, members * batch * width);
      IValue out = keep(value(dy.array(new Shape(members, batch, width))));
      Shape rows = wanted.inputs() ? new Shape(stacked, batch, inputs) : new Shape(1);
      if (dx == null || wanted.inputs()) {
        dx = EngineBuffer.ensure(dx, manager, (int) rows.size());
      }
      IValue in = keep(value(dx.array(rows)));
      IValue held = keep(way.layout().call(there[0], count, weights, there[4], out));
      return new IValue[] {there[0], count, weights, there[4], out, held, gradients(), in, null};
    }

    /** That of the rows, which all trunks add to. */
    void readInputGradient(float[] gradient) {
      int size = members * batch * inputs;
      dx.floats().get(0, gradient, 0, size);
      for (int i = size; i < stacked * batch * inputs; i++) {
        gradient[i % size] += dx.floats().get(i);
      }
    }

    void close() {
      values.forEach(IValue::close);
    }
  }
}
