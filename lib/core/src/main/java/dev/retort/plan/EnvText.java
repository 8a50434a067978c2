package dev.retort.plan;

import com.google.gson.JsonObject;
import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.env.Env;
import dev.retort.env.Environments;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Environments in {@code spec.json}: the name to find them by, and the parameters that were
 * changed.
 */
final class EnvText {
  private EnvText() {}

  static JsonObject write(Env env) {
    JsonObject json = new JsonObject();
    json.addProperty("name", env.name());
    JsonObject parameters = new JsonObject();
    env.parameters().forEach(parameters::addProperty);
    json.add("parameters", parameters);
    json.addProperty("observations", env.observations().summary());
    json.addProperty("actions", env.actions().summary());
    json.addProperty("horizon", env.horizon());
    return json;
  }

  static Env read(JsonObject json) {
    String name = json.get("name").getAsString();
    JsonObject parameters = json.getAsJsonObject("parameters");
    String[] parts = name.split("/", -1);
    Env env = with(base(parts[0]), parameters);
    for (int i = 1; i < parts.length; i++) {
      env = Environments.part(env, parts[i]);
    }
    env = with(env, parameters);
    if (!env.name().equals(name)) {
      throw new RetortException(
          "resume: expected environment '%s', got '%s' from its parameters. Register the environment again."
              .formatted(name, env.name()));
    }
    JsonObject now = write(env);
    for (String part : List.of("observations", "actions", "horizon")) {
      if (json.has(part) && !json.get(part).equals(now.get(part))) {
        throw new RetortException(
            "resume: expected environment '%s' as it was, with %s of %s, got %s. Register the one that it was."
                .formatted(name, part, json.get(part).getAsString(), now.get(part).getAsString()));
      }
    }
    for (String key : parameters.keySet()) {
      if (!env.parameters().containsKey(key)) {
        throw new UnknownNameException(
            "parameter of " + env.name(), key, env.parameters().keySet());
      }
    }
    return env;
  }

  /** The environment with those parameters that it has, all at once: ranges must not cross. */
  private static Env with(Env env, JsonObject parameters) {
    Map<String, Double> values = new LinkedHashMap<>(env.parameters());
    values.replaceAll(
        (key, usual) -> parameters.has(key) ? (Double) parameters.get(key).getAsDouble() : usual);
    return values.equals(env.parameters())
        ? env
        : env.withParameters(values.values().stream().mapToDouble(Double::doubleValue).toArray());
  }

  /**
   * The registered environment whose name is the longest beginning of this one's: sizes may be part
   * of a name.
   */
  private static Env base(String name) {
    return Environments.all().stream()
        .filter(env -> name.equals(env.name()) || name.startsWith(env.name() + "-"))
        .max(Comparator.comparingInt(env -> env.name().length()))
        .orElseGet(() -> Environments.get(name));
  }
}
