package dev.retort.teach;

import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.env.Prologue;
import dev.retort.loss.BehaviorCloning;
import dev.retort.loss.Distance;
import dev.retort.nn.Blueprint;
import dev.retort.nn.CausalTransformer;
import dev.retort.nn.Descent;
import dev.retort.nn.Initialization;
import dev.retort.nn.Mlp;
import dev.retort.nn.Network;
import dev.retort.nn.Output;
import dev.retort.nn.Rows;
import dev.retort.nn.Trunk;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.random.RandomStream;
import dev.retort.random.RandomStreams;
import dev.retort.run.Finite;
import dev.retort.run.Session;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * What learns for {@link DecisionTransformer}: of each seed one network, or one an agent, whose
 * tokens a linear layer turns into logits.
 *
 * <p>All networks of a seed learn in one update, whose terms may couple them.
 */
final class SequenceLearner extends Learner {
  private static final int STRETCH = 64;
  private static final double EPSILON = 1e-8;

  private final DecisionTransformer spec;
  private final SequenceData data;
  private final int batch;
  private final int tokens;
  private final Descent trunk;
  private final Descent head;
  private final RandomStreams streams;
  private final Optional<Relation> relation;
  private final Optional<FeatureDistance> feature;
  private final BehaviorCloning cloning = new BehaviorCloning();
  private final List<float[]> labels = new ArrayList<>();
  private final int[] rows;
  private final float[] x;
  private final float[] features;
  private final float[] logits;
  private final float[] dLogits;
  private final float[] dFeatures;
  private final float[] slope;
  private final double[] losses;
  private final double[] divergences;
  private int updates;

  SequenceLearner(DecisionTransformer spec, Env env, long[] seeds) {
    super(env, 1, seeds, Prologue.NONE);
    this.spec = spec;
    this.data = SequenceData.of(spec, env);
    this.batch = data.rows();
    this.tokens = data.trajectory(0).tokens();
    int choices = data.choices();
    CausalTransformer network = data.network();
    long[] each = LongStream.of(seeds).flatMap(this::ofSeed).toArray();
    Blueprint below =
        new Blueprint(
                network, NetworkPolicy.shape(data.trajectory(0).sees()), List.of(), Trunk.SHARED)
            .upTo(List.of(Output.of(CausalTransformer.TOKENS, tokens * spec.width())));
    this.trunk = descent(below, each);
    this.head =
        descent(
            new Blueprint(
                Mlp.of(),
                List.of(spec.width()),
                List.of(Output.of("logits", choices)),
                Trunk.SHARED),
            each);
    trunk.join(state, "trunk", "trunkAdam", data.networks());
    head.join(state, "head", "headAdam", data.networks());
    this.streams = RandomStreams.of(seeds, "memory");
    state.longs("memory", streams::states, streams::restore);
    this.rows = new int[members * data.cells()];
    int all = each.length * batch * tokens;
    this.x = new float[each.length * batch * data.trajectory(0).size()];
    this.features = new float[all * spec.width()];
    this.logits = new float[all * choices];
    this.dLogits = new float[logits.length];
    this.dFeatures = new float[features.length];
    this.slope = new float[choices];
    this.losses = new double[members];
    this.divergences = new double[members];
    if (spec.imitation() > 0) {
      Distance distance = spec.distance();
      if (distance.compares() != Distance.Compares.CHOICES) {
        throw new RetortException(
            "decisionTransformer: expected a distance of choices such as kl, kl:0.5 or nll, got %s."
                .formatted(distance));
      }
      for (int agent = 0; agent < data.agents(); agent++) {
        float[] said = data.labels(agent);
        labels.add(distance.prepare(said, said.length / choices, choices));
      }
    }
    this.relation =
        spec.relation() > 0
            ? Optional.of(new Relation(spec, data, seeds, state))
            : Optional.empty();
    this.feature =
        spec.featureDistance() > 0
            ? Optional.of(new FeatureDistance(spec, data, seeds.length))
            : Optional.empty();
  }

  /** Seeds of the networks of a seed. */
  private LongStream ofSeed(long seed) {
    return data.networks() == 1
        ? LongStream.of(seed)
        : LongStream.range(0, data.networks())
            .map(agent -> RandomStream.of(seed, "agent", agent).nextLong());
  }

