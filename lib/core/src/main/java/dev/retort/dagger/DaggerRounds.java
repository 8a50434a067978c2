package dev.retort.dagger;

import dev.retort.collect.Behavior;
import dev.retort.collect.Collector;
import dev.retort.data.Dataset;
import dev.retort.distill.Distillation;
import dev.retort.policy.Ensemble;
import dev.retort.policy.PolicyFile;
import dev.retort.run.Resumable;
import dev.retort.run.Session;
import dev.retort.store.Tensors;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongUnaryOperator;

/**
 * The algorithm of {@link Dagger}, 3.1 of the paper.
 *
 * <pre>
 * 1  D ← ∅; π̂_1 any policy
 * 2  for i = 1 to N:
 * 3    π_i = β_i π* + (1 − β_i) π̂_i
 * 4    sample trajectories of T steps using π_i
 * 5    D_i = {(s, π*(s))}, the states that π_i visited and what the expert does there
 * 6    D ← D ∪ D_i
 * 7    train π̂_{i+1} on D
 * 8  return the best π̂_i on validation
 * </pre>
 *
 * <table>
 *   <caption>What is not in the paper</caption>
 *   <tr><th>What</th><th>Here</th><th>Why</th></tr>
 *   <tr><td>π̂_1</td><td>none: the teacher acts in the first round, whatever β_1 is</td>
 *     <td>with β_1 = 1 nobody asks for π̂_1</td></tr>
 *   <tr><td>β_i</td><td>a straight line over the rounds; by default 0 after the first</td>
 *     <td>the paper asks that their mean goes to 0; 1 and then 0 is its version without a
 *     parameter</td></tr>
 *   <tr><td>who acts</td><td>drawn anew at every step; teacher and students take the actions that
 *     they prefer</td><td>no noise beside that of the mixture</td></tr>
 *   <tr><td>T</td><td>{@code steps-each} in all, by copies of the environment side by side, and in equal parts in each
 *     task where each has a teacher of its own; episodes
 *     that are open at the end of a round are cut off, and each round begins new ones</td>
 *     <td>budgets count steps</td></tr>
 *   <tr><td>π*(s)</td><td>the teacher's whole distribution, compared by any loss</td>
 *     <td>distillation</td></tr>
 *   <tr><td>π̂</td><td>an ensemble, which acts as one policy</td>
 *     <td>as everywhere in distillation</td></tr>
 *   <tr><td>train</td><td>from the parameters of the round before; Adam and the schedule of its step
 *     size begin anew</td><td>a warm start: fewer epochs do</td></tr>
 *   <tr><td>return</td><td>the students of the last round</td>
 *     <td>the curve has the return of every round, and validation would cost steps</td></tr>
 * </table>
 */
final class DaggerRounds {
  private static final String WITHIN = "within";
  private static final int RETURN = 0;
  private static final int LENGTH = 1;
  private static final int AGREEMENT = 2;
  private static final int DISAGREEMENT = 3;
  private static final int ENDED = 4;
  private static final int ASKED = 2_000;

  private final Dagger dagger;
  private final Faculty faculty;
  private final Weighing weighing;
  private final long seed;

  /** D, from the first round on. */
  private Optional<Dataset> data = Optional.empty();

  /** π̂, from the end of the first round on. */
  private Optional<Ensemble> students = Optional.empty();

  /** Number of the round, from 0; it is i − 1. */
  private int round;

  /** Whose task is visited, from 0; what was visited before it in this round is gathered. */
  private int task;

  /** What was visited in the tasks before. */
  private Optional<Dataset> gathered = Optional.empty();

  /** Whether D_i is part of D, so that students learn. */
  private boolean isAggregated;

  /** What the round's behavior reached: sums over the episodes that ended, and how many did. */
  private final double[] measured = new double[5];

  /** Where a collection or a distillation goes on that was saved in its midst. */
  private Optional<Tensors> within = Optional.empty();

  private final Resumable state =
      new Resumable()
          .longs(
              "round",
              () -> new long[] {round, isAggregated ? 1 : 0, task},
              saved -> {
                round = Math.toIntExact(saved[0]);
                isAggregated = saved[1] == 1;
                task = Math.toIntExact(saved[2]);
              })
          .doubles("measured", measured)
          .part(
              "data",
              () -> data.map(Dataset::tensors).orElseGet(Tensors::new),
              saved -> data = kept(saved).map(Dataset::of))
          .part(
              "gathered",
              () -> gathered.map(Dataset::tensors).orElseGet(Tensors::new),
              saved -> gathered = kept(saved).map(Dataset::of))
          .part(
              "students",
              () -> students.map(PolicyFile::tensors).orElseGet(Tensors::new),
              saved -> students = kept(saved).map(each -> (Ensemble) PolicyFile.of(each)));

