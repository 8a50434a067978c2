package dev.retort.distill;

import dev.retort.nn.Groups;
import dev.retort.nn.Output;
import dev.retort.nn.PopulationMemory;
import dev.retort.nn.Rows;
import dev.retort.random.RandomStream;
import dev.retort.run.Session;
import dev.retort.run.Team;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Supervised learning of a population: the loop of distillation and of fit.
 *
 * <pre>
 * for each member i: θ_i ← fresh initialization of its own seed, or what it begins with
 * for each epoch, for each minibatch B:  θ_i ← Adam(θ_i, ∇ 1/|B| Σ_{s ∈ B} loss(f_{θ_i}(view(s)), target(s)))
 * </pre>
 *
 * <p>Between minibatches there is a boundary every few seconds; it changes no number.
 *
 * @param lesson what is learned
 * @param heldOut rows whose loss is measured after every epoch, and which nobody learns from
 * @param seeds one an ensemble of {@code members}
 * @param first what members begin with; nothing where all are fresh
 * @param where updates are computed
 * @param patience multiplications between two boundaries
 */
record Learning(
    Lesson lesson,
    Optional<Lesson> heldOut,
    List<Long> seeds,
    List<float[]> first,
    SupervisedGroup.Where where,
    double patience) {
  /** So many multiplications take a few seconds on a slow core. */
  static final double PATIENCE = 1e10;

  private static final double MOST = 1e9;

  /** What the members of so many seeds take while they learn from a dataset of so many rows. */
  static PopulationMemory memory(Lesson example, int size, int seeds) {
    Supervised how = example.how();
    int twice = example.loss().consistency().isPresent() ? 2 : 1;
    return PopulationMemory.of(
        how.into(),
        example.shape(),
        Output.width(example.outputs()),
        Math.multiplyExact(how.members(), seeds),
        isShared(how) ? Rows.SHARED : Rows.PER_MEMBER,
        twice * how.batch(size),
        size,
        SupervisedGroup.Where.best(example) == SupervisedGroup.Where.DEVICE);
  }

  /**
   * Learns, or goes on from where it was saved.
   *
   * @param columns what the curve tells of each member at the end of an epoch
   * @return parameters of all members, ensemble by ensemble
   */
  List<float[]> run(Session session, Team.OfMember<SupervisedGroup, double[]> columns) {
    Supervised how = lesson.how();
    long[] all = LongStream.range(0, (long) seeds.size() * how.members()).toArray();
    try (Team<SupervisedGroup> team =
        Team.of(
            groups(),
            all,
            session.resumed(),
            some ->
                new SupervisedGroup(
                    lesson, heldOut, own(some), orders(some), firsts(some), where))) {
      int size = lesson.data().size();
      int most = together(all.length);
      for (long update = update(team); update < how.updates(size); update = update(team)) {
        team.each(group -> group.advance(session, most));
        if (update(team) % how.batches(size) == 0) {
          record(session, team, columns);
        }
        session.boundary(update(team), team::save);
      }
      return team.members(SupervisedGroup::parameters);
    }
  }

  /** How many updates there are between two boundaries. */
  private int together(int members) {
    double each = 3.0 * lesson.blueprint().parameters() * lesson.rows() * members;
    return (int) Math.max(1.0, Math.min(MOST, patience / each));
  }

  private static void record(
      Session session,
      Team<SupervisedGroup> team,
      Team.OfMember<SupervisedGroup, double[]> columns) {
    List<double[]> rows = team.members(columns);
    for (int member = 0; member < rows.size(); member++) {
      session.curve().add(update(team), member, rows.get(member));
    }
  }

  private static long update(Team<SupervisedGroup> team) {
    return team.groups().get(0).update();
  }

  private static boolean isShared(Supervised how) {
    return how.order() == Supervised.Order.SHARED;
  }

  /**
   * How many members each group has. On a device all are one group. Elsewhere those that share an
   * order, and one alone, whose product is another one, share a group with no other seed.
   */
  private int[] groups() {
    Supervised how = lesson.how();
    int all = seeds.size() * how.members();
    if (where == SupervisedGroup.Where.DEVICE) {
      return new int[] {all};
    }
    if (!isShared(how) && how.members() > 1) {
      return Groups.of(how.into(), all, lesson.rows());
    }
    int[] one = Groups.of(how.into(), how.members(), lesson.rows());
    int[] sizes = new int[seeds.size() * one.length];
    Arrays.setAll(sizes, group -> one[group % one.length]);
    return sizes;
  }

  /** The seeds of some members, each named by its ensemble's seed and its place in it. */
  private long[] own(long[] some) {
    int members = lesson.how().members();
    return Arrays.stream(some)
        .map(member -> RandomStream.of(ensemble(member), "student", member % members).nextLong())
        .toArray();
  }

  /** What names the order of each member; one for all where all have the same. */
  private long[] orders(long[] some) {
    if (!isShared(lesson.how())) {
      return own(some);
    }
    long[] orders = Arrays.stream(some).map(this::ensemble).toArray();
    return Arrays.stream(orders).distinct().count() == 1 ? new long[] {orders[0]} : orders;
  }

  private List<float[]> firsts(long[] some) {
    return first.isEmpty()
        ? List.of()
        : Arrays.stream(some).mapToObj(member -> first.get((int) member)).toList();
  }

  private long ensemble(long member) {
    return seeds.get((int) (member / lesson.how().members()));
  }
}
