package dev.retort.prior;

import dev.retort.RetortException;
import dev.retort.distribution.ActionValues;
import dev.retort.env.Env;
import dev.retort.nn.Output;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.option.Type;
import dev.retort.policy.Ensemble;
import dev.retort.policy.Fit;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.policy.Provenance;
import dev.retort.policy.TabularPolicy;
import dev.retort.run.Resumable;
import dev.retort.run.Session;
import dev.retort.space.Discrete;
import dev.retort.space.Spaces;
import dev.retort.table.BinOptions;
import dev.retort.table.Bins;
import dev.retort.table.Clusters;
import dev.retort.table.Discretization;
import dev.retort.table.QTable;
import dev.retort.table.Quantiles;
import dev.retort.table.Tiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Takes tables out of solved tasks: whoever solved a task plays it, now and then at random, and the
 * values that it gives to the actions are averaged over each cell that it visits. A table that is
 * discretized in the same way already is taken as it is.
 *
 * @param settings how cells are made, how long each task is played, and by what tables are joined
 */
public record Extraction(Settings settings) {
  /** How observations are discretized. */
  public enum Cells {
    /** Equal bins. */
    BINS,
    /** Bins that are equally full. */
    QUANTILES,
    /** Layers of bins that overlap. */
    TILES,
    /** The nearest of some centers. */
    CLUSTERS
  }

  private static final double MOST_DISCOUNT = 0.999999;

  // spotless:off
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("qPrior");

  public static final Option<Cells> DISCRETIZATION = OPTIONS.choice("discretization", Cells.BINS).formerly("cut").says("how observations are discretized");
  public static final Option<List<Integer>> BINS        = OPTIONS.option("bins", BinOptions.bins("sources"), List.of()).in("bins a number").says("how observations are discretized");
  public static final Option<List<Double>>  LOW         = OPTIONS.option("low", BinOptions.bounds("visited"), List.of()).says("where the first bins begin");
  public static final Option<List<Double>>  HIGH        = OPTIONS.option("high", BinOptions.bounds("visited"), List.of()).says("where the last bins end");
  public static final Option<Integer>       LAYERS      = OPTIONS.whole("layers", 8).from(1).in("layers").says("layers of tiles, where these are the cells");
  public static final Option<Integer>       CENTERS     = OPTIONS.whole("centers", 200).from(1).in("centers").formerly("clusters").says("centers of clusters, where these are the cells");
  public static final Option<Integer>       STEPS       = OPTIONS.whole("steps", 20_000).from(1).in("environment steps").says("length of each task's play");
  public static final Option<Double>        EPSILON     = OPTIONS.real("epsilon", 0.25).from(0, 1).says("share of random actions while it is played");
  public static final Option<Double>        DISCOUNT    = OPTIONS.option("discount", Type.orWord(Type.real(0, MOST_DISCOUNT), "sources", Double.NaN), Double.NaN).says("γ, by which the sources' values discount; 0.99 where they do not say");
  public static final Option<Boolean>       CLIPPING    = OPTIONS.flag("clipping", false).says("whether values that no return can have are clipped; otherwise they are refused");
  public static final Option<Aggregation>   AGGREGATION = OPTIONS.choice("aggregation", Aggregation.MEAN).says("how the tasks' values become one");
  public static final Option<Long>          SEED        = OPTIONS.whole("seed", 0L).says("names all chance");
  // spotless:on

  private static final double USUAL_DISCOUNT = 0.99;
  private static final int USUAL_BINS = 12;

  /** Extracts a prior of these tasks alone. */
  public QPrior run(List<Policy> solvers, List<Env> tasks, Session session) {
    return run(solvers, tasks, Optional.empty(), session);
  }

  /**
   * Extracts a prior.
   *
   * @param solvers with action values, one or more
   * @param tasks one for each solver
   * @param known a prior of tasks before, to which these are added in its cells; empty for none
   * @param session steps are environment steps over all tasks
   */
  public QPrior run(
      List<Policy> solvers, List<Env> tasks, Optional<QPrior> known, Session session) {
    require(solvers, tasks);
    known.ifPresent(prior -> require(prior, solvers));
    double discount = discount(solvers);
    List<SolverPlay> played = new ArrayList<>();
    for (int i = 0; i < solvers.size(); i++) {
      played.add(
          new SolverPlay(
              solvers.get(i),
              tasks.get(i),
              i,
              settings.get(STEPS),
              settings.get(EPSILON),
              settings.get(SEED)));
    }
    play(played, session);
    Optional<Discretization> cells = known.isPresent() ? known.get().cells() : cells(played);
    List<Source> sources =
        played.stream()
            .map(each -> source(each, cells))
            .map(each -> settings.get(CLIPPING) ? each.clipped(discount) : each)
            .toList();
    Policy first = solvers.get(0);
    QPrior own =
        new QPrior(
            first.observations(),
            (Discrete) first.actions(),
            discount,
            settings.get(AGGREGATION),
            sources);
    return known.map(prior -> prior.and(own)).orElse(own);
  }