  DaggerRounds(Dagger dagger, Faculty faculty, long seed) {
    this.dagger = dagger;
    this.faculty = faculty;
    this.weighing = new Weighing(dagger, faculty);
    this.seed = seed;
  }

  /** Goes through all rounds, or on from where they were saved. */
  Ensemble run(Session session) {
    session.resumed().ifPresent(this::restore);
    while (round < dagger.rounds()) {
      if (!isAggregated) {
        Dataset visited = visit(session); // 3, 4 and 5
        aggregate(visited); // 6
      }
      double loss = train(session); // 7
      session.curve().add(steps(), 0, row(loss));
      isAggregated = false;
      round++;
      session.boundary(steps(), state::save);
    }
    return students.orElseThrow(); // 8
  }

  /** What the curve says of a round. */
  private double[] row(double loss) {
    long queries = (long) data.orElseThrow().size() * dagger.labels(faculty.size());
    double[] all = {
      measured[RETURN] / measured[ENDED],
      measured[LENGTH] / measured[ENDED],
      measured[AGREEMENT],
      loss,
      queries,
      measured[DISAGREEMENT]
    };
    return Arrays.copyOf(all, Dagger.columns(faculty.size()).size());
  }

  /** Who acts: π_i = β_i π* + (1 − β_i) π̂_i. */
  private Behavior behavior() {
    return students
        .map(own -> (Behavior) new Behavior.Mixture(own, dagger.mixing(round)))
        .orElseGet(Behavior.Greedy::new);
  }

  /** D_i: what π_i visits, task by task, and what the teachers say of it. */
  private Dataset visit(Session session) {
    if (task == 0) {
      Arrays.fill(measured, 0);
    }
    for (; task < faculty.size(); task++) {
      long before = steps() + gathered.map(Dataset::size).orElse(0);
      Session part = part(session, step -> before + step, "return", "length");
      Dataset own = collector().run(part);
      measured[RETURN] += Arrays.stream(part.curve().column("return")).sum();
      measured[LENGTH] += Arrays.stream(part.curve().column("length")).sum();
      measured[ENDED] += part.curve().column("return").length;
      gathered = Optional.of(gathered.map(others -> others.and(own)).orElse(own));
    }
    Dataset visited = gathered.orElseThrow();
    task = 0;
    gathered = Optional.empty();
    measured[AGREEMENT] = students.map(own -> Agreement.of(own, visited)).orElse(Double.NaN);
    measured[DISAGREEMENT] = disagreement(visited);
    return weighing.of(visited, data.orElse(visited));
  }

  /** Who collects where the next teacher teaches. */
  private Collector collector() {
    return new Collector(
        faculty.teachers().get(task),
        faculty.place(task),
        behavior(),
        faculty.steps(task, dagger.stepsEach()),
        faculty.seed(task, Dagger.seed(seed, round)),
        dagger.distillation().minimizing().outputs());
  }

  /** How differently several teachers act in some of the episodes. */
  private double disagreement(Dataset visited) {
    if (faculty.size() == 1) {
      return Double.NaN;
    }
    int stride = Math.max(1, visited.size() / ASKED);
    return Disagreement.of(
        faculty.teachers(), visited.where(episode -> episode.index() % stride == 0));
  }

  /** D ← D ∪ D_i. */
  private void aggregate(Dataset visited) {
    Dataset all = data.map(known -> known.and(visited)).orElse(visited);
    data = Optional.of(all.named("%s, %s rounds".formatted(faculty.env().name(), round + 1)));
    isAggregated = true;
  }

  /**
   * Students of all that D holds.
   *
   * @return their mean loss over the last epoch
   */
  private double train(Session session) {
    long after = steps();
    Session part = part(session, update -> after, "loss", "agreement");
    Distillation how = dagger.distillation();
    Dataset all = data.orElseThrow();
    long own = Dagger.seed(seed, round);
    students =
        Optional.of(
            students
                .map(before -> how.run(all, before, own, part))
                .orElseGet(() -> how.run(all, own, part)));
    double[] losses = part.curve().column("loss");
    return mean(Arrays.copyOfRange(losses, losses.length - how.members(), losses.length));
  }

  /** Environment steps that are done at the beginning of a phase. */
  private long steps() {
    return (long) (isAggregated ? round + 1 : round) * dagger.stepsEach();
  }

  /** A session for a collection or a distillation of this round. */
  private Session part(Session whole, LongUnaryOperator step, String... columns) {
    Optional<Tensors> saved = within;
    within = Optional.empty();
    return whole.part(saved, step, own -> state.save().putAll(WITHIN, own), columns);
  }

  private void restore(Tensors saved) {
    state.restore(saved);
    within = kept(saved.part(WITHIN));
  }

  private static Optional<Tensors> kept(Tensors saved) {
    return saved.all().isEmpty() ? Optional.empty() : Optional.of(saved);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }
}
