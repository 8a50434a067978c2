package dev.retort.env;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.retort.code.Imprint;
import dev.retort.space.Space;
import dev.retort.space.SpaceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

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
          "draw",
          "aspect",
          "grid",
          "measures",
          "measure",
          "solvedAt",
          "variants");
  private static final String UNKNOWN = "unknown";
  private static final int MOST = 4;
  private static final int LONGEST = 60;

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
    List<String> all = new ArrayList<>();
    for (String part : List.of("release", "holds", "reads")) {
      compare("", stored.get(part), json.get(part), all);
    }
    for (String part : List.of("observations", "actions")) {
      spaces(part, stored.get(part), json.get(part), all);
    }
    for (String part : List.of("horizon", "stateSize", "contexts")) {
      compare(part, stored.get(part), json.get(part), all);
    }
    methods(stored.get("code"), json.get("code"), all);
    if (all.isEmpty() && !stored.equals(json)) {
      all.add("what is known of it has changed");
    }
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.join("; ", all.subList(0, Math.min(MOST, all.size())))
                + (all.size() > MOST ? "; and %s more".formatted(all.size() - MOST) : ""));
  }

  /** Why an identity that was stored does not tell its environment from all others. */
  public static Optional<String> unknown(JsonObject stored) {
    return Optional.ofNullable(stored.get(UNKNOWN)).map(JsonElement::getAsString);
  }

  private static void compare(
      String name, JsonElement before, JsonElement now, List<String> differences) {
    if (Objects.equals(before, now)) {
      return;
    }
    if (before == null || now == null) {
      differences.add(
          name.isEmpty()
              ? "what it holds has changed"
              : name + (before == null ? " is new" : " is there no more"));
    } else if (!name.isEmpty() && !type(before).equals(type(now))) {
      differences.add("%s is a %s, was a %s".formatted(name, type(now), type(before)));
    } else if (before.isJsonObject() && now.isJsonObject()) {
      Set<String> keys = new TreeSet<>(before.getAsJsonObject().keySet());
      keys.addAll(now.getAsJsonObject().keySet());
      for (String key : keys) {
        JsonElement a = before.getAsJsonObject().get(key);
        JsonElement b = now.getAsJsonObject().get(key);
        boolean whole = key.equals("holds") || key.equals("constant");
        if (name.isEmpty() || !(whole || key.equals("code"))) {
          compare(within(name, key), a, b, differences);
        } else if (whole) {
          compare(name, a, b, differences);
        } else if (!Objects.equals(a, b)) {
          differences.add("what %s does has changed".formatted(name));
        }
      }
    } else {
      differences.add("%s is %s, was %s".formatted(name, text(now), text(before)));
    }
  }

  /** What people call the class of a value. */
  private static String type(JsonElement value) {
    JsonElement type = value.isJsonObject() ? value.getAsJsonObject().get("type") : null;
    String name = type == null ? "value" : type.getAsString().replaceAll(".*[.$]", "");
    return name.contains("~") ? "class without a name" : name;
  }

  private static String within(String name, String key) {
    String shown = key.replace("val$", "");
    return name.isEmpty() ? shown : name + "." + shown;
  }

  private static String text(JsonElement value) {
    String text = value.isJsonPrimitive() ? value.getAsString() : value.toString();
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }

  private static void spaces(
      String name, JsonElement before, JsonElement now, List<String> differences) {
    if (Objects.equals(before, now)) {
      return;
    }
    Space was = SpaceText.read(String.valueOf(before));
    Space is = SpaceText.read(String.valueOf(now));
    if (!was.summary().equals(is.summary())) {
      differences.add("%s are %s, were %s".formatted(name, is.summary(), was.summary()));
    } else if (now.getAsJsonObject().has("low")) {
      differences.add("bounds of %s are %s, were %s".formatted(name, bounds(now), bounds(before)));
    } else {
      differences.add("%s are %s, were %s".formatted(name, text(now), text(before)));
    }
  }

  private static String bounds(JsonElement space) {
    JsonObject box = space.getAsJsonObject();
    return "%s to %s".formatted(bound(box.get("low")), bound(box.get("high")));
  }

  private static String bound(JsonElement bounds) {
    return bounds.getAsJsonArray().size() == 1
        ? bounds.getAsJsonArray().get(0).getAsString()
        : text(bounds).replace("\"", "");
  }

  private static void methods(JsonElement before, JsonElement now, List<String> differences) {
    JsonObject was = before == null ? new JsonObject() : before.getAsJsonObject();
    JsonObject is = now == null ? new JsonObject() : now.getAsJsonObject();
    List<String> changed = new ArrayList<>();
    Set<String> names = new TreeSet<>(was.keySet());
    names.addAll(is.keySet());
    for (String name : names) {
      if (!Objects.equals(was.get(name), is.get(name))) {
        changed.add(name + "(..)");
      }
    }
    if (!changed.isEmpty()) {
      differences.add(
          "what %s %s has changed"
              .formatted(String.join(", ", changed), changed.size() == 1 ? "does" : "do"));
    }
  }
}
