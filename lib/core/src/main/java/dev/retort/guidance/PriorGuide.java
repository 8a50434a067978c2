package dev.retort.guidance;

import dev.retort.env.VectorEnv;
import dev.retort.figure.Figure;
import dev.retort.loss.Huber;
import dev.retort.loss.Softmax;
import dev.retort.nn.Network;
import dev.retort.nn.Output;
import dev.retort.policy.Policy;
import dev.retort.prior.QPrior;
import dev.retort.random.RandomStream;
import dev.retort.random.RandomStreams;
import dev.retort.run.Resumable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The algorithm of {@link DqInit}. */
final class PriorGuide implements Companion {
  private final Resumable state = new Resumable();

  /** How many fields a side the maps have that are drawn while a run lasts. */
  static final int FIELDS = 16;

  private final DqInit init;
  private final Guidance.Learners learners;
  private final KnownnessEstimator estimator;
  private final int members;
  private final int choices;
  private final int obsSize;
  private final double mean;
  private final long[] decisions;
  private final long[] believed;
  private final RandomStreams turns;
  private final Optional<PriorHandover> handover;

  PriorGuide(DqInit init, Guidance.Learners learners) {
    this.init = init;
    this.learners = learners;
    this.estimator = KnownnessEstimator.of(init, learners);
    this.members = learners.seeds().size();
    this.choices = learners.choices();
    this.obsSize = learners.env().observations().size();
    this.mean = init.prior().filled().initial();
    this.decisions = new long[members];
    this.believed = new long[members];
    this.turns =
        RandomStreams.of(
            members, member -> RandomStream.of(learners.seeds().get(member), "turns of the prior"));
    this.handover =
        init.handoverEvery() == 0
            ? Optional.empty()
            : Optional.of(new PriorHandover(init.handoverEvery(), members));
    estimator.join(state);
    state
        .longs("decisions", decisions::clone, saved -> fill(saved, decisions))
        .longs("believed", believed::clone, saved -> fill(saved, believed))
        .longsOr("turns", turns::states, turns::restore);
    handover.ifPresent(each -> each.join(state));
  }

  private static void fill(long[] saved, long[] live) {
    System.arraycopy(saved, 0, live, 0, live.length);
  }

  @Override
  public Resumable state() {
    return state;
  }

  @Override
  public void begin(Network online) {
    if (init.residual()) {
      for (int member = 0; member < members; member++) {
        for (Output output : learners.learning().distribution().outputs()) {
          online.zeroLastLayer(member, output);
        }
      }
      online.parametersChanged();
    }
    if (init.pretraining() > 0) {
      new Pretraining(init.prior(), learners).run(online, init.pretraining());
    }
  }

  @Override
  public boolean learns() {
    return init.learning();
  }

  @Override
  public void act(long step, float[] seen, float[] values) {
    estimator.at(step);
    handover.ifPresent(each -> each.at(step));
    if (!init.act() && !init.residual() && handover.isEmpty()) {
      return;
    }
    double[] prior = prior(seen, members);
    addPrior(prior, values);
    double[] kappa = known(seen, 1);
    float[] own = values.clone();
    if (init.act()) {
      boolean[] had = init.takingTurns() ? turn(prior, kappa, values) : mix(prior, kappa, values);
      for (int member = 0; member < members; member++) {
        decisions[member]++;
        believed[member] += had[member] ? 1 : 0;
      }
    }
    handover.ifPresent(each -> decided(each, prior, kappa, own, values));
  }

  private void decided(
      PriorHandover to, double[] prior, double[] kappa, float[] own, float[] acting) {
    for (int member = 0; member < members; member++) {
      int at = member * choices;
      int learner = Softmax.argmax(own, at, choices);
      int table = preferred(prior, at);
      to.decided(
          member,
          kappa,
          at,
          choices,
          Softmax.argmax(acting, at, choices),
          learner,
          table < 0 ? learner : table);
    }
  }

  @Override
  public void target(float[] nextObs, int batch, float[] values) {
    if (!init.residual() && !init.target()) {
      return;
    }
    double[] prior = prior(nextObs, members * batch);
    addPrior(prior, values);
    if (init.target()) {
      double[] kappa = known(nextObs, batch);
      float[] own = values.clone();
      mix(prior, kappa, values);
      handover.ifPresent(each -> targeted(each, batch, prior, kappa, own, values));
    }
  }

  private void targeted(
      PriorHandover to, int batch, double[] prior, double[] kappa, float[] own, float[] mixed) {
    for (int row = 0; row < members * batch; row++) {
      int at = row * choices;
      double distance = 0;
      for (int i = at; i < at + choices; i++) {
        distance += Double.isNaN(prior[i]) ? 0 : (1 - kappa[i]) * Math.abs(prior[i] - own[i]);
      }
      int best = at + Softmax.argmax(mixed, at, choices);
      to.targeted(row / batch, kappa[best] < 1 && !Double.isNaN(prior[best]), distance);
    }
  }

