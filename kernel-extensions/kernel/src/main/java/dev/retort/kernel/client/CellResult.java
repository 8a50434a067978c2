package dev.retort.kernel.client;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/**
 * What came of a cell.
 *
 * @param status how it ended
 * @param executionCount the number in brackets; 0 if the kernel gave none
 * @param outputs what it showed, as a notebook stores it
 * @param reply the content of the kernel's reply; empty if there was none
 */
public record CellResult(
    CellStatus status, int executionCount, JsonArray outputs, JsonObject reply) {

  /** Everything that was printed to a stream, {@code stdout} or {@code stderr}. */
  public String stream(String name) {
    StringBuilder text = new StringBuilder();
    for (JsonElement element : outputs) {
      JsonObject output = element.getAsJsonObject();
      if (output.has("name") && output.get("name").getAsString().equals(name)) {
        text.append(output.get("text").getAsString());
      }
    }
    return text.toString();
  }

  /** The value of the cell as text, or an empty text. */
  public String value() {
    for (JsonElement element : outputs) {
      JsonObject output = element.getAsJsonObject();
      if (output.get("output_type").getAsString().equals("execute_result")) {
        JsonElement text = output.getAsJsonObject("data").get("text/plain");
        return text == null ? "" : text.getAsString();
      }
    }
    return "";
  }

  /** The message of the error, or an empty text. */
  public String error() {
    return reply.has("evalue") ? reply.get("evalue").getAsString() : "";
  }

  /** The report of the error as it is shown, without colors, or an empty text. */
  public String traceback() {
    StringBuilder text = new StringBuilder();
    if (reply.has("traceback")) {
      for (JsonElement line : reply.getAsJsonArray("traceback")) {
        text.append(text.length() == 0 ? "" : "\n").append(line.getAsString());
      }
    }
    return text.toString().replaceAll("\u001b\\[[0-9;]*m", "");
  }
}
