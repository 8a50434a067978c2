package dev.retort.guidance;

import dev.retort.env.VectorEnv;
import dev.retort.figure.Figure;
import dev.retort.loss.Huber;
import dev.retort.nn.Network;
import dev.retort.policy.Policy;
import dev.retort.run.Resumable;
import java.util.ArrayList;
import java.util.List;

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
  private final double[] prior;
  private final long[] decisions;
  private final long[] believed;

  PriorGuide(DqInit init, Guidance.Learners learners) {
    this.init = init;
    this.learners = learners;
    this.estimator = KnownnessEstimator.of(init, learners);
    this.members = learners.seeds().size();
    this.choices = learners.choices();
    this.obsSize = learners.env().observations().size();
    this.prior = new double[choices];
    this.decisions = new long[members];
    this.believed = new long[members];
    estimator.join(state);
    state.longs("decisions", decisions::clone, saved -> fill(saved, decisions));
    state.longs("believed", believed::clone, saved -> fill(saved, believed));
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
    if (!init.act()) {
      return;
    }
    boolean[] mixed = mix(seen, 1, values);
    for (int member = 0; member < members; member++) {
      decisions[member]++;
      believed[member] += mixed[member] ? 1 : 0;
    }
  }

  @Override
  public void target(float[] nextObs, int batch, float[] values) {
    if (init.target()) {
      mix(nextObs, batch, values);
    }
  }

  /**
   * Replaces values by {@code κ Q + (1 − κ) P} where the prior says something.
   *
   * @return in which rows it had a say
   */
  private boolean[] mix(float[] obs, int batch, float[] values) {
    int rows = members * batch;
    double[] kappa = new double[rows * choices];
    estimator.known(obs, batch, kappa);
    boolean[] mixed = new boolean[rows];
    for (int row = 0; row < rows; row++) {
      init.prior().values(obs, row * obsSize, prior);
      for (int action = 0; action < choices; action++) {
        int at = row * choices + action;
        if (kappa[at] < 1 && !Double.isNaN(prior[action])) {
          values[at] = (float) (kappa[at] * values[at] + (1 - kappa[at]) * prior[action]);
          mixed[row] = true;
        }
      }
    }
    return mixed;
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
    float[] obs = lesson.obs();
    int batch = lesson.batch();
    float[] q = lesson.outputs();
    float[] dq = lesson.gradient();
    double[] kappa = new double[members * batch * choices];
    estimator.known(obs, batch, kappa);
    for (int row = 0; row < members * batch; row++) {
      int action = (int) lesson.actions()[row];
      int at = row * choices + action;
      init.prior().values(obs, row * obsSize, prior);
      if (kappa[at] < 1 && !Double.isNaN(prior[action])) {
        dq[at] += (float) ((1 - kappa[at]) * Huber.slope(q[at] - prior[action]) / batch);
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
    return init.learning() || init.prior().layers() > 1 ? own : init.prior().policy();
  }

  @Override
  public void close() {
    estimator.close();
  }
}
