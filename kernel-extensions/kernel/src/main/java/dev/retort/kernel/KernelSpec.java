package dev.retort.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.retort.kernel.client.KernelLaunch;
import dev.retort.kernel.install.EngineMemory;
import dev.retort.kernel.install.JarFolder;
import dev.retort.kernel.wire.WholeFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes the kernel known to an installed Jupyter. */
public final class KernelSpec {
  private KernelSpec() {}

  /**
   * Writes {@code retort/kernel.json}, its logos and its jars into a folder of kernels: the kernel
   * outlives the build that it comes from.
   *
   * @param kernels a folder that Jupyter searches; {@link #userFolder()} is one
   * @param launch the JVM, class path and flags that the kernel is to be started with
   * @return the folder of the kernel
   */
  public static Path install(Path kernels, KernelLaunch launch) throws IOException {
    Path folder = kernels.toAbsolutePath().resolve("retort");
    Files.createDirectories(folder);
    List<Path> classPath = launch.classPath().stream().map(Path::of).toList();
    List<Path> jars = JarFolder.write(folder.resolve("jars"), classPath, Optional.empty());
    KernelLaunch installed = launch.withClassPath(jars.stream().map(Path::toString).toList());
    JsonObject spec = new JsonObject();
    JsonArray command = new JsonArray();
    installed.command("{connection_file}").forEach(command::add);
    spec.add("argv", command);
    spec.addProperty("display_name", "Retort (Java)");
    spec.addProperty("language", "java");
    spec.addProperty("interrupt_mode", "message");
    JsonObject environment = new JsonObject();
    launch.environment().forEach(environment::addProperty);
    EngineMemory.keep(environment);
    spec.add("env", environment);
    WholeFile.write(folder.resolve("logo-32x32.png"), Logo.png(32));
    WholeFile.write(folder.resolve("logo-64x64.png"), Logo.png(64));
    String json = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(spec);
    WholeFile.write(folder.resolve("kernel.json"), (json + "\n").getBytes(UTF_8));
    return folder;
  }

  /** The folders of kernels that Jupyter searches, this user's first. */
  public static List<Path> folders() {
    List<Path> folders = new ArrayList<>(List.of(userFolder()));
    String path = System.getenv("JUPYTER_PATH");
    if (path != null) {
      for (String data : path.split(File.pathSeparator, -1)) {
        folders.add(Path.of(data, "kernels"));
      }
    }
    Stream.of(System.getenv("VIRTUAL_ENV"), System.getenv("CONDA_PREFIX"), "/usr/local", "/usr")
        .filter(prefix -> prefix != null && !prefix.isBlank())
        .forEach(prefix -> folders.add(Path.of(prefix, "share", "jupyter", "kernels")));
    return folders;
  }

  /** The folder of kernels of this user: what Jupyter searches first. */
  public static Path userFolder() {
    String data = System.getenv("JUPYTER_DATA_DIR");
    if (data != null && !data.isBlank()) {
      return Path.of(data, "kernels");
    }
    String home = System.getProperty("user.home");
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (system.startsWith("mac")) {
      return Path.of(home, "Library", "Jupyter", "kernels");
    }
    if (system.startsWith("windows")) {
      String roaming = System.getenv("APPDATA");
      return Path.of(roaming == null ? home : roaming, "jupyter", "kernels");
    }
    String share = System.getenv("XDG_DATA_HOME");
    Path base =
        share == null || share.isBlank() ? Path.of(home, ".local", "share") : Path.of(share);
    return base.resolve("jupyter").resolve("kernels");
  }
}
