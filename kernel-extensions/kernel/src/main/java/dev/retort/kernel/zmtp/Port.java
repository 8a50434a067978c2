package dev.retort.kernel.zmtp;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A bound address and everyone who is connected to it.
 *
 * <p>Strangers make room: where all connections are taken, one that never finished its handshake
 * goes, or one that never proved that it is no stranger, whoever was silent longest first. Whoever
 * is known stays, and so does whoever listens to publications and has nothing to say.
 */
public final class Port {
  private static final long HANDSHAKE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long LEAST_TAKEN_BYTES = 1 << 21;
  private static final int MOST_ACCEPTED_AT_ONCE = 64;

  private final ZmtpServer server;
  private final String name;
  private final SocketKind kind;
  private final Limits limits;
  private final Intake intake;
  private final ServerSocketChannel listener;
  private final SelectionKey key;
  private final List<Peer> peers = new ArrayList<>();
  private int named;
  private long pausedAt;
  private boolean paused;

  Port(
      ZmtpServer server,
      String name,
      SocketKind kind,
      Limits limits,
      Intake intake,
      ServerSocketChannel listener,
      Selector selector)
      throws IOException {
    this.server = server;
    this.name = name;
    this.kind = kind;
    this.limits = limits;
    this.intake = intake;
    this.listener = listener;
    this.key = listener.register(selector, SelectionKey.OP_ACCEPT, this);
  }

  SocketKind kind() {
    return kind;
  }

  Limits limits() {
    return limits;
  }

  Intake intake() {
    return intake;
  }

  List<Peer> peers() {
    return peers;
  }

  /** An identity for a peer that claims none. */
  byte[] newIdentity() {
    return ByteBuffer.allocate(5).put((byte) 0).putInt(named++).array();
  }

  /** Sends a message to the peer of an identity, if it is there. */
  public void send(byte[] identity, List<byte[]> frames) {
    server.submit(() -> deliver(identity, Frames.message(frames)));
  }

  /**
   * Sends a message to everyone who subscribed to its first frame; returns when the slowest of them
   * is not far behind, or is given up.
   */
  public void publish(List<byte[]> frames) {
    server.submitPublication(this, frames);
  }

  /**
   * Delivers to all that bear the identity, for anyone may claim it: that takes nothing from whom
   * it belongs to. Where one of them is known, the others get nothing.
   */
  private void deliver(byte[] identity, List<ByteBuffer> message) {
    List<Peer> bearers = peers.stream().filter(peer -> peer.bears(identity)).toList();
    boolean known = bearers.stream().anyMatch(Peer::isKnown);
    for (Peer peer : bearers) {
      if (peer.isKnown() || !known) {
        peer.send(message);
        if (peer.isBehind()) {
          refuse(peer, tooSlow());
        }
      }
    }
  }

  void fanOut(List<byte[]> frames) {
    List<ByteBuffer> message = Frames.message(frames);
    for (Peer peer : peers) {
      if (peer.wants(frames.get(0))) {
        peer.send(message);
      }
    }
  }

  /** Whether somebody has more to read than may wait. */
  boolean isCongested() {
    return peers.stream().anyMatch(Peer::isBehind);
  }

  /** Gives up those who are behind and have taken next to nothing since this was last called. */
  void relieve() {
    for (Peer peer : List.copyOf(peers)) {
      if (peer.takenSinceAsked() < LEAST_TAKEN_BYTES && peer.isBehind()) {
        refuse(peer, tooSlow());
      }
    }
  }

  /** Begins to count what everybody takes. */
  void watch() {
    peers.forEach(Peer::takenSinceAsked);
  }

  Breach tooSlow() {
    return new Breach(
        "a peer that reads what it is sent", "more than " + limits.unsentBytes() + " unread bytes");
  }

  void refuse(Peer peer, Breach breach) {
    peer.close();
    server
        .notices()
        .once(
            name + breach.expected(),
            "kernel: "
                + name
                + ": closed a connection: "
                + breach.getMessage()
                + ". Others like it are closed without a word.");
  }

  void accept(Selector selector) {
    for (int i = 0; i < MOST_ACCEPTED_AT_ONCE; i++) {
      try {
        SocketChannel channel = listener.accept();
        if (channel == null) {
          return;
        }
        welcome(channel, selector);
      } catch (IOException | OutOfMemoryError e) {
        // no descriptor or no memory is left: those who wait are looked at a little later
        server.notices().once(name + "accept", "kernel: " + name + ": cannot accept now: " + e);
        paused = true;
        pausedAt = System.nanoTime();
        key.interestOps(0);
        return;
      }
    }
  }

  private void welcome(SocketChannel channel, Selector selector) throws IOException {
    if (peers.size() >= limits.connections()) {
      leaver().ifPresent(Peer::close);
    }
    if (peers.size() >= limits.connections()) {
      channel.close();
      server
          .notices()
          .once(
              name + "full",
              "kernel: " + name + ": refused a connection: " + limits.connections() + " are open.");
      return;
    }
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      Peer peer = new Peer(this, channel, channel.register(selector, SelectionKey.OP_READ));
      peers.add(peer);
      peer.send(List.of(Frames.greeting()));
    } catch (IOException e) {
      channel.close(); // it went before it was welcomed
    } catch (RuntimeException | OutOfMemoryError e) {
      channel.close();
      throw e;
    }
  }

  private Optional<Peer> leaver() {
    Optional<Peer> unready = quietest(peers.stream().filter(peer -> !peer.isReady()).toList());
    return unready.isPresent() || kind == SocketKind.PUB
        ? unready
        : quietest(peers.stream().filter(peer -> !peer.isKnown()).toList());
  }

  private static Optional<Peer> quietest(List<Peer> among) {
    long now = System.nanoTime();
    return among.stream().max(Comparator.comparingLong(peer -> now - peer.heard()));
  }

  void left(Peer peer) {
    peers.remove(peer);
  }

  /** Ends handshakes that take too long, accepts again after a pause, and sets what is awaited. */
  void tidy() {
    long now = System.nanoTime();
    for (Peer peer : List.copyOf(peers)) {
      if (!peer.isReady() && now - peer.since() > HANDSHAKE_NANOS) {
        peer.close();
      }
      peer.updateInterest();
    }
    if (paused && now - pausedAt > PAUSE_NANOS && key.isValid()) {
      paused = false;
      key.interestOps(SelectionKey.OP_ACCEPT);
    }
  }

  void close() {
    try {
      listener.close();
    } catch (IOException e) {
      // it is gone either way
    }
    List.copyOf(peers).forEach(Peer::close);
  }
}