  /**
   * Refuses to add to a prior of other tasks, or in cells of one's own.
   *
   * @param known the prior
   * @param solvers whose tasks are added
   */
  public void require(QPrior known, List<Policy> solvers) {
    known.requireLike(Fit.spaces(solvers.get(0)), discount(solvers));
    for (Option<?> option :
        List.of(DISCRETIZATION, BINS, LOW, HIGH, LAYERS, CENTERS, AGGREGATION)) {
      if (settings.changes().containsKey(option.name())) {
        throw new RetortException(
            "qPrior: expected the cells of the prior that is added to, and its aggregation, got %s of its own. Leave %s out."
                .formatted(option.name(), option.name()));
      }
    }
  }

  /**
   * γ, by which the values of the prior discount: as the sources say; where none of them does, as
   * is set, or else 0.99.
   */
  public double discount(List<Policy> solvers) {
    List<Policy> saying = solvers.stream().filter(each -> each.discount().isPresent()).toList();
    double set = settings.get(DISCOUNT);
    if (saying.isEmpty()) {
      return Double.isNaN(set) ? USUAL_DISCOUNT : set;
    }
    double gamma = saying.get(0).discount().getAsDouble();
    for (Policy other : saying) {
      if (other.discount().getAsDouble() != gamma) {
        throw new RetortException(
            "qPrior: expected sources that discount alike, got discounts of %s and %s (sources %s and %s). Solve all tasks with one discount."
                .formatted(
                    gamma,
                    other.discount().getAsDouble(),
                    1 + solvers.indexOf(saying.get(0)),
                    1 + solvers.indexOf(other)));
      }
    }
    if (gamma > MOST_DISCOUNT) {
      throw new RetortException(
          "qPrior: expected sources that discount by at most %s, got %s (source %s). Values that are not discounted have no bounds: solve the tasks with discount(0.99)."
              .formatted(MOST_DISCOUNT, gamma, 1 + solvers.indexOf(saying.get(0))));
    }
    if (!Double.isNaN(set) && set != gamma) {
      throw new RetortException(
          "qPrior: expected the discount of the sources, %s, got %s. Leave discount(%s) out, or solve the tasks with it."
              .formatted(gamma, set, set));
    }
    return gamma;
  }

  /**
   * Refuses what cannot be extracted, before anything is played.
   *
   * @param solvers one or more
   * @param tasks one for each solver
   */
  public void require(List<Policy> solvers, List<Env> tasks) {
    for (int i = 0; i < solvers.size(); i++) {
      require(solvers.get(i), tasks.get(i), solvers.get(0));
    }
    discount(solvers);
    int numbers = tasks.get(0).observations().size();
    List<Double> low = each("low bounds", settings.get(LOW), numbers);
    List<Double> high = each("high bounds", settings.get(HIGH), numbers);
    each("bins", settings.get(BINS), numbers);
    for (int i = 0; i < Math.min(low.size(), high.size()); i++) {
      if (!(low.get(i) < high.get(i))) {
        throw new RetortException(
            "qPrior: expected low bounds below the high ones, got %s and %s (number %s of an observation). Mend low(..) or high(..)."
                .formatted(low.get(i), high.get(i), i));
      }
    }
  }

  /** Values for each number of an observation; none where none are set. */
  private static <T> List<T> each(String what, List<T> values, int numbers) {
    return values.isEmpty() ? values : Bins.each("qPrior: " + what, values, numbers);
  }

  private static void require(Policy solver, Env task, Policy first) {
    if (!(solver.distribution() instanceof ActionValues)) {
      throw new RetortException(
          "qPrior: expected sources with action values (DQN, Q-learning, an exact solution), got '%s' with %s."
              .formatted(
                  solver.name(),
                  String.join(" and ", Output.names(solver.distribution().outputs()))));
    }
    Fit.requireMemoryless("qPrior", "a source", solver);
    Fit.require(
        "qPrior",
        "a source",
        solver,
        task,
        "Say on(..) which tasks it solved, or wrap the environment.");
    new Spaces(solver.observations(), first.actions())
        .require(
            "qPrior",
            "sources",
            "",
            "'%s'".formatted(solver.name()),
            Fit.spaces(solver),
            "Take them from tasks with the same actions.");
  }

