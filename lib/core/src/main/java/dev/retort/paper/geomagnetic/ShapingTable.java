package dev.retort.paper.geomagnetic;

import static dev.retort.Retort.train;
import static dev.retort.paper.geomagnetic.Navigation.FIXED;

import dev.retort.env.Env;
import dev.retort.env.geomagnetic.Geomagnetic;
import dev.retort.evaluate.Statistics;
import dev.retort.figure.Figure;
import dev.retort.figure.Line;
import dev.retort.figure.Lines;
import dev.retort.figure.Numbers;
import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import dev.retort.plan.Aggregating;
import dev.retort.plan.Curves;
import dev.retort.plan.Training;
import dev.retort.policy.Policy;
import dev.retort.random.RandomStream;
import dev.retort.run.Curve;
import dev.retort.teach.Td3;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Teachers whose rewards are shaped in several ways, and the students of each. */
final class ShapingTable implements StudyPart {
  /** The mean of so many evaluations is what a teacher ends at: curves dip between them. */
  private static final int LAST = 3;

  /** How the reward is shaped. */
  enum Shaping {
    NONE("no shaping", false, false, false),
    POTENTIAL("potential", true, false, false),
    NETWORK("random network", false, true, false),
    COUNTS("counts of cells", false, false, true),
    BOTH("potential and random network", true, true, false);

    private final String words;
    private final boolean potential;
    private final boolean network;
    private final boolean counts;

    Shaping(String words, boolean potential, boolean network, boolean counts) {
      this.words = words;
      this.potential = potential;
      this.network = network;
      this.counts = counts;
    }

    /** The same learner with this shaping alone. */
    Td3 of(Td3 learner) {
      double bonus = FIXED.number("network bonus");
      return learner
          .shaping(potential ? FIXED.number("shaping") : 0)
          .networkBonus(network ? bonus : 0)
          .countBonus(counts ? bonus : 0)
          .countCells(counts ? FIXED.number("cells of counting") : 0)
          .countSeeing("field")
          .bonusUntil(FIXED.number("bonus until"));
    }

    @Override
    public String toString() {
      return words;
    }
  }

  @Override
  public String name() {
    return "shaping";
  }

  @Override
  public String explain(Scale scale) {
    Setting setting = new Setting(scale, 0);
    return "%s teachers of each of %s areas by %s ways to shape the reward, %s environment steps each, and students of them"
        .formatted(
            setting.count("shaped seeds"),
            setting.count("shaped areas"),
            Shaping.values().length,
            Numbers.count(setting.count("shaped steps")));
  }

  @Override
  public Found run(Scale scale) {
    Setting setting = new Setting(scale, 0);
    int areas = setting.count("shaped areas");
    int seeds = setting.count("shaped seeds");
    int each = setting.count("missions of a student");
    Env places = setting.source(areas).eachTask();
    List<Finding> findings = new ArrayList<>();
    List<Line> lines = new ArrayList<>();
    Map<Shaping, Missions> students = new EnumMap<>(Shaping.class);
    double seconds = 0;
    for (Shaping shaping : Shaping.values()) {
      Td3 learner = shaping.of(setting.learner().steps(setting.count("shaped steps")));
      Training.Population plan = train(learner).on(places).seeds(areas * seeds);
      Curves teachers = plan.once();
      seconds += StudyPart.seconds(plan);
      findings.addAll(curves(shaping, evaluations(teachers.curve(), areas * seeds), areas, seeds));
      lines.add(teachers.group(shaping.toString()).line(RandomStream.of(0, "band")));
      Missions row = Missions.none("students of teachers with " + shaping);
      for (int seed = 0; seed < seeds; seed++) {
        List<Policy> own = teachers.policies().subList(seed * areas, (seed + 1) * areas);
        Aggregating lesson =
            setting.lesson(own, Sight.MOVE).members(setting.count("shaped students"));
        row =
            row.and(Missions.flown(row.method(), lesson.once().members(), setting.unseen(), each));
        seconds += StudyPart.seconds(lesson);
      }
      findings.addAll(row.rows("unseen areas, %s source areas".formatted(areas)));
      students.put(shaping, row);
    }
    List<Geomagnetic> unseen = List.of(setting.unseen());
    findings.add(
        Rivals.broyden(unseen, each)
            .row("unseen areas, beside shaping", Missions.SUCCESS)
            .reported());
    List<Finding> world = WorldGates.gates(scale);
    findings.add(
        new NavigationClaims(scale)
            .shaped(students.get(Shaping.BOTH), students.get(Shaping.NONE))
            .provided(world));
    Figure figure =
        new Lines("Teachers by shaping, while learning", "environment steps", "return", lines);
    return new Found(findings, List.of(figure), List.of(), seconds);
  }

  /** Mean returns of the evaluations of each teacher, {@code (teachers, evaluations)}. */
  private static double[][] evaluations(Curve curve, int teachers) {
    double[] member = curve.column("member");
    double[] evaluation = curve.column("evaluation");
    return IntStream.range(0, teachers)
        .mapToObj(
            teacher ->
                IntStream.range(0, member.length)
                    .filter(row -> member[row] == teacher && Double.isFinite(evaluation[row]))
                    .mapToDouble(row -> evaluation[row])
                    .toArray())
        .toArray(double[][]::new);
  }

  /**
   * The area under the curves of evaluations, and their ends: one number an seed, over its areas.
   */
  private static List<Finding> curves(Shaping shaping, double[][] found, int areas, int seeds) {
    double[] under = new double[seeds];
    double[] end = new double[seeds];
    for (int teacher = 0; teacher < found.length; teacher++) {
      double[] own = found[teacher];
      under[teacher / areas] += Statistics.mean(own) / areas;
      double[] last = Arrays.copyOfRange(own, Math.max(0, own.length - LAST), own.length);
      end[teacher / areas] += Statistics.mean(last) / areas;
    }
    return List.of(
        Measured.of(
                "(f) area under the curve, " + shaping,
                "mean return of all evaluations, mean over seeds",
                under)
            .reported(),
        Measured.of(
                "(f) end, " + shaping,
                "mean return of the last three evaluations, mean over seeds",
                end)
            .reported());
  }
}
