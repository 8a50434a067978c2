package dev.retort.bench;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.retort.figure.Numbers;
import dev.retort.nn.Engine;
import dev.retort.run.Machine;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a benchmark found.
 *
 * @param name the benchmark
 * @param figures what was measured
 * @param machine where
 */
public record Report(String name, List<Throughput> figures, Map<String, String> machine) {
  /** Keeps copies. */
  public Report {
    figures = List.copyOf(figures);
    machine = new TreeMap<>(machine);
  }

  /** The figures with the machine on which they were measured. */
  static Report here(String name, List<Throughput> figures) {
    Map<String, String> machine = new TreeMap<>(Machine.facts());
    machine.put("device", Engine.device().found());
    return new Report(name, figures, machine);
  }

  /** One line of JSON. */
  public String json() {
    JsonObject json = new JsonObject();
    json.addProperty("benchmark", name);
    JsonArray all = new JsonArray();
    Gson gson = new Gson();
    figures.forEach(figure -> all.add(gson.toJsonTree(figure)));
    json.add("figures", all);
    json.add("machine", gson.toJsonTree(machine));
    return gson.toJson(json);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(name);
    for (Throughput figure : figures) {
      text.append(
          String.format(
              Locale.ROOT,
              "%n  %-36s %12s %-9s  (%s to %s, %d runs)",
              figure.name(),
              Numbers.of(figure.median()),
              figure.unit(),
              Numbers.of(figure.least()),
              Numbers.of(figure.largest()),
              figure.runs()));
    }
    return text.append(
            "%n  %s, %s cores, %s%n  %s"
                .formatted(
                    machine.get("cpu"),
                    machine.get("cores"),
                    machine.get("java"),
                    machine.get("device")))
        .toString();
  }
}
