package dev.retort.plan;

import com.google.gson.JsonObject;
import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.env.Description;
import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.env.Identity;
import dev.retort.figure.Numbers;
import dev.retort.option.Traits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Environments in {@code spec.json}: the name to find them by, the parameters that were changed,
 * and the identity of one of the user's own.
 */
final class EnvText {
  static final String IDENTITY = Description.IDENTITY;

  private EnvText() {}

  static JsonObject write(Env env) {
    return Description.of(env).json();
  }

  /** What tells an environment from others of its name: its parameters, or all that it prints. */
  static Traits traits(Env env) {
    if (env.parameters().isEmpty()) {
      return Traits.of(Traits.ENVIRONMENT, env);
    }
    Traits traits = Traits.none();
    for (Map.Entry<String, Double> parameter : env.parameters().entrySet()) {
      traits = traits.and(parameter.getKey(), Numbers.of(parameter.getValue()));
    }
    return traits;
  }

  /** The environment of that description, which is the one that was described. */
  static Env read(JsonObject json) {
    Env env = find(json);
    difference(json, env)
        .ifPresent(
            difference -> {
              throw new OtherOfItsName(
                  "resume: expected environment '%s' as it was, %s."
                      .formatted(json.get("name").getAsString(), difference));
            });
    return env;
  }

  /** The environment that is known by the name and takes the parameters, whatever has changed. */
  static Env find(JsonObject json) {
    String name = json.get("name").getAsString();
    JsonObject parameters = json.getAsJsonObject("parameters");
    Env base = Environments.base(name);
    Env env = with(base, parameters);
    int slash = name.indexOf('/', base.name().length());
    if (slash >= 0) {
      env = parts(env, name.substring(slash + 1), json);
    }
    env = with(env, parameters);
    if (!env.name().equals(name) && json.has(IDENTITY)) {
      throw Environments.unknown(name);
    }
    if (!env.name().equals(name)) {
      throw new RetortException(
          "resume: expected environment '%s', got '%s' from its parameters. Register the environment again."
              .formatted(name, env.name()));
    }
    for (String key : parameters.keySet()) {
      if (!env.parameters().containsKey(key)) {
        throw new UnknownNameException(
            "parameter of " + env.name(), key, env.parameters().keySet());
      }
    }
    return env;
  }

  private static Env parts(Env base, String parts, JsonObject json) {
    Env env = base;
    try {
      for (String part : parts.split("/", -1)) {
        env = Environments.part(env, part);
      }
      return env;
    } catch (RetortException e) {
      if (json.has(IDENTITY)) { // the one that has them is not known
        throw Environments.unknown(json.get("name").getAsString());
      }
      throw e;
    }
  }

  /** What tells an environment from the one that was described; empty where it is the same. */
  static Optional<String> difference(JsonObject stored, Env env) {
    Optional<Identity> now = Identity.of(env);
    if (stored.has(IDENTITY)) {
      JsonObject was = stored.getAsJsonObject(IDENTITY);
      if (now.isEmpty()) {
        return Optional.of("which was one of your own, got the built-in one");
      }
      Optional<String> difference = now.get().difference(was);
      return difference.isPresent()
          ? difference.map("but "::concat)
          : now.get().unknown().map(EnvText::untold);
    }
    JsonObject text = write(env);
    return List.of("observations", "actions", "horizon").stream()
        .filter(part -> stored.has(part) && !stored.get(part).equals(text.get(part)))
        .findFirst()
        .map(
            part ->
                "with %s of %s, got %s"
                    .formatted(part, stored.get(part).getAsString(), text.get(part).getAsString()));
  }

  /** Refuses an environment in which what a run has saved has no meaning. */
  static void requireFit(int run, JsonObject stored, Env env) {
    JsonObject now = write(env);
    for (String part : List.of("observations", "actions")) {
      if (stored.has(part) && !stored.get(part).equals(now.get(part))) {
        throw new RetortException(
            "resume run %s anyway: expected %s of %s in environment '%s', got %s. Start a new run."
                .formatted(
                    run,
                    part,
                    stored.get(part).getAsString(),
                    env.name(),
                    now.get(part).getAsString()));
      }
    }
    int before =
        stored.has(IDENTITY)
            ? stored.getAsJsonObject(IDENTITY).get("stateSize").getAsInt()
            : env.stateSize();
    int size = Identity.of(env).map(own -> own.json().get("stateSize").getAsInt()).orElse(before);
    if (size != before) {
      throw new RetortException(
          "resume run %s anyway: expected a state of %s numbers in environment '%s', got %s. Start a new run."
              .formatted(run, before, env.name(), size));
    }
  }

  private static String untold(String why) {
    return "which cannot be told: its code %s".formatted(why);
  }

  /** Why an environment cannot be told from others; empty where it can. */
  static Optional<String> unknown(Env env) {
    return Identity.of(env)
        .flatMap(Identity::unknown)
        .map(
            why ->
                "environment '%s' cannot be told from others: its code %s"
                    .formatted(env.name(), why));
  }

  /**
   * What could not be compared with the environment that a run began in, since less was written
   * down then; empty where all could.
   */
  static Optional<String> uncompared(JsonObject stored, Env env) {
    Optional<Identity> now = Identity.of(env);
    if (now.isEmpty()) {
      return Optional.empty();
    }
    if (!stored.has(IDENTITY)) {
      return Optional.of(
          "environment '%s': only spaces, horizon and parameters could be compared with the one that the run began in"
              .formatted(env.name()));
    }
    List<String> untyped = now.get().untyped(stored.getAsJsonObject(IDENTITY));
    return untyped.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "environment '%s': the type of %s could not be compared with that in the one that the run began in"
                .formatted(env.name(), String.join(", ", untyped)));
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
}