  private Descent descent(Blueprint blueprint, long[] each) {
    return new Descent(Network.of(blueprint, Initialization.FAN_IN, each), EPSILON, spec.maxNorm());
  }

  @Override
  protected boolean isAlwaysTold() {
    return true;
  }

  @Override
  protected void iterate(Session session) {
    Arrays.fill(losses, 0);
    Arrays.fill(divergences, 0);
    relation.ifPresent(Relation::begin);
    feature.ifPresent(FeatureDistance::begin);
    updates = 0;
    for (long until = Math.min(spec.steps(), step + STRETCH); step < until; step++) {
      session.check();
      update();
      updates++;
    }
  }

  private void update() {
    double rate = spec.learningRate().at((double) step / spec.steps());
    for (int seed = 0; seed < members; seed++) {
      data.draw(seed, streams.get(seed), rows, x);
    }
    trunk.network().forward(x, batch, Rows.PER_MEMBER, features);
    head.network().forward(features, batch * tokens, Rows.PER_MEMBER, logits);
    Arrays.fill(dLogits, 0);
    for (int seed = 0; seed < members; seed++) {
      compare(seed);
    }
    head.step(dLogits, dFeatures, rate, step);
    feature.ifPresent(term -> term.add(rows, features, dFeatures, step));
    relation.ifPresent(term -> term.step(rows, features, dFeatures, rate, step));
    trunk.step(dFeatures, rate, step);
  }

  /** {@code Σ_i [ −log π_i(a_i) · action + β D(teacher_i, π_i) ]} on the mean over steps. */
  private void compare(int seed) {
    int from = seed * data.cells();
    long there = Arrays.stream(rows, from, from + data.cells()).filter(row -> row >= 0).count();
    int choices = data.choices();
    int targets = spec.distance().prepared(choices);
    double loss = 0;
    double divergence = 0;
    for (int cell = 0; cell < data.cells(); cell++) {
      int row = rows[from + cell];
      for (int agent = 0; row >= 0 && agent < data.agents(); agent++) {
        int at = data.token(seed, cell, agent) * choices;
        if (spec.action() > 0) {
          float[] done = {data.action(row, agent)};
          loss += spec.action() * term(cloning, at, done, 0, spec.action() / there);
        }
        if (spec.imitation() > 0) {
          double far =
              term(spec.distance(), at, labels.get(agent), row * targets, spec.imitation() / there);
          divergence += far;
          loss += spec.imitation() * far;
        }
      }
    }
    Finite.require(loss, 0, "loss of the choices", step);
    losses[seed] += loss / there;
    divergences[seed] += divergence / there;
  }

  /** The loss of one agent's choice in one step, whose weighted gradient is added. */
  private double term(Distance distance, int at, float[] targets, int j, double weight) {
    int choices = data.choices();
    float[] z = Arrays.copyOfRange(logits, at, at + choices);
    double loss = distance.at(z, 0, targets, j, choices, slope);
    for (int i = 0; i < choices; i++) {
      dLogits[at + i] += (float) (weight * slope[i]);
    }
    return loss;
  }

  @Override
  protected double column(String name, int member) {
    double sum =
        switch (name) {
          case "loss" ->
              losses[member]
                  + relation.map(term -> term.loss(member)).orElse(0.0)
                  + feature.map(term -> term.loss(member)).orElse(0.0);
          case "divergence" -> divergences[member];
          case "relation" -> relation.orElseThrow().value(member);
          case "feature-distance" -> feature.orElseThrow().value(member);
          case "teacher-angles" -> relation.orElseThrow().teacherDeviation(member);
          case "student-angles" -> relation.orElseThrow().studentDeviation(member);
          default -> Double.NaN;
        };
    return sum / updates;
  }

  @Override
  protected Policy policy(int member) {
    int first = member * data.networks();
    return data.policy(
        network -> trunk.network().member(first + network),
        network -> head.network().member(first + network));
  }

  @Override
  public void close() {
    trunk.network().close();
    head.network().close();
    relation.ifPresent(Relation::close);
  }
}
