package dev.retort.nn;

import dev.retort.RetortException;
import java.util.List;
import java.util.function.UnaryOperator;

/** Operations by a window that moves over a picture {@code (planes, height, width)}. */
final class Windows {
  private Windows() {}

  /**
   * A square window that moves over a picture.
   *
   * @param kernel its side
   * @param stride by how much it moves
   * @param padding what is added to each side of a picture
   */
  record Window(int kernel, int stride, int padding) {
    /** Refuses a window that never sees a picture. */
    Window {
      if (kernel < 1 || stride < 1 || padding < 0 || padding >= kernel) {
        throw new RetortException(
            "network: expected a kernel and a stride of at least 1, and a padding from 0 to below the kernel, got %s, %s and %s."
                .formatted(kernel, stride, padding));
      }
    }

    /** The shape of so many planes with a number for each place of the window. */
    List<Integer> over(Node picture, int planes) {
      int smallest = kernel - 2 * padding;
      List<Integer> shape = picture.shape();
      if (Math.min(shape.get(1), shape.get(2)) < smallest) {
        throw new RetortException(
            "network: expected a picture of at least %s × %s for a kernel of %s, got %s. Take a smaller kernel, or more padding."
                .formatted(smallest, smallest, kernel, shape));
      }
      return List.of(planes, places(shape.get(1)), places(shape.get(2)));
    }

    private int places(int side) {
      return (side + 2 * padding - kernel) / stride + 1;
    }

    /** Stride, padding and dilation. */
    String moves() {
      return "[%s, %s], [%s, %s], [1, 1]".formatted(stride, stride, padding, padding);
    }
  }

  /**
   * A convolution; members are its groups.
   *
   * <p>On a CPU the engine's way back to what was seen reads memory that nobody wrote where
   * channels do not fill its lanes, and gives NaN where NaN is found there. So zeros fill them.
   */
  record Convolution(Node x, Window window, Slice weight, Slice bias) implements Operation.Layer {
    /** Channels that the engine computes at once. */
    private static final int LANES = 16;

    static Convolution of(String name, Node x, int channels, Window window, double gain) {
      int planes = x.shape().get(0);
      return new Convolution(
          x,
          window,
          Slice.convolution(name, planes, channels, window.kernel(), gain),
          Slice.convolutionBias(name, planes, channels, window.kernel()));
    }

    @Override
    public Layer again(Node other) {
      return new Convolution(other, window, weight, bias);
    }

    private int channels() {
      return bias.size();
    }

    @Override
    public List<Integer> shape() {
      return window.over(x, channels());
    }

    @Override
    public List<Slice> slices() {
      return List.of(weight, bias);
    }

    @Override
    public boolean isPerMember() {
      return true;
    }

    @Override
    public <V> V translate(Translated<V> by) {
      return by.to()
          .convolution(
              by.value(x),
              by.parameter(weight),
              by.parameter(bias),
              window.stride(),
              window.padding());
    }

    /** Rows that members share need no copy: one ordinary convolution serves them all. */
    @Override
    public String forward(String y, UnaryOperator<String> w) {
      return "%s = torch.conv2d(%s, %s, %s, %s, %s)"
          .formatted(
              y,
              x.variable(),
              w.apply(weight.name()),
              w.apply(bias.name()),
              window.moves(),
              x.owners());
    }

    @Override
    public List<Kept> keeps(Node y) {
      return List.of(Kept.of(x));
    }

    @Override
    public void back(WayBack way, Node y, String dy) {
      String v = y.variable();
      String learns = WayBack.flag(way.wantsParameters());
      int missing = Math.floorMod(-channels(), LANES);
      boolean isApart = missing > 0 && way.needs(x);
      boolean isTogether = missing == 0 && way.needs(x);
      way.line(
          "%s_x, %s_w, %s_b, = %s"
              .formatted(
                  v,
                  v,
                  v,
                  back(dy, way.weight(weight), channels())
                      + "[%s, %s, %s])".formatted(WayBack.flag(isTogether), learns, learns)));
      way.gradient(weight, "torch.copy_(%%s, %s_w)".formatted(v));
      way.gradient(bias, "torch.copy_(%%s, %s_b)".formatted(v));
      if (isApart) {
        way.line("%s_d = %s".formatted(v, widened(dy, 1, missing)));
        way.line("%s_k = %s".formatted(v, widened(way.weight(weight), 0, missing)));
        way.line(
            "%s_x, %s_e, %s_f, = %s"
                .formatted(
                    v,
                    v,
                    v,
                    back(v + "_d", v + "_k", channels() + missing) + "[True, False, False])"));
      }
      way.give(x, v + "_x");
    }

    private String back(String dy, String kernels, int planes) {
      return "torch.convolution_backward(%s, %s, %s, [torch.mul(members, %s)], %s, False, [0, 0], %s, "
          .formatted(dy, x.variable(), kernels, planes, window.moves(), x.owners());
    }

    /** Zeros behind each member's own channels, which lie along one dimension. */
    private String widened(String tensor, int dimension, int missing) {
      String own =
          "torch.unflatten(%s, %s, [members, %s])".formatted(tensor, dimension, channels());
      String behind = dimension == 0 ? "0, 0, 0, 0, 0, 0, 0, " : "0, 0, 0, 0, 0, ";
      return "torch.flatten(torch.constant_pad_nd(%s, [%s]), %s, %s)"
          .formatted(own, behind + missing, dimension, dimension + 1);
    }
  }

  /** The largest number in the window, plane by plane. */
  record MaxPool(Node x, Window window) implements Operation.Unary {
    /** Refuses a padding of which nothing but itself might be seen. */
    MaxPool {
      if (2 * window.padding() > window.kernel()) {
        throw new RetortException(
            "network: expected a padding of at most half the kernel %s for maxima, got %s."
                .formatted(window.kernel(), window.padding()));
      }
    }

    @Override
    public List<Integer> shape() {
      return window.over(x, x.shape().get(0));
    }

    private String windowText() {
      return "[%s, %s], %s, False".formatted(window.kernel(), window.kernel(), window.moves());
    }

    @Override
    public <V> V translate(Translated<V> by) {
      return by.to().maxPool(by.value(x), window.kernel(), window.stride(), window.padding());
    }

    @Override
    public String forward(String y, UnaryOperator<String> w) {
      return "%s, %s_i, = torch.max_pool2d_with_indices(%s, %s)"
          .formatted(y, y, x.variable(), windowText());
    }

    /** Places are numbers of double width. */
    @Override
    public List<Kept> keeps(Node y) {
      Kept places = new Kept(y.variable() + "_i", 2 * Kept.of(y).floats());
      return List.of(Kept.of(x), places);
    }

    @Override
    public void back(WayBack way, Node y, String dy) {
      way.give(
          x,
          "torch.max_pool2d_with_indices_backward(%s, %s, %s, %s_i)"
              .formatted(dy, x.variable(), windowText(), y.variable()));
    }
  }
}
