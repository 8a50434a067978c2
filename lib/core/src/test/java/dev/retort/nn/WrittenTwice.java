package dev.retort.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A described network in either precision: by the text of both directions, and by the text of one
 * with the way back left to the engine. Gradients are those of the parameters, slice by slice, and
 * of the rows behind them.
 */
final class WrittenTwice implements AutoCloseable {
  final Described network;
  final List<Slice> slices;
  private final Texts texts;
  private final int members;
  private final int batch;
  private final DataType type;
  private final NDManager manager = Engine.newManager();
  private final IValue count;

  WrittenTwice(Blueprint blueprint, int members, int batch, DataType type) {
    this.network = Described.of(blueprint);
    this.slices = network.graph().slices();
    this.texts = new Texts(network);
    this.members = members;
    this.batch = batch;
    this.type = type;
    this.count = IValue.from((long) network.trunks() * members);
  }

  private NDArray array(double[] values, Shape shape) {
    return manager.create(values, shape).toType(type, true);
  }

  private NDArray zeros(Shape shape) {
    return manager.zeros(shape, type);
  }

  private List<NDArray> weights(List<double[]> parameters) {
    List<NDArray> all = new ArrayList<>();
    for (int i = 0; i < slices.size(); i++) {
      all.add(array(parameters.get(i), shape(slices.get(i))));
    }
    return all;
  }

  private Shape shape(Slice slice) {
    return new Shape(slice.shapeOf(network.copies(slice) * members));
  }

  /** Those of the members' own are there once for each trunk. */
  private NDArray rows(double[] x) {
    int inputs = network.graph().nodes().get(0).size();
    int owners = x.length / (batch * inputs);
    NDArray rows = array(x, new Shape(owners, batch, inputs));
    return owners == members ? rows.tile(new long[] {network.trunks(), 1, 1}) : rows;
  }

  private Shape outputs() {
    return new Shape(members, batch, network.features().size());
  }

  private static IValue value(NDArray array) {
    return IValue.from((PtNDArray) array);
  }

  private static IValue list(List<NDArray> arrays) {
    return IValue.listFrom(arrays.stream().map(PtNDArray.class::cast).toArray(PtNDArray[]::new));
  }

  private static double[] doubles(NDArray array) {
    return array.toType(DataType.FLOAT64, true).toDoubleArray();
  }

  double[] predict(double[] x, List<double[]> parameters) {
    NDArray y = zeros(outputs());
    Engine.script(texts.predict()).run(there(rows(x), weights(parameters), y));
    return doubles(y);
  }

  /** What the way there is given, and what is laid out for it. */
  private IValue[] there(NDArray rows, List<NDArray> w, NDArray y) {
    IValue x = value(rows);
    IValue to = value(y);
    IValue held = Engine.script(texts.layout()).call(x, count, list(w), to);
    return new IValue[] {x, count, list(w), to, held};
  }

  /** By the generated way back; without those of rows where members share them. */
  List<double[]> generated(double[] x, List<double[]> parameters, double[] dy, boolean toRows) {
    NDArray rows = rows(x);
    List<NDArray> w = weights(parameters);
    List<NDArray> g = w.stream().map(each -> zeros(each.getShape())).toList();
    NDArray dx = zeros(rows.getShape());
    IValue[] there = there(rows, w, zeros(outputs()));
    IValue kept = Engine.script(texts.forward()).call(there);
    IValue out = value(array(dy, outputs()));
    Texts.Back back = texts.backward(true, toRows);
    IValue held = Engine.script(back.layout()).call(there[0], count, there[2], there[4], out);
    Engine.script(back.pass())
        .run(there[0], count, there[2], there[4], out, held, list(g), value(dx), kept);
    return Stream.concat(g.stream().map(WrittenTwice::doubles), Stream.of(ofRows(dx))).toList();
  }

  /** The gradient of the rows, to which all trunks add. */
  private double[] ofRows(NDArray dx) {
    long[] shape = dx.getShape().getShape();
    long owners = shape[0] == 1 ? 1 : shape[0] / network.trunks();
    return doubles(dx.reshape(-1, owners, shape[1], shape[2]).sum(new int[] {0}));
  }

  /** By the engine's own way back through the same text. */
  List<double[]> recorded(double[] x, List<double[]> parameters, double[] dy) {
    List<String> body = new ArrayList<>(List.of("members = " + network.trunks() * members));
    body.addAll(texts.plainLines());
    body.add("return " + texts.result());
    Texts.Text text =
        Texts.Text.of("Recorded", List.of("x: Tensor", "w: List[Tensor]"), "Tensor", body);
    TorchScript script =
        TorchScript.of(
            (PtNDManager) manager, text.source().getBytes(StandardCharsets.UTF_8), text.name());
    NDArray rows = rows(x);
    List<NDArray> w = weights(parameters);
    NDList arguments = new NDList(rows);
    for (NDArray each : w) {
      each.setName("w[]");
      arguments.add(each);
    }
    JniUtils.setGradMode(true);
    try {
      arguments.forEach(each -> each.setRequiresGradient(true));
      NDArray result = IValueUtils.forward(script.block(), arguments, true).singletonOrThrow();
      JniUtils.backward((PtNDArray) result, (PtNDArray) array(dy, outputs()), false, false);
    } finally {
      JniUtils.setGradMode(false);
    }
    return Stream.concat(
            w.stream().map(NDArray::getGradient).map(WrittenTwice::doubles),
            Stream.of(ofRows(rows.getGradient())))
        .toList();
  }

  /** By central differences of what it predicts. */
  List<double[]> differences(double[] x, List<double[]> parameters, double[] dy) {
    List<double[]> all = new ArrayList<>();
    for (int i = 0; i < slices.size(); i++) {
      int slice = i;
      all.add(
          Oracle.centralDifferences(
              parameters.get(i),
              moved -> {
                List<double[]> other = new ArrayList<>(parameters);
                other.set(slice, moved);
                return loss(x, other, dy);
              }));
    }
    all.add(Oracle.centralDifferences(x, moved -> loss(moved, parameters, dy)));
    return all;
  }

  private double loss(double[] x, List<double[]> parameters, double[] dy) {
    double[] y = predict(x, parameters);
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum += y[i] * dy[i];
    }
    return sum;
  }

  /** How many numbers all members have of a slice. */
  int size(Slice slice) {
    return network.copies(slice) * members * slice.size();
  }

  /** One member's parameters by their names, in each trunk under its own. */
  Map<String, double[]> of(int member, List<double[]> parameters) {
    Map<String, double[]> own = new HashMap<>();
    for (int i = 0; i < slices.size(); i++) {
      Slice slice = slices.get(i);
      for (int trunk = 0; trunk < network.copies(slice); trunk++) {
        int from = (trunk * members + member) * slice.size();
        double[] part = Arrays.copyOfRange(parameters.get(i), from, from + slice.size());
        own.put(PlainGraph.name(trunk, slice), part);
      }
    }
    return own;
  }

  @Override
  public void close() {
    count.close();
    manager.close();
  }
}
