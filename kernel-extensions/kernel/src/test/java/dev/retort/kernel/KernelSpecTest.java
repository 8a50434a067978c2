package dev.retort.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.retort.kernel.client.KernelLaunch;
import dev.retort.kernel.wire.ConnectionFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Jupyter finds after an installation. */
class KernelSpecTest {
  @TempDir Path folder;

  @Test
  void theSpecStartsThisKernelAndAsksForMessagesOnInterrupt() throws IOException {
    KernelLaunch launch = KernelLaunch.ofThisJvm().withJvmFlags(List.of("-Xmx1g"));
    Path installed = KernelSpec.install(folder, launch);
    JsonObject spec =
        JsonParser.parseString(Files.readString(installed.resolve("kernel.json")))
            .getAsJsonObject();
    assertThat(spec.get("display_name").getAsString()).isEqualTo("Retort (Java)");
    assertThat(spec.get("language").getAsString()).isEqualTo("java");
    assertThat(spec.get("interrupt_mode").getAsString()).isEqualTo("message");
    assertThat(spec.get("argv").toString()).contains("-Xmx1g", "KernelMain", "{connection_file}");
    assertThat(ImageIO.read(installed.resolve("logo-64x64.png").toFile()).getWidth()).isEqualTo(64);
    assertThat(ImageIO.read(installed.resolve("logo-32x32.png").toFile()).getWidth()).isEqualTo(32);
  }

  @Test
  void theKernelKeepsTheMemoryOfTheEngineAsTheLauncherDoes() throws IOException {
    KernelLaunch launch =
        KernelLaunch.ofThisJvm().withEnvironment(Map.of("MALLOC_TRIM_THRESHOLD_", "7"));
    Path installed = KernelSpec.install(folder, launch);
    JsonObject environment =
        JsonParser.parseString(Files.readString(installed.resolve("kernel.json")))
            .getAsJsonObject()
            .getAsJsonObject("env");
    assertThat(environment.get("MALLOC_TRIM_THRESHOLD_").getAsString()).isEqualTo("7");
    String kept = environment.get("MALLOC_MMAP_THRESHOLD_").getAsString();
    assertThat(Files.readString(Path.of("../../retort")))
        .contains("${MALLOC_MMAP_THRESHOLD_:-" + kept + "}");
  }

  @Test
  void aConnectionFileIsReadableByItsOwnerOnlyAndComesBackAsItWas() throws IOException {
    ConnectionFile file = ConnectionFile.loopback();
    Path path = folder.resolve("connection.json");
    file.write(path);
    assertThat(ConnectionFile.read(path)).isEqualTo(file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
    assertThat(file.toString()).doesNotContain(file.key());
  }
}
