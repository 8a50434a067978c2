package dev.retort.exchange.gymnasium;

import com.google.gson.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an environment of Gymnasium is called, and how it is made.
 *
 * @param id the name under which Gymnasium has it, such as {@code FrozenLake-v1}
 * @param options what it is made with, by name, in the words of Python
 * @param horizon its time limit in steps; 0 for that of Gymnasium
 */
record GymName(String id, Map<String, String> options, int horizon) {
  static final String SCHEME = "gym:";

  GymName {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  /** The name that stands behind the colon, such as {@code FrozenLake-v1?is_slippery=False}. */
  static GymName of(String name) {
    int question = name.indexOf('?');
    Map<String, String> options = new LinkedHashMap<>();
    if (question >= 0) {
      for (String option : name.substring(question + 1).split("&", -1)) {
        int equals = option.indexOf('=');
        options.put(
            equals < 0 ? option : option.substring(0, equals),
            equals < 0 ? "True" : option.substring(equals + 1));
      }
    }
    return new GymName(question < 0 ? name : name.substring(0, question), options, 0);
  }

  /** The same with another time limit. */
  GymName within(int steps) {
    return new GymName(id, options, steps);
  }

  /** What a Python process is asked for. */
  String json() {
    JsonObject json = new JsonObject();
    json.addProperty("id", id);
    json.addProperty("horizon", horizon);
    JsonObject words = new JsonObject();
    options.forEach(words::addProperty);
    json.add("options", words);
    return json.toString();
  }

  /** The name that is written down, which finds it again; of the time limit its parameter tells. */
  @Override
  public String toString() {
    StringBuilder name = new StringBuilder(SCHEME).append(id);
    char before = '?';
    for (Map.Entry<String, String> option : options.entrySet()) {
      name.append(before).append(option.getKey()).append('=').append(option.getValue());
      before = '&';
    }
    return name.toString();
  }
}
