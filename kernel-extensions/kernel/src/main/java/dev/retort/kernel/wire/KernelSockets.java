package dev.retort.kernel.wire;

import dev.retort.kernel.zmtp.Intake;
import dev.retort.kernel.zmtp.Limits;
import dev.retort.kernel.zmtp.Notices;
import dev.retort.kernel.zmtp.Port;
import dev.retort.kernel.zmtp.SocketKind;
import dev.retort.kernel.zmtp.ZmtpServer;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The five sockets of a kernel, bound, and what may come through them.
 *
 * <p>Whoever holds the key may send messages of up to 64 MiB, in a smaller heap an eighth of it;
 * before its first signed message a client is a stranger and has an eighth of that. The heartbeat
 * echoes up to 1 KiB, the publications take short subscriptions and nothing else. Each channel has
 * 100 connections, fewer where the process may open few files.
 */
public final class KernelSockets implements AutoCloseable {
  private static final int MOST_CONNECTIONS = 100;
  private static final int MOST_FRAMES = 1024;
  private static final long MOST_MESSAGE_BYTES =
      Math.min(1 << 26, Runtime.getRuntime().maxMemory() / 8);
  private static final long MOST_STRANGER_BYTES = MOST_MESSAGE_BYTES / 8;
  private static final int MOST_SMALL_BYTES = 1 << 10;
  private static final int MOST_UNREAD_BYTES = 1 << 18;

  private final ConnectionFile file;
  private final Notices notices;
  private final Wire wire;
  private final ZmtpServer server;
  private final Map<Channel, Port> ports = new EnumMap<>(Channel.class);
  private final Map<Channel, Inbox> inboxes = new EnumMap<>(Channel.class);

  /** Binds the sockets; requests wait until they are received. */
  public KernelSockets(ConnectionFile file, Consumer<String> log) throws IOException {
    this.file = file;
    this.notices = new Notices(log);
    this.wire = Wire.signedWith(file.key());
    this.server = new ZmtpServer(notices, 2 * MOST_STRANGER_BYTES);
    try {
      bindAll();
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private void bindAll() throws IOException {
    int connections = connections();
    Limits requests =
        new Limits(
            connections,
            MOST_FRAMES,
            MOST_STRANGER_BYTES,
            MOST_MESSAGE_BYTES,
            MOST_MESSAGE_BYTES,
            MOST_UNREAD_BYTES);
    Limits publications =
        new Limits(
            connections,
            1,
            MOST_SMALL_BYTES,
            MOST_SMALL_BYTES,
            MOST_MESSAGE_BYTES / 4,
            MOST_UNREAD_BYTES);
    Limits echo = new Limits(connections, 8, MOST_SMALL_BYTES, MOST_SMALL_BYTES, 1 << 14, 0);
    Wire opener = Wire.signedWith(file.key());
    Optional<Signatures> signatures =
        file.key().isEmpty() ? Optional.empty() : Optional.of(new Signatures());
    for (Channel channel : List.of(Channel.SHELL, Channel.CONTROL, Channel.STDIN)) {
      Inbox inbox = new Inbox(name(channel), opener, signatures, notices, MOST_MESSAGE_BYTES);
      inboxes.put(channel, inbox);
      bind(channel, SocketKind.ROUTER, requests, inbox);
    }
    bind(Channel.IOPUB, SocketKind.PUB, publications, Intake.NOTHING);
    bind(Channel.HEARTBEAT, SocketKind.REP, echo, Intake.NOTHING);
  }

  private void bind(Channel channel, SocketKind kind, Limits limits, Intake intake)
      throws IOException {
    try {
      ports.put(
          channel, server.open(name(channel), kind, file.socketAddress(channel), limits, intake));
    } catch (IOException e) {
      throw new IOException(
          "starting the kernel: cannot bind "
              + file.address(channel)
              + " ("
              + e.getMessage()
              + "). Another program may use the port: start the kernel again.",
          e);
    }
  }

  /** A quarter of the files that the process may open is for connections. */
  private static int connections() {
    if (java.lang.management.ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.UnixOperatingSystemMXBean system) {
      long each = system.getMaxFileDescriptorCount() / 4 / Channel.values().length;
      return (int) Math.max(4, Math.min(MOST_CONNECTIONS, each));
    }
    return MOST_CONNECTIONS;
  }

  private static String name(Channel channel) {
    return "the " + channel.name().toLowerCase(java.util.Locale.ROOT) + " channel";
  }

  /** Waits for the next message of a channel; none if none comes in time, or it is malformed. */
  public Optional<WireMessage> receive(Channel channel, long millis) throws InterruptedException {
    Inbox inbox = inboxes.get(channel);
    boolean full = !inbox.hasRoom();
    Optional<Envelope> envelope = inbox.poll(millis);
    if (full) {
      server.wake();
    }
    if (envelope.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(envelope.get().read());
    } catch (MalformedMessageException e) {
      notices.once(
          name(channel) + e.part(),
          "kernel: "
              + name(channel)
              + ": ignored a signed message: "
              + e.getMessage()
              + ". Others like it are ignored without a word.");
      return Optional.empty();
    }
  }

  /** Sends a message to the client that its first identity names. */
  public void send(Channel channel, WireMessage message) {
    List<byte[]> frames = wire.frames(message);
    ports.get(channel).send(frames.get(0), frames.subList(1, frames.size()));
  }

  /** Sends a message to everyone who listens; returns when nobody is far behind. */
  public void publish(WireMessage message) {
    ports.get(Channel.IOPUB).publish(wire.frames(message));
  }

  /** Sends what waits, for at most a second, and closes the sockets. */
  @Override
  public void close() {
    server.close();
  }
}
