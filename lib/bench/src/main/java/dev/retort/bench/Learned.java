package dev.retort.bench;

import dev.retort.nn.Adam;
import dev.retort.nn.Architecture;
import dev.retort.nn.Blueprint;
import dev.retort.nn.Groups;
import dev.retort.nn.Initialization;
import dev.retort.nn.InputShape;
import dev.retort.nn.Network;
import dev.retort.nn.Output;
import dev.retort.nn.Rows;
import dev.retort.nn.Trunk;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A network that learns 4 numbers of every observation.
 *
 * @param network what lies between
 * @param observation what one is
 */
record Learned(Architecture network, InputShape observation) {
  private static final int OUTPUTS = 4;

  /** One that sees one whole of a shape. */
  Learned(Architecture network, List<Integer> shape) {
    this(network, InputShape.of(shape));
  }

  /** A population in the groups in which a distillation deals it to one core. */
  List<Group> groups(int members, int batch) {
    return Arrays.stream(Groups.of(network, members, batch, 1))
        .mapToObj(size -> new Group(this, size, batch))
        .toList();
  }

  /** Members that are computed together. */
  static final class Group implements AutoCloseable {
    private final int batch;
    private final Network network;
    private final Adam adam;
    private final float[] x;
    private final float[] out;

    private Group(Learned learned, int members, int batch) {
      this.batch = batch;
      this.network =
          Network.of(
              new Blueprint(
                  learned.network,
                  learned.observation,
                  List.of(Output.of("q", OUTPUTS)),
                  Trunk.SHARED),
              Initialization.FAN_IN,
              LongStream.range(0, members).toArray());
      this.adam = new Adam(network.parameters().length, 1e-8);
      this.x = new float[members * batch * network.inputs()];
      this.out = new float[members * batch * OUTPUTS];
      for (int i = 0; i < x.length; i++) {
        x[i] = (float) Math.sin(i);
      }
    }

    /** One update: forward, loss gradient, backward and Adam. */
    void update() {
      network.forward(x, batch, Rows.PER_MEMBER, out);
      for (int k = 0; k < out.length; k++) {
        out[k] = (out[k] - 0.5f) * (2f / batch);
      }
      network.backward(out);
      adam.step(network.parameters(), network.gradients(), 1e-4);
      network.parametersChanged();
    }

    @Override
    public void close() {
      network.close();
    }
  }
}
