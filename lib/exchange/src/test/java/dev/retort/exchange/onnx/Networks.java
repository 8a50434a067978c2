package dev.retort.exchange.onnx;

import dev.retort.distribution.ActionValues;
import dev.retort.distribution.Categorical;
import dev.retort.distribution.Distribution;
import dev.retort.distribution.Normal;
import dev.retort.distribution.Point;
import dev.retort.distribution.SquashedNormal;
import dev.retort.distribution.SquashedPoint;
import dev.retort.env.normalize.Normalization;
import dev.retort.nn.Activation;
import dev.retort.nn.Architecture;
import dev.retort.nn.Architectures;
import dev.retort.nn.Blueprint;
import dev.retort.nn.Graph;
import dev.retort.nn.Gru;
import dev.retort.nn.ImageCnn;
import dev.retort.nn.MaskedMlp;
import dev.retort.nn.Mlp;
import dev.retort.nn.Node;
import dev.retort.nn.Output;
import dev.retort.nn.ResidualCnn;
import dev.retort.nn.TokenTransformer;
import dev.retort.nn.Transformer;
import dev.retort.nn.Trunk;
import dev.retort.nn.Urma;
import dev.retort.policy.NetworkPolicy;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Group;
import dev.retort.space.Perception;
import dev.retort.space.Selection;
import dev.retort.space.Space;
import dev.retort.space.Window;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A small policy of each architecture, operation and distribution, with drawn parameters. */
final class Networks {
  static final Box NUMBERS = Box.of(-1, 1, 4);
  static final Box ACTIONS = new Box(List.of(-2f, 0f), List.of(2f, 1f), List.of(2));

  private Networks() {}

  /** A network of the user's own, with what none of the library's has. */
  record Branches(int width) implements Architecture {
    @Override
    public Node write(Graph graph) {
      Node x = graph.flatten(graph.observation());
      Node left = graph.apply(Activation.GELU, graph.linear("left", x, width));
      Node right = graph.apply(Activation.SIGMOID, graph.linear("right", x, width));
      return graph.output("gated", graph.multiply(left, right));
    }
  }

  static NetworkPolicy policy(
      Architecture network, Perception sees, Distribution distribution, Trunk trunk) {
    List<Output> outputs = new ArrayList<>(distribution.outputs());
    outputs.add(Output.of("value", 1));
    Blueprint blueprint = new Blueprint(network, NetworkPolicy.shape(sees.sees()), outputs, trunk);
    RandomStream random = RandomStream.of(7, "parameters");
    float[] parameters = new float[(int) blueprint.parameters()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = (float) (0.6 * random.nextDouble() - 0.3);
    }
    NetworkPolicy whole =
        new NetworkPolicy(
            "drawn", sees.whole(), distribution, blueprint, parameters, Optional.empty());
    return sees.isAll() ? whole : whole.seeing(sees);
  }

  static NetworkPolicy policy(Architecture network, Space sees, Distribution distribution) {
    return policy(network, Selection.all(sees), distribution, Trunk.SHARED);
  }

  /** One or more of each architecture, by its name and what is particular about it. */
  static Map<String, NetworkPolicy> architectures() {
    Architectures.register(new Branches(5));
    Categorical choices = new Categorical(new Discrete(3));
    Map<String, NetworkPolicy> all = new LinkedHashMap<>();
    all.put("mlp", policy(Mlp.of(64, 64), NUMBERS, choices));
    all.put(
        "mlp of trunks",
        policy(
            Mlp.of(8).activation(Activation.RELU).scaled(0.1),
            Selection.all(NUMBERS),
            choices,
            Trunk.SEPARATE));
    all.put("mlp linear", policy(Mlp.of(), NUMBERS, choices));
    all.put("cnn", policy(new ResidualCnn(4, List.of(8)), Box.of(0, 1, 3, 7, 6), choices));
    all.put("image", policy(ImageCnn.of(List.of(4, 6)).hidden(8), Box.of(0, 1, 2, 9, 8), choices));
    all.put("transformer", policy(new Transformer(8, 2, 2), Box.of(-1, 1, 5, 3), choices));
    all.put("transformer of a window", window(new Transformer(8, 2, 4), choices));
    all.put("gru", policy(new Gru(6), Box.of(-1, 1, 5, 3), choices));
    all.put("gru of a window", window(new Gru(6), choices));
    Group joints =
        Group.of("body", Box.of(-1, 1, 3))
            .and("joint", Box.of(-1, 1, 2, 3))
            .and("description", Box.of(-1, 1, 2, 2))
            .and("present", Box.of(0, 1, 2));
    all.put("tokens", policy(new TokenTransformer(8, 2, 2), joints, new Normal(ACTIONS)));
    all.put(
        "tokens with deviations",
        policy(new TokenTransformer(8, 1, 2).withDeviations(), joints, new Normal(ACTIONS)));
    all.put("masked-mlp", policy(MaskedMlp.of(8, 6), joints, new Normal(ACTIONS)));
    all.put("urma", policy(new Urma(List.of(8, 6), 2), joints, new Normal(ACTIONS)));
    all.put("branches", policy(new Branches(5), NUMBERS, choices));
    return all;
  }

