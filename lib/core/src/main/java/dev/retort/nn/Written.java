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
final class Written implements Computation {
  /** Which gradients a way back gives. */
  private record Wanted(boolean parameters, boolean inputs) {}

  private final Texts texts;
  private final int members;
  private final int inputs;
  private final int width;
  private final Layout layout;
  private final NDManager manager;
  private final IValue weights;
  private final IValue count;
  private final Map<Wanted, TorchScript> backward = new HashMap<>();
  private Optional<TorchScript> predict = Optional.empty();
  private Optional<TorchScript> forward = Optional.empty();
  private ByteBuffer gradientBytes;
  private IValue gradients;
  private EngineBuffer seen;
  private EngineBuffer x;
  private EngineBuffer y;
  private EngineBuffer dy;
  private EngineBuffer dx;
  private Optional<Recorded> recorded = Optional.empty();

  /** The last way there: what it kept, and the shape of its rows. */
  private record Recorded(IValue kept, Shape rows) {
    int batch() {
      return (int) rows.get(1);
    }
  }

  Written(
      Blueprint blueprint,
      int members,
      Layout layout,
      ByteBuffer parameterBytes,
      NDManager manager) {
    this.texts = new Texts(Described.of(blueprint), layout.slices());
    this.members = members;
    this.inputs = blueprint.inputShape().size();
    this.width = blueprint.outputs().stream().mapToInt(Output::size).sum();
    this.layout = layout;
    this.manager = manager;
    this.weights = tensors(parameterBytes);
    this.count = IValue.from((long) members);
  }

  /** The slices as tensors over a flat memory. */
  private IValue tensors(ByteBuffer bytes) {
    List<PtNDArray> all = new ArrayList<>();
    for (int i = 0; i < layout.slices().size(); i++) {
      ByteBuffer own = EngineBuffer.part(bytes, layout.offset(i), layout.offset(i + 1));
      Shape shape = new Shape(layout.slices().get(i).shapeOf(members));
      all.add((PtNDArray) manager.create(own, shape, DataType.FLOAT32));
    }
    return IValue.listFrom(all.toArray(PtNDArray[]::new));
  }

  @Override
  public void predict(float[] rows, int batch, Rows whose, float[] out) {
    if (predict.isEmpty()) {
      predict = Optional.of(Engine.script(texts.predict()));
    }
    Shape shape = shape(batch, whose);
    seen = EngineBuffer.ensure(seen, manager, (int) shape.size());
    there(predict.get(), seen, rows, shape, out).close();
  }

  @Override
  public void forward(float[] rows, int batch, Rows whose, float[] out) {
    if (forward.isEmpty()) {
      forward = Optional.of(Engine.script(texts.forward()));
    }
    abandon();
    Shape shape = shape(batch, whose);
    x = EngineBuffer.ensure(x, manager, (int) shape.size());
    recorded = Optional.of(new Recorded(there(forward.get(), x, rows, shape, out), shape));
  }

  private Shape shape(int batch, Rows whose) {
    return new Shape(whose == Rows.SHARED ? 1 : members, batch, inputs);
  }

  private IValue there(
      TorchScript script, EngineBuffer input, float[] rows, Shape shape, float[] out) {
    input.floats().put(0, rows, 0, (int) shape.size());
    Shape outputs = new Shape(members, shape.get(1), width);
    y = EngineBuffer.ensure(y, manager, (int) outputs.size());
    try (IValue in = value(input.array(shape));
        IValue result = value(y.array(outputs))) {
      IValue kept = script.call(in, count, weights, result);
      y.floats().get(0, out, 0, (int) outputs.size());
      return kept;
    }
  }

  @Override
  public void backward(
      float[] outputGradient, Optional<float[]> all, Optional<float[]> inputGradient) {
    Recorded there = recorded.orElseThrow();
    if (inputGradient.isPresent() && there.rows().get(0) != members) {
      throw new IllegalStateException(
          "network: expected rows of the members' own for gradients of inputs, got shared ones.");
    }
    Wanted wanted = new Wanted(all.isPresent(), inputGradient.isPresent());
    TorchScript script =
        backward.computeIfAbsent(
            wanted, w -> Engine.script(texts.backward(w.parameters(), w.inputs())));
    if (gradients == null) {
      gradientBytes = EngineBuffer.direct(layout.size());
      gradients = tensors(gradientBytes);
    }
    Shape outputs = new Shape(members, there.batch(), width);
    Shape rows = new Shape(members, there.batch(), inputs);
    dy = EngineBuffer.ensure(dy, manager, (int) outputs.size());
    dy.floats().put(0, outputGradient, 0, (int) outputs.size());
    dx = EngineBuffer.ensure(dx, manager, inputGradient.isPresent() ? (int) rows.size() : 1);
    NDArray toRows = dx.array(inputGradient.isPresent() ? rows : new Shape(1));
    try (IValue in = value(x.array(there.rows()));
        IValue out = value(dy.array(outputs));
        IValue back = value(toRows)) {
      script.run(in, count, weights, there.kept(), out, gradients, back);
    }
    all.ifPresent(to -> gradientBytes.asFloatBuffer().get(0, to, 0, layout.size()));
    inputGradient.ifPresent(to -> dx.floats().get(0, to, 0, (int) rows.size()));
    abandon();
  }

  private static IValue value(NDArray array) {
    return IValue.from((PtNDArray) array);
  }

  private void abandon() {
    recorded.ifPresent(there -> there.kept().close());
    recorded = Optional.empty();
  }

  @Override
  public void close() {
    abandon();
    weights.close();
    count.close();
    if (gradients != null) {
      gradients.close();
    }
  }
}
