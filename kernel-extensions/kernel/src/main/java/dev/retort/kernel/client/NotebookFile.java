package dev.retort.kernel.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.FormattingStyle;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.retort.kernel.wire.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A notebook of format 4, read from and written to an {@code .ipynb} file.
 *
 * <p>What this class does not know it keeps. Text of many lines is one string here and a list of
 * lines in the file, as Jupyter writes it.
 */
public final class NotebookFile {
  private static final Gson GSON =
      new GsonBuilder()
          .disableHtmlEscaping()
          .serializeNulls()
          .setFormattingStyle(FormattingStyle.PRETTY.withIndent(" "))
          .create();

  private final JsonObject json;

  private NotebookFile(JsonObject json) {
    this.json = json;
  }

  /** Reads a notebook. */
  public static NotebookFile read(Path file) throws IOException {
    JsonObject json;
    try {
      json = JsonParser.parseString(Files.readString(file, UTF_8)).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException e) {
      throw new IOException(
          "notebook " + file + ": expected JSON of nbformat 4. Save it again in Jupyter.", e);
    }
    int format = json.has("nbformat") ? json.get("nbformat").getAsInt() : 0;
    if (format != 4 || !(json.get("cells") instanceof JsonArray)) {
      throw new IOException(
          "notebook "
              + file
              + ": expected nbformat 4 with cells, got nbformat "
              + format
              + ". Save it again in Jupyter.");
    }
    return new NotebookFile(json);
  }

  /** The cells, in order; changing them changes the notebook. */
  public List<JsonObject> cells() {
    List<JsonObject> cells = new ArrayList<>();
    json.getAsJsonArray("cells").forEach(cell -> cells.add(cell.getAsJsonObject()));
    return cells;
  }

  /** Whether a cell is of a type: {@code code}, {@code markdown} or {@code raw}. */
  public static boolean is(JsonObject cell, String type) {
    return cell.has("cell_type") && cell.get("cell_type").getAsString().equals(type);
  }

  /** The text of a field that is a string or a list of lines; empty if there is none. */
  public static String text(JsonElement field) {
    if (field == null || field.isJsonNull()) {
      return "";
    }
    if (field.isJsonArray()) {
      StringBuilder text = new StringBuilder();
      field.getAsJsonArray().forEach(line -> text.append(line.getAsString()));
      return text.toString();
    }
    return field.isJsonPrimitive() ? field.getAsString() : GSON.toJson(field);
  }

  /** Whether a cell carries a tag. */
  public static boolean hasTag(JsonObject cell, String tag) {
    if (cell.get("metadata") instanceof JsonObject metadata
        && metadata.get("tags") instanceof JsonArray tags) {
      for (JsonElement element : tags) {
        if (element.getAsString().equals(tag)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Forgets all outputs and execution counts. */
  void forgetOutputs() {
    for (JsonObject cell : cells()) {
      if (is(cell, "code")) {
        cell.add("outputs", new JsonArray());
        cell.add("execution_count", JsonNull.INSTANCE);
      }
    }
  }

  /** Says which kernel ran this notebook and what language it speaks. */
  void ranWith(JsonObject kernelInfo) {
    if (!(json.get("metadata") instanceof JsonObject)) {
      json.add("metadata", new JsonObject());
    }
    JsonObject metadata = json.getAsJsonObject("metadata");
    JsonObject spec = new JsonObject();
    spec.addProperty("display_name", "Retort (Java)");
    spec.addProperty("language", "java");
    spec.addProperty("name", "retort");
    metadata.add("kernelspec", spec);
    if (kernelInfo.has("language_info")) {
      metadata.add("language_info", kernelInfo.get("language_info").deepCopy());
    }
  }

  /** Writes this notebook as nbformat 4.5; cells without an id get one. */
  public void write(Path file) throws IOException {
    JsonObject copy = json.deepCopy();
    copy.addProperty("nbformat", 4);
    copy.addProperty("nbformat_minor", Math.max(5, minor()));
    int index = 0;
    for (JsonElement element : copy.getAsJsonArray("cells")) {
      JsonObject cell = element.getAsJsonObject();
      index++;
      if (!cell.has("id")) {
        cell.addProperty("id", "cell-" + index);
      }
      if (!cell.has("metadata")) {
        cell.add("metadata", new JsonObject());
      }
      cell.add("source", lines(text(cell.get("source"))));
      if (cell.get("outputs") instanceof JsonArray outputs) {
        outputs.forEach(output -> splitLines(output.getAsJsonObject()));
      }
    }
    WholeFile.write(file, (GSON.toJson(copy) + "\n").getBytes(UTF_8));
  }

  private int minor() {
    return json.has("nbformat_minor") ? json.get("nbformat_minor").getAsInt() : 5;
  }

  private static void splitLines(JsonObject output) {
    if (output.has("text")) {
      output.add("text", lines(text(output.get("text"))));
    }
    if (output.get("data") instanceof JsonObject data) {
      for (Map.Entry<String, JsonElement> entry : data.entrySet()) {
        boolean text = entry.getKey().startsWith("text/") || entry.getKey().endsWith("+xml");
        if (text && entry.getValue().isJsonPrimitive()) {
          entry.setValue(lines(entry.getValue().getAsString()));
        }
      }
    }
  }

  private static JsonArray lines(String text) {
    JsonArray lines = new JsonArray();
    int from = 0;
    while (from < text.length()) {
      int end = text.indexOf('\n', from);
      int next = end < 0 ? text.length() : end + 1;
      lines.add(text.substring(from, next));
      from = next;
    }
    return lines;
  }
}
