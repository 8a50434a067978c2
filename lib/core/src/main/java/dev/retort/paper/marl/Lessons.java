package dev.retort.paper.marl;

import static dev.retort.Retort.collect;
import static dev.retort.Retort.decisionTransformer;
import static dev.retort.Retort.dqn;
import static dev.retort.Retort.stochastic;
import static dev.retort.Retort.train;
import static dev.retort.paper.marl.OfflineAgents.FIXED;

import dev.retort.data.AgentData;
import dev.retort.data.Dataset;
import dev.retort.env.Env;
import dev.retort.env.agents.AgentTask;
import dev.retort.env.agents.OneAgent;
import dev.retort.option.Schedule;
import dev.retort.paper.StudyPart;
import dev.retort.paper.marl.MarlMethod.Asked;
import dev.retort.paper.marl.MarlMethod.Kind;
import dev.retort.paper.marl.MethodReturns.Episodes;
import dev.retort.plan.Curves;
import dev.retort.plan.Training;
import dev.retort.policy.Joint;
import dev.retort.policy.Policy;
import dev.retort.run.Curve;
import dev.retort.run.Parallel;
import dev.retort.teach.DecisionTransformer;
import dev.retort.teach.Dqn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Everything that is learned, each training a run that is found again; data of rules, which are
 * code, and what teachers say of data are made anew in every process and kept for all parts.
 */
final class Lessons {
  /** Datasets, and what a teacher says of one, that are kept at once. */
  private static final int KEPT = 8;

  private final Map<TeamData, Dataset> data = kept();
  private final Map<Question, Dataset> answers = kept();
  private final Map<Place, Learned> learned = new HashMap<>();
  private final Map<Scene, MethodReturns> played = new HashMap<>();

  /** Who learned from what. */
  private record Place(TeamData data, MarlMethod method) {}

  /** What was asked of which teacher. */
  private record Question(TeamData data, MarlMethod teacher, int number, boolean isLogged) {}

  /** Who acted, and how. */
  private record Scene(Place place, double temperature, Episodes episodes) {}

  /**
   * One independent run.
   *
   * @param name what it is called; of a student its teacher and its number
   * @param number among those of the same teacher
   * @param policy of all agents
   * @param steps updates at which it was evaluated
   * @param evaluations mean returns there
   * @param last what each column of its curve has last
   */
  @SuppressWarnings("ArrayRecordComponent") // made once and read, compared by nobody
  record OneRun(
      String name,
      int number,
      Policy policy,
      double[] steps,
      double[] evaluations,
      Map<String, Double> last) {
    /** What its curve has last in a column. */
    double last(String column) {
      return last.getOrDefault(column, Double.NaN);
    }
  }

  /** All runs of a method, and how long they worked. */
  record Learned(List<OneRun> runs, double seconds) {
    List<Policy> policies() {
      return runs.stream().map(OneRun::policy).toList();
    }

    List<String> names() {
      return runs.stream().map(OneRun::name).toList();
    }
  }

