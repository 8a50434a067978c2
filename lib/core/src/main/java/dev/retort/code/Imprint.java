package dev.retort.code;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.objectweb.asm.Type;

/** What an object holds and what its code does, as far as it can be told. Immutable. */
public final class Imprint {
  private static final int MARK = 8;

  private final JsonObject json;
  private final Optional<String> unknown;

  private Imprint(JsonObject json, Optional<String> unknown) {
    this.json = json;
    this.unknown = unknown;
  }

  /**
   * The imprint of an object of a class of the user's own.
   *
   * @param subject the object
   * @param type what it is there for
   * @param decides which methods of that type decide something; the others are for people
   * @param known the text of values that have a description of their own
   */
  public static <T> Imprint of(
      T subject,
      Class<T> type,
      Predicate<Method> decides,
      Function<Object, Optional<JsonElement>> known) {
    JsonObject json = new JsonObject();
    try {
      new Taking(subject, new Contract(type, decides), known).into(json);
      return new Imprint(json, Optional.empty());
    } catch (UnknownCode e) {
      return new Imprint(json, Optional.of(e.getMessage()));
    }
  }

  /** What a class is called, and what it extends where nobody has named it. */
  public static String nameOf(Class<?> type) {
    if (!MadeUp.isNameless(type)) {
      return type.getSimpleName();
    }
    return type.getSuperclass() != Object.class || type.getInterfaces().length == 0
        ? nameOf(type.getSuperclass())
        : type.getInterfaces()[0].getSimpleName();
  }

  /** Whether a class is of this product. */
  public static boolean isBuiltIn(Class<?> type) {
    return Origin.of(type) == Origin.PRODUCT;
  }

  /**
   * {@code holds}: what it was made of, {@code reads}: the variables that its code reads, {@code
   * code}: a mark of what each method does.
   */
  public JsonObject json() {
    return json.deepCopy();
  }

  /** A short word for all of it: another imprint has another one. */
  public String mark() {
    return Digest.of(json.toString()).substring(0, MARK);
  }

  /** Why this does not tell the object from all others; empty where it does. */
  public Optional<String> unknown() {
    return unknown;
  }

  @Override
  public String toString() {
    return json + unknown.map(why -> ", but it " + why).orElse("");
  }

  /** The work. */
  private static final class Taking {
    private final Object subject;
    private final Class<?> type;
    private final Contract contract;
    private final Code code;
    private final Function<Object, Optional<JsonElement>> known;
    private final Set<Field> read = new LinkedHashSet<>();

    Taking(Object subject, Contract contract, Function<Object, Optional<JsonElement>> known) {
      this.subject = subject;
      this.type = subject.getClass();
      this.contract = contract;
      this.code = new Code(type, contract);
      this.known = known;
    }

    void into(JsonObject json) {
      if (Proxy.isProxyClass(type)) {
        Contents contents = settled(List.of());
        json.add("holds", contents.json(subject));
        json.add("reads", reads(contents));
        return;
      }
      if (type.isHidden()) {
        function(json);
        return;
      }
      if (Origin.of(type) == Origin.LIBRARY) {
        json.addProperty("release", Origin.release(type).orElse("unknown"));
        json.add("holds", settled(List.of()).holds(subject, type));
        return;
      }
      Map<String, List<Body>> methods = methods();
      Contents contents = settled(methods.values().stream().flatMap(List::stream).toList());
      json.add("holds", contents.holds(subject, type));
      json.add("reads", reads(contents));
      JsonObject marks = new JsonObject();
      methods.forEach((name, bodies) -> marks.addProperty(name, code.mark(bodies)));
      json.add("code", marks);
    }

    /** A lambda: what it has captured, and what it does in the place of the one method. */
    private void function(JsonObject json) {
      Contents contents = settled(List.of());
      JsonObject function = contents.json(subject).getAsJsonObject();
      json.add("holds", function.has("holds") ? function.get("holds") : new JsonObject());
      json.add("reads", reads(contents));
      JsonObject marks = new JsonObject();
      for (Method method : contract.type().getMethods()) {
        if (Modifier.isAbstract(method.getModifiers())) {
          marks.add(method.getName(), function.get("code"));
        }
      }
      json.add("code", marks);
    }

    /** The methods that decide, by name; overloads together. */
    private Map<String, List<Body>> methods() {
      Map<String, Body> found = new TreeMap<>();
      for (Method method : contract.type().getDeclaredMethods()) {
        if (contract.counts(method) && !Modifier.isStatic(method.getModifiers())) {
          String descriptor = Type.getMethodDescriptor(method);
          code.find(type, method.getName(), descriptor)
              .ifPresent(body -> found.put(body.key(), body));
        }
      }
      Map<String, List<Body>> methods = new LinkedHashMap<>();
      found
          .values()
          .forEach(
              body -> methods.computeIfAbsent(body.name(), any -> new ArrayList<>()).add(body));
      return methods;
    }

    /**
     * Contents for which all fields are known that are read: what is read holds objects, which do
     * things, which read more.
     */
    private Contents settled(List<Body> roots) {
      Set<Body> all = new LinkedHashSet<>(roots);
      while (true) {
        int before = read.size();
        code.reach(List.copyOf(all), read::add);
        Contents contents = new Contents(code, read, known);
        if (Proxy.isProxyClass(type) || type.isHidden()) {
          JsonElement unused = contents.json(subject);
        } else {
          JsonObject unused = contents.holds(subject, type);
        }
        JsonObject unused = reads(contents);
        if (!all.addAll(contents.doers()) && read.size() == before) {
          return new Contents(code, read, known);
        }
      }
    }

    private JsonObject reads(Contents contents) {
      Map<String, JsonElement> sorted = new TreeMap<>();
      for (Field field : List.copyOf(read)) {
        if (Modifier.isStatic(field.getModifiers()) && !field.getName().startsWith("$assert")) {
          String label = label(field);
          JsonElement value = contents.value(null, field);
          while (sorted.containsKey(label)) {
            label += "'";
          }
          sorted.put(label, value);
        }
      }
      JsonObject json = new JsonObject();
      sorted.forEach(json::add);
      return json;
    }

    /** What a variable is called where it is read. */
    private static String label(Field field) {
      if (MadeUp.isSwitchTable(field.getName())) {
        return "switch";
      }
      String owner = MadeUp.without(field.getDeclaringClass().getName());
      return owner.isEmpty()
          ? field.getName()
          : owner.replaceAll(".*[.$]", "") + "." + field.getName();
    }
  }
}
