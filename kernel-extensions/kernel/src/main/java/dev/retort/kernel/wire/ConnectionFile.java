package dev.retort.kernel.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Where the five sockets of a kernel are, and the key that its messages are signed with.
 *
 * @param ip the address to bind or connect to
 * @param key the shared secret; empty means no signatures
 * @param ports one port for each {@link Channel}
 */
public record ConnectionFile(String ip, String key, Map<Channel, Integer> ports) {

  /** Checks that there is a port for every channel. */
  public ConnectionFile {
    ports = Map.copyOf(ports);
    if (ports.size() != Channel.values().length) {
      throw new IllegalArgumentException(
          "connection file: expected 5 ports, got " + ports.size() + ". Write it again.");
    }
  }

  /** Picks five free ports on the loopback interface and a fresh key. */
  public static ConnectionFile loopback() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    List<ServerSocket> held = new ArrayList<>();
    Map<Channel, Integer> ports = new EnumMap<>(Channel.class);
    try {
      for (Channel channel : Channel.values()) {
        ServerSocket socket = new ServerSocket(0, 1, loopback);
        held.add(socket); // held until all are known, so that they differ
        ports.put(channel, socket.getLocalPort());
      }
      byte[] key = new byte[32];
      new SecureRandom().nextBytes(key);
      return new ConnectionFile(loopback.getHostAddress(), HexFormat.of().formatHex(key), ports);
    } finally {
      for (ServerSocket socket : held) {
        socket.close();
      }
    }
  }

  /** Reads the file that a Jupyter client wrote. */
  public static ConnectionFile read(Path file) throws IOException {
    JsonObject json;
    try {
      json = JsonParser.parseString(Files.readString(file, UTF_8)).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException e) {
      throw new IOException(
          "connection file " + file + ": expected a JSON object. Start the kernel from Jupyter.",
          e);
    }
    String transport = WireMessage.text(json, "transport");
    if (!transport.equals("tcp")) {
      throw new IOException(
          "connection file "
              + file
              + ": expected transport tcp, got '"
              + transport
              + "'. Start the client with --transport=tcp.");
    }
    String scheme = WireMessage.text(json, "signature_scheme");
    if (!scheme.isEmpty() && !scheme.equals("hmac-sha256")) {
      throw new IOException(
          "connection file "
              + file
              + ": expected signature_scheme hmac-sha256, got '"
              + scheme
              + "'. Configure the client to use hmac-sha256.");
    }
    Map<Channel, Integer> ports = new EnumMap<>(Channel.class);
    for (Channel channel : Channel.values()) {
      String field = portField(channel);
      if (!json.has(field)) {
        throw new IOException(
            "connection file " + file + ": " + field + " is missing. Write it again.");
      }
      ports.put(channel, json.get(field).getAsInt());
    }
    return new ConnectionFile(WireMessage.text(json, "ip"), WireMessage.text(json, "key"), ports);
  }

  /** Writes this file so that only its owner can read it: whoever has the key can run code. */
  public void write(Path file) throws IOException {
    JsonObject json = new JsonObject();
    json.addProperty("transport", "tcp");
    json.addProperty("ip", ip);
    json.addProperty("key", key);
    json.addProperty("signature_scheme", "hmac-sha256");
    json.addProperty("kernel_name", "retort");
    for (Channel channel : Channel.values()) {
      json.addProperty(portField(channel), port(channel));
    }
    WholeFile.writePrivate(
        file, new GsonBuilder().setPrettyPrinting().create().toJson(json).getBytes(UTF_8));
  }

  /** The ZeroMQ address of a channel. */
  public String address(Channel channel) {
    return "tcp://" + ip + ":" + port(channel);
  }

  private int port(Channel channel) {
    return ports.get(channel);
  }

  private static String portField(Channel channel) {
    return switch (channel) {
      case SHELL -> "shell_port";
      case CONTROL -> "control_port";
      case IOPUB -> "iopub_port";
      case STDIN -> "stdin_port";
      case HEARTBEAT -> "hb_port";
    };
  }

  @Override
  public String toString() {
    return "ConnectionFile[" + ip + ", ports " + ports + ", key hidden]";
  }
}
