package dev.retort.env;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.retort.code.Imprint;
import dev.retort.space.SpaceText;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What tells an environment of the user's own from all others, beside its name and its parameters:
 * what is seen and done, what it was made of, the variables that its code reads, and a mark of what
 * each of its methods does. What is for people, such as {@code draw}, does not count.
 *
 * <p>Built-in environments have none: name and parameters tell all of them. What was made of an
 * environment, a part of a family or a wrapper around it, has the identity of what it was made of;
 * the rest is in its name.
 *
 * @param json the form in files
 * @param unknown why it does not tell the environment from all others; empty where it does
 */
public record Identity(JsonObject json, Optional<String> unknown) {
  private static final Set<String> FOR_PEOPLE =
      Set.of(
          "name",
          "observations",
          "actions",
          "horizon",
          "stateSize",
          "contexts",
          "parameters",
          "prepare",
          "draw",
          "legend",
          "aspect",
          "grid",
          "measures",
          "measure",
          "isLowerBetter",
          "shortestPath",
          "solvedAt",
          "variants");
  private static final String UNKNOWN = "unknown";

  /** Keeps a copy. */
  public Identity {
    json = json.deepCopy();
  }

  /** The identity of an environment; empty where its name and its parameters tell it. */
  public static Optional<Identity> of(Env env) {
    Env own = innermost(env);
    if (Imprint.isBuiltIn(own.getClass())) {
      return Optional.empty();
    }
    Imprint imprint =
        Imprint.of(
            own, Env.class, method -> !FOR_PEOPLE.contains(method.getName()), Identity::builtIn);
    JsonObject json = new JsonObject();
    json.add("observations", SpaceText.write(own.observations()));
    json.add("actions", SpaceText.write(own.actions()));
    json.addProperty("horizon", own.horizon());
    json.addProperty("stateSize", own.stateSize());
    json.addProperty("contexts", own.contexts());
    imprint.json().asMap().forEach(json::add);
    imprint.unknown().ifPresent(why -> json.addProperty(UNKNOWN, why));
    return Optional.of(new Identity(json, imprint.unknown()));
  }

  /** What wrappers are around, and what families are of. */
  private static Env innermost(Env env) {
    if (env instanceof Wrapper wrapper) {
      return innermost(wrapper.inner());
    }
    return env instanceof Family family ? innermost(family.inner()) : env;
  }

  /** A built-in environment that another one holds. */
  private static Optional<JsonElement> builtIn(Object value) {
    if (!(value instanceof Env env) || !Imprint.isBuiltIn(innermost(env).getClass())) {
      return Optional.empty();
    }
    JsonObject holds = new JsonObject();
    holds.addProperty("name", env.name());
    env.parameters().forEach(holds::addProperty);
    JsonObject json = new JsonObject();
    json.addProperty("type", env.getClass().getName());
    json.add("holds", holds);
    return Optional.of(json);
  }

  /** The form in files. */
  @Override
  public JsonObject json() {
    return json.deepCopy();
  }

  /**
   * What differs from an identity that was stored, such as {@code length is 20, was 8}; empty where
   * nothing does.
   */
  public Optional<String> difference(JsonObject stored) {
    return new Differences(stored, json).words();
  }

  /** The same of what was stored and what is now, whatever they are the identity of. */
  public static Optional<String> difference(JsonObject stored, JsonObject now) {
    return new Differences(stored, now).words();
  }

  /**
   * What could not be compared with an identity that was stored before types were written down: the
   * names of all that could be of several types.
   */
  public List<String> untyped(JsonObject stored) {
    return new Differences(stored, json).untyped();
  }

  /** Why an identity that was stored does not tell its environment from all others. */
  public static Optional<String> unknown(JsonObject stored) {
    return Optional.ofNullable(stored.get(UNKNOWN)).map(JsonElement::getAsString);
  }
}
