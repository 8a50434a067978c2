package dev.retort.paper;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import dev.retort.RetortException;
import dev.retort.evaluate.Estimate;
import dev.retort.evaluate.Interval;
import dev.retort.figure.Bars;
import dev.retort.figure.Dots;
import dev.retort.figure.Figure;
import dev.retort.figure.Heat;
import dev.retort.figure.Lines;
import dev.retort.figure.Panels;
import dev.retort.figure.Pictures;
import dev.retort.figure.Scatter;
import dev.retort.figure.Tracks;
import dev.retort.run.Json;
import dev.retort.store.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Findings as JSON: the numbers for people in one file, the data of the figure in another. */
final class FindingsFile {
  private static final String FIGURE = "figure.json";
  private static final List<Class<? extends Figure>> KINDS =
      List.of(
          Lines.class,
          Dots.class,
          Bars.class,
          Heat.class,
          Scatter.class,
          Tracks.class,
          Pictures.class);
  private static final Gson GSON =
      new GsonBuilder()
          .registerTypeAdapter(Double.class, new Doubles())
          .registerTypeAdapter(double.class, new Doubles())
          .create();

  private FindingsFile() {}

  /** Writes the figure, and then the numbers: where these are, both are. */
  static void write(Findings found, Path file) {
    JsonObject json = new JsonObject();
    json.addProperty("format", 3);
    json.addProperty("study", found.study());
    json.addProperty("title", found.title());
    json.addProperty("size", found.scale().toString());
    json.addProperty("seconds", Math.round(found.seconds()));
    found
        .registered()
        .ifPresent(
            registered -> json.add("registration", GSON.toJsonTree(registered, Registered.class)));
    json.add("facts", GSON.toJsonTree(found.facts()));
    json.add("notes", GSON.toJsonTree(found.notes()));
    JsonArray findings = new JsonArray();
    found.findings().forEach(finding -> findings.add(json(finding)));
    json.add("findings", findings);
    AtomicFile.writeText(file.resolveSibling(FIGURE), Json.sealedLine(json(found.figure())));
    AtomicFile.writeText(file, Json.sealed(json));
  }

  private static JsonObject json(Finding finding) {
    JsonObject json = new JsonObject();
    json.addProperty("what", finding.name());
    json.addProperty("quantity", finding.quantity());
    json.add("ours", GSON.toJsonTree(finding.ours().value()));
    if (finding.ours().interval().isKnown()) {
      json.addProperty("low", finding.ours().interval().low());
      json.addProperty("high", finding.ours().interval().high());
    }
    finding.published().ifPresent(published -> json.addProperty("published", published));
    finding
        .criterion()
        .ifPresent(
            criterion -> {
              json.addProperty("criterion", criterion.words());
              json.addProperty("verdict", criterion.verdict().toString());
              if (criterion.verdict() == Verdict.VOID) {
                json.addProperty("reason", criterion.reason());
              }
            });
    json.add("values", GSON.toJsonTree(finding.values()));
    json.add("how", GSON.toJsonTree(new TreeMap<>(finding.how())));
    return json;
  }

  private static JsonObject json(Figure figure) {
    JsonObject json;
    if (figure instanceof Panels panels) {
      json = new JsonObject();
      json.addProperty("title", panels.title());
      json.addProperty("columns", panels.columns());
      JsonArray all = new JsonArray();
      panels.panels().forEach(panel -> all.add(json(panel)));
      json.add("panels", all);
    } else {
      json = GSON.toJsonTree(figure).getAsJsonObject();
    }
    json.addProperty("kind", figure.getClass().getSimpleName());
    return json;
  }

  static Findings read(Path file) {
    JsonObject json = Json.read(file);
    JsonObject figure = Json.read(file.resolveSibling(FIGURE));
    try {
      List<Finding> findings = new ArrayList<>();
      for (JsonElement each : json.getAsJsonArray("findings")) {
        findings.add(finding(each.getAsJsonObject()));
      }
      return new Findings(
          json.get("study").getAsString(),
          json.get("title").getAsString(),
          Scale.valueOf(json.get("size").getAsString().toUpperCase(Locale.ROOT)),
          findings,
          json.getAsJsonArray("notes").asList().stream().map(JsonElement::getAsString).toList(),
          texts(json.getAsJsonObject("facts")),
          json.get("seconds").getAsDouble(),
          figure(figure),
          Optional.ofNullable(GSON.fromJson(json.get("registration"), Registered.class)));
    } catch (RuntimeException e) {
      throw new RetortException(
          "findings '%s': expected what save(..) writes, got %s. Make it again with ./retort reproduce."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static Finding finding(JsonObject json) {
    Optional<Finding.Criterion> criterion = Optional.empty();
    if (json.has("criterion")) {
      criterion =
          Optional.of(
              new Finding.Criterion(
                  json.get("criterion").getAsString(),
                  Verdict.of(json.get("verdict").getAsString()),
                  json.has("reason") ? json.get("reason").getAsString() : ""));
    }
    return new Finding(
        json.get("what").getAsString(),
        json.get("quantity").getAsString(),
        new Estimate(
            number(json.get("ours")),
            json.has("low")
                ? new Interval(json.get("low").getAsDouble(), json.get("high").getAsDouble())
                : Interval.NONE),
        json.has("published")
            ? OptionalDouble.of(json.get("published").getAsDouble())
            : OptionalDouble.empty(),
        criterion,
        json.getAsJsonArray("values").asList().stream().map(FindingsFile::number).toList(),
        texts(json.getAsJsonObject("how")));
  }

  /** What is missing is null. */
  private static double number(JsonElement json) {
    return json.isJsonNull() ? Double.NaN : json.getAsDouble();
  }

  private static Map<String, String> texts(JsonObject json) {
    Map<String, String> texts = new TreeMap<>();
    json.entrySet().forEach(entry -> texts.put(entry.getKey(), entry.getValue().getAsString()));
    return texts;
  }

  private static Figure figure(JsonObject json) {
    String kind = json.get("kind").getAsString();
    if (kind.equals("Panels")) {
      List<Figure> panels = new ArrayList<>();
      json.getAsJsonArray("panels").forEach(each -> panels.add(figure(each.getAsJsonObject())));
      return new Panels(json.get("title").getAsString(), json.get("columns").getAsInt(), panels);
    }
    if (kind.equals("Dots")) {
      json.getAsJsonArray("dots").forEach(dot -> open(dot.getAsJsonObject()));
    }
    return KINDS.stream()
        .filter(type -> type.getSimpleName().equals(kind))
        .findFirst()
        .map(type -> (Figure) GSON.fromJson(json, type))
        .orElseThrow(() -> new IllegalArgumentException("a figure of kind '" + kind + "'"));
  }

  /** Says that a dot has no interval where none was written, which would be read as 0 to 0. */
  private static void open(JsonObject dot) {
    for (String end : List.of("low", "high")) {
      if (!dot.has(end)) {
        dot.add(end, JsonNull.INSTANCE);
      }
    }
  }

  /** Numbers as they are; what is missing is null. */
  private static final class Doubles extends TypeAdapter<Double> {
    @Override
    public void write(JsonWriter out, Double value) throws IOException {
      if (Double.isFinite(value)) {
        out.value(value);
      } else {
        out.nullValue();
      }
    }

    @Override
    public Double read(JsonReader in) throws IOException {
      if (in.peek() == JsonToken.NULL) {
        in.nextNull();
        return Double.NaN;
      }
      return in.nextDouble();
    }
  }
}
