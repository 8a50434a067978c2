package dev.retort.run;

import dev.retort.store.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What a figure of time has to name: the machine it was measured on. */
public final class Machine {
  private Machine() {}

  /** Processor, cores, system and Java. */
  public static Map<String, String> facts() {
    Map<String, String> facts = new TreeMap<>();
    facts.put(
        "java", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
    facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    facts.put("cores", String.valueOf(Parallel.cores()));
    facts.put("cpu", cpu());
    return facts;
  }

  private static String cpu() {
    try {
      return TextFile.read(Path.of("/proc/cpuinfo"), 1 << 24)
          .lines()
          .filter(line -> line.startsWith("model name"))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
