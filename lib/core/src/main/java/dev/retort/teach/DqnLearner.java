package dev.retort.teach;

import dev.retort.distribution.ActionValues;
import dev.retort.distribution.Softmax;
import dev.retort.env.Env;
import dev.retort.figure.Figure;
import dev.retort.guidance.Guidance;
import dev.retort.guidance.Guide;
import dev.retort.loss.Huber;
import dev.retort.nn.Adam;
import dev.retort.nn.GradientNorm;
import dev.retort.nn.Initialization;
import dev.retort.nn.Network;
import dev.retort.nn.Rows;
import dev.retort.nn.Trunk;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.random.RandomStream;
import dev.retort.random.RandomStreams;
import dev.retort.run.Finite;
import dev.retort.run.Session;
import dev.retort.space.Discrete;
import java.util.Arrays;
import java.util.List;

/**
 * The algorithm of {@link Dqn}: act and remember, then improve the values of what is remembered.
 * Each member acts in one environment of its own.
 */
final class DqnLearner extends Learner {
  private final Dqn dqn;
  private final int batch;
  private final int choices;
  private final ActionValues values;
  private final Network online;
  private final Network target;
  private final Adam adam;
  private final Guide guide;
  private final Replay replay;
  private final NStep steps;
  private final Replay.Sample sample;
  private final Normalizers normalizers;
  private final RandomStreams exploration;
  private final RandomStreams memory;
  private final float[] q;
  private final float[] qNext;
  private final float[] qTarget;
  private final float[] dq;
  private final double[] y;
  private final double[] errors;
  private long updates;

  DqnLearner(Dqn dqn, Env env, long[] seeds) {
    super(env, 1, seeds);
    this.dqn = dqn;
    this.batch = dqn.batchSize();
    this.choices = ((Discrete) env.actions()).n();
    this.values = new ActionValues((Discrete) env.actions(), dqn.isDueling());
    this.online = network(seeds);
    this.target = network(seeds);
    this.adam = new Adam(online.parameters().length, 1e-8);
    this.guide = guide(seeds);
    guide.begin(online);
    target.approach(online, 1);
    this.replay =
        new Replay(members, Math.min(dqn.memory(), dqn.steps()), obsSize, 1, dqn.priority());
    this.steps = new NStep(members, dqn.nStep(), dqn.gamma(), obsSize, 1, replay);
    this.sample = new Replay.Sample(members * batch, obsSize, 1);
    this.exploration = RandomStreams.of(seeds, "exploration");
    this.memory = RandomStreams.of(seeds, "memory");
    int rows = members * batch;
    this.q = new float[rows * values.size()];
    this.qNext = new float[rows * values.size()];
    this.qTarget = new float[rows * values.size()];
    this.dq = new float[rows * values.size()];
    this.y = new double[rows];
    this.errors = new double[rows];
    state
        .longs("updates", () -> new long[] {updates}, saved -> updates = saved[0])
        .floats("online", online::parameters, online::set)
        .floats("target", target::parameters, target::set)
        .part("adam", adam::save, adam::restore)
        .part("replay", replay::save, replay::restore)
        .part("waiting", steps::save, steps::restore)
        .longs("exploration", exploration::states, exploration::restore)
        .longs("memory", memory::states, memory::restore)
        .part("guide", guide.state()::save, guide.state()::restore);
    this.normalizers = new Normalizers(dqn, members, copies, obsSize, dqn.gamma(), state);
  }

  private Guide guide(long[] seeds) {
    return dqn.guidance()
        .map(
            given ->
                given.guide(
                    new Guidance.Learners(
                        env,
                        Arrays.stream(seeds).boxed().toList(),
                        choices,
                        dqn.network(),
                        dqn.steps(),
                        envs::place,
                        row -> replayed(seeds[row / batch], row))))
        .orElse(Guide.SILENT);
  }

  /** Where a row of the sample was met, as {@code envs} says where members are. */
  private String replayed(long seed, int row) {
    return sample.episodes[row] == Replay.UNKNOWN
        ? "seed %s, replayed at step %s".formatted(seed, step)
        : "seed %s, episode %s, step %s".formatted(seed, sample.episodes[row], sample.steps[row]);
  }

  private Network network(long[] seeds) {
    return Network.of(
        dqn.network(),
        NetworkPolicy.shape(env.observations()),
        values.outputs(),
        Trunk.SHARED,
        Initialization.PYTORCH,
        seeds);
  }

