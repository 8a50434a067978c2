package dev.retort.kernel.install;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/**
 * Gives the packages of a library another name, in the library itself and in whatever uses it, so
 * that it stands beside another version that a kernel brings.
 *
 * @param from a package with slashes, as {@code com/google/gson}; those below it move along
 * @param to its name in the copies
 */
public record Relocation(String from, String to) {
  private static final String CLASS = ".class";

  /** Whether a jar or a folder of classes holds or uses the library. */
  boolean concerns(Path entry) throws IOException {
    for (Map.Entry<String, byte[]> file : files(entry, CLASS).entrySet()) {
      if (mentions(file.getValue())) {
        return true;
      }
    }
    return false;
  }

  /** The bytes of a jar with the files of another or of a folder, relocated where that is asked. */
  static byte[] jar(Path entry, Optional<Relocation> relocation) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream out = new JarOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files(entry, "").entrySet()) {
        String name = relocation.map(moves -> moves.path(file.getKey())).orElse(file.getKey());
        out.putNextEntry(new ZipEntry(name));
        out.write(relocation.map(moves -> moves.bytes(file)).orElse(file.getValue()));
        out.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private String path(String name) {
    return name.startsWith(from + "/") ? to + name.substring(from.length()) : name;
  }

  private byte[] bytes(Map.Entry<String, byte[]> file) {
    if (!file.getKey().endsWith(CLASS) || !mentions(file.getValue())) {
      return file.getValue();
    }
    ClassWriter writer = new ClassWriter(0);
    Remapper names =
        new Remapper(org.objectweb.asm.Opcodes.ASM9) {
          @Override
          public String map(String internalName) {
            return path(internalName);
          }
        };
    new ClassReader(file.getValue()).accept(new ClassRemapper(writer, names), 0);
    return writer.toByteArray();
  }

  /** Every mention of a class stands in the constants of those that use it, as it is. */
  private boolean mentions(byte[] code) {
    return new String(code, ISO_8859_1).contains(from + "/");
  }

  /** The files of a jar or a folder whose names end so, by name; modules are of no use here. */
  private static Map<String, byte[]> files(Path entry, String end) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    if (Files.isDirectory(entry)) {
      try (Stream<Path> all = Files.walk(entry)) {
        List<Path> found = all.filter(Files::isRegularFile).toList();
        for (Path file : found) {
          String name = entry.relativize(file).toString().replace('\\', '/');
          if (name.endsWith(end)) {
            files.put(name, Files.readAllBytes(file));
          }
        }
      }
    } else {
      try (ZipFile jar = new ZipFile(entry.toFile())) {
        for (Enumeration<? extends ZipEntry> all = jar.entries(); all.hasMoreElements(); ) {
          ZipEntry file = all.nextElement();
          if (!file.isDirectory() && file.getName().endsWith(end)) {
            try (InputStream in = jar.getInputStream(file)) {
              files.put(file.getName(), in.readAllBytes());
            }
          }
        }
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
    files.keySet().removeIf(name -> name.endsWith("module-info" + CLASS));
    return files;
  }
}
