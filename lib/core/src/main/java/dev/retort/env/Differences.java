package dev.retort.env;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.retort.space.Space;
import dev.retort.space.SpaceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What tells an identity from one that was stored, in words. */
final class Differences {
  private static final String VALUE = "value";
  private static final String CLASS = "class";
  private static final int MOST = 4;
  private static final int LONGEST = 60;

  private final List<String> all = new ArrayList<>();
  private final List<String> untyped = new ArrayList<>();

  Differences(JsonObject stored, JsonObject now) {
    for (String part : List.of("release", "holds", "reads")) {
      compare("", stored.get(part), now.get(part));
    }
    for (String part : List.of("observations", "actions")) {
      spaces(part, stored.get(part), now.get(part));
    }
    for (String part : List.of("horizon", "stateSize", "contexts")) {
      compare(part, stored.get(part), now.get(part));
    }
    methods(stored.get("code"), now.get("code"));
    if (all.isEmpty() && untyped.isEmpty() && !same(stored, now)) {
      all.add("what is known of it has changed");
    }
  }

  /** The first few, such as {@code length is 20, was 8}; empty where nothing differs. */
  Optional<String> words() {
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.join("; ", all.subList(0, Math.min(MOST, all.size())))
                + (all.size() > MOST ? "; and %s more".formatted(all.size() - MOST) : ""));
  }

  /** The names of what has a type now, and was stored before types were. */
  List<String> untyped() {
    return List.copyOf(untyped);
  }

  /** Whether two values are written alike, to the last digit; members may change places. */
  private static boolean same(JsonElement before, JsonElement now) {
    if (before == null || now == null) {
      return before == now;
    }
    if (before.isJsonObject() && now.isJsonObject()) {
      JsonObject one = before.getAsJsonObject();
      JsonObject other = now.getAsJsonObject();
      return one.keySet().equals(other.keySet())
          && one.keySet().stream().allMatch(key -> same(one.get(key), other.get(key)));
    }
    return before.toString().equals(now.toString());
  }

  private void compare(String name, JsonElement before, JsonElement now) {
    if (same(before, now)) {
      return;
    }
    if (before == null || now == null) {
      all.add(
          name.isEmpty()
              ? "what it holds has changed"
              : name + (before == null ? " is new" : " is there no more"));
    } else if (isTyped(now) && !isTyped(before)) {
      untyped.add(name);
      compare(name, before, now.getAsJsonObject().get(VALUE));
    } else if (isTyped(now) && type(before).equals(type(now))) {
      compare(name, before.getAsJsonObject().get(VALUE), now.getAsJsonObject().get(VALUE));
    } else if (isTyped(now) || isTyped(before)) {
      all.add("%s is %s, was %s".formatted(name, text(now), text(before)));
    } else if (!name.isEmpty() && !type(before).equals(type(now))) {
      boolean alike = simple(type(before)).equals(simple(type(now)));
      all.add(
          "%s is a %s, was a %s"
              .formatted(
                  name,
                  alike ? type(now) : simple(type(now)),
                  alike ? type(before) : simple(type(before))));
    } else if (before.isJsonObject() && now.isJsonObject()) {
      members(name, before.getAsJsonObject(), now.getAsJsonObject());
    } else {
      all.add("%s is %s, was %s".formatted(name, text(now), text(before)));
    }
  }

  private void members(String name, JsonObject before, JsonObject now) {
    Set<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(now.keySet());
    for (String key : keys) {
      JsonElement a = before.get(key);
      JsonElement b = now.get(key);
      boolean whole = key.equals("holds") || key.equals("constant");
      if (name.isEmpty() || !(whole || key.equals("code"))) {
        compare(within(name, key), a, b);
      } else if (whole) {
        compare(name, a, b);
      } else if (!same(a, b)) {
        all.add("what %s does has changed".formatted(name));
      }
    }
  }

  /** Whether a value has its type beside it, since what was declared does not say it. */
  private static boolean isTyped(JsonElement value) {
    return value.isJsonObject() && value.getAsJsonObject().has(CLASS);
  }

  /** The class of a value as it is written. */
  private static String type(JsonElement value) {
    JsonObject json = value.isJsonObject() ? value.getAsJsonObject() : new JsonObject();
    JsonElement type = json.has(CLASS) ? json.get(CLASS) : json.get("type");
    return type == null ? "value" : type.getAsString();
  }

  /** What people call a class. */
  private static String simple(String type) {
    String name = type.replaceAll(".*[.$]", "");
    return name.contains("~") ? "class without a name" : name;
  }

  private static String within(String name, String key) {
    String shown = key.replace("val$", "");
    return name.isEmpty() ? shown : name + "." + shown;
  }

  private static String text(JsonElement value) {
    if (isTyped(value)) {
      String type = type(value);
      String article = "AEIOUaeiou".indexOf(type.charAt(0)) < 0 ? "a" : "an";
      return "%s (%s %s)".formatted(text(value.getAsJsonObject().get(VALUE)), article, type);
    }
    String text = value.isJsonPrimitive() ? value.getAsString() : value.toString();
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }

  private void spaces(String name, JsonElement before, JsonElement now) {
    if (same(before, now)) {
      return;
    }
    Space was = SpaceText.read(String.valueOf(before));
    Space is = SpaceText.read(String.valueOf(now));
    if (!was.summary().equals(is.summary())) {
      all.add("%s are %s, were %s".formatted(name, is.summary(), was.summary()));
    } else if (now.getAsJsonObject().has("low")) {
      all.add("bounds of %s are %s, were %s".formatted(name, bounds(now), bounds(before)));
    } else {
      all.add("%s are %s, were %s".formatted(name, text(now), text(before)));
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

  private void methods(JsonElement before, JsonElement now) {
    JsonObject was = before == null ? new JsonObject() : before.getAsJsonObject();
    JsonObject is = now == null ? new JsonObject() : now.getAsJsonObject();
    List<String> changed = new ArrayList<>();
    Set<String> names = new TreeSet<>(was.keySet());
    names.addAll(is.keySet());
    for (String name : names) {
      if (!same(was.get(name), is.get(name))) {
        changed.add(name + "(..)");
      }
    }
    if (!changed.isEmpty()) {
      all.add(
          "what %s %s has changed"
              .formatted(String.join(", ", changed), changed.size() == 1 ? "does" : "do"));
    }
  }
}
