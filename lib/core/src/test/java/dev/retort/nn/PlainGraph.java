package dev.retort.nn;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** What a described network gives for one row of one member, as loops over doubles. */
final class PlainGraph {
  private final Described network;
  private final Map<String, double[]> parameters;
  private final double[] row;
  private final int trunk;
  private final Map<Node, double[]> values = new HashMap<>();

  private PlainGraph(Described network, Map<String, double[]> parameters, double[] row, int trunk) {
    this.network = network;
    this.parameters = parameters;
    this.row = row;
    this.trunk = trunk;
  }

  /** How a parameter of one of stacked trunks is called. */
  static String name(int trunk, Slice slice) {
    return trunk == 0 ? slice.name() : trunk + " " + slice.name();
  }

  static double[] outputs(Described network, Map<String, double[]> parameters, double[] row) {
    return new PlainGraph(network, parameters, row, 0).at(network.features());
  }

  private double[] at(Node last) {
    for (Node node : network.graph().nodes()) {
      values.put(node, value(node.operation()));
      if (node == last) {
        break;
      }
    }
    return values.get(last);
  }

  private double[] value(Operation operation) {
    if (operation instanceof Arrangement.Input) {
      return row;
    }
    if (operation instanceof RowLayers.Free free) {
      return parameters.get(free.slice().name());
    }
    if (operation instanceof Outputs outputs) {
      return outputs(outputs);
    }
    if (operation instanceof Arrangement.Concat concat) {
      return concat(concat);
    }
    if (operation instanceof Pointwise.Add add) {
      double[] a = values.get(add.a());
      double[] b = values.get(add.b());
      return mapped(a.length, i -> a[i] + b[i]);
    }
    if (operation instanceof Fixed.Constant constant) {
      return mapped(constant.size(), i -> constant.value());
    }
    double[] x = values.get(operation.inputs().get(0));
    if (operation instanceof Arrangement.Reshape || operation instanceof Arrangement.Expand) {
      return x;
    }
    if (operation instanceof Pointwise.Scale scale) {
      return mapped(x.length, i -> scale.factor() * x[i]);
    }
    if (operation instanceof Pointwise.Apply apply) {
      return mapped(x.length, i -> Oracle.activation(apply.activation(), x[i]));
    }
    if (operation instanceof RowLayers.Linear linear) {
      return linear(linear, x);
    }
    if (operation instanceof RowLayers.Norm norm) {
      return norm(norm, x);
    }
    if (operation instanceof Windows.Convolution convolution) {
      return convolution(convolution, x);
    }
    if (operation instanceof Windows.MaxPool pool) {
      return maxPool(pool, x);
    }
    return new PlainSequences(parameters, values).value(operation, x);
  }

  private double[] outputs(Outputs outputs) {
    double[] all = new double[outputs.shape().get(0)];
    for (Outputs.Group group : outputs.groups()) {
      PlainGraph own = new PlainGraph(network, parameters, row, group.trunk());
      double[] numbers = parameters.get(group.numbers().name());
      double[] part =
          group
              .weight()
              .map(w -> linear(parameters.get(w.name()), numbers, own.at(outputs.features())))
              .orElse(numbers);
      System.arraycopy(part, 0, all, group.column(), part.length);
    }
    return all;
  }

  private interface Element {
    double at(int i);
  }

  private static double[] mapped(int count, Element element) {
    double[] all = new double[count];
    for (int i = 0; i < count; i++) {
      all[i] = element.at(i);
    }
    return all;
  }

  private double[] concat(Arrangement.Concat concat) {
    int width = concat.shape().get(concat.shape().size() - 1);
    int tokens = concat.shape().size() == 1 ? 1 : concat.shape().get(0);
    double[] all = new double[tokens * width];
    int at = 0;
    for (Node input : concat.inputs()) {
      for (int token = 0; token < tokens; token++) {
        for (int k = 0; k < input.width(); k++) {
          all[token * width + at + k] = values.get(input)[token * input.width() + k];
        }
      }
      at += input.width();
    }
    return all;
  }

  private double[] linear(RowLayers.Linear linear, double[] x) {
    return linear(
        parameters.get(name(trunk, linear.weight())),
        parameters.get(name(trunk, linear.bias())),
        x);
  }

  private static double[] linear(double[] w, double[] b, double[] x) {
    int in = w.length / b.length;
    double[] y = new double[x.length / in * b.length];
    for (int i = 0; i < y.length; i++) {
      int out = i % b.length;
      y[i] = b[out];
      for (int k = 0; k < in; k++) {
        y[i] += x[i / b.length * in + k] * w[k * b.length + out];
      }
    }
    return y;
  }

  private double[] norm(RowLayers.Norm norm, double[] x) {
    int n = norm.x().width();
    double[] y = new double[x.length];
    for (int from = 0; from < x.length; from += n) {
      int at = from;
      double mean = DoubleStream.of(x).skip(from).limit(n).average().orElseThrow();
      double variance =
          DoubleStream.of(x).skip(from).limit(n).map(v -> (v - mean) * (v - mean)).sum() / n;
      for (int k = 0; k < n; k++) {
        y[at + k] =
            (x[at + k] - mean) / Math.sqrt(variance + 1e-5) * parameters.get(norm.scale().name())[k]
                + parameters.get(norm.offset().name())[k];
      }
    }
    return y;
  }

  /** Where a window stands on a picture: what it sees of a plane, by its own coordinates. */
  private interface Seen {
    void at(int window, int pixel);
  }

  private static void look(Node picture, Windows.Window window, int i, int j, Seen seen) {
    int height = picture.shape().get(1);
    int width = picture.shape().get(2);
    for (int a = 0; a < window.kernel(); a++) {
      for (int b = 0; b < window.kernel(); b++) {
        int row = i * window.stride() - window.padding() + a;
        int column = j * window.stride() - window.padding() + b;
        if (row >= 0 && row < height && column >= 0 && column < width) {
          seen.at(a * window.kernel() + b, row * width + column);
        }
      }
    }
  }

  private double[] convolution(Windows.Convolution convolution, double[] x) {
    double[] w = parameters.get(convolution.weight().name());
    double[] bias = parameters.get(convolution.bias().name());
    List<Integer> shape = convolution.shape();
    int planes = convolution.x().shape().get(0);
    int area = x.length / planes;
    int kernel = convolution.window().kernel() * convolution.window().kernel();
    double[] y = new double[shape.get(0) * shape.get(1) * shape.get(2)];
    for (int at = 0; at < y.length; at++) {
      int to = at;
      int out = at / (shape.get(1) * shape.get(2));
      int i = at / shape.get(2) % shape.get(1);
      y[to] = bias[out];
      look(
          convolution.x(),
          convolution.window(),
          i,
          at % shape.get(2),
          (place, pixel) -> {
            for (int plane = 0; plane < planes; plane++) {
              y[to] += w[(out * planes + plane) * kernel + place] * x[plane * area + pixel];
            }
          });
    }
    return y;
  }

  private double[] maxPool(Windows.MaxPool pool, double[] x) {
    List<Integer> shape = pool.shape();
    int area = x.length / shape.get(0);
    double[] y = new double[shape.get(0) * shape.get(1) * shape.get(2)];
    for (int at = 0; at < y.length; at++) {
      int to = at;
      int plane = at / (shape.get(1) * shape.get(2));
      y[to] = Double.NEGATIVE_INFINITY;
      look(
          pool.x(),
          pool.window(),
          at / shape.get(2) % shape.get(1),
          at % shape.get(2),
          (place, pixel) -> y[to] = Math.max(y[to], x[plane * area + pixel]));
    }
    return y;
  }
}
