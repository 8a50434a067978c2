package dev.retort.nn;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import dev.retort.random.RandomStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is written of a perceptron gives the bits of a text by hand, which holds nothing, writes
 * into nothing and takes one step after the other: the one whose numbers runs have since the second
 * arithmetic.
 */
class PerceptronTextTest {
  private static final String BY_HAND =
      """
      class ByHand(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        def forward(self: __torch__.ByHand,
          x: Tensor, w: List[Tensor], dy: Tensor, members: int) -> List[Tensor]:
          h0 = torch.rsub(torch.sigmoid(torch.mul(torch.baddbmm(w[1], x, w[0]), 2)), -1, alpha=-2)
          h1 = torch.rsub(torch.sigmoid(torch.mul(torch.baddbmm(w[3], h0, w[2]), 2)), -1, alpha=-2)
          n = torch.size(x, 1)
          wl = torch.copy_(torch.new_zeros(x, [members, 2, 64]), torch.transpose(w[4], 1, 2))
          wv = torch.copy_(torch.new_zeros(x, [members, 1, 64]), torch.transpose(w[6], 1, 2))
          hl = torch.narrow(h1, 0, 0, members)
          hv = torch.narrow(h1, 0, torch.sub(torch.size(x, 0), members), members)
          yl = torch.add(torch.transpose(torch.bmm(wl, torch.transpose(hl, 1, 2)), 1, 2), w[5])
          yv = torch.add(torch.transpose(torch.bmm(wv, torch.transpose(hv, 1, 2)), 1, 2), w[7])
          ul = torch.copy_(torch.new_zeros(x, [members, 2, n]), torch.transpose(torch.narrow(dy, 2, 0, 2), 1, 2))
          uv = torch.copy_(torch.new_zeros(x, [members, 1, n]), torch.transpose(torch.narrow(dy, 2, 2, 1), 1, 2))
          gl = torch.transpose(torch.bmm(ul, hl), 1, 2)
          gv = torch.transpose(torch.bmm(uv, hv), 1, 2)
          dl = torch.bmm(torch.transpose(ul, 1, 2), wl)
          dv = torch.bmm(torch.transpose(uv, 1, 2), wv)
          if torch.eq(torch.size(x, 0), members):
            d1 = torch.baddbmm(dl, torch.transpose(uv, 1, 2), wv)
          else:
            d1 = torch.cat([dl, dv], 0)
          e1 = torch.tanh_backward(d1, h1)
          g2 = torch.bmm(torch.transpose(h0, 1, 2), e1)
          g3 = torch.sum(e1, [1], True)
          e0 = torch.tanh_backward(torch.bmm(e1, torch.transpose(w[2], 1, 2)), h0)
          g0 = torch.bmm(torch.transpose(x, 1, 2), e0)
          g1 = torch.sum(e0, [1], True)
          dx = torch.bmm(e0, torch.transpose(w[0], 1, 2))
          return [torch.cat([yl, yv], 2), g0, g1, g2, g3, gl, gv, dx]
      """;

  private static final List<Output> OUTPUTS =
      List.of(Output.of("logits", 2), Output.of("value", 1));
  private static final int IN = 4;
  private static final int UNITS = 64;

  @ParameterizedTest
  @CsvSource({"SEPARATE, 1, 8", "SEPARATE, 3, 128", "SHARED, 1, 64", "SHARED, 2, 8"})
  void itGivesTheBitsOfTheTextByHand(Trunk trunk, int members, int batch) {
    int trunks = trunk == Trunk.SHARED ? 1 : 2;
    RandomStream random = RandomStream.of(1, "perceptron");
    float[] x = drawn(random, members * batch * IN);
    float[] dy = drawn(random, members * batch * 3);
    long[] seeds = random.longs(members).toArray();
    try (Network network =
            Network.of(
                Mlp.of(UNITS, UNITS), List.of(IN), OUTPUTS, trunk, Initialization.FAN_IN, seeds);
        NDManager manager = Engine.newManager()) {
      float[] y = new float[dy.length];
      float[] dx = new float[x.length];
      network.forward(x, batch, Rows.PER_MEMBER, y);
      network.backward(dy, dx);
      List<float[]> hand = byHand(manager, network, trunks, batch, x, dy);
      assertThat(y).isEqualTo(hand.get(0));
      assertThat(dx).isEqualTo(sum(hand.get(7), trunks));
      float[] gradients = network.gradients();
      int layers = 2 * trunks * 2;
      Layout layout = network.layout();
      assertThat(Arrays.copyOf(gradients, layout.offset(layers)))
          .isEqualTo(joined(hand.subList(1, 5)));
      assertThat(slice(network, layers)).isEqualTo(hand.get(5));
      assertThat(slice(network, layers + 1)).isEqualTo(sums(dy, members, batch, 0, 2));
      assertThat(slice(network, layers + 2)).isEqualTo(hand.get(6));
      assertThat(slice(network, layers + 3)).isEqualTo(sums(dy, members, batch, 2, 1));
    }
  }

  private static List<float[]> byHand(
      NDManager manager, Network network, int trunks, int batch, float[] x, float[] dy) {
    int members = network.members();
    List<PtNDArray> w = new ArrayList<>();
    Layout layout = network.layout();
    for (int i = 0; i < layout.slices().size(); ) {
      int copies = i < 4 * trunks ? trunks : 1;
      float[] own =
          Arrays.copyOfRange(network.parameters(), layout.offset(i), layout.offset(i + copies));
      w.add(array(manager, own, layout.slices().get(i).shapeOf(copies * members)));
      i += copies;
    }
    float[] rows = new float[trunks * x.length];
    for (int trunk = 0; trunk < trunks; trunk++) {
      System.arraycopy(x, 0, rows, trunk * x.length, x.length);
    }
    TorchScript script =
        TorchScript.of((PtNDManager) manager, BY_HAND.getBytes(StandardCharsets.UTF_8), "ByHand");
    IValue result =
        script.call(
            IValue.from(array(manager, rows, trunks * (long) members, batch, IN)),
            IValue.listFrom(w.toArray(PtNDArray[]::new)),
            IValue.from(array(manager, dy, members, batch, 3)),
            IValue.from((long) members));
    return result.toNDList((PtNDManager) manager).stream()
        .map(each -> each.toType(DataType.FLOAT32, true).toFloatArray())
        .toList();
  }

  private static PtNDArray array(NDManager manager, float[] values, long... shape) {
    NDArray array = manager.create(values, new Shape(shape));
    return (PtNDArray) array;
  }

  private static float[] slice(Network network, int slice) {
    Layout layout = network.layout();
    return Arrays.copyOfRange(network.gradients(), layout.offset(slice), layout.offset(slice + 1));
  }

  /** The gradient of the rows, to which all trunks add. */
  private static float[] sum(float[] all, int trunks) {
    float[] sum = Arrays.copyOf(all, all.length / trunks);
    for (int i = sum.length; i < all.length; i++) {
      sum[i % sum.length] += all[i];
    }
    return sum;
  }

  /** Sums over rows in double precision. */
  private static float[] sums(float[] dy, int members, int batch, int column, int count) {
    float[] sums = new float[members * count];
    for (int i = 0; i < sums.length; i++) {
      double sum = 0;
      for (int row = 0; row < batch; row++) {
        sum += dy[(i / count * batch + row) * 3 + column + i % count];
      }
      sums[i] = (float) sum;
    }
    return sums;
  }

  private static float[] joined(List<float[]> parts) {
    float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  private static float[] drawn(RandomStream random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
