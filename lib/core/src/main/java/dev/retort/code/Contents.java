package dev.retort.code;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Values as JSON that is the same in every process: all that they hold, and what they do. */
final class Contents {
  private static final int MOST_VALUES = 200_000;
  private static final int DEEPEST = 60;
  private static final int LONGEST = 160;

  private final Code code;
  private final Lambdas lambdas;
  private final Set<Field> read;
  private final Function<Object, Optional<JsonElement>> known;
  private final Set<Object> within = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Body> doers = new LinkedHashSet<>();
  private int values;

  /**
   * Contents of what some code reads.
   *
   * @param read the fields that are read
   * @param known what has a description of its own
   */
  Contents(Code code, Set<Field> read, Function<Object, Optional<JsonElement>> known) {
    this.code = code;
    this.lambdas = new Lambdas(code);
    this.read = read;
    this.known = known;
  }

  /** The methods of the objects that were described. */
  Set<Body> doers() {
    return doers;
  }

  /** The fields of an object that count, by name. */
  JsonObject holds(Object owner, Class<?> type) {
    JsonObject json = new JsonObject();
    if (owner instanceof Enum<?> constant) {
      json.addProperty("constant", constant.name());
    }
    for (Field field : fields(type)) {
      json.add(free(json, field.getName()), value(owner, field));
    }
    return json;
  }

  private static String free(JsonObject json, String name) {
    return json.has(name) ? free(json, name + "'") : name;
  }

  /**
   * A record's components; of other classes of the user's own only what their code reads, and of
   * ours what is not made of the rest, which is transient.
   */
  private List<Field> fields(Class<?> type) {
    List<Field> fields = new ArrayList<>();
    for (Class<?> each : Supertypes.of(type)) {
      if (each.isInterface() || Origin.of(each) == Origin.PLATFORM) {
        continue;
      }
      for (Field field : each.getDeclaredFields()) {
        int modifiers = field.getModifiers();
        boolean counts = each.isRecord() || !Code.isOwn(each) || read.contains(field);
        boolean follows = Modifier.isTransient(modifiers) && Origin.of(each) == Origin.PRODUCT;
        if (counts && !follows && !Modifier.isStatic(modifiers)) {
          fields.add(field);
        }
      }
    }
    return fields;
  }

  /** What a field of an object holds, or a variable where the owner is null. */
  JsonElement value(Object owner, Field field) {
    String name = field.getName().replace("val$", "");
    Object value;
    try {
      field.setAccessible(true);
      value = field.get(owner);
    } catch (ReflectiveOperationException | InaccessibleObjectException | LinkageError e) {
      throw new UnknownCode("reads %s, which cannot be seen".formatted(name));
    }
    try {
      JsonElement json = json(value);
      return new Kind(this::json).of(value, field).map(kind -> typed(kind, json)).orElse(json);
    } catch (UnknownCode e) {
      throw new UnknownCode(
          e.getMessage().startsWith("reads ")
              ? "%s of %s".formatted(e.getMessage(), name)
              : "reads %s, %s".formatted(name, e.getMessage()));
    }
  }

  /** A value whose type nobody declared; no field has a name that is a word of Java. */
  private static JsonElement typed(String kind, JsonElement value) {
    JsonObject json = new JsonObject();
    json.addProperty("class", kind);
    json.add("value", value);
    return json;
  }

  /** A value. */
  JsonElement json(Object value) {
    if (++values > MOST_VALUES || within.size() > DEEPEST) {
      throw new UnknownCode("which holds more than can be compared");
    }
    Optional<JsonElement> simple = simple(value);
    if (simple.isPresent()) {
      return simple.get();
    }
    if (!within.add(value)) {
      return new JsonPrimitive("itself");
    }
    try {
      return cut(known.apply(value).orElseGet(() -> whole(value)));
    } finally {
      within.remove(value);
    }
  }

  private static Optional<JsonElement> simple(Object value) {
    if (value == null) {
      return Optional.of(JsonNull.INSTANCE);
    }
    if (value instanceof Double || value instanceof Float) {
      Number number = (Number) value;
      return Optional.of(
          Double.isFinite(number.doubleValue())
              ? new JsonPrimitive(number)
              : new JsonPrimitive(notFinite(number)));
    }
    if (value instanceof Number number && Plainly.isNumber(number)) {
      return Optional.of(new JsonPrimitive(number));
    }
    if (value instanceof Boolean truth) {
      return Optional.of(new JsonPrimitive(truth));
    }
    if (value instanceof CharSequence || value instanceof Character) {
      String text = value.toString();
      return Optional.of(new JsonPrimitive(text.length() > LONGEST ? brief(text) : text));
    }
    if (value instanceof Class<?> type) {
      return Optional.of(new JsonPrimitive(MadeUp.without(type.getName())));
    }
    return Plainly.text(value).map(JsonPrimitive::new);
  }

