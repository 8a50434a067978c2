package dev.retort.policy;

import dev.retort.RetortException;
import dev.retort.distribution.Distribution;
import dev.retort.distribution.Normal;
import dev.retort.nn.Architecture;
import dev.retort.nn.Blueprint;
import dev.retort.nn.InputShape;
import dev.retort.nn.Output;
import dev.retort.nn.Trunk;
import dev.retort.option.Type;
import dev.retort.space.Space;
import dev.retort.store.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a file says of a policy's network beside its parameters: layers, outputs, distribution.
 *
 * @param distribution of the policy's actions
 * @param blueprint of its network
 * @param isOlder whether the file is of the time when a mean and a deviation were one output
 */
record NetworkText(Distribution distribution, Blueprint blueprint, boolean isOlder) {
  private static final Type<Trunk> TRUNK = Type.choice(Trunk.class);

  static Tensors write(NetworkPolicy policy, Tensors tensors) {
    Blueprint blueprint = policy.blueprint();
    tensors
        .describe("distribution", policy.distribution().kind())
        .describe(
            "outputs",
            blueprint.outputs().stream().map(Output::text).collect(Collectors.joining(", ")))
        .describe("trunk", TRUNK.writer().apply(blueprint.trunk()));
    return ArchitectureText.write(blueprint.architecture(), tensors);
  }

  static NetworkText read(String owner, Space observations, Space actions, Tensors tensors) {
    Architecture network = ArchitectureText.read(owner, tensors);
    InputShape shape = NetworkPolicy.shape(observations);
    if (!tensors.metadata().containsKey("distribution")) {
      return older(owner, network, shape, actions, tensors);
    }
    Distribution distribution = Distribution.of(owner, tensors.described("distribution"), actions);
    List<Output> outputs =
        Arrays.stream(tensors.described("outputs").split(",", -1))
            .map(text -> Output.read(owner, text))
            .toList();
    List<Output> acting = distribution.outputs();
    boolean isFull =
        outputs.size() >= acting.size()
            && Output.names(outputs.subList(0, acting.size())).equals(Output.names(acting))
            && Output.width(outputs.subList(0, acting.size())) == Output.width(acting);
    if (!isFull) {
      throw new RetortException(
          "%s: expected outputs that begin with %s for %s, got '%s'."
              .formatted(
                  owner,
                  acting.stream().map(Output::text).toList(),
                  actions.summary(),
                  tensors.shown("outputs")));
    }
    Trunk trunk = TRUNK.read(owner, "trunk", tensors.described("trunk"));
    return new NetworkText(distribution, new Blueprint(network, shape, outputs, trunk), false);
  }

  /** Files that name a head and a spread in place of distribution and outputs. */
  private static NetworkText older(
      String owner, Architecture network, InputShape shape, Space actions, Tensors tensors) {
    String head = tensors.described("head");
    String spread = tensors.described("spread");
    String kind =
        switch (head + " " + spread) {
          case "logits none" -> "categorical";
          case "q-values none" -> "values";
          case "action none" -> "squashed-point";
          case "action clipped" -> "normal";
          case "action squashed" -> "squashed-normal";
          default -> "%s with a spread of %s".formatted(head, spread);
        };
    Distribution distribution = Distribution.of(owner, kind, actions);
    if (distribution instanceof Normal normal) {
      distribution = new Normal(normal.actions(), false);
    }
    Blueprint blueprint = new Blueprint(network, shape, distribution.outputs(), Trunk.SHARED);
    return new NetworkText(distribution, blueprint, true);
  }

  /**
   * Parameters as they lie today: a last layer {@code (features, 2k)} of means and deviations
   * becomes two of {@code (features, k)}.
   */
  float[] current(float[] read) {
    if (!isOlder || blueprint.outputs().size() == 1) {
      return read;
    }
    int k = blueprint.outputs().get(0).size();
    int rows = blueprint.architecture().features(blueprint.inputShape()) + 1;
    int trunk = read.length - rows * 2 * k;
    float[] current = read.clone();
    for (int row = 0; row < rows; row++) { // the row behind the weights is the bias
      System.arraycopy(read, trunk + row * 2 * k, current, trunk + row * k, k);
      System.arraycopy(read, trunk + row * 2 * k + k, current, trunk + (rows + row) * k, k);
    }
    return current;
  }
}
