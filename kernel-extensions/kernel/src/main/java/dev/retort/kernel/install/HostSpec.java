package dev.retort.kernel.install;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
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

/**
 * The spec of a kernel of another make, into which Retort is written: its jars into the folder of
 * the kernel, and the way to them into the environment that {@code kernel.json} sets.
 *
 * @param make of which make the kernel is
 * @param folder that holds its {@code kernel.json}
 */
public record HostSpec(Make make, Path folder) {
  private static final String SPEC = "kernel.json";

  /**
   * IJava's class loader finds the gson of its own jar before any other, and that is older than
   * ours.
   */
  private static final Relocation GSON =
      new Relocation("com/google/gson", "dev/retort/relocated/gson");

  /** The makes that are known. */
  public enum Make {
    /** IJava, which has to be told what to call. */
    IJAVA("IJava", Optional.of("dev.retort.ijava.IJavaExtension.install();")),
    /** JJava, which finds Retort on its class path. */
    JJAVA("JJava", Optional.empty());

    private final String title;
    private final Optional<String> startup;

    Make(String title, Optional<String> startup) {
      this.title = title;
      this.startup = startup;
    }

    /** Its name as its makers write it. */
    public String title() {
      return title;
    }

    /** What a cell has to call where jars alone do not join Retort to the kernel. */
    public Optional<String> startup() {
      return startup;
    }

    private String variable(String end) {
      return name() + "_" + end;
    }

    private boolean made(JsonObject spec) {
      return String.valueOf(spec.get("argv"))
          .toLowerCase(Locale.ROOT)
          .contains(title.toLowerCase(Locale.ROOT));
    }
  }

  /** The first kernel of a make that stands in one of these folders of kernels. */
  public static Optional<HostSpec> find(Make make, List<Path> kernels) throws IOException {
    for (Path folder : kernels) {
      if (!Files.isDirectory(folder)) {
        continue;
      }
      try (Stream<Path> found = Files.list(folder)) {
        for (Path kernel : found.sorted().toList()) {
          if (read(kernel.resolve(SPEC)).filter(make::made).isPresent()) {
            return Optional.of(new HostSpec(make, kernel));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<JsonObject> read(Path spec) throws IOException {
    if (!Files.isReadable(spec)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JsonParser.parseString(Files.readString(spec, UTF_8)))
          .filter(JsonElement::isJsonObject)
          .map(JsonElement::getAsJsonObject);
    } catch (JsonParseException e) {
      return Optional.empty(); // not one that Jupyter could start
    }
  }

  /**
   * Writes Retort into the kernel; a second time it takes the place of the first.
   *
   * @param classPath what Retort and its adapter for this make need
   * @return the jar that names all others, for notebooks of a kernel that is started otherwise
   */
  public Path install(List<Path> classPath) throws IOException {
    Path home = folder.toAbsolutePath().resolve("retort");
    List<Path> jars = JarFolder.write(home.resolve("jars"), classPath, Optional.of(GSON));
    Path jar = home.resolve("retort.jar");
    JarFolder.writeClassPath(jar, jars);
    String start = make.startup().map(call -> call + "\n").orElse("");
    WholeFile.write(
        home.resolve("retort.jsh"),
        ("%jars \"" + jar.toString().replace('\\', '/') + "\"\n" + start).getBytes(UTF_8));

    Path file = folder.resolve(SPEC);
    JsonObject spec = read(file).orElseGet(JsonObject::new);
    JsonObject environment = spec.get("env") instanceof JsonObject there ? there : new JsonObject();
    spec.add("env", environment);
    add(environment, make.variable("CLASSPATH"), jar.toString(), File.pathSeparator);
    make.startup().ifPresent(call -> add(environment, make.variable("STARTUP_SCRIPT"), call, "\n"));
    EngineMemory.keep(environment);
    String json = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(spec);
    WholeFile.write(file, (json + "\n").getBytes(UTF_8));
    return jar;
  }

  /** Adds to a list in the environment what it does not hold yet. */
  private static void add(JsonObject environment, String name, String part, String separator) {
    String before = environment.has(name) ? environment.get(name).getAsString() : "";
    List<String> parts = new ArrayList<>(List.of(before.split(separator, -1)));
    parts.removeIf(String::isBlank);
    if (!parts.contains(part)) {
      parts.add(part);
    }
    environment.addProperty(name, String.join(separator, parts));
  }
}
