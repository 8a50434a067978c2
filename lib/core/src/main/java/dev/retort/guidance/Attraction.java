package dev.retort.guidance;

import dev.retort.distribution.Density;
import dev.retort.env.VectorEnv;
import dev.retort.policy.Actor;
import dev.retort.run.Resumable;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntFunction;

/** The algorithm of {@link Kickstart}. */
final class Attraction implements Companion {
  /** Episodes whose mean return is held against the teacher's. */
  private static final double WINDOW = 10;

  private final Kickstart kick;
  private final Guidance.Learners learners;
  private final int members;
  private final Resumable state = new Resumable();
  private final Optional<Actor> demonstrator;
  private final double[] returns;
  private final long[] queries = new long[1];
  private final long[] taken = new long[1];
  private long step;
  private Optional<Pull> pull = Optional.empty();
  private Optional<Played> played = Optional.empty();
  private int stretch;
  private float[] answers = {};

  Attraction(Kickstart kick, Guidance.Learners learners) {
    this.kick = kick;
    this.learners = learners;
    this.members = learners.seeds().size();
    this.returns = new double[members];
    this.demonstrator =
        kick.demonstrations() == 0
            ? Optional.empty()
            : Optional.of(
                kick.teacher().actor(members * learners.copies()).placing(learners.places()));
    state
        .longs("step", () -> new long[] {step}, saved -> step = saved[0])
        .longsOr("taken", taken::clone, saved -> taken[0] = saved[0])
        .longsOr("queries", queries::clone, saved -> queries[0] = saved[0])
        .doublesOr("returns", returns);
  }

  @Override
  public Resumable state() {
    return state;
  }

  /** λ of a member now. */
  private double weight(int member) {
    double falling =
        Double.isInfinite(kick.until())
            ? 1
            : Math.max(0, 1 - step / (kick.until() * learners.steps()));
    double behind =
        Double.isInfinite(kick.caughtUp()) ? 1 : Math.max(0, 1 - returns[member] / kick.caughtUp());
    return kick.weight() * falling * behind;
  }

  private boolean isOver() {
    for (int member = 0; member < members; member++) {
      if (weight(member) > 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void choose(float[] seen, float[] actions, boolean[] guided) {
    if (demonstrator.isEmpty() || taken[0] >= kick.demonstrations()) {
      return;
    }
    demonstrator.get().greedy(seen, actions);
    Arrays.fill(guided, true);
    queries[0] += learners.copies();
  }

  @Override
  public void took(float[] before, float[] actions, VectorEnv envs, float[] rewards) {
    taken[0] += learners.copies();
    for (int row = 0; row < envs.copies(); row++) {
      if (envs.ended(row) && taken[0] > kick.demonstrations()) {
        int member = row / learners.copies();
        returns[member] += (envs.episodeReturn(row) - returns[member]) / WINDOW;
      }
    }
  }

  /** A pull that asks so many rows at a time. */
  private Pull pull(int rows, IntFunction<String> places) {
    if (pull.isEmpty() || stretch != rows) {
      pull.ifPresent(Pull::close);
      stretch = rows;
      pull =
          Optional.of(
              Pull.of(kick.teacher(), learners.learning(), kick.temperature(), rows, places));
    }
    return pull.get();
  }

  /** Asks the teacher of every state of a rollout, once. */
  @Override
  public void played(Played rollout) {
    played = Optional.of(rollout);
    step = rollout.step();
    if (isOver()) {
      return;
    }
    int perMember = rollout.rows() / members;
    Pull asked = pull(rollout.steps(), row -> "a row of the last rollout");
    answers = asked.ask(rollout.obs(), rollout.rows());
    queries[0] += perMember;
    for (int row = 0; kick.expectedEntropy() && row < rollout.rows(); row++) {
      boolean goesOn = (row + 1) % rollout.steps() != 0 && !rollout.ended()[row];
      if (goesOn) {
        int next = row + 1;
        double costs = asked.distance(answers, next, rollout.outputs(), next * rollout.width());
        rollout.rewards()[row] -= (float) (weight(row / perMember) * costs);
      }
    }
  }

  @Override
  public void learn(LearningBatch lesson) {
    step = lesson.step();
    if (isOver()) {
      return;
    }
    if (!lesson.isOfRollout()) {
      answers = pull(lesson.size(), learners.replays()).ask(lesson.obs(), lesson.size());
      queries[0] += lesson.batch();
    }
    Pull asked = pull.orElseThrow();
    for (int i = 0; i < lesson.size(); i++) {
      int row = lesson.isOfRollout() ? lesson.rows()[i] : i;
      int at = i * lesson.width();
      double weight = weight(i / lesson.batch()) / lesson.batch();
      double near = Double.isInfinite(kick.proximal()) ? 1 : near(asked, lesson, row, at, weight);
      asked.addGradient(answers, row, lesson.outputs(), at, weight * near, lesson.gradient());
    }
  }

  /**
   * {@code max(r, 1 − ε)} of a row, with the gradient of the distance through it.
   *
   * @param row of the rollout
   * @param at where its outputs begin in the lesson
   */
  private double near(Pull asked, LearningBatch lesson, int row, int at, double weight) {
    Density density = (Density) learners.learning().distribution();
    Played old = played.orElseThrow();
    int action = row * density.actions().size();
    double before = density.logProbability(old.outputs(), row * old.width(), old.actions(), action);
    double now = density.logProbability(lesson.outputs(), at, old.actions(), action);
    double ratio = Math.exp(now - before);
    if (ratio <= 1 - kick.proximal()) {
      return 1 - kick.proximal();
    }
    double distance = asked.distance(answers, row, lesson.outputs(), at);
    density.addGradient(
        lesson.outputs(),
        at,
        old.actions(),
        action,
        weight * ratio * distance,
        0,
        lesson.gradient());
    return ratio;
  }

  @Override
  public long queries(int member) {
    return queries[0];
  }

  @Override
  public void close() {
    pull.ifPresent(Pull::close);
    demonstrator.ifPresent(Actor::close);
  }
}
