package dev.retort.bench;

import dev.retort.bench.Measurement.Effort;
import dev.retort.nn.Mlp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What one update of a population of 64 × 64 students costs one core, by members and batch size:
 * forward, loss gradient, backward and Adam, in the groups in which a distillation deals them.
 */
@State(Scope.Thread)
public class EnsembleBench {
  private static final int UPDATES = 20;
  private static final Learned STUDENT = new Learned(Mlp.of(64, 64), List.of(8));

  /** Size of the population. */
  @Param("1")
  public int members;

  /** Rows of each member. */
  @Param("32")
  public int batch;

  private List<Learned.Group> groups;

  static Report report() {
    List<Measurement> all =
        Measurement.all(
            EnsembleBench.class,
            Effort.USUAL,
            Map.of("members", List.of("1", "10", "50", "200"), "batch", List.of("32", "256")));
    List<Throughput> figures = new ArrayList<>();
    for (Measurement each : all) {
      String name = "members %s, batch %s".formatted(each.get("members"), each.get("batch"));
      Arithmetic student = Arithmetic.of(each.whole("batch"), 8, 64, 64, 4);
      figures.add(each.time(name, "update"));
      figures.add(each.arithmetic(name, each.whole("members") * student.update()));
    }
    for (String batch : List.of("32", "256")) {
      List<Double> one = micros(all, "1", batch);
      List<Double> many = micros(all, "50", batch);
      figures.add(
          Throughput.of(
              "a member of 50 to one alone, batch " + batch,
              "ratio",
              IntStream.range(0, one.size()).mapToObj(i -> many.get(i) / 50 / one.get(i))));
    }
    figures.add(MatrixProduct.peak());
    return Report.here("distill-ensemble", figures);
  }

  private static List<Double> micros(List<Measurement> all, String members, String batch) {
    return all.stream()
        .filter(each -> each.choice().equals(Map.of("members", members, "batch", batch)))
        .findFirst()
        .orElseThrow()
        .micros();
  }

  /** Makes the population. */
  @Setup
  public void begin() {
    groups = STUDENT.groups(members, batch);
  }

  /** Some updates of one group after the other, as in an epoch. */
  @org.openjdk.jmh.annotations.Benchmark
  @OperationsPerInvocation(UPDATES)
  public List<Learned.Group> update() {
    for (Learned.Group group : groups) {
      for (int i = 0; i < UPDATES; i++) {
        group.update();
      }
    }
    return groups;
  }

  /** Gives the engine's memory back. */
  @TearDown
  public void end() {
    groups.forEach(Learned.Group::close);
  }
}
