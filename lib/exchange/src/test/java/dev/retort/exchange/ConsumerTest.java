package dev.retort.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.Retort;
import dev.retort.exchange.tensorboard.TensorBoardFormat;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.jar.JarOutputStream;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A project of somebody else, of twenty lines, uses Retort as a library by its list of versions.
 */
@Tag("once")
class ConsumerTest {
  private static final Path HOME = Path.of("../..");
  private static final Path CONSUMER = Path.of("src/test/consumer");
  private static final String VERSION = "0.1.0-SNAPSHOT";

  @TempDir Path folder;

  private final List<Path> links = new ArrayList<>();

  @AfterEach
  void takeTheLinksAway() throws IOException {
    for (Path link : links) {
      Files.delete(link);
    }
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file).replaceAll("\\s+", "");
  }

  private static List<String> artifacts(Path pom) throws IOException {
    return Pattern.compile("<artifactId>(retort-\\w+)</artifactId>")
        .matcher(Files.readString(pom))
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  @Test
  void theListOfVersionsNamesEveryModuleOnce() throws IOException {
    List<String> modules = new ArrayList<>();
    for (MatchResult module :
        Pattern.compile("<module>(.*)</module>")
            .matcher(Files.readString(HOME.resolve("pom.xml")))
            .results()
            .toList()) {
      String pom = Files.readString(HOME.resolve(module.group(1)).resolve("pom.xml"));
      String own = pom.replaceAll("(?s)<(parent|dependenc\\w+)>.*?</\\1>", "");
      modules.add(own.replaceAll("(?s).*?<artifactId>(retort-\\w+)</artifactId>.*", "$1"));
    }
    assertThat(modules).hasSizeGreaterThan(8).contains("retort-bom");
    assertThat(artifacts(HOME.resolve("lib/bom/pom.xml")))
        .containsExactlyInAnyOrderElementsOf(modules);
    assertThat(Files.readString(HOME.resolve("lib/bom/pom.xml")))
        .contains("<version>" + VERSION + "</version>");
    assertThat(Files.readString(HOME.resolve("pom.xml")))
        .contains("<version>" + VERSION + "</version>");
  }

  @Test
  void thePageShowsWhatTheProjectSays() throws IOException {
    String page = Files.readString(HOME.resolve("docs/library.md"));
    List<String> shown =
        Pattern.compile("(?s)```xml\\n(.*?)```")
            .matcher(page)
            .results()
            .map(found -> found.group(1).replaceAll("\\s+", ""))
            .toList();
    assertThat(shown).isNotEmpty();
    assertThat(shown)
        .allSatisfy(part -> assertThat(read(CONSUMER.resolve("pom.xml"))).contains(part));
    assertThat(page.replaceAll("\\s+", ""))
        .contains(read(CONSUMER.resolve("src/main/java/example/Corridor.java")))
        .contains("dev.retort:retort-bom:" + VERSION + "@pom");
  }

  @Tag("slow")
  @Test
  void theProjectCompilesAndRunsAgainstWhatIsInstalled() throws Exception {
    Path repository = repository();
    Path project = folder.resolve("consumer");
    copy(CONSUMER, project);
    String classPath = folder.resolve("classpath.txt").toString();
    run(
        project,
        "mvn",
        "-o",
        "-B",
        "-q",
        "-Dmaven.repo.local=" + repository,
        "-Dmdep.outputFile=" + classPath,
        "compile",
        "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath");
    assertThat(Files.readString(Path.of(classPath))).contains("retort-core-" + VERSION + ".jar");
    String said =
        run(
            project,
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dai.djl.offline=true",
            "-Dretort.runs=" + folder.resolve("runs"),
            "-cp",
            project.resolve("target/classes") + ":" + Files.readString(Path.of(classPath)),
            "example.Corridor",
            folder.resolve("best.safetensors").toString());
    assertThat(said).contains("solved").doesNotContain("not solved");
    assertThat(Retort.policy(folder.resolve("best.safetensors")).name()).isNotEmpty();
  }

  /**
   * A local repository in which Retort is what this build has made, laid out as {@code mvn install}
   * does it; all else is that of this machine, by links.
   */
  private Path repository() throws IOException, URISyntaxException {
    Path theirs = Path.of(System.getProperty("localRepository"));
    Path ours = Files.createDirectories(folder.resolve("repository/dev/retort"));
    link(theirs, ours.getParent().getParent(), "dev");
    link(theirs.resolve("dev"), ours.getParent(), "retort");
    install(ours, "retort", HOME.resolve("pom.xml"));
    install(ours, "retort-bom", HOME.resolve("lib/bom/pom.xml"));
    install(ours, "retort-core", HOME.resolve("lib/core/pom.xml"));
    install(ours, "retort-exchange", HOME.resolve("lib/exchange/pom.xml"));
    for (Map.Entry<String, Class<?>> module :
        Map.of("retort-core", Retort.class, "retort-exchange", TensorBoardFormat.class)
            .entrySet()) {
      Path made =
          Path.of(module.getValue().getProtectionDomain().getCodeSource().getLocation().toURI());
      Path jar = file(ours, module.getKey(), "jar");
      if (Files.isDirectory(made)) {
        pack(made, jar);
      } else {
        Files.copy(made, jar);
      }
    }
    return ours.getParent().getParent();
  }

  private void link(Path from, Path to, String except) throws IOException {
    if (!Files.exists(from)) {
      return;
    }
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        if (!file.getFileName().toString().equals(except)) {
          links.add(Files.createSymbolicLink(to.resolve(file.getFileName()), file));
        }
      }
    }
  }

  private static Path file(Path repository, String artifact, String kind) throws IOException {
    Path place = Files.createDirectories(repository.resolve(artifact).resolve(VERSION));
    return place.resolve(artifact + "-" + VERSION + "." + kind);
  }

  private static void install(Path repository, String artifact, Path pom) throws IOException {
    Files.copy(pom, file(repository, artifact, "pom"));
  }

  private static void pack(Path classes, Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : new TreeSet<>(files.filter(Files::isRegularFile).toList())) {
        out.putNextEntry(new ZipEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, out);
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static String run(Path where, String... command) throws Exception {
    Process process =
        new ProcessBuilder(command).directory(where.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s", said).isZero();
    return said;
  }
}
