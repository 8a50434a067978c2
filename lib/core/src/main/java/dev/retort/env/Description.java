package dev.retort.env;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.retort.RetortException;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What files say of an environment: its name, its parameters, its spaces in short, its horizon, and
 * the {@link Identity} of one of the user's own.
 *
 * @param json the form in files
 */
public record Description(JsonObject json) {
  /** Where the identity stands, if there is one. */
  public static final String IDENTITY = "identity";

  private static final String NAME = "name";
  private static final String PARAMETERS = "parameters";
  private static final int MOST_SHOWN = 100;

  /** Keeps a copy. */
  public Description {
    json = json.deepCopy();
  }

  /** What is to be said of an environment. */
  public static Description of(Env env) {
    JsonObject json = new JsonObject();
    json.addProperty(NAME, env.name());
    JsonObject parameters = new JsonObject();
    env.parameters().forEach(parameters::addProperty);
    json.add(PARAMETERS, parameters);
    json.addProperty("observations", env.observations().summary());
    json.addProperty("actions", env.actions().summary());
    json.addProperty("horizon", env.horizon());
    Identity.of(env).ifPresent(identity -> json.add(IDENTITY, identity.json()));
    return new Description(json);
  }

  /** Reads what {@link #toString} wrote. */
  public static Description read(String text) {
    try {
      Description read = new Description(JsonParser.parseString(text).getAsJsonObject());
      if (read.name().isBlank() || !read.json.get(PARAMETERS).isJsonObject()) {
        throw new IllegalStateException();
      }
      return read;
    } catch (JsonParseException
        | IllegalStateException
        | NullPointerException
        | UnsupportedOperationException e) {
      throw new RetortException(
          "environment: expected a description with a name and parameters, got '%s'."
              .formatted(text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…"),
          e);
    }
  }

  /** The form in files. */
  @Override
  public JsonObject json() {
    return json.deepCopy();
  }

  /** The environment's name. */
  public String name() {
    return json.get(NAME).getAsString();
  }

  /**
   * How an environment that has the name differs, such as {@code length is 9, was 5}; empty where
   * it is the one that was described, or has another name.
   */
  public Optional<String> difference(Env env) {
    if (!env.name().equals(name())) {
      return Optional.empty();
    }
    Description now = of(env);
    Optional<Identity> own = Identity.of(env);
    try {
      return difference(now, own);
    } catch (IllegalStateException
        | NullPointerException
        | ClassCastException
        | UnsupportedOperationException
        | RetortException e) { // a file that was not written by us
      return Optional.of("what is written of it cannot be understood");
    }
  }

  private Optional<String> difference(Description now, Optional<Identity> own) {
    if (json.has(IDENTITY) != own.isPresent()) {
      return Optional.of(
          own.isPresent()
              ? "it is one of your own, was the built-in one"
              : "it is the built-in one, was one of your own");
    }
    return own.flatMap(identity -> identity.difference(json.getAsJsonObject(IDENTITY)))
        .or(() -> parameters(now))
        .or(
            () ->
                own.flatMap(Identity::unknown)
                    .map(why -> "whether it is the same cannot be told, since its code " + why));
  }

  private Optional<String> parameters(Description now) {
    JsonObject before = json.getAsJsonObject(PARAMETERS);
    JsonObject after = now.json.getAsJsonObject(PARAMETERS);
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    List<String> changed =
        names.stream()
            .filter(name -> !text(before.get(name)).equals(text(after.get(name))))
            .map(
                name ->
                    "%s is %s, was %s"
                        .formatted(name, text(after.get(name)), text(before.get(name))))
            .toList();
    return changed.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", changed));
  }

  private static String text(JsonElement value) {
    return value == null ? "not there" : value.toString();
  }

  /** That of the name: Gson's of a number that was read is another than of one that was counted. */
  @Override
  public int hashCode() {
    return name().hashCode();
  }

  @Override
  public String toString() {
    return json.toString();
  }
}
