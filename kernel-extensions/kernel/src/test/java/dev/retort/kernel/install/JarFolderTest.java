package dev.retort.kernel.install;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import dev.retort.kernel.KernelSpec;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A class path in a folder of its own is whole, and moves with its folder. */
class JarFolderTest {
  private static final Relocation GSON = new Relocation("com/google/gson", "moved/gson");

  @TempDir Path folder;

  private static Path placeOf(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private Path jar(String name, String text) throws IOException {
    Path jar = Files.createDirectories(folder.resolve("build")).resolve(name);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new ZipEntry("text"));
      out.write(text.getBytes(UTF_8));
    }
    return jar;
  }

  @Test
  void copiesOutliveTheBuildAndJarsThatAreGoneAreTakenAway() throws IOException {
    Path jars = folder.resolve("jars");
    Path released = jar("a-1.jar", "a");
    Path changing = jar("b-1-SNAPSHOT.jar", "b");
    List<Path> copies = JarFolder.write(jars, List.of(released, changing), Optional.empty());
    Path copy = jars.resolve("b-1-SNAPSHOT.jar");
    assertThat(copies).containsExactly(jars.resolve("a-1.jar"), copy);
    byte[] before = Files.readAllBytes(copy);
    Path unused = jar("b-1-SNAPSHOT.jar", "another build writes into the same file");
    Files.delete(released);
    assertThat(copies.get(0)).exists();
    assertThat(copy).hasBinaryContent(before);
    assertThat(JarFolder.write(jars, List.of(released, changing), Optional.empty()))
        .containsExactly(copy);
    assertThat(jars.resolve("a-1.jar")).doesNotExist();
  }

  @Test
  void jarsAndFoldersOfOneNameAllHaveTheirCopies() throws Exception {
    Path one = Files.createDirectories(folder.resolve("one/classes"));
    Path two = Files.createDirectories(folder.resolve("two/classes"));
    Files.writeString(one.resolve("first"), "1");
    Files.writeString(two.resolve("second"), "2");
    List<Path> copies =
        JarFolder.write(folder.resolve("jars"), List.of(one, two), Optional.empty());
    assertThat(copies).hasSize(2);
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {url(copies.get(0)), url(copies.get(1))}, null)) {
      assertThat(loader.getResource("first")).isNotNull();
      assertThat(loader.getResource("second")).isNotNull();
    }
  }

  @Test
  void oneJarNamesTheOthersWhereverTheirFolderMoves() throws Exception {
    Path home = Files.createDirectories(folder.resolve("some home"));
    List<Path> copies =
        JarFolder.write(home.resolve("jars"), List.of(jar("a-1.jar", "a")), Optional.empty());
    JarFolder.writeClassPath(home.resolve("all.jar"), copies);
    Path moved = Files.move(home, folder.resolve("another home"));
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {url(moved.resolve("all.jar"))}, null)) {
      assertThat(loader.getResource("text")).isNotNull();
    }
  }

  @Test
  void aRelocatedLibraryStandsBesideTheOneThatIsThere() throws Exception {
    List<Path> from = List.of(placeOf(Gson.class), placeOf(KernelSpec.class));
    List<Path> copies = JarFolder.write(folder.resolve("jars"), from, Optional.of(GSON));
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {url(copies.get(0)), url(copies.get(1))}, null)) {
      assertThat(loader.getResource("com/google/gson/Gson.class")).isNull();
      Class<?> moved = loader.loadClass("moved.gson.Gson");
      Object gson = moved.getConstructor().newInstance();
      assertThat(moved.getMethod("toJson", Object.class).invoke(gson, List.of(1, 2)))
          .isEqualTo("[1,2]");
      Class<?> client = loader.loadClass("dev.retort.kernel.wire.RequestForm");
      assertThat(List.of(client.getDeclaredMethods()).toString())
          .contains("moved.gson")
          .doesNotContain("com.google.gson");
    }
  }

  private static URL url(Path path) throws IOException {
    return path.toUri().toURL();
  }
}
