package dev.retort.exchange;

import static dev.retort.Retort.dataset;
import static dev.retort.Retort.env;
import static dev.retort.Retort.evaluate;
import static dev.retort.Retort.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.data.Dataset;
import dev.retort.figure.Numbers;
import dev.retort.paper.Finding;
import dev.retort.paper.Findings;
import dev.retort.paper.Reproduction;
import dev.retort.paper.Verdict;
import dev.retort.policy.PolicyFile;
import dev.retort.run.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The policies and data that come with the repository are what their cards say. */
class ZooTest {
  private static final Path ZOO = Path.of("../../datasets/zoo");
  private static final long MOST_BYTES = 20_000_000;
  private static final Pattern FILE = Pattern.compile("\\| `(.+)` \\| ([\\d,]+) \\| `(.{64})` \\|");
  private static final List<String> WORLDS =
      List.of("CartPole", "FourRooms", "Pendulum", "Reacher-C4");

  @TempDir Path folder;

  @AfterEach
  void asBefore() {
    System.clearProperty("retort.runs");
    System.clearProperty("retort.datasets");
  }

  private static List<Path> files(Path place) throws IOException {
    try (Stream<Path> all = Files.walk(place)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** The folders that have a card. */
  private static List<Path> things() throws IOException {
    List<Path> things = new ArrayList<>(List.of(ZOO.resolveSibling("foreign")));
    try (Stream<Path> all = Files.list(ZOO)) {
      all.filter(Files::isDirectory).sorted().forEach(things::add);
    }
    return things;
  }

  private static String sha256(Path file) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }

  @Test
  void everyFileIsInItsCardWithItsSizeAndChecksum() throws Exception {
    long bytes = 0;
    for (Path thing : things()) {
      String card = Files.readString(thing.resolve("README.md"));
      assertThat(card).containsIgnoringCase("license").contains("## Origin", "Apache-2.0");
      Map<String, String> said = new TreeMap<>();
      FILE.matcher(card).results().forEach(it -> said.put(it.group(1), it.group(2) + it.group(3)));
      Map<String, String> found = new TreeMap<>();
      for (Path file : files(thing)) {
        bytes += Files.size(file);
        if (!file.endsWith("README.md")) {
          String name = thing.relativize(file).toString().replace('\\', '/');
          found.put(name, Numbers.count(Files.size(file)) + sha256(file));
        }
      }
      assertThat(found).as("files of %s", thing).isEqualTo(said).isNotEmpty();
    }
    assertThat(bytes).isLessThan(MOST_BYTES);
  }

  @Test
  void everyNameOpensAndFitsWhatElseIsOfItsWorld() {
    List<String> policies = PolicyFile.names();
    List<String> data = new ArrayList<>();
    for (String world : WORLDS) {
      for (String quality : List.of("expert", "medium", "mixed", "random")) {
        data.add("zoo/" + world + "-" + quality);
      }
    }
    assertThat(Dataset.names()).isEqualTo(data);
    assertThat(policies).hasSize(9);
    for (String name : policies) {
      String world = name.replaceFirst("-(ppo|dqn|sac)(-medium)?$", "");
      assertThat(dataset(world + "-mixed").labeledBy(policy(name)).teachers()).hasSize(1);
    }
  }

  @Test
  void returnsOfTheDataAreThoseOfTheFindings() {
    Map<String, Finding> found = new TreeMap<>();
    Findings.open(ZOO.resolve("summary.json"))
        .findings()
        .forEach(finding -> found.put("zoo/" + finding.name(), finding));
    for (String name : Dataset.names()) {
      double[] returns = dataset(name).returns();
      assertThat(returns).hasSameSizeAs(found.get(name).values());
      for (int i = 0; i < returns.length; i++) {
        assertThat(returns[i]).isEqualTo(found.get(name).values().get(i));
      }
    }
  }

  @Test
  void theExpertLabelsEveryStepOfAllDataOfItsWorld() {
    for (String quality : List.of("expert", "medium", "random", "mixed")) {
      Dataset data = dataset("zoo/CartPole-" + quality);
      float[] said = data.column("teacher.logits").floats();
      Dataset again = data.labeledBy(policy("zoo/CartPole-ppo"));
      assertThat(again.column("teacher.logits").floats()).isEqualTo(said);
    }
  }

  @Test
  void experiencedTeachersAreBetterThanThoseOfHalfTheWay() {
    assertThat(Findings.open(ZOO.resolve("summary.json")).isReproduced()).isTrue();
    double expert = mean("zoo/CartPole-ppo");
    assertThat(expert).isEqualTo(500);
    assertThat(mean("zoo/CartPole-ppo-medium")).isBetween(50.0, 400.0);
  }

  private static double mean(String name) {
    return evaluate(policy(name))
        .on(env("CartPole"))
        .episodes(20)
        .seed(5)
        .run()
        .rows()
        .get(0)
        .mean()
        .value();
  }

  @Test
  void thePageOfTheFolderSaysWhatWasFound() throws IOException {
    String page = Files.readString(ZOO.resolveSibling("README.md"));
    for (Finding finding : Findings.open(ZOO.resolve("summary.json")).findings()) {
      assertThat(page.lines())
          .as(finding.name())
          .anyMatch(
              line ->
                  line.startsWith("| `zoo/%s` |".formatted(finding.name()))
                      && line.contains("| " + finding.ours() + " |"));
    }
  }

  @Test
  void aWrongNameIsAnsweredWithTheNearest() {
    assertThatThrownBy(() -> policy("zoo/CartPole-pppo"))
        .hasMessageStartingWith(
            "unknown policy 'zoo/CartPole-pppo': did you mean 'zoo/CartPole-ppo'? (choices:"
                + " zoo/CartPole-dqn, zoo/CartPole-ppo, ");
    assertThatThrownBy(() -> dataset("zoo/CartPole-export"))
        .hasMessageStartingWith(
            "unknown dataset 'zoo/CartPole-export': did you mean 'zoo/CartPole-expert'?");
  }

  @Tag("once")
  @Tag("slow")
  @Test
  void atUnitSizeItIsMadeTwiceWithTheSameBytesAndTrainedOnce() throws Exception {
    System.setProperty("retort.runs", folder.resolve("runs").toString());
    Reproduction plan = Reproduction.of("zoo");
    Path first = plan.quiet().run().save(folder.resolve("a/zoo"));
    int trainings = Runs.all().size();
    Findings again = plan.quiet().run();
    Path second = again.save(folder.resolve("b/zoo"));
    assertThat(Runs.all()).hasSize(trainings).hasSize(9);
    assertThat(again.findings())
        .hasSize(9 + 16)
        .allSatisfy(finding -> assertThat(finding.verdict()).isEqualTo(Verdict.NOT_JUDGED));
    for (Path file : files(first)) {
      Path other = second.resolve(first.relativize(file));
      assertThat(other).as("%s", file).hasSameBinaryContentAs(file);
    }
    System.setProperty("retort.datasets", folder.resolve("a").toString());
    assertThat(PolicyFile.names()).hasSize(9);
    assertThat(dataset("zoo/Pendulum-mixed").episodes()).isEqualTo(3 * 8);
  }
}
