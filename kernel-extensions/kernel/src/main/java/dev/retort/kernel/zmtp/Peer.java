package dev.retort.kernel.zmtp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** One connection of a port: its handshake, what it has subscribed to, and what waits for it. */
final class Peer implements Decoder.Receiver {
  private static final int MOST_TOPICS = 16;
  private static final int PING_CONTEXT_BYTES = 16;
  private static final int MESSAGE_COST = 512;

  private final Port port;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final Decoder decoder;
  private final long since = System.nanoTime();
  private final Queue<ByteBuffer[]> unsent = new ConcurrentLinkedQueue<>();
  private final List<byte[]> topics = new ArrayList<>();

  private byte[] identity = {};
  private long heard = since;
  private boolean ready;
  private boolean known;
  private boolean closed;
  private long unsentBytes;
  private long takenBytes;
  private long unfinishedSince;

  Peer(Port port, SocketChannel channel, SelectionKey key) {
    this.port = port;
    this.channel = channel;
    this.key = key;
    this.decoder = new Decoder(port.limits(), this);
    key.attach(this);
  }

  Port port() {
    return port;
  }

  /** When it connected, by the clock of {@link System#nanoTime()}. */
  long since() {
    return since;
  }

  /** When it last sent anything, by the same clock. */
  long heard() {
    return heard;
  }

  /** Whether its handshake is complete. */
  boolean isReady() {
    return ready;
  }

  /** Whether it has proved that it is no stranger. */
  boolean isKnown() {
    return known;
  }

  /** Whether anything waits for it. */
  boolean hasUnsent() {
    return !unsent.isEmpty();
  }

  /** The bytes kept of a message that is not complete. */
  long held() {
    return decoder.held();
  }

  /** When the message that is not complete began. */
  long unfinishedSince() {
    return unfinishedSince;
  }

  boolean bears(byte[] wanted) {
    return ready && Arrays.equals(identity, wanted);
  }

  boolean wants(byte[] topic) {
    for (byte[] prefix : topics) {
      if (prefix.length <= topic.length
          && Arrays.equals(prefix, 0, prefix.length, topic, 0, prefix.length)) {
        return true;
      }
    }
    return false;
  }

  /** Reads once, as much as the buffer holds. */
  void read(ByteBuffer buffer) {
    try {
      buffer.clear();
      if (channel.read(buffer) < 0) {
        close();
        return;
      }
      buffer.flip();
      heard = System.nanoTime();
      if (decoder.held() == 0) {
        unfinishedSince = System.nanoTime();
      }
      take(buffer);
    } catch (IOException e) {
      close();
    } catch (Breach e) {
      port.refuse(this, e);
    }
  }

  private void take(ByteBuffer buffer) throws Breach {
    Shortage shortage = new Shortage();
    while (true) {
      try {
        decoder.take(buffer);
        return;
      } catch (OutOfMemoryError e) {
        shortage.waitOrThrow(e);
      }
    }
  }

  @Override
  public void greeted() {
    send(List.of(Frames.ready(port.kind())));
  }

  @Override
  public void command(byte[] bytes) throws Breach {
    Command command = Command.of(bytes);
    if (!ready) {
      shakeHands(command);
      return;
    }
    switch (command.name()) {
      case "PING" -> pong(command.body());
      case "SUBSCRIBE" -> subscribe(command.body());
      case "CANCEL" -> cancel(command.body());
      case "READY", "ERROR" -> throw new Breach("one handshake", command.name());
      default -> {
        // a later version may have more: they mean nothing here
      }
    }
  }

  private void shakeHands(Command command) throws Breach {
    if (!command.name().equals("READY")) {
      throw new Breach("the command READY", "another");
    }
    String type = new String(command.property("Socket-Type"), US_ASCII);
    if (!port.kind().accepts(type)) {
      throw new Breach("a socket that goes with " + port.kind(), "another");
    }
    byte[] claimed = command.property("Identity");
    if (claimed.length > 255) {
      throw new Breach("an identity of at most 255 bytes", "a longer one");
    }
    identity = claimed.length == 0 ? port.newIdentity() : claimed;
    ready = true;
  }

  /** Answers, but keeps no answers for a peer that reads none. */
  private void pong(byte[] body) {
    if (body.length >= 2 && unsent.isEmpty()) {
      int end = Math.min(body.length, 2 + PING_CONTEXT_BYTES);
      send(List.of(Frames.command("PONG", Arrays.copyOfRange(body, 2, end))));
    }
  }

