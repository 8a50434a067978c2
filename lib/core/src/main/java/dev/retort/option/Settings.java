package dev.retort.option;

import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A value for every option of a schema; what is not said is at its default. Immutable. */
public final class Settings {
  private final Schema schema;
  private final Map<String, Object> said;

  Settings(Schema schema, Map<String, Object> said) {
    this.schema = schema;
    this.said = said;
  }

  /** The value of an option; one of another schema is refused. */
  public <T> T get(Option<T> option) {
    Option<T> own = option.home() == schema ? option : schema.own(option);
    @SuppressWarnings("unchecked") // what is put under an option has been read by its type
    T value = (T) said.get(own.name());
    return value == null ? own.standard() : value;
  }

  /**
   * The same settings with one value changed; the value is checked as if it had been typed. What
   * its text does not tell from another one, such as code of the user's own, stays what it is.
   */
  public <T> Settings with(Option<T> option, T value) {
    Option<T> own = schema.own(option);
    Given.given(schema.owner(), own.type().label() + " as '" + own.name() + "'", value);
    T read = own.type().read(schema.owner(), own.name(), own.type().writer().apply(value));
    return put(own, read.equals(value) ? read : value);
  }

  /** The same settings with one value changed, given as text; its old names will do. */
  public Settings parse(String name, String text) {
    Given.given(schema.owner(), "a value of '%s'".formatted(name), text);
    Option<?> option = schema.option(name);
    return put(option, option.type().read(schema.owner(), option.name(), text));
  }

  private Settings put(Option<?> option, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(said);
    if (value.equals(option.standard())) {
      more.remove(option.name());
    } else {
      more.put(option.name(), value);
    }
    return new Settings(schema, more);
  }

  /** The schema that these are settings of. */
  public Schema schema() {
    return schema;
  }

  /** Every option and its value as text, defaults too: the form in files. */
  public JsonObject json() {
    JsonObject json = new JsonObject();
    for (Option<?> option : schema.options()) {
      Object value = said.get(option.name());
      json.addProperty(option.name(), value == null ? option.standardText() : option.text(value));
    }
    return json;
  }

  /** Reads what {@link #json()} wrote, by names of then or now. */
  public static Settings of(Schema schema, JsonObject json) {
    Settings settings = schema.standard();
    for (String name : json.keySet()) {
      settings = settings.parse(name, json.get(name).getAsString());
    }
    return settings;
  }

  /** What differs from the defaults, as text by the option's name. */
  public Map<String, String> changes() {
    Map<String, String> changes = new LinkedHashMap<>();
    for (Option<?> option : schema.options()) {
      Object value = said.get(option.name());
      if (value != null) {
        changes.put(option.name(), option.text(value));
      }
    }
    return changes;
  }

  /** What differs from the defaults, as {@code name value} pairs. */
  public List<String> differences() {
    return changes().entrySet().stream()
        .map(change -> change.getKey() + " " + change.getValue())
        .toList();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Settings that && schema == that.schema && said.equals(that.said);
  }

  @Override
  public int hashCode() {
    return Objects.hash(schema.owner(), said);
  }

  @Override
  public String toString() {
    return schema.owner() + "(" + String.join(", ", differences()) + ")";
  }
}
