package dev.retort.plan;

import com.google.gson.JsonObject;
import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.env.Environments;

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
    return json;
  }

  static Env read(JsonObject json) {
    String name = json.get("name").getAsString();
    int slash = name.indexOf('/');
    String part = slash < 0 ? "" : name.substring(slash);
    Env base = base(slash < 0 ? name : name.substring(0, slash));
    JsonObject parameters = json.getAsJsonObject("parameters");
    for (String key : parameters.keySet()) {
      base = base.with(key, parameters.get(key).getAsDouble());
    }
    Env env = part.isEmpty() ? base : Environments.part(base, part.substring(1));
    if (!env.name().equals(name)) {
      throw new RetortException(
          "resume: expected environment '%s', got '%s' from its parameters. Register the environment again."
              .formatted(name, env.name()));
    }
    return env;
  }

  /**
   * The registered environment whose name is the longest beginning of this one's: sizes may be part
   * of a name.
   */
  private static Env base(String name) {
    return Environments.all().stream()
        .filter(env -> name.equals(env.name()) || name.startsWith(env.name() + "-"))
        .max(java.util.Comparator.comparingInt(env -> env.name().length()))
        .orElseGet(() -> Environments.get(name));
  }
}