  private static <K, V> Map<K, V> kept() {
    return new LinkedHashMap<>(KEPT, 0.75f, true) {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > KEPT;
      }
    };
  }

  /** The episodes. */
  synchronized Dataset data(TeamData of) {
    return data.computeIfAbsent(of, TeamData::collected);
  }

  /** How many teachers there are, of a method's students. */
  static int teachers(TeamData of, MarlMethod method) {
    boolean isWide = of.isMain() && (method == MarlMethod.TEACHER || method == MarlMethod.OURS);
    return FIXED.count(isWide ? "teachers" : "teachers of a variant", of.scale());
  }

  /** How many independent runs a method has. */
  static int runs(TeamData of, MarlMethod method) {
    if (method.kind() == Kind.TEACHER) {
      return teachers(of, method);
    }
    boolean isWide =
        of.isMain()
            && (method == MarlMethod.OURS
                || method == MarlMethod.IDT
                || method.kind() == Kind.VALUES);
    return FIXED.count(isWide ? "students" : "students of a variant", of.scale());
  }

  /** Students of each of some teachers, as many of each as of the others, or one more. */
  static int[] shared(int students, int teachers) {
    return IntStream.range(0, teachers)
        .map(teacher -> students / teachers + (teacher < students % teachers ? 1 : 0))
        .toArray();
  }

  /** A transformer that learns from some data. */
  private static DecisionTransformer learner(TeamData of, Dataset from) {
    return decisionTransformer()
        .from(from)
        .steps(FIXED.count("updates", of.scale()))
        .learningRate(Schedule.linear(FIXED.number("learning rate")))
        .batchSize(FIXED.count("windows of a minibatch", of.scale()))
        .window(FIXED.count("window", of.scale()))
        .width(FIXED.count("width", of.scale()))
        .layers(FIXED.count("layers", of.scale()))
        .heads(FIXED.count("heads", of.scale()))
        .mappingWidth(FIXED.count("width of a mapping", of.scale()))
        .quantile(FIXED.number("goal"));
  }

  private static DecisionTransformer learner(TeamData of, MarlMethod method, Dataset from) {
    DecisionTransformer plain = method.of(learner(of, from));
    return method.isWatched() && of.isMain()
        ? plain
            .evaluateEvery(FIXED.count("updates between evaluations", of.scale()))
            .evaluateEpisodes(FIXED.count("episodes of an evaluation", of.scale()))
            .evaluateTemperature(FIXED.number("temperature"))
        : plain;
  }

  /** The three remedies, with what their papers say where it is said. */
  private static Dqn values(TeamData of, MarlMethod method) {
    Dqn plain =
        dqn()
            .steps(FIXED.count("updates of action values", of.scale()))
            .hidden(64, 64)
            .gamma(0.99)
            .learningRate(FIXED.number("learning rate of action values"))
            .batchSize(FIXED.count("rows of a minibatch", of.scale()))
            .targetEvery(200);
    return switch (method) {
      case CQL -> plain.conservative(FIXED.number("conservative"));
      case BCQ -> plain.constrained(FIXED.number("constrained"));
      case ICQ -> plain.implicit(FIXED.number("implicit"));
      default -> throw new IllegalArgumentException(method + " learns no action values");
    };
  }

  /** What a method has learned from some data. */
  synchronized Learned learned(TeamData of, MarlMethod method) {
    Place place = new Place(of, method);
    Learned known = learned.get(place);
    if (known == null) {
      known =
          switch (method.kind()) {
            case TEACHER, ALONE -> alone(of, method);
            case VALUES -> ofValues(of, method);
            case CLONE, STUDENT -> students(of, method);
          };
      learned.put(place, known);
    }
    return known;
  }

  /** Seeds of one population. */
  private Learned alone(TeamData of, MarlMethod method) {
    TeamData seen = method == MarlMethod.FALLING ? of.rewarded() : of;
    Training.Population plan =
        train(learner(of, method, data(seen))).on(seen.env()).seeds(runs(of, method));
    Curves curves = plan.once();
    List<OneRun> all = new ArrayList<>();
    for (int seed = 0; seed < curves.policies().size(); seed++) {
      all.add(run("seed " + seed, seed, curves, seed));
    }
    return new Learned(all, StudyPart.seconds(plan));
  }

  /** Action values of each agent's own, as one who lives among agents that do nothing. */
  private Learned ofValues(TeamData of, MarlMethod method) {
    AgentTask world = of.task().world(of.scale());
    List<Curves> each = new ArrayList<>();
    double seconds = 0;
    for (int agent = 0; agent < world.agents(); agent++) {
      Dataset own = AgentData.of(data(of), AgentTask.agent(agent));
      Training.Population plan =
          train(values(of, method).from(own))
              .on(new OneAgent(world, agent).lastAction())
              .seeds(runs(of, method));
      each.add(plan.once());
      seconds += StudyPart.seconds(plan);
    }
    List<OneRun> all = new ArrayList<>();
    for (int seed = 0; seed < runs(of, method); seed++) {
      Map<String, Policy> agents = new LinkedHashMap<>();
      for (int agent = 0; agent < each.size(); agent++) {
        agents.put(AgentTask.agent(agent), each.get(agent).policy(seed));
      }
      all.add(
          new OneRun(
              "seed " + seed, seed, new Joint(agents), new double[0], new double[0], Map.of()));
    }
    return new Learned(all, seconds);
  }

  /** Students of each teacher, a population; the first of each come first. */
  private Learned students(TeamData of, MarlMethod method) {
    int[] each = shared(runs(of, method), teachers(of, method));
    List<Dataset> lessons =
        method.kind() == Kind.CLONE
            ? rollOuts(of, each.length)
            : answers(of, method.asked(), each.length);
    List<OneRun> all = new ArrayList<>();
    double seconds = 0;
    for (int teacher = 0; teacher < each.length; teacher++) {
      Training.Population plan =
          train(learner(of, method, lessons.get(teacher)))
              .on(of.env())
              .seed(100L * teacher)
              .seeds(each[teacher]);
      Curves curves = plan.once();
      for (int i = 0; i < each[teacher]; i++) {
        all.add(run("%s of teacher %s".formatted(i, teacher), i, curves, i));
      }
      seconds += StudyPart.seconds(plan);
    }
    all.sort(Comparator.comparingInt(OneRun::number));
    return new Learned(List.copyOf(all), seconds);
  }

  private static OneRun run(String name, int number, Curves curves, int member) {
    Curve curve = curves.curve();
    double[] members = curve.column("member");
    boolean isWatched = curve.columns().contains("evaluation");
    double[] evaluations = curve.column(isWatched ? "evaluation" : "return");
    double[] steps = curve.column("step");
    int[] rows =
        IntStream.range(0, members.length)
            .filter(row -> isWatched && members[row] == member)
            .filter(row -> Double.isFinite(evaluations[row]))
            .toArray();
    Map<String, Double> last = new HashMap<>();
    for (String column : curve.columns()) {
      double[] values = curve.column(column);
      for (int row = 0; row < values.length; row++) {
        if (members[row] == member && Double.isFinite(values[row])) {
          last.put(column, values[row]);
        }
      }
    }
    return new OneRun(
        name,
        number,
        curves.policy(member),
        IntStream.of(rows).mapToDouble(row -> steps[row]).toArray(),
        IntStream.of(rows).mapToDouble(row -> evaluations[row]).toArray(),
        last);
  }

  /** What teachers do in the world, a dataset each. */
  private List<Dataset> rollOuts(TeamData of, int teachers) {
    Env env = of.env();
    List<Policy> policies = learned(of, MarlMethod.TEACHER).policies();
    return IntStream.range(0, teachers)
        .mapToObj(
            teacher ->
                collect(FIXED.count("episodes of roll-outs", of.scale()) * env.horizon())
                    .from(policies.get(teacher).tempered(FIXED.number("temperature")))
                    .on(env)
                    .exploring(stochastic())
                    .seed(teacher)
                    .once()
                    .unlabeled())
        .toList();
  }

  /** The data with what each of the first teachers says, on all cores. */
  private List<Dataset> answers(TeamData of, Asked asked, int teachers) {
    Dataset plain = data(of);
    List<Policy> policies = learned(of, asked.teacher()).policies();
    Map<Question, Dataset> missing = new LinkedHashMap<>();
    List<Runnable> work = new ArrayList<>();
    for (int number = 0; number < teachers; number++) {
      Question question = new Question(of, asked.teacher(), number, asked.isLogged());
      if (answers.get(question) == null) { // what is asked for again is kept longer
        Policy teacher = policies.get(number);
        work.add(
            () -> {
              Dataset answer =
                  question.isLogged
                      ? DecisionTransformer.labeled(plain, teacher)
                      : plain.labeledBy(Dataset.TEACHER, teacher, List.of("features"));
              synchronized (missing) {
                missing.put(question, answer);
              }
            });
      }
    }
    if (!work.isEmpty()) {
      Parallel.all(work);
    }
    answers.putAll(missing);
    return IntStream.range(0, teachers)
        .mapToObj(
            number -> answers.get(new Question(of, asked.teacher(), number, asked.isLogged())))
        .map(answer -> asked.hasFeatures() ? answer : without(plain, answer))
        .toList();
  }

  /** The data with what a teacher says of choices, and not by which features. */
  private static Dataset without(Dataset plain, Dataset answer) {
    Dataset all = plain;
    for (String column : answer.columns()) {
      if (column.endsWith(".logits")) {
        all = all.with(answer.column(column));
      }
    }
    return all;
  }

  /** What the team receives where a method acts at a temperature. */
  synchronized MethodReturns played(
      TeamData of, MarlMethod method, double temperature, Episodes which) {
    Scene scene = new Scene(new Place(of, method), temperature, which);
    MethodReturns known = played.get(scene);
    if (known == null) {
      Learned all = learned(of, method);
      known =
          MethodReturns.played(
              method.toString(),
              all.names(),
              all.policies().stream().map(policy -> policy.tempered(temperature)).toList(),
              (method == MarlMethod.FALLING ? of.rewarded() : of).env(),
              which,
              of.scale());
      played.put(scene, known);
    }
    return known;
  }

  /** The same in the episodes that count, at the temperature of all. */
  MethodReturns played(TeamData of, MarlMethod method) {
    return played(of, method, FIXED.number("temperature"), Episodes.TEST);
  }

  /** The same of several methods. */
  List<MethodReturns> played(TeamData of, List<MarlMethod> methods) {
    return methods.stream().map(method -> played(of, method)).toList();
  }

  /** How long some methods have worked. */
  double seconds(TeamData of, List<MarlMethod> methods) {
    return methods.stream().mapToDouble(method -> learned(of, method).seconds).sum();
  }
}
