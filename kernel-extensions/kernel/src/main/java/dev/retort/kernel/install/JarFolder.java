package dev.retort.kernel.install;

import dev.retort.kernel.wire.WholeFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * A class path in a folder of its own, so that an installed kernel outlives the build that it comes
 * from: a build that is cleaned, a clone that moves, a repository of Maven that is emptied.
 *
 * <p>Jars that never change are linked where the file system can, so that two kernels take the disk
 * of one.
 */
public final class JarFolder {
  private static final String JAR = ".jar";
  private static final String CHANGING = "-SNAPSHOT" + JAR;

  private JarFolder() {}

  /**
   * Makes a folder that holds these jars and no others.
   *
   * @param classPath jars, and folders of classes, which become jars; what is not there is left out
   * @param relocation what has another name in the copies, if anything has
   * @return the copies, in the same order
   */
  public static List<Path> write(Path folder, List<Path> classPath, Optional<Relocation> relocation)
      throws IOException {
    Files.createDirectories(folder);
    Set<String> names = new HashSet<>();
    List<Path> copies = new ArrayList<>();
    for (Path entry : classPath) {
      if (!Files.exists(entry)) {
        continue;
      }
      Path copy = folder.resolve(name(entry, names));
      copy(entry, copy, relocation);
      copies.add(copy);
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(file -> file.toString().endsWith(JAR)).toList()) {
        if (!copies.contains(file)) {
          Files.delete(file);
        }
      }
    }
    return List.copyOf(copies);
  }

  /** Writes a jar that holds nothing but the names of others, in folders below its own. */
  public static void writeClassPath(Path jar, List<Path> others) throws IOException {
    Path folder = jar.toAbsolutePath().getParent();
    List<String> names = new ArrayList<>();
    for (Path other : others) {
      names.add(folder.toUri().relativize(other.toUri()).getRawPath());
    }
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, String.join(" ", names));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new JarOutputStream(bytes, manifest).close();
    WholeFile.write(jar, bytes.toByteArray());
  }

  /** The name of a copy; folders are called alike, and so may jars be. */
  private static String name(Path entry, Set<String> taken) {
    String name = entry.getFileName().toString();
    String stem = name.endsWith(JAR) ? name.substring(0, name.length() - JAR.length()) : name;
    String free = stem + JAR;
    for (int i = 2; !taken.add(free); i++) {
      free = stem + "-" + i + JAR;
    }
    return free;
  }

  private static void copy(Path entry, Path copy, Optional<Relocation> relocation)
      throws IOException {
    boolean moved = relocation.isPresent() && relocation.get().concerns(entry);
    if (Files.isDirectory(entry) || moved) {
      WholeFile.write(copy, Relocation.jar(entry, moved ? relocation : Optional.empty()));
    } else if (entry.toString().endsWith(CHANGING) || !linked(entry, copy)) {
      WholeFile.write(copy, Files.readAllBytes(entry));
    }
  }

  private static boolean linked(Path entry, Path copy) throws IOException {
    if (Files.exists(copy) && Files.isSameFile(entry, copy)) {
      return true;
    }
    Files.deleteIfExists(copy);
    try {
      Files.createLink(copy, entry.toRealPath());
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      return false; // another disk, or one without links
    }
  }
}