  private void play(List<SolverPlay> plays, Session session) {
    Resumable state = new Resumable();
    for (int i = 0; i < plays.size(); i++) {
      plays.get(i).begin();
      state.part("task" + i, plays.get(i).state()::save, plays.get(i).state()::restore);
    }
    session.resumed().ifPresent(state::restore);
    long done = 0;
    for (int i = 0; i < plays.size(); i++) {
      SolverPlay play = plays.get(i);
      long before = done;
      if (!play.isOver()) {
        play.run(session, () -> session.boundary(before + play.rows(), state::save));
        if (session.curve().columns().contains("return")) {
          session.curve().add(before + play.rows(), i, play.score());
        }
      }
      done += play.rows();
    }
  }

  /** The cells that are asked for; those of the sources where these are tables and none are. */
  private Optional<Discretization> cells(List<SolverPlay> played) {
    boolean own =
        settings.get(DISCRETIZATION) == Cells.BINS
            && settings.get(BINS).isEmpty()
            && played.stream().allMatch(each -> each.solver() instanceof TabularPolicy);
    if (own) {
      return ((TabularPolicy) played.get(0).solver()).table().cells();
    }
    int numbers = played.get(0).solver().observations().size();
    float[] visited = visited(played, numbers);
    List<Integer> counts = settings.get(BINS).isEmpty() ? List.of(USUAL_BINS) : settings.get(BINS);
    return Optional.of(
        switch (settings.get(DISCRETIZATION)) {
          case BINS -> bins(counts, visited, numbers);
          case QUANTILES -> Quantiles.of(visited, numbers, counts);
          case TILES -> new Tiles(bins(counts, visited, numbers), settings.get(LAYERS));
          case CLUSTERS -> Clusters.of(visited, numbers, settings.get(CENTERS), settings.get(SEED));
        });
  }

  private static float[] visited(List<SolverPlay> played, int numbers) {
    float[] all = new float[played.stream().mapToInt(SolverPlay::rows).sum() * numbers];
    int next = 0;
    for (SolverPlay each : played) {
      float[] own = each.observations();
      System.arraycopy(own, 0, all, next, own.length);
      next += own.length;
    }
    return all;
  }

  /** Bins within the bounds that are set, else within those of what was visited. */
  private Bins bins(List<Integer> counts, float[] visited, int numbers) {
    List<Double> low = settings.get(LOW);
    List<Double> high = settings.get(HIGH);
    return new Bins(
        Bins.each("bins", counts, numbers),
        low.isEmpty() ? extreme(visited, numbers, -1) : Bins.each("low bounds", low, numbers),
        high.isEmpty() ? extreme(visited, numbers, 1) : Bins.each("high bounds", high, numbers));
  }

  private static List<Double> extreme(float[] visited, int numbers, int sign) {
    Double[] extremes = new Double[numbers];
    Arrays.fill(extremes, (double) -sign * Float.MAX_VALUE);
    for (int i = 0; i < visited.length; i++) {
      extremes[i % numbers] =
          sign * Math.max(sign * extremes[i % numbers], sign * (double) visited[i]);
    }
    return List.of(extremes);
  }

  private static Source source(SolverPlay played, Optional<Discretization> cells) {
    Policy solver = played.solver();
    QTable table =
        solver instanceof TabularPolicy exact && exact.table().cells().equals(cells)
            ? exact.table()
            : tabulated(played, cells);
    return new Source(
        played.task().name(),
        Provenance.in(played.task()),
        played.score(),
        parameters(solver),
        played.low(),
        played.high(),
        solver.discount(),
        0,
        table);
  }

  private static long parameters(Policy policy) {
    if (policy instanceof Ensemble ensemble) {
      return ensemble.members().stream().mapToLong(Extraction::parameters).sum();
    }
    return policy instanceof NetworkPolicy network ? network.size() : 0;
  }

  private static QTable tabulated(SolverPlay played, Optional<Discretization> cells) {
    float[] observations = played.observations();
    float[] values = played.values();
    int numbers = observations.length / played.rows();
    int actions = values.length / played.rows();
    QTable table = new QTable(numbers, actions, 0, cells);
    for (int row = 0; row < played.rows(); row++) {
      for (int layer = 0; layer < cells.map(Discretization::layers).orElse(1); layer++) {
        int state = table.state(observations, row * numbers, layer);
        for (int action = 0; action < actions; action++) {
          double value = values[row * actions + action];
          table.learn(state, action, value, 1 / (table.visits(state, action) + 1.0));
        }
      }
    }
    return table;
  }
}
