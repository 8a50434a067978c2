package dev.retort.kernel.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.zeromq.ZMQ;

/**
 * Puts messages on sockets and takes them off, signed with HMAC-SHA256.
 *
 * <p>The frames of a message are {@code identities…, "<IDS|MSG>", signature, header, parent,
 * metadata, content}. A message whose signature is wrong or whose parts are not JSON objects is
 * dropped: an answer would tell a stranger that somebody listens.
 */
public final class Wire {
  private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(US_ASCII);
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  private final Mac mac;

  private Wire(Mac mac) {
    this.mac = mac;
  }

  /** Makes a wire that signs with the given key; an empty key means no signatures. */
  public static Wire signedWith(String key) {
    if (key.isEmpty()) {
      return new Wire(null);
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
      return new Wire(mac);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("signing messages: this JVM has no HmacSHA256", e);
    }
  }

  /** Sends a message; the caller owns the socket. */
  public void send(ZMQ.Socket socket, WireMessage message) {
    byte[] header = bytes(message.header());
    byte[] parent = bytes(message.parent());
    byte[] metadata = bytes(message.metadata());
    byte[] content = bytes(message.content());
    message.identities().forEach(socket::sendMore);
    socket.sendMore(DELIMITER);
    socket.sendMore(sign(header, parent, metadata, content));
    socket.sendMore(header);
    socket.sendMore(parent);
    socket.sendMore(metadata);
    socket.send(content);
  }

  /** Takes one message from a socket that has one; empty if it was not a message for us. */
  public Optional<WireMessage> receive(ZMQ.Socket socket) {
    List<byte[]> frames = new ArrayList<>();
    do {
      byte[] frame = socket.recv();
      if (frame == null) {
        return Optional.empty();
      }
      frames.add(frame);
    } while (socket.hasReceiveMore());
    return decode(frames);
  }

  private Optional<WireMessage> decode(List<byte[]> frames) {
    int mark = 0;
    while (mark < frames.size() && !Arrays.equals(DELIMITER, frames.get(mark))) {
      mark++;
    }
    if (frames.size() < mark + 6) {
      return Optional.empty();
    }
    byte[] signature = frames.get(mark + 1);
    byte[] expected =
        sign(frames.get(mark + 2), frames.get(mark + 3), frames.get(mark + 4), frames.get(mark + 5))
            .getBytes(US_ASCII);
    if (mac != null && !MessageDigest.isEqual(expected, signature)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new WireMessage(
              List.copyOf(frames.subList(0, mark)),
              object(frames.get(mark + 2)),
              object(frames.get(mark + 3)),
              object(frames.get(mark + 4)),
              object(frames.get(mark + 5))));
    } catch (JsonParseException e) {
      return Optional.empty();
    }
  }

  private synchronized String sign(byte[]... parts) {
    if (mac == null) {
      return "";
    }
    for (byte[] part : parts) {
      mac.update(part);
    }
    return HexFormat.of().formatHex(mac.doFinal());
  }

  private static byte[] bytes(JsonObject object) {
    return GSON.toJson(object).getBytes(UTF_8);
  }

  private static JsonObject object(byte[] frame) {
    JsonElement element = JsonParser.parseString(new String(frame, UTF_8));
    return element.isJsonObject() ? element.getAsJsonObject() : new JsonObject();
  }
}
