package dev.retort.teach;

import dev.retort.env.VectorEnv;
import dev.retort.env.normalize.Normalization;
import dev.retort.figure.Figure;
import dev.retort.guidance.Companion;
import dev.retort.guidance.Guidance;
import dev.retort.guidance.LearningBatch;
import dev.retort.guidance.Played;
import dev.retort.nn.Network;
import dev.retort.policy.Policy;
import dev.retort.run.Resumable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/** All companions of a group as one, each asked in its turn. */
final class Companions implements Companion {
  private final List<Companion> all = new ArrayList<>();
  private final Resumable state = new Resumable();

  /** Those that an algorithm's settings and guidance ask for. */
  Companions(Accompanied<?> algorithm, Guidance.Learners learners) {
    if (!algorithm.taskReward()) {
      all.add(new NoTaskReward());
    }
    if (algorithm.shaping() > 0) {
      all.add(new Shaping(algorithm.shaping(), algorithm.gamma(), learners.env()));
    }
    if (algorithm.countBonus() > 0) {
      addBonus("countBonus", counting(algorithm, learners), algorithm, learners);
    }
    if (algorithm.networkBonus() > 0) {
      int obsSize = learners.env().observations().size();
      double weight = algorithm.networkBonus();
      addBonus(
          "networkBonus",
          new NetworkBonus(weight, learners.seeds(), learners.copies(), obsSize),
          algorithm,
          learners);
    }
    List<Guidance> given = inOrder(algorithm.guidance());
    for (int i = 0; i < given.size(); i++) {
      add(i == 0 ? "guide" : "guide" + i, given.get(i).companion(learners));
    }
  }

  /** Those first that say how training begins: what others do to parameters stands above it. */
  private static List<Guidance> inOrder(List<Guidance> given) {
    return given.stream().sorted(Comparator.comparing(each -> !each.isBeginning())).toList();
  }

  private static Companion counting(Accompanied<?> algorithm, Guidance.Learners learners) {
    return algorithm.countCells() > 0
        ? new CellBonus(
            algorithm.countBonus(),
            algorithm.countCells(),
            algorithm.selection("countSeeing", algorithm.countSeeing(), learners.env()),
            learners)
        : new Counting(algorithm.countBonus(), learners);
  }

  private void addBonus(
      String name, Companion bonus, Accompanied<?> algorithm, Guidance.Learners learners) {
    boolean stays = Double.isInfinite(algorithm.bonusUntil());
    add(name, stays ? bonus : new Fading(bonus, algorithm.bonusUntil(), learners));
  }

  private void add(String name, Companion companion) {
    all.add(companion);
    Resumable own = companion.state();
    state.part(name, own::save, own::restore);
  }

  /** Rewards of the task do not count. */
  private static final class NoTaskReward implements Companion {
    @Override
    public void took(float[] before, float[] actions, VectorEnv envs, float[] rewards) {
      Arrays.fill(rewards, 0);
    }
  }

  /** Rewards for what has been tried seldom, each member's counts its own. */
  private static final class Counting implements Companion {
    private final Resumable state = new Resumable();
    private final CountBonus[] counts;
    private final int copies;
    private final int obsSize;
    private final int actionSize;

    Counting(double weight, Guidance.Learners learners) {
      this.copies = learners.copies();
      this.obsSize = learners.env().observations().size();
      this.actionSize = learners.env().actions().size();
      this.counts = new CountBonus[learners.seeds().size()];
      for (int member = 0; member < counts.length; member++) {
        CountBonus own = new CountBonus(weight, obsSize, actionSize);
        counts[member] = own;
        state.part(String.valueOf(member), own::save, own::restore);
      }
    }

    @Override
    public Resumable state() {
      return state;
    }

    @Override
    public void took(float[] before, float[] actions, VectorEnv envs, float[] rewards) {
      for (int row = 0; row < rewards.length; row++) {
        CountBonus own = counts[row / copies];
        rewards[row] += (float) own.visit(before, row * obsSize, actions, row * actionSize);
      }
    }
  }

  @Override
  public Resumable state() {
    return state;
  }

  @Override
  public void begin(Network online) {
    all.forEach(each -> each.begin(online));
  }

  @Override
  public Optional<Normalization> normalization(int member) {
    return all.stream()
        .map(each -> each.normalization(member))
        .flatMap(Optional::stream)
        .findFirst();
  }

  @Override
  public boolean learns() {
    return all.stream().allMatch(Companion::learns);
  }

  @Override
  public void act(long step, float[] seen, float[] values) {
    each(companion -> companion.act(step, seen, values));
  }

  @Override
  public void choose(float[] seen, float[] actions, boolean[] guided) {
    each(companion -> companion.choose(seen, actions, guided));
  }

  @Override
  public void took(float[] before, float[] actions, VectorEnv envs, float[] rewards) {
    each(companion -> companion.took(before, actions, envs, rewards));
  }

  @Override
  public void played(Played played) {
    each(companion -> companion.played(played));
  }

  @Override
  public void target(float[] nextObs, int batch, float[] values) {
    each(companion -> companion.target(nextObs, batch, values));
  }

  @Override
  public void value(float[] obs, int batch, float[] values) {
    each(companion -> companion.value(obs, batch, values));
  }

  @Override
  public void learn(LearningBatch lesson) {
    each(companion -> companion.learn(lesson));
  }

  private void each(Consumer<Companion> asks) {
    all.forEach(asks);
  }

  @Override
  public double believed(int member) {
    return first(each -> each.believed(member));
  }

  @Override
  public double column(String name, int member) {
    return first(each -> each.column(name, member));
  }

  private double first(ToDoubleFunction<Companion> number) {
    return all.stream()
        .mapToDouble(number)
        .filter(each -> !Double.isNaN(each))
        .findFirst()
        .orElse(Double.NaN);
  }

  @Override
  public long queries(int member) {
    return all.stream().mapToLong(each -> each.queries(member)).sum();
  }

  @Override
  public List<Figure> pictures() {
    return all.stream().flatMap(each -> each.pictures().stream()).toList();
  }

  @Override
  public Policy policy(int member, Policy own) {
    Policy given = own;
    for (Companion each : all) {
      given = each.policy(member, given);
    }
    return given;
  }

  @Override
  public void close() {
    all.forEach(Companion::close);
  }
}