  @Override
  void iterate(Session session) {
    play(session, Math.min(dqn.steps(), step + dqn.trainEvery()));
    for (int i = 0;
        i < dqn.updates() && step >= dqn.warmUp() && replay.isFilled() && guide.learns();
        i++) {
      session.check();
      update();
    }
  }

  private void play(Session session, long until) {
    float[] worth = new float[members * values.size()];
    float[] actions = new float[members];
    float[] before = new float[members * obsSize];
    for (; step < until; step++) {
      float[] raw = observe(session);
      double epsilon = epsilon();
      online.predict(normalizers.see(raw), 1, Rows.PER_MEMBER, worth);
      values.combine(worth, members);
      guide.act(step, raw, worth);
      for (int member = 0; member < members; member++) {
        RandomStream random = exploration.get(member);
        boolean explore = step < dqn.warmUp() || random.nextDouble() < epsilon;
        actions[member] =
            explore ? random.nextInt(choices) : Softmax.argmax(worth, member * choices, choices);
      }
      guide.choose(raw, actions);
      System.arraycopy(raw, 0, before, 0, before.length);
      act(actions);
      normalizers.count(envs);
      guide.took(before, actions, envs);
      steps.add(before, actions, envs);
    }
  }

  private double epsilon() {
    double until = dqn.exploreUntil() * dqn.steps();
    double last = dqn.epsilon();
    return step >= until ? last : 1 + (last - 1) * step / until;
  }

  private void update() {
    int rows = members * batch;
    double part = (double) step / dqn.steps();
    replay.sample(memory, batch, dqn.priorityCorrection().at(part), sample);
    normalizers.apply(sample);
    float[] chooser = qTarget;
    target.predict(sample.nextObs, batch, Rows.PER_MEMBER, qTarget);
    values.combine(qTarget, rows);
    guide.target(sample.nextObs, batch, qTarget);
    if (dqn.target() == Dqn.Target.DOUBLE) {
      chooser = qNext;
      online.predict(sample.nextObs, batch, Rows.PER_MEMBER, qNext);
      values.combine(qNext, rows);
      guide.target(sample.nextObs, batch, qNext);
    }
    targets(sample, rows, chooser, qTarget, choices, y);
    online.forward(sample.obs, batch, Rows.PER_MEMBER, q);
    values.combine(q, rows);
    Arrays.fill(dq, 0);
    for (int row = 0; row < rows; row++) {
      int taken = row * choices + (int) sample.actions[row];
      errors[row] = q[taken] - y[row];
      dq[taken] = (float) (sample.weights[row] * Huber.slope(errors[row]) / batch);
    }
    Finite.require(errors, 0, rows, "temporal difference", step);
    replay.prioritize(sample, errors);
    guide.learn(sample.obs, sample.actions, batch, y, q, dq);
    values.spread(dq, rows);
    online.backward(dq);
    Finite.require(GradientNorm.clip(online, dqn.maxNorm()), 0, "gradient norm", step);
    adam.step(online.parameters(), online.gradients(), dqn.learningRate().at(part));
    online.parametersChanged();
    if (++updates % dqn.targetEvery() == 0) {
      target.approach(online, dqn.targetRate());
    }
  }

  /**
   * The targets {@code y = R + discount · Q⁻(s', argmax_a' chooser(s', a'))} of a sample.
   *
   * @param chooser values that choose the next action, {@code (rows, choices)}
   * @param values values that it is worth, {@code (rows, choices)}
   * @param y receives the targets, {@code (rows)}
   */
  static void targets(
      Replay.Sample sample, int rows, float[] chooser, float[] values, int choices, double[] y) {
    for (int row = 0; row < rows; row++) {
      int best = Softmax.argmax(chooser, row * choices, choices);
      y[row] = sample.rewards[row] + (double) sample.discounts[row] * values[row * choices + best];
    }
  }

  @Override
  List<Figure> pictures() {
    return guide.pictures();
  }

  @Override
  double believedOf(int member) {
    return guide.believed(member);
  }

  @Override
  Policy policy(int member) {
    return guide.policy(member).orElseGet(() -> network(member));
  }

  private NetworkPolicy network(int member) {
    return new NetworkPolicy(
            dqn.name(),
            env.observations(),
            values,
            online.blueprint(),
            online.member(member),
            normalizers.frozen(member))
        .discounting(dqn.gamma());
  }

  @Override
  public void close() {
    online.close();
    target.close();
    guide.close();
  }
}
