package dev.retort.run;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.retort.RetortException;
import dev.retort.option.Traits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What {@code spec.json} holds: all that decides a run's numbers.
 *
 * @param format of the file; from {@link Json#SEALED} on all files of the run check themselves
 * @param kind the job's kind
 * @param title the job's title
 * @param traits what tells the job from others of its kind; nothing in files of before
 * @param total how many steps it takes
 * @param unit what a step is
 * @param columns the curve's columns beyond step and member
 * @param spec the job's own spec
 * @param facts what the numbers depend on beside it
 */
record RunSpec(
    int format,
    String kind,
    String title,
    Traits traits,
    long total,
    String unit,
    List<String> columns,
    JsonObject spec,
    JsonObject facts) {
  private static final String TRAITS = "traits";
  private static final int FIRST = 1;
  private static final int FORMAT = Json.SEALED;

  /** What a job says of itself, as it would come back from a file. */
  static RunSpec of(Job<?> job, JsonObject facts) {
    RunSpec said =
        new RunSpec(
            FORMAT,
            job.kind(),
            job.title(),
            job.traits(),
            job.total(),
            job.unit(),
            Arrays.asList(job.columns()),
            job.spec(),
            facts);
    try {
      return parse(Json.parse(Json.pretty(said.json())));
    } catch (IOException | JsonParseException | IllegalArgumentException e) {
      throw new RetortException(
          "run '%s': expected a spec that JSON can hold, got %s. Look for NaN or infinity in it."
              .formatted(job.title(), e.getMessage()),
          e);
    }
  }

  static RunSpec read(Path file) {
    JsonObject json = Json.read(file);
    try {
      int format = json.get("format").getAsInt();
      if (format < FIRST || format > FORMAT) {
        throw new RetortException(
            "read '%s': expected format %s or %s, got %s. It is perhaps of a newer Retort."
                .formatted(file, FIRST, FORMAT, json.get("format")));
      }
      return parse(json);
    } catch (IllegalStateException
        | NullPointerException
        | ClassCastException
        | NumberFormatException
        | UnsupportedOperationException e) {
      throw new RetortException(
          "read '%s': expected the spec of a run, got something else. Take another copy of the file."
              .formatted(file),
          e);
    }
  }

  private static RunSpec parse(JsonObject json) {
    return new RunSpec(
        json.get("format").getAsInt(),
        json.get("kind").getAsString(),
        json.get("title").getAsString(),
        json.has(TRAITS) ? Traits.of(json.getAsJsonObject(TRAITS)) : Traits.none(),
        json.get("total").getAsLong(),
        json.get("unit").getAsString(),
        json.getAsJsonArray("columns").asList().stream().map(name -> name.getAsString()).toList(),
        json.getAsJsonObject("spec"),
        json.getAsJsonObject("facts"));
  }

  /** Whether the files of the run may lack checksums, since it was begun before there were any. */
  boolean isUnchecked() {
    return format < Json.SEALED;
  }

  /** The same on another machine. */
  RunSpec with(JsonObject otherFacts) {
    return new RunSpec(format, kind, title, traits, total, unit, columns, spec, otherFacts);
  }

  JsonObject json() {
    JsonObject json = new JsonObject();
    json.addProperty("format", format);
    json.addProperty("retort", version());
    json.addProperty("kind", kind);
    json.addProperty("title", title);
    json.add(TRAITS, traits.json());
    json.addProperty("total", total);
    json.addProperty("unit", unit);
    JsonArray names = new JsonArray();
    columns.forEach(names::add);
    json.add("columns", names);
    json.add("spec", spec);
    json.add("facts", facts);
    return json;
  }

  private static String version() {
    return Optional.ofNullable(RunSpec.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  /**
   * All that decides the numbers: not the words for people, the version, the form of the file or
   * the facts.
   */
  private JsonObject numbers() {
    JsonObject json = json();
    json.addProperty("format", FIRST); // checkpoints of before go by this name
    json.remove("retort");
    json.remove("title");
    json.remove(TRAITS);
    json.remove("unit");
    json.remove("facts");
    return json;
  }

  /** A name for all that decides the numbers; every checkpoint carries it. */
  String hash() {
    return Json.sha256(numbers().toString());
  }

  /** The first place where another plan differs from this stored one. */
  Optional<String> difference(RunSpec given) {
    JsonObject stored = numbers();
    JsonObject wanted = given.numbers();
    Optional<String> inside = Json.difference("spec", spec, given.spec);
    return inside.isPresent() ? inside : Json.difference("run", stored, wanted);
  }
}
