package dev.retort.kernel.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the five sockets of a kernel are, and the key that its messages are signed with.
 *
 * @param ip the address to bind or connect to
 * @param key the shared secret; empty means no signatures
 * @param ports one port for each {@link Channel}
 */
public record ConnectionFile(String ip, String key, Map<Channel, Integer> ports) {

  private static final int MOST_BYTES = 1 << 16;

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
    JsonObject json = object(file);
    expect(file, json, "transport", "tcp", "Start the client with --transport=tcp.");
    if (json.has("signature_scheme") && !text(file, json, "signature_scheme").isEmpty()) {
      expect(file, json, "signature_scheme", "hmac-sha256", "Configure the client to use it.");
    }
    Map<Channel, Integer> ports = new EnumMap<>(Channel.class);
    for (Channel channel : Channel.values()) {
      int port = port(file, json, portField(channel));
      if (ports.containsValue(port)) {
        throw new IOException(
            "connection file "
                + file
                + ": expected five different ports, got "
                + port
                + " twice. Write it again.");
      }
      ports.put(channel, port);
    }
    ConnectionFile read =
        new ConnectionFile(text(file, json, "ip"), text(file, json, "key"), ports);
    InetAddress address = read.inetAddress();
    if (read.key.isEmpty() && !address.isLoopbackAddress()) {
      throw new IOException(
          "connection file "
              + file
              + ": expected a key, for "
              + read.ip
              + " can be reached from other machines, got none. Whoever reaches a kernel without a"
              + " key can run code: give it one, or the ip 127.0.0.1.");
    }
    return read;
  }

  private static JsonObject object(Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException(
          "connection file " + file + ": expected a regular file. Start the kernel from Jupyter.");
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    }
    if (bytes.length > MOST_BYTES) {
      throw new IOException(
          "connection file "
              + file
              + ": expected at most "
              + MOST_BYTES
              + " bytes, got more. Start the kernel from Jupyter.");
    }
    try {
      return JsonParser.parseString(new String(bytes, UTF_8)).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException e) {
      throw new IOException(
          "connection file " + file + ": expected a JSON object. Start the kernel from Jupyter.",
          e);
    }
  }

  private static void expect(
      Path file, JsonObject json, String field, String expected, String remedy) throws IOException {
    String got = text(file, json, field);
    if (!got.equals(expected)) {
      throw new IOException(
          "connection file "
              + file
              + ": expected "
              + field
              + " "
              + expected
              + ", got '"
              + got
              + "'. "
              + remedy);
    }
  }

  private static String text(Path file, JsonObject json, String field) throws IOException {
    if (!json.has(field)) {
      throw new IOException(
          "connection file " + file + ": " + field + " is missing. Write it again.");
    }
    JsonKind got = JsonKind.of(Optional.of(json.get(field)));
    if (got != JsonKind.TEXT) {
      throw new IOException(
          "connection file "
              + file
              + ": expected "
              + field
              + " to be a text, got "
              + got
              + ". Write it again.");
    }
    return json.get(field).getAsString();
  }

  private static int port(Path file, JsonObject json, String field) throws IOException {
    if (!json.has(field)) {
      throw new IOException(
          "connection file " + file + ": " + field + " is missing. Write it again.");
    }
    JsonElement value = json.get(field);
    double port =
        JsonKind.of(Optional.of(value)) == JsonKind.NUMBER ? value.getAsDouble() : Double.NaN;
    if (!(port >= 1 && port <= 65_535 && port == Math.rint(port))) {
      String got = value.toString();
      throw new IOException(
          "connection file "
              + file
              + ": expected "
              + field
              + " to be a whole number of 1 to 65535, got "
              + (got.length() > 40 ? "something else" : got)
              + ". Write it again.");
    }
    return (int) port;
  }

  /** Whether others than its owner may read a file, where that can be known. */
  public static boolean isReadableByOthers(Path file) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return false;
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    return permissions.contains(PosixFilePermission.GROUP_READ)
        || permissions.contains(PosixFilePermission.OTHERS_READ);
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

  /** Where a kernel binds the socket of a channel. */
  public SocketAddress socketAddress(Channel channel) throws IOException {
    return new InetSocketAddress(inetAddress(), port(channel));
  }

  private InetAddress inetAddress() throws IOException {
    try {
      return InetAddress.getByName(ip.equals("*") ? "0.0.0.0" : ip);
    } catch (UnknownHostException e) {
      throw new IOException(
          "connection file: expected an ip of this machine, got '"
              + ip
              + "'. Start the client with --ip=127.0.0.1.",
          e);
    }
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
