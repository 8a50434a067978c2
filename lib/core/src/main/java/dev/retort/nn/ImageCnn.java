package dev.retort.nn;

import dev.retort.RetortException;
import dev.retort.option.Given;
import java.util.List;

/**
 * A convolutional network for images: 3×3 convolutions with stride 2 and rectifiers, each of which
 * halves the sides, then linear layers with rectifiers; of the kind of Volodymyr Mnih et al.,
 * "Human-level control through deep reinforcement learning", 2015, Nature 518.
 *
 * @param channels of each convolution
 * @param hidden widths of the linear layers
 * @param scale what pixels are multiplied with first; bytes want 1/255
 */
public record ImageCnn(List<Integer> channels, List<Integer> hidden, double scale)
    implements Architecture {
  private static final List<Integer> HIDDEN = List.of(128);

  /** Refuses empty layers. */
  public ImageCnn {
    channels = List.copyOf(channels);
    hidden = List.copyOf(hidden);
    Architecture.requireFew("image", channels);
    Architecture.requireFew("image", hidden);
    if (channels.isEmpty()
        || channels.stream().anyMatch(width -> width < 1)
        || hidden.stream().anyMatch(width -> width < 1)) {
      throw new RetortException(
          "image: expected at least one convolution, and channels and hidden widths of at least 1, got %s and %s."
              .formatted(channels, hidden));
    }
    if (!(scale > 0 && Double.isFinite(scale))) {
      throw new RetortException("image: expected a scale above 0, got " + scale + ".");
    }
  }

  /** Convolutions of so many channels below one linear layer of 128. */
  public static ImageCnn of(List<Integer> channels) {
    return new ImageCnn(channels, HIDDEN, 1);
  }

  /** The same with linear layers of other widths. */
  public ImageCnn hidden(int... widths) {
    List<Integer> given = Given.given("image", "widths", widths);
    return new ImageCnn(channels, given, scale);
  }

  /** The same with pixels that are multiplied with a number first. */
  public ImageCnn scaled(double other) {
    return new ImageCnn(channels, hidden, other);
  }

  @Override
  public Node write(Graph graph) {
    Node image = graph.observation();
    if (image.shape().size() != 3) {
      throw new RetortException(
          "image: expected observations of shape (planes, height, width), got %s. Use mlp(..)."
              .formatted(image.shape()));
    }
    Node h = scale == 1 ? image : graph.scale(image, scale);
    for (int layer = 0; layer < channels.size(); layer++) {
      Node convolved = graph.convolution("conv" + layer, h, channels.get(layer), 3, 2, 1);
      h = graph.apply(Activation.RELU, convolved);
    }
    h = graph.flatten(h);
    for (int layer = 0; layer < hidden.size(); layer++) {
      h = graph.apply(Activation.RELU, graph.linear("hidden" + layer, h, hidden.get(layer)));
    }
    return h;
  }

  @Override
  public String toString() {
    return Architectures.text("image", this);
  }
}