  private static NetworkPolicy window(Architecture network, Distribution distribution) {
    Space seen = Group.of("a", Box.of(-1, 1, 2)).and("b", Box.of(-1, 1, 2));
    Window window = new Window(4, Selection.parts(seen, List.of("b")));
    return policy(network, window, distribution, Trunk.SHARED);
  }

  /** One of each distribution, and of each way to see. */
  static Map<String, NetworkPolicy> kinds() {
    Mlp mlp = Mlp.of(16);
    Map<String, NetworkPolicy> all = new LinkedHashMap<>();
    Discrete four = new Discrete(4);
    Group parts = Group.of("grip", new Discrete(2)).and("move", ACTIONS);
    for (Distribution each :
        List.of(
            new Categorical(four),
            new ActionValues(four),
            ActionValues.dueling(four),
            new Normal(ACTIONS),
            new Normal(ACTIONS, false),
            new SquashedNormal(ACTIONS),
            new Point(Box.of(-9, 9, 2)),
            new SquashedPoint(ACTIONS),
            Distribution.of("test", "product", parts))) {
      String free = each instanceof Normal normal && !normal.isFree() ? " of what is seen" : "";
      all.put(each.kind() + free, policy(mlp, NUMBERS, each));
    }
    NetworkPolicy plain = policy(mlp, NUMBERS, new Categorical(four));
    all.put(
        "normalized",
        new NetworkPolicy(
            "normalized",
            NUMBERS,
            plain.distribution(),
            plain.blueprint(),
            plain.parameters(),
            Optional.of(
                new Normalization(
                    new double[] {0.1, 1000.3, -0.3, 0}, new double[] {0.01, 0.5, 10, 1e-4}, 5))));
    all.put(
        "selected",
        policy(mlp, Selection.numbers(NUMBERS, List.of(3, 1)), new Normal(ACTIONS), Trunk.SHARED));
    return all;
  }

  private static Node flat(Graph graph) {
    return graph.flatten(graph.observation());
  }

  private static Node tokens(Graph graph) {
    return graph.reshape(flat(graph), 2, 2);
  }

  private static Node there(Graph graph) {
    return graph.slice(flat(graph), 0, 2);
  }

  /** One of each operation of a graph over four numbers, by the operation's name. */
  static Map<String, Architecture> operations() {
    Map<String, Architecture> all = new LinkedHashMap<>();
    all.put("observation", Graph::observation);
    all.put("flatten", Networks::flat);
    all.put("reshape", Networks::tokens);
    all.put("scale", g -> g.scale(flat(g), 0.3));
    all.put("linear", g -> g.linear("a", tokens(g), 3));
    all.put("norm", g -> g.norm("a", tokens(g)));
    all.put("convolution", g -> g.convolution("a", g.reshape(flat(g), 1, 2, 2), 3, 2, 1, 1));
    all.put("maxPool", g -> g.maxPool(g.reshape(flat(g), 1, 2, 2), 2, 1, 1));
    for (Activation each : Activation.values()) {
      all.put("apply " + each, g -> g.apply(each, flat(g)));
    }
    all.put("add", g -> g.add(flat(g), g.linear("a", flat(g), 4)));
    all.put("multiply", g -> g.multiply(flat(g), g.linear("a", flat(g), 1)));
    all.put("softmax", g -> g.softmax(tokens(g)));
    all.put("detach", g -> g.detach(flat(g)));
    all.put("constant", g -> g.concat(flat(g), g.constant(0.3, 2)));
    all.put("concat", g -> g.concat(tokens(g), tokens(g)));
    all.put("slice", g -> g.slice(tokens(g), 1, 1));
    all.put("at", g -> g.at(tokens(g), 1));
    all.put("oneHot", g -> g.oneHot(choices(g), 3));
    all.put("embedding", g -> g.embedding("a", choices(g), 3, 2));
    all.put("positions", g -> g.positions("a", tokens(g)));
    all.put("attention", g -> g.attention("a", tokens(g), 2));
    all.put("attention, masked", g -> g.attention("a", tokens(g), 1, g.mask(there(g))));
    all.put("mask", g -> g.scale(g.mask(there(g)), 1e-9));
    all.put("causalMask", g -> g.scale(g.causalMask(there(g)), 1e-9));
    all.put("weightedSum", g -> g.weightedSum(there(g), tokens(g)));
    all.put("meanPool", g -> g.meanPool(tokens(g)));
    all.put("meanPool of those there", g -> g.meanPool(tokens(g), there(g)));
    all.put("attentionPool", g -> g.attentionPool("a", tokens(g)));
    all.put("attentionPool of those there", g -> g.attentionPool("a", tokens(g), there(g)));
    all.put("gru", g -> g.gru("a", there(g), g.linear("b", flat(g), 3)));
    all.put("gru of tokens", g -> g.gru("a", tokens(g), 3, there(g)).get(1));
    all.put("again", Networks::twice);
    all.put("output", g -> g.output("named", g.linear("a", flat(g), 2)));
    return all;
  }

  /** Numbers between −1 and 1 as choices among three. */
  private static Node choices(Graph graph) {
    return graph.add(flat(graph), graph.constant(1, 4));
  }

  private static Node twice(Graph graph) {
    Node once = graph.linear("a", flat(graph), 4);
    return graph.again(once, graph.apply(Activation.TANH, once));
  }
}