  /** Infinity, or NaN; with its bits where they are not the usual ones. */
  private static String notFinite(Number number) {
    boolean narrow = number instanceof Float;
    long bits =
        narrow
            ? Float.floatToRawIntBits(number.floatValue())
            : Double.doubleToRawLongBits(number.doubleValue());
    long usual =
        narrow
            ? Float.floatToIntBits(number.floatValue())
            : Double.doubleToLongBits(number.doubleValue());
    return number + (bits == usual ? "" : " " + Long.toHexString(bits));
  }

  private static String brief(String text) {
    return "%s letters, %s".formatted(text.length(), Digest.of(text));
  }

  /** Long lists are told by their length and a hash. */
  private static JsonElement cut(JsonElement json) {
    if (!json.isJsonArray() || json.toString().length() <= LONGEST) {
      return json;
    }
    return new JsonPrimitive(
        "%s values, %s".formatted(json.getAsJsonArray().size(), Digest.of(json.toString())));
  }

  private JsonElement whole(Object value) {
    Class<?> type = value.getClass();
    if (type.isArray()) {
      JsonArray array = new JsonArray();
      for (int i = 0; i < Array.getLength(value); i++) {
        array.add(json(Array.get(value, i)));
      }
      return array;
    }
    if (Proxy.isProxyClass(type)) {
      JsonObject json = new JsonObject();
      json.add("handler", json(Proxy.getInvocationHandler(value)));
      return json;
    }
    if (type.isHidden()) {
      return function(value, type);
    }
    Optional<JsonElement> collection = collection(value);
    if (Origin.of(type) == Origin.PLATFORM) {
      return collection.orElseThrow(() -> new UnknownCode(Plainly.withArticle(type)));
    }
    JsonObject json = object(value, type);
    collection.ifPresent(elements -> json.add("elements", elements));
    return json;
  }

  private JsonObject function(Object value, Class<?> type) {
    JsonObject json = new JsonObject();
    json.addProperty("code", lambdas.mark(type));
    lambdas.candidates(type).forEach(each -> lambdas.body(type, each).ifPresent(doers::add));
    JsonObject captured = new JsonObject();
    for (Field field : type.getDeclaredFields()) {
      captured.add(field.getName(), value(value, field));
    }
    if (captured.size() > 0) {
      json.add("holds", captured);
    }
    return json;
  }

  private JsonObject object(Object value, Class<?> type) {
    boolean constant = value instanceof Enum<?>;
    Class<?> named = constant ? ((Enum<?>) value).getDeclaringClass() : type;
    JsonObject json = new JsonObject();
    json.addProperty("type", MadeUp.without(named.getName()));
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      if (Origin.of(each) == Origin.PLATFORM
          && !Plainly.isStateless(each)
          && !(value instanceof Collection || value instanceof Map)) {
        throw new UnknownCode(Plainly.withArticle(type));
      }
    }
    if (Code.isOwn(type)) {
      List<Body> does = code.standIns(type);
      doers.addAll(does);
      if (!does.isEmpty()) {
        json.addProperty("code", code.mark(does));
      }
    }
    JsonObject holds = holds(value, type);
    if (holds.size() > 0) {
      json.add("holds", holds);
    }
    return json;
  }

  private Optional<JsonElement> collection(Object value) {
    boolean ordered = Plainly.isOrdered(value);
    if (value instanceof Collection<?> many) {
      return Optional.of(elements(new ArrayList<Object>(many), ordered));
    }
    if (value instanceof Map<?, ?> map) {
      List<Object> pairs = new ArrayList<>();
      map.forEach((key, each) -> pairs.add(new Object[] {key, each}));
      return Optional.of(elements(pairs, ordered));
    }
    return Plainly.inside(value).map(inside -> elements(List.of(inside), true));
  }

  private JsonArray elements(List<Object> values, boolean ordered) {
    List<JsonElement> elements = new ArrayList<>();
    values.forEach(each -> elements.add(json(each)));
    if (!ordered) {
      elements.sort((a, b) -> a.toString().compareTo(b.toString()));
    }
    JsonArray array = new JsonArray();
    elements.forEach(array::add);
    return array;
  }
}
