package dev.retort.kernel.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Retort written into the spec of another kernel, which stays what it was. */
class HostSpecTest {
  private static final String CALL = "dev.retort.ijava.IJavaExtension.install();";

  @TempDir Path kernels;

  @BeforeEach
  void severalKernelsAreInstalled() throws IOException {
    kernel("broken", "{");
    kernel("ours", "{\"argv\": [\"java\", \"dev.retort.kernel.KernelMain\"]}");
    kernel(
        "java",
        "{\"argv\": [\"java\", \"-jar\", \"/opt/ijava-1.3.0.jar\"], \"env\": {\"A\": \"b\", \"MALLOC_TRIM_THRESHOLD_\": \"1\"}}");
    kernel(
        "jjava",
        "{\"argv\": [\"/opt/jjava-launcher.jar\"], \"env\": {\"JJAVA_CLASSPATH\": \"/mine.jar\"}}");
  }

  private void kernel(String name, String spec) throws IOException {
    Path folder = Files.createDirectories(kernels.resolve(name));
    Files.writeString(folder.resolve("kernel.json"), spec);
  }

  private JsonObject environment(String name) throws IOException {
    String spec = Files.readString(kernels.resolve(name).resolve("kernel.json"));
    return JsonParser.parseString(spec).getAsJsonObject().getAsJsonObject("env");
  }

  private Path install(HostSpec.Make make) throws IOException {
    return HostSpec.find(make, List.of(kernels)).orElseThrow().install(List.of());
  }

  @Test
  void iJavaIsToldItsJarAndWhatToCallOnceHoweverOftenItIsInstalled() throws IOException {
    Path jar = install(HostSpec.Make.IJAVA);
    assertThat(install(HostSpec.Make.IJAVA)).isEqualTo(jar).exists();
    JsonObject environment = environment("java");
    assertThat(environment.get("A").getAsString()).isEqualTo("b");
    assertThat(environment.get("MALLOC_TRIM_THRESHOLD_").getAsString())
        .as("what somebody chose stays")
        .isEqualTo("1");
    assertThat(environment.get("IJAVA_CLASSPATH").getAsString()).isEqualTo(jar.toString());
    assertThat(environment.get("IJAVA_STARTUP_SCRIPT").getAsString()).isEqualTo(CALL);
    assertThat(jar.resolveSibling("retort.jsh"))
        .hasContent("%jars \"" + jar.toString().replace('\\', '/') + "\"\n" + CALL);
  }

  @Test
  void jJavaKeepsItsOwnJarsAndFindsRetortAmongThem() throws IOException {
    Path jar = install(HostSpec.Make.JJAVA);
    JsonObject environment = environment("jjava");
    assertThat(environment.get("JJAVA_CLASSPATH").getAsString())
        .isEqualTo("/mine.jar" + File.pathSeparator + jar);
    assertThat(environment.keySet())
        .containsExactly("JJAVA_CLASSPATH", "MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_");
  }

  @Test
  void whereThereIsNoSuchKernelNoneIsFound() throws IOException {
    assertThat(HostSpec.find(HostSpec.Make.IJAVA, List.of(kernels.resolve("nowhere")))).isEmpty();
    Files.delete(kernels.resolve("java/kernel.json"));
    assertThat(HostSpec.find(HostSpec.Make.IJAVA, List.of(kernels))).isEmpty();
  }
}
