package dev.retort.ijava;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.retort.RetortException;
import dev.retort.kernel.client.CellResult;
import dev.retort.kernel.client.CellStatus;
import dev.retort.kernel.client.KernelClient;
import dev.retort.kernel.client.KernelLaunch;
import dev.retort.kernel.install.HostSpec;
import io.github.spencerpark.ijava.IJava;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Retort in a kernel shaped like IJava, over the real protocol: with a gson of that kernel's own,
 * jars that only JShell's class loader sees, and cells that an interrupt cancels.
 */
class IJavaKernelTest {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final String TEACHER =
      "%teacher PPO CartPole --steps 512 --network mlp:4 --seed 3";

  private static final String END_OF_PNG = "IEND\u00aeB`\u0082";

  @TempDir static Path kernels;
  private static Path jar;
  private static JsonObject spec;

  @TempDir Path folder;
  private KernelLaunch bare;

  private static List<String> entries(String... words) {
    return List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1)).stream()
        .filter(entry -> List.of(words).stream().anyMatch(entry::contains))
        .toList();
  }

  private static List<String> ofTheKernel() {
    return entries(
        "ijava" + File.separator + "target" + File.separator + "test-classes",
        "jupyter-jvm-basekernel",
        "jeromq",
        "jnacl");
  }

  @BeforeAll
  static void retortIsWrittenIntoTheKernel() throws IOException {
    Path file = kernels.resolve("java/kernel.json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "{\"argv\": [\"java\", \"-jar\", \"ijava-1.3.0.jar\"], \"env\": {}}");
    List<Path> retort =
        entries("").stream().filter(entry -> !ofTheKernel().contains(entry)).map(Path::of).toList();
    jar = HostSpec.find(HostSpec.Make.IJAVA, List.of(kernels)).orElseThrow().install(retort);
    spec = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
  }

  @BeforeEach
  void theKernelKnowsNothingOfRetort() {
    List<String> classPath = new ArrayList<>(ofTheKernel());
    classPath.add(Path.of("target", "kernel", "gson.jar").toAbsolutePath().toString());
    bare =
        KernelLaunch.ofThisJvm().serving(IJava.class.getName()).withClassPath(classPath).in(folder);
  }

  private KernelClient installed() throws IOException {
    Map<String, String> environment = new TreeMap<>();
    spec.getAsJsonObject("env")
        .entrySet()
        .forEach(entry -> environment.put(entry.getKey(), entry.getValue().getAsString()));
    return KernelClient.start(bare.withEnvironment(environment));
  }

  private static CellResult ran(KernelClient kernel, String cell) {
    CellResult result = kernel.execute(cell, LIMIT);
    assertThat(result.status()).as(cell + "\n" + result.traceback()).isEqualTo(CellStatus.OK);
    return result;
  }

  /** What a cell shows in one of its forms, all of it. */
  private static String shown(CellResult result, String form) {
    StringBuilder all = new StringBuilder();
    for (JsonElement output : result.outputs()) {
      if (output.getAsJsonObject().get("data") instanceof JsonObject data && data.has(form)) {
        all.append(data.get(form).getAsString());
      }
    }
    return all.toString();
  }

  @Test
  void aKernelWhoseSpecNamesRetortSpeaksItFromItsFirstCell() throws IOException {
    try (KernelClient kernel = installed()) {
      CellResult envs = ran(kernel, "%envs");
      assertThat(shown(envs, "text/html")).contains("<table", "FourRooms");
      CellResult value = ran(kernel, "env(\"CartPole\")");
      assertThat(value.value()).startsWith("CartPole");
      assertThat(shown(value, "text/html")).contains("CartPole");

      CellResult card = ran(kernel, "Policy teacher = " + TEACHER + ";");
      assertThat(card.outputs()).hasSize(1);
      assertThat(shown(card, "text/html")).contains("512", "finished");
      CellResult magic = ran(kernel, "%evaluate teacher --on CartPole --episodes 2");
      assertThat(shown(magic, "text/html")).contains("Evaluation on CartPole");

      ran(kernel, "Dataset data = %collect 100 --from teacher --on CartPole");
      ran(kernel, "%%distill students\nfrom data\nmembers 3\nepochs 1");
      assertThat(ran(kernel, "students.members().size()").value()).isEqualTo("3");
      CellResult mistake = kernel.execute("%evaluate taecher --on CartPole", LIMIT);
      assertThat(mistake.error()).contains("unknown variable 'taecher': did you mean 'teacher'?");
    }
  }

  @Test
  void oneLineInstallsRetortInANotebookAndPicturesAreWhole() throws IOException {
    try (KernelClient kernel = KernelClient.start(bare)) {
      assertThat(kernel.execute("env(\"CartPole\")", LIMIT).status()).isEqualTo(CellStatus.ERROR);
      assertThat(ran(kernel, "%load " + jar.resolveSibling("retort.jsh")).outputs()).isEmpty();
      ran(kernel, "Env cartPole = env(\"CartPole\"); Policy random = randomPolicy(cartPole);");
      ran(kernel, "Evaluation result = evaluate(random).on(cartPole).episodes(3).run();");
      CellResult plot = ran(kernel, "result.plot()");
      byte[] png = Base64.getDecoder().decode(shown(plot, "image/png"));
      assertThat(new String(png, ISO_8859_1)).startsWith("\u0089PNG").endsWith(END_OF_PNG);
      CellResult film = ran(kernel, "render(random).on(cartPole).steps(10).run()");
      byte[] gif = Base64.getDecoder().decode(shown(film, "image/gif"));
      assertThat(new String(gif, ISO_8859_1)).startsWith("GIF89a").endsWith(";");
    }
  }

  @Tag("slow")
  @Test
  void anInterruptStopsTheTrainingWhichSaysSoOnItsCardAndGoesOnWhereItWas() throws IOException {
    String train = "train(ppo().steps(100_000_000).hidden(16)).on(env(\"CartPole\"))";
    try (KernelClient kernel = installed()) {
      ran(kernel, "Engine.awaitReady();");
      CellResult stopped = interrupted(kernel, "Policy p = " + train + ".run();");
      String first = ran(kernel, "Thread.sleep(1500); runs().get(0).step()").value();
      assertThat(ran(kernel, "runs().get(0).state()").value()).isEqualTo("STOPPED");
      assertThat(shown(stopped, "text/html")).contains("stopped", "%resume 1");
      interrupted(kernel, "%resume 1");
      String second = ran(kernel, "Thread.sleep(1500); runs().get(0).step()").value();
      assertThat(Long.parseLong(second)).isGreaterThan(Long.parseLong(first));
      assertThat(Long.parseLong(first)).isPositive();
    }
  }

  /** A cell that is interrupted when it is at work, and answers soon. */
  private static CellResult interrupted(KernelClient kernel, String cell) {
    Duration work = Duration.ofMillis(1500);
    long begun = System.nanoTime();
    CellResult result = kernel.execute(cell, work);
    assertThat(result.status()).as(result.traceback()).isEqualTo(CellStatus.TIMED_OUT);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(work.plusSeconds(3));
    return result;
  }

  @Tag("slow")
  @Test
  void theCardOfARunInTheBackgroundMovesBetweenCells() throws Exception {
    try (KernelClient kernel = installed()) {
      ran(kernel, "Engine.awaitReady();");
      CellResult begun =
          ran(
              kernel,
              "Run<Policy> run = train(ppo().steps(20_000).hidden(8)).on(env(\"CartPole\")).start();");
      assertThat(shown(begun, "text/html")).doesNotContain("finished");
      Path result = folder.resolve("runs/0001/result.safetensors");
      for (int i = 0; i < 300 && !Files.exists(result); i++) {
        Thread.sleep(100);
      }
      Thread.sleep(500); // the time that its card may take
      ran(kernel, "1 + 1"); // the client reads what came since the cell before
      assertThat(shown(begun, "text/html")).contains("finished");
    }
  }

  @Test
  void whereNoIJavaRunsInstallingSaysSo() {
    assertThatThrownBy(IJavaExtension::install)
        .isInstanceOf(RetortException.class)
        .hasMessageStartingWith("ijava: expected a kernel of IJava that runs this cell, got none.");
  }
}
