package dev.retort.bench;

import dev.retort.bench.Measurement.Effort;
import dev.retort.nn.Architecture;
import dev.retort.nn.Gru;
import dev.retort.nn.ImageCnn;
import dev.retort.nn.InputShape;
import dev.retort.nn.MaskedMlp;
import dev.retort.nn.Mlp;
import dev.retort.nn.ResidualCnn;
import dev.retort.nn.TokenTransformer;
import dev.retort.nn.Transformer;
import dev.retort.nn.Urma;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What one update of each architecture costs one core, by members and batch size: forward, loss
 * gradient, backward and Adam of all members, in the groups in which a distillation deals them.
 */
@State(Scope.Thread)
public class ArchitectureBench {
  /** Each architecture, on observations as it is made for. */
  static final List<Learned> ALL =
      List.of(
          new Learned(Mlp.of(64, 64), List.of(8)),
          new Learned(new ResidualCnn(16, List.of(64)), List.of(3, 9, 9)),
          new Learned(ImageCnn.of(List.of(16, 32, 32)), List.of(3, 32, 32)),
          new Learned(new Transformer(32, 2, 2), List.of(20, 8)),
          new Learned(new Gru(64), List.of(10, 8)),
          new Learned(
              new TokenTransformer(32, 2, 2),
              InputShape.parts(
                  List.of(
                      new InputShape.Part("joints", List.of(16, 8)),
                      new InputShape.Part("body", List.of(12))))),
          new Learned(
              MaskedMlp.of(64, 64),
              InputShape.parts(
                  List.of(
                      new InputShape.Part("joints", List.of(16, 8)),
                      new InputShape.Part("present", List.of(16))))),
          new Learned(
              new Urma(List.of(64, 64), 4),
              InputShape.parts(
                  List.of(
                      new InputShape.Part("joints", List.of(16, 8)),
                      new InputShape.Part("description", List.of(16, 6)),
                      new InputShape.Part("body", List.of(12))))));

  /** Which network, as it is written. */
  @Param("mlp:64,64")
  public String network;

  /** Size of the population. */
  @Param("1")
  public int members;

  /** Rows of each member. */
  @Param("64")
  public int batch;

  private List<Learned.Group> groups;

  static Report report() {
    Map<String, List<String>> choices =
        Map.of(
            "network", ALL.stream().map(Learned::network).map(Architecture::toString).toList(),
            "members", List.of("1", "3", "10"),
            "batch", List.of("64", "256"));
    return Report.here(
        "architectures",
        Measurement.all(ArchitectureBench.class, Effort.USUAL, choices).stream()
            .map(
                each ->
                    each.time(
                        "%s, members %s, batch %s"
                            .formatted(each.get("network"), each.get("members"), each.get("batch")),
                        "update"))
            .toList());
  }

  /** The one that is written so. */
  private static Learned named(String network) {
    return ALL.stream()
        .filter(each -> each.network().toString().equals(network))
        .findFirst()
        .orElseThrow();
  }

  /** Makes the population. */
  @Setup
  public void begin() {
    groups = named(network).groups(members, batch);
  }

  /** One update of every member. */
  @org.openjdk.jmh.annotations.Benchmark
  public List<Learned.Group> update() {
    groups.forEach(Learned.Group::update);
    return groups;
  }

  /** Gives the engine's memory back. */
  @TearDown
  public void end() {
    groups.forEach(Learned.Group::close);
  }
}