  @Override
  public void message(List<byte[]> frames) throws Breach {
    unfinishedSince = System.nanoTime();
    if (!ready) {
      throw new Breach("a handshake before the first message", "a message");
    }
    switch (port.kind()) {
      case ROUTER -> {
        if (port.intake().take(identity, frames) && !known) {
          known = true;
          decoder.trust();
        }
      }
      case REP -> {
        if (isBehind()) {
          throw port.tooSlow();
        }
        send(Frames.message(frames));
      }
      case PUB -> {
        byte[] first = frames.get(0);
        if (frames.size() == 1 && first.length > 0 && first[0] == 1) {
          subscribe(Arrays.copyOfRange(first, 1, first.length));
        } else if (frames.size() == 1 && first.length > 0 && first[0] == 0) {
          cancel(Arrays.copyOfRange(first, 1, first.length));
        }
      }
    }
  }

  private void subscribe(byte[] topic) throws Breach {
    if (port.kind() != SocketKind.PUB) {
      return;
    }
    if (topics.size() >= MOST_TOPICS) {
      throw new Breach("at most " + MOST_TOPICS + " subscriptions", "one more");
    }
    topics.add(topic);
  }

  private void cancel(byte[] topic) {
    for (int i = 0; i < topics.size(); i++) {
      if (Arrays.equals(topics.get(i), topic)) {
        topics.remove(i);
        return;
      }
    }
  }

  /** Puts a message in the queue. */
  void send(List<ByteBuffer> message) {
    if (closed) {
      return;
    }
    ByteBuffer[] own = new ByteBuffer[message.size()];
    long bytes = MESSAGE_COST;
    for (int i = 0; i < own.length; i++) {
      own[i] = message.get(i).duplicate();
      bytes += own[i].remaining();
    }
    unsent.add(own);
    unsentBytes += bytes;
  }

  /** Whether more waits for it than may, besides the message that is being sent. */
  boolean isBehind() {
    long first = 0;
    if (!unsent.isEmpty()) {
      for (ByteBuffer part : unsent.peek()) {
        first += part.remaining();
      }
    }
    return unsentBytes - first > port.limits().unsentBytes();
  }

  /** The bytes written since this was last asked. */
  long takenSinceAsked() {
    long taken = takenBytes;
    takenBytes = 0;
    return taken;
  }

  /** Writes what the connection takes. */
  void write(ByteBuffer buffer) {
    try {
      while (!unsent.isEmpty()) {
        buffer.clear();
        gather(buffer);
        buffer.flip();
        int written = channel.write(buffer);
        forget(written);
        if (buffer.hasRemaining()) {
          return;
        }
      }
    } catch (IOException e) {
      close();
    }
  }

  private void gather(ByteBuffer buffer) {
    for (ByteBuffer[] message : unsent) {
      for (ByteBuffer part : message) {
        if (!buffer.hasRemaining()) {
          return;
        }
        int count = Math.min(buffer.remaining(), part.remaining());
        buffer.put(buffer.position(), part.array(), part.arrayOffset() + part.position(), count);
        buffer.position(buffer.position() + count);
      }
    }
  }

  private void forget(int written) {
    int left = written;
    unsentBytes -= written;
    takenBytes += written;
    ByteBuffer[] message = unsent.peek();
    while (message != null) {
      for (ByteBuffer part : message) {
        int count = Math.min(left, part.remaining());
        part.position(part.position() + count);
        left -= count;
      }
      if (message[message.length - 1].hasRemaining()) {
        return;
      }
      unsent.poll();
      unsentBytes -= MESSAGE_COST;
      message = left == 0 ? null : unsent.peek();
    }
  }

  /** Tells the selector what this peer waits for. */
  void updateInterest() {
    if (closed || !key.isValid()) {
      return;
    }
    boolean reads = port.intake().hasRoom() && unsentBytes <= port.limits().unreadBytes();
    int wanted = (reads ? SelectionKey.OP_READ : 0) | (hasUnsent() ? SelectionKey.OP_WRITE : 0);
    if (key.interestOps() != wanted) {
      key.interestOps(wanted);
    }
  }

  void close() {
    if (closed) {
      return;
    }
    closed = true;
    key.cancel();
    unsent.clear();
    unsentBytes = 0;
    port.left(this);
    try {
      channel.close();
    } catch (IOException e) {
      // it is gone either way
    }
  }
}
