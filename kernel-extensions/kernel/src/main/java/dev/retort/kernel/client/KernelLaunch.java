package dev.retort.kernel.client;

import dev.retort.kernel.KernelMain;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How to start a kernel in a JVM of its own.
 *
 * @param java the {@code java} executable
 * @param main the class that serves a connection file: our own kernel's, or that of another make
 * @param classPath what cells can see; the kernel itself must be on it
 * @param jvmFlags flags such as {@code -Xmx4g}
 * @param environment variables to add to those of this process
 * @param folder the working directory of the cells
 */
public record KernelLaunch(
    Path java,
    String main,
    List<String> classPath,
    List<String> jvmFlags,
    Map<String, String> environment,
    Path folder) {

  /** Copies the lists. */
  public KernelLaunch {
    classPath = List.copyOf(classPath);
    jvmFlags = List.copyOf(jvmFlags);
    environment = Map.copyOf(environment);
  }

  /** Our kernel with the JVM and the class path of this process, in its working directory. */
  public static KernelLaunch ofThisJvm() {
    return new KernelLaunch(
        Path.of(System.getProperty("java.home"), "bin", "java"),
        KernelMain.class.getName(),
        List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1)),
        List.of(),
        Map.of(),
        Path.of("").toAbsolutePath());
  }

  /** The same with these flags. */
  public KernelLaunch withJvmFlags(List<String> flags) {
    return new KernelLaunch(java, main, classPath, flags, environment, folder);
  }

  /** The same with another class path. */
  public KernelLaunch withClassPath(List<String> paths) {
    return new KernelLaunch(java, main, paths, jvmFlags, environment, folder);
  }

  /** The same with variables of the environment in place of those that it had. */
  public KernelLaunch withEnvironment(Map<String, String> variables) {
    return new KernelLaunch(java, main, classPath, jvmFlags, variables, folder);
  }

  /** A kernel of another make, whose class with a {@code main} is that. */
  public KernelLaunch serving(String otherMain) {
    return new KernelLaunch(java, otherMain, classPath, jvmFlags, environment, folder);
  }

  /** The same with cells that run in this folder. */
  public KernelLaunch in(Path newFolder) {
    return new KernelLaunch(java, main, classPath, jvmFlags, environment, newFolder);
  }

  /** The command that starts the kernel on a connection file. */
  public List<String> command(String connectionFile) {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.addAll(defaultFlags());
    command.addAll(jvmFlags);
    command.add("-cp");
    command.add(String.join(File.pathSeparator, classPath));
    command.add(main);
    command.add(connectionFile);
    return List.copyOf(command);
  }

  /** Flags that every kernel gets; those that a JVM does not know are ignored by it. */
  private static List<String> defaultFlags() {
    return List.of(
        "-XX:+IgnoreUnrecognizedVMOptions",
        "--enable-native-access=ALL-UNNAMED",
        "-Djava.awt.headless=true",
        "-XX:+UseSerialGC",
        // otherwise a counted loop holds up every thread that wants to look at it
        "-XX:+UseCountedLoopSafepoints",
        "-XX:LoopStripMiningIter=1000",
        "-Xshare:auto",
        "-Djdk.attach.allowAttachSelf=true", // cells that are run again keep values by it
        "-XX:+EnableDynamicAgentLoading",
        "-Dfile.encoding=UTF-8");
  }
}
