package dev.retort.kernel.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Turns messages into frames and back, signed with HMAC-SHA256.
 *
 * <p>The frames of a message are {@code identities…, "<IDS|MSG>", signature, header, parent,
 * metadata, content}; what follows is not signed and not looked at. Frames whose signature is wrong
 * are not a message: an answer would tell a stranger that somebody listens.
 */
public final class Wire {
  private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(US_ASCII);
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  private final Optional<Mac> mac;

  private Wire(Optional<Mac> mac) {
    this.mac = mac;
  }

  /** Makes a wire that signs with the given key; an empty key means no signatures. */
  public static Wire signedWith(String key) {
    if (key.isEmpty()) {
      return new Wire(Optional.empty());
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
      return new Wire(Optional.of(mac));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("signing messages: this JVM has no HmacSHA256", e);
    }
  }

  /** The frames of a message. */
  public List<byte[]> frames(WireMessage message) {
    byte[] header = bytes(message.header());
    byte[] parent = bytes(message.parent());
    byte[] metadata = bytes(message.metadata());
    byte[] content = bytes(message.content());
    List<byte[]> frames = new ArrayList<>(message.identities());
    frames.add(DELIMITER);
    frames.add(sign(List.of(header, parent, metadata, content)));
    frames.add(header);
    frames.add(parent);
    frames.add(metadata);
    frames.add(content);
    return frames;
  }

  /** The envelope that frames are, if they are one and its signature is right. */
  public Optional<Envelope> open(List<byte[]> frames) {
    int mark = 0;
    while (mark < frames.size() && !Arrays.equals(DELIMITER, frames.get(mark))) {
      mark++;
    }
    if (frames.size() < mark + 6) {
      return Optional.empty();
    }
    byte[] signature = frames.get(mark + 1);
    List<byte[]> parts = frames.subList(mark + 2, mark + 6);
    if (mac.isPresent() && !MessageDigest.isEqual(sign(parts), signature)) {
      return Optional.empty();
    }
    return Optional.of(new Envelope(frames.subList(0, mark), signature, parts));
  }

  private synchronized byte[] sign(List<byte[]> parts) {
    if (mac.isEmpty()) {
      return new byte[0];
    }
    for (byte[] part : parts) {
      mac.get().update(part);
    }
    return HexFormat.of().formatHex(mac.get().doFinal()).getBytes(US_ASCII);
  }

  private static byte[] bytes(JsonObject object) {
    return GSON.toJson(object).getBytes(UTF_8);
  }
}
