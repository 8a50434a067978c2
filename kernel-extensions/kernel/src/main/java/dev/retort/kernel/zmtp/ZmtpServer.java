package dev.retort.kernel.zmtp;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * All sockets of a server, on one thread that nothing ends but its owner.
 *
 * <p>Whatever goes wrong with a peer costs that peer its connection, and no more.
 */
public final class ZmtpServer implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final long TURN_MILLIS = 500;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** A message that everybody is sent, and how long those who are behind may still take. */
  private static final class Publication {
    final Port port;
    final CompletableFuture<Void> sent = new CompletableFuture<>();
    Optional<Long> until = Optional.empty();

    Publication(Port port) {
      this.port = port;
    }

    /** Whether nobody is behind any more, or those who were have been given up. */
    boolean isOver() {
      long now = System.nanoTime();
      if (!port.isCongested()) {
        return true;
      }
      if (until.isEmpty()) {
        port.watch();
        until = Optional.of(now + PATIENCE_NANOS);
      } else if (now > until.get()) {
        port.relieve();
        until = Optional.of(now + PATIENCE_NANOS);
      }
      return !port.isCongested();
    }
  }

  private final Notices notices;
  private final long strangerBytes;
  private final Selector selector;
  private final Thread thread;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final List<Port> ports = new CopyOnWriteArrayList<>();
  private final List<Publication> publications = new ArrayList<>();
  private volatile boolean closing;
  private volatile boolean closed;
  private long closingSince;

  /**
   * Starts a server without sockets.
   *
   * @param notices hears what was refused
   * @param strangerBytes what may be kept of the incomplete messages of all strangers together
   */
  public ZmtpServer(Notices notices, long strangerBytes) throws IOException {
    this.notices = notices;
    this.strangerBytes = strangerBytes;
    this.selector = Selector.open();
    this.thread = new SteadyThread(this::run, "retort-wire");
    thread.start();
  }

  Notices notices() {
    return notices;
  }

  /** Binds a socket and serves it. */
  public Port open(
      String name, SocketKind kind, SocketAddress address, Limits limits, Intake intake)
      throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open();
    try {
      listener.bind(address, limits.connections());
      listener.configureBlocking(false);
      Port port = new Port(this, name, kind, limits, intake, listener, selector);
      ports.add(port);
      selector.wakeup();
      return port;
    } catch (IOException | RuntimeException e) {
      listener.close();
      throw e;
    }
  }

  /** Lets the server look again whether there is room for what its peers send. */
  public void wake() {
    selector.wakeup();
  }

  void submit(Runnable task) {
    tasks.add(task);
    selector.wakeup();
  }

  void submitPublication(Port port, List<byte[]> frames) {
    Publication publication = new Publication(port);
    submit(
        () -> {
          publications.add(publication);
          port.fanOut(frames);
        });
    if (closed) {
      publication.sent.complete(null);
    }
    publication.sent.join();
  }

  private void run() {
    while (!closed) {
      try {
        turn();
      } catch (IOException | RuntimeException | Error e) {
        notices.once("turn", "kernel: serving the sockets: " + e + ". The kernel goes on.");
        rest();
      }
    }
  }

  private static void rest() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      // nobody interrupts the server on purpose
    }
  }

  private void turn() throws IOException {
    if (tasks.isEmpty()) {
      selector.select(publications.isEmpty() ? TURN_MILLIS : TURN_MILLIS / 10);
    } else {
      selector.selectNow();
    }
    runTasks();
    List<SelectionKey> selected = List.copyOf(selector.selectedKeys());
    selector.selectedKeys().clear();
    for (SelectionKey key : selected) {
      serve(key);
    }
    for (Port port : ports) {
      writeAll(port);
      port.tidy();
    }
    endPublications();
    if (closing) {
      close(System.nanoTime() - closingSince > LINGER_NANOS);
    }
  }

  private void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      Shortage shortage = new Shortage();
      boolean done = false;
      while (!done) {
        try {
          task.run();
          done = true;
        } catch (OutOfMemoryError e) {
          shortage.waitOrThrow(e);
        }
      }
    }
  }

  private void serve(SelectionKey key) {
    if (!key.isValid()) {
      return;
    }
    if (key.attachment() instanceof Port port) {
      port.accept(selector);
      return;
    }
    Peer peer = (Peer) key.attachment();
    try {
      if (key.isReadable()) {
        peer.read(buffer);
        limitStrangers();
      }
    } catch (RuntimeException | Error e) {
      peer.close();
      notices.once("peer", "kernel: closed a connection that failed with " + e);
    }
  }

  private static long held(Peer peer) {
    return peer.isKnown() ? 0 : peer.held();
  }

  /** Strangers together keep no more than they may: whoever has been at it longest goes. */
  private void limitStrangers() {
    List<Peer> strangers = new ArrayList<>();
    long sum = 0;
    for (Port port : ports) {
      for (Peer peer : port.peers()) {
        if (held(peer) > 0) {
          strangers.add(peer);
          sum += held(peer);
        }
      }
    }
    while (sum > strangerBytes) {
      long now = System.nanoTime();
      Optional<Peer> slowest =
          strangers.stream().max(Comparator.comparingLong(peer -> now - peer.unfinishedSince()));
      Peer leaver = slowest.orElseThrow();
      sum -= held(leaver);
      strangers.remove(leaver);
      leaver
          .port()
          .refuse(
              leaver,
              new Breach(
                  "at most "
                      + strangerBytes
                      + " bytes of incomplete messages from all strangers together",
                  "more"));
    }
  }

  private void writeAll(Port port) {
    for (Peer peer : List.copyOf(port.peers())) {
      if (peer.hasUnsent()) {
        peer.write(buffer);
      }
    }
  }

  private void endPublications() {
    for (Publication publication : List.copyOf(publications)) {
      if (publication.isOver()) {
        publications.remove(publication);
        publication.sent.complete(null);
      }
    }
  }

  private void close(boolean late) throws IOException {
    boolean unsent =
        ports.stream().flatMap(port -> port.peers().stream()).anyMatch(Peer::hasUnsent);
    if (unsent && !late) {
      return;
    }
    closed = true;
    ports.forEach(Port::close);
    selector.close();
    runTasks();
    publications.forEach(publication -> publication.sent.complete(null));
  }

  /** Sends what waits, for at most a second, and closes all sockets. */
  @Override
  public void close() {
    submit(
        () -> {
          closingSince = System.nanoTime();
          closing = true;
        });
    try {
      thread.join(TimeUnit.NANOSECONDS.toMillis(2 * LINGER_NANOS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