  @Override
  public void value(float[] obs, int batch, float[] values) {
    if (init.residual()) {
      addPrior(prior(obs, members * batch), values);
    }
  }

  /** What the prior says of some rows, {@code (rows, choices)}; NaN where it says nothing. */
  private double[] prior(float[] obs, int rows) {
    double[] prior = new double[rows * choices];
    double[] row = new double[choices];
    for (int i = 0; i < rows; i++) {
      init.prior().values(obs, i * obsSize, row);
      System.arraycopy(row, 0, prior, i * choices, choices);
    }
    return prior;
  }

  private double[] known(float[] obs, int batch) {
    double[] kappa = new double[members * batch * choices];
    estimator.known(obs, batch, kappa);
    return kappa;
  }

  /** {@code P̃ + f}, where the network is a residual. */
  private void addPrior(double[] prior, float[] values) {
    for (int i = 0; init.residual() && i < prior.length; i++) {
      values[i] += (float) (Double.isNaN(prior[i]) ? mean : prior[i]);
    }
  }

  /**
   * Replaces values by {@code κ Q + (1 − κ) P} where the prior says something.
   *
   * @return in which rows it had a say
   */
  private boolean[] mix(double[] prior, double[] kappa, float[] values) {
    boolean[] mixed = new boolean[prior.length / choices];
    for (int i = 0; i < prior.length; i++) {
      if (kappa[i] < 1 && !Double.isNaN(prior[i])) {
        values[i] = (float) (kappa[i] * values[i] + (1 - kappa[i]) * prior[i]);
        mixed[i / choices] = true;
      }
    }
    return mixed;
  }

  /**
   * Replaces a member's values by the prior's with probability {@code 1 − κ} of the action that the
   * prior prefers; what the prior does not know it does not choose.
   *
   * @return for which members
   */
  private boolean[] turn(double[] prior, double[] kappa, float[] values) {
    boolean[] its = new boolean[members];
    for (int member = 0; member < members; member++) {
      int at = member * choices;
      int preferred = preferred(prior, at);
      double drawn = turns.get(member).nextDouble();
      its[member] = preferred >= 0 && drawn >= kappa[at + preferred];
      for (int i = at; its[member] && i < at + choices; i++) {
        values[i] = Double.isNaN(prior[i]) ? Float.NEGATIVE_INFINITY : (float) prior[i];
      }
    }
    return its;
  }

  /** The action of the largest value that the prior knows, the first of equals; -1 for none. */
  private int preferred(double[] prior, int at) {
    int best = -1;
    for (int action = 0; action < choices; action++) {
      boolean isKnown = !Double.isNaN(prior[at + action]);
      if (isKnown && (best < 0 || (float) prior[at + action] > (float) prior[at + best])) {
        best = action;
      }
    }
    return best;
  }

  @Override
  public void took(float[] before, float[] actions, VectorEnv envs, float[] rewards) {
    estimator.took(before, actions);
  }

  @Override
  public void learn(LearningBatch lesson) {
    if (init.auxiliary()) {
      draw(lesson);
    }
    estimator.learn(lesson.obs(), lesson.actions(), lesson.batch(), lesson.targets());
  }

  private void draw(LearningBatch lesson) {
    float[] q = lesson.outputs();
    float[] dq = lesson.gradient();
    double[] kappa = known(lesson.obs(), lesson.batch());
    double[] prior = prior(lesson.obs(), lesson.size());
    for (int row = 0; row < lesson.size(); row++) {
      int at = row * choices + (int) lesson.actions()[row];
      if (kappa[at] < 1 && !Double.isNaN(prior[at])) {
        dq[at] += (float) ((1 - kappa[at]) * Huber.slope(q[at] - prior[at]) / lesson.batch());
      }
    }
  }

  @Override
  public double believed(int member) {
    double share = decisions[member] == 0 ? 0 : (double) believed[member] / decisions[member];
    decisions[member] = 0;
    believed[member] = 0;
    return share;
  }

  @Override
  public double column(String name, int member) {
    return handover.map(each -> each.column(name, member)).orElse(Double.NaN);
  }

  @Override
  public List<Figure> pictures() {
    if (obsSize < 2) {
      return List.of();
    }
    List<Figure> pictures = new ArrayList<>();
    pictures.add(init.prior().plot(0, 1, FIELDS));
    estimator.map().ifPresent(pictures::add);
    return pictures;
  }

  /** Without learning there is no network to give, but the prior, where it is a policy. */
  @Override
  public Policy policy(int member, Policy own) {
    QPrior prior = init.prior();
    if (!init.learning()) {
      return prior.layers() > 1 ? own : prior.policy();
    }
    return init.residual() ? prior.policy(prior.filled()).plus(own) : own;
  }

  @Override
  public void close() {
    estimator.close();
  }
}
