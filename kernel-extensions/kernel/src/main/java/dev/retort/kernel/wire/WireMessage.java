package dev.retort.kernel.wire;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/**
 * A message of the Jupyter protocol: where it comes from, what it answers, and what it says.
 *
 * @param identities the routing frames of ZeroMQ; a publication has its topic here
 * @param header type, id and session of this message
 * @param parent the header of the request that caused this message; empty if there was none
 * @param metadata free for extensions; mostly empty
 * @param content what the type of the message asks for
 */
public record WireMessage(
    List<byte[]> identities,
    JsonObject header,
    JsonObject parent,
    JsonObject metadata,
    JsonObject content) {

  /** The version of the protocol that kernel and client speak. */
  public static final String PROTOCOL_VERSION = "5.4";

  /** Makes a message that answers nothing. */
  public static WireMessage of(String type, String session, JsonObject content) {
    return new WireMessage(
        List.of(), newHeader(type, session), new JsonObject(), new JsonObject(), content);
  }

  /** Makes the direct reply to this message, addressed to its sender. */
  public WireMessage reply(String type, String session, JsonObject content) {
    return new WireMessage(identities, newHeader(type, session), header, new JsonObject(), content);
  }

  /** The type of this message, such as {@code execute_request}. */
  public String type() {
    return text(header, "msg_type");
  }

  /** The id of this message, unique in its session. */
  public String id() {
    return text(header, "msg_id");
  }

  /** The id of the message that this one answers, or an empty text. */
  public String parentId() {
    return text(parent, "msg_id");
  }

  /** A text field of the header, or an empty text. */
  public String headerText(String field) {
    return text(header, field);
  }

  /** A text field of the content, or an empty text. */
  public String text(String field) {
    return text(content, field);
  }

  /** A yes-or-no field of the content, or the given default. */
  public boolean flag(String field, boolean byDefault) {
    return (content.get(field) instanceof JsonPrimitive value && value.isBoolean())
        ? value.getAsBoolean()
        : byDefault;
  }

  /** A number of the content without its fraction, or the given default. */
  public int number(String field, int byDefault) {
    return (content.get(field) instanceof JsonPrimitive value && value.isNumber())
        ? (int) value.getAsDouble()
        : byDefault;
  }

  static String text(JsonObject object, String field) {
    return (object.get(field) instanceof JsonPrimitive value && value.isString())
        ? value.getAsString()
        : "";
  }

  static JsonObject newHeader(String type, String session) {
    JsonObject header = new JsonObject();
    header.addProperty("msg_id", UUID.randomUUID().toString());
    header.addProperty("username", "retort");
    header.addProperty("session", session);
    header.addProperty("date", Instant.now().truncatedTo(ChronoUnit.MICROS).toString());
    header.addProperty("msg_type", type);
    header.addProperty("version", PROTOCOL_VERSION);
    return header;
  }
}
