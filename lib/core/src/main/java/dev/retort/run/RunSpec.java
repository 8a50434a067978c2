package dev.retort.run;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonSyntaxException;
import dev.retort.RetortException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What {@code spec.json} holds: all that decides a run's numbers.
 *
 * @param kind the job's kind
 * @param title the job's title
 * @param total how many steps it takes
 * @param unit what a step is
 * @param columns the curve's columns beyond step and member
 * @param spec the job's own spec
 * @param facts what the numbers depend on beside it
 */
record RunSpec(
    String kind,
    String title,
    long total,
    String unit,
    List<String> columns,
    JsonObject spec,
    JsonObject facts) {
  private static final int FORMAT = 1;

  /** What a job says of itself, as it would come back from a file. */
  static RunSpec of(Job<?> job, JsonObject facts) {
    RunSpec said =
        new RunSpec(
            job.kind(),
            job.title(),
            job.total(),
            job.unit(),
            Arrays.asList(job.columns()),
            job.spec(),
            facts);
    try {
      return parse(Json.parse(Json.pretty(said.json())));
    } catch (IOException | JsonSyntaxException | IllegalArgumentException e) {
      throw new RetortException(
          "run '%s': expected a spec that JSON can hold, got %s. Look for NaN or infinity in it."
              .formatted(job.title(), e.getMessage()),
          e);
    }
  }

  static RunSpec read(Path file) {
    JsonObject json = Json.read(file);
    try {
      if (json.get("format").getAsInt() != FORMAT) {
        throw new RetortException(
            "read '%s': expected format %s, got %s. It is perhaps of a newer Retort."
                .formatted(file, FORMAT, json.get("format")));
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
        json.get("kind").getAsString(),
        json.get("title").getAsString(),
        json.get("total").getAsLong(),
        json.get("unit").getAsString(),
        json.getAsJsonArray("columns").asList().stream().map(name -> name.getAsString()).toList(),
        json.getAsJsonObject("spec"),
        json.getAsJsonObject("facts"));
  }

  JsonObject json() {
    JsonObject json = new JsonObject();
    json.addProperty("format", FORMAT);
    json.addProperty("retort", version());
    json.addProperty("kind", kind);
    json.addProperty("title", title);
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

  /** All that decides the numbers: not the words for people, the version or the facts. */
  private JsonObject numbers() {
    JsonObject json = json();
    json.remove("retort");
    json.remove("title");
    json.remove("unit");
    json.remove("facts");
    return json;
  }

  /** A name for all that decides the numbers; every checkpoint carries it. */
  String hash() {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] text = numbers().toString().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(sha256.digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The first place where another plan differs from this stored one. */
  Optional<String> difference(RunSpec given) {
    JsonObject stored = numbers();
    JsonObject wanted = given.numbers();
    Optional<String> inside = Json.difference("spec", spec, given.spec);
    return inside.isPresent() ? inside : Json.difference("run", stored, wanted);
  }

  /** How the machine differs from the one that wrote this. */
  Optional<String> factDifference(RunSpec given) {
    return Json.difference("facts", facts, given.facts);
  }
}
