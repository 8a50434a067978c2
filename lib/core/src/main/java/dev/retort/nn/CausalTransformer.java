package dev.retort.nn;

import dev.retort.RetortException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A transformer over a trajectory, {@link dev.retort.space.Trajectory}: tokens of return-to-go,
 * what is seen and what was done before, of one agent or of several at each step. A token sees all
 * tokens of its own step and of the steps before it.
 *
 * <p>A step of an agent is one token, the sum of what linear layers make of the three, or three
 * tokens. Each is given numbers that are learned for the time in the episode and, where there are
 * several, for the agent. Blocks are those of {@link Transformer}. What outputs sit on are the
 * tokens of the present step, agent by agent, and the output {@code tokens} has them of all steps,
 * {@code (steps · agents · width)}: of three tokens the one of what is seen.
 *
 * <p>Lili Chen and others, "Decision transformer: reinforcement learning via sequence modeling",
 * 2021, arXiv 2106.01345, whose tokens are three; one token a step and agent is ours.
 *
 * @param width numbers of a token in the network
 * @param layers blocks
 * @param heads of the attention, which divide the width
 * @param agents at each step
 * @param times steps of an episode that are distinguished
 * @param apart whether return-to-go, what is seen and what was done are tokens of their own
 */
public record CausalTransformer(
    int width, int layers, int heads, int agents, int times, boolean apart)
    implements Architecture {
  /** Output that has the tokens of all steps. */
  public static final String TOKENS = "tokens";

  /** Refuses empty layers, and heads that do not divide the width. */
  public CausalTransformer {
    Transformer.requireSizes("decisionTransformer", width, layers, heads);
    if (agents < 1 || times < 1) {
      throw new RetortException(
          "causal transformer: expected at least 1 agent and 1 step, got %s and %s."
              .formatted(agents, times));
    }
  }

  @Override
  public Node write(Graph graph) {
    if (!graph.hasPart("returns") || !graph.hasPart("steps") || !graph.hasPart("times")) {
      throw new RetortException(
          "causal transformer: expected a trajectory with returns-to-go, as decisionTransformer() shows it, got %s. Use transformer(..) or mlp(..)."
              .formatted(graph.observation().shape()));
    }
    return write(graph, graph.part("times"));
  }

  Node write(Graph graph, Node time) {
    Node there = graph.part("mask");
    int tokens = there.width();
    int steps = tokens / agents;
    Node place = graph.embedding("time", time, times, width);
    if (agents > 1) {
      place = graph.add(place, graph.embedding("agent", numbers(graph, steps), agents, width));
    }
    List<Node> kinds = new ArrayList<>();
    if (graph.hasPart("actions")) {
      kinds.add(graph.linear("action", graph.part("actions"), width, 1));
    }
    kinds.add(graph.linear("return", graph.part("returns"), width, 1));
    kinds.add(graph.linear("in", graph.part("steps"), width, 1));
    int each = apart ? kinds.size() : 1;
    Node h = apart ? side(graph, kinds, place) : sum(graph, kinds, place);
    Node mask = mask(graph, repeated(graph, there, each), steps, agents * each);
    for (int layer = 0; layer < layers; layer++) {
      h = Transformer.block(graph, "block" + layer, h, heads, Optional.of(mask));
    }
    Node all = graph.norm("norm", h);
    Node read =
        each == 1
            ? all
            : graph.slice(graph.reshape(all, tokens, each * width), (each - 1) * width, width);
    graph.output(TOKENS, read);
    Node last = graph.reshape(read, steps, agents * width);
    return graph.at(last, steps - 1);
  }

  /** Of each token the number of its agent. */
  private Node numbers(Graph graph, int steps) {
    List<Node> one = new ArrayList<>();
    for (int agent = 0; agent < agents; agent++) {
      one.add(graph.constant(agent, 1));
    }
    return graph.concat(
        Collections.nCopies(steps, one).stream().flatMap(List::stream).toArray(Node[]::new));
  }

  private static Node sum(Graph graph, List<Node> kinds, Node place) {
    Node sum = place;
    for (Node kind : kinds) {
      sum = graph.add(sum, kind);
    }
    return sum;
  }

  /** Tokens of each kind, one behind the other at each step and agent. */
  private Node side(Graph graph, List<Node> kinds, Node place) {
    Node[] placed = kinds.stream().map(kind -> graph.add(kind, place)).toArray(Node[]::new);
    return graph.reshape(graph.concat(placed), place.tokens() * placed.length, width);
  }

  /** Each number so many times, one behind the other. */
  private static Node repeated(Graph graph, Node numbers, int times) {
    if (times == 1) {
      return numbers;
    }
    Node column = graph.reshape(numbers, numbers.size(), 1);
    Node[] copies = Collections.nCopies(times, column).toArray(Node[]::new);
    return graph.reshape(graph.concat(copies), numbers.size() * times);
  }

  /** What is added to scores: only tokens are seen that are there, and of no later step. */
  private static Node mask(Graph graph, Node there, int steps, int together) {
    Node causal = graph.causalMask(graph.constant(1, steps));
    Node columns =
        graph.reshape(repeated(graph, graph.flatten(causal), together), steps, steps * together);
    Node[] rows = Collections.nCopies(together, columns).toArray(Node[]::new);
    int tokens = steps * together;
    return graph.add(graph.mask(there), graph.reshape(graph.concat(rows), tokens, tokens));
  }

  /** Such as {@code causal:32:2:2:3:25:false}. */
  @Override
  public String toString() {
    return Architectures.text("causal", this);
  }
}
