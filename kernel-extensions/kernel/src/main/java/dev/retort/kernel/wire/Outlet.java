package dev.retort.kernel.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import dev.retort.kernel.zmtp.SteadyThread;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The one way out for everything that cells show: a queue with one sending thread.
 *
 * <p>Printed text is gathered and sent at most every 50 ms; a message of any other type is sent at
 * once, after the text that was printed before it. Writers only append to memory, under a lock that
 * an interrupt cannot break, so an interrupted thread loses nothing. A writer that is a megabyte
 * ahead of the sender waits for it: a loop that prints forever cannot exhaust the memory. Of what a
 * request prints beyond its {@link Allowance}, only how much there was is sent.
 */
public final class Outlet implements AutoCloseable {
  private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final int MOST_PENDING_BYTES = 1 << 20;
  private static final long REST_MILLIS = 20;

  /** What waits to be sent: a piece of text of one stream, or a finished message. */
  private sealed interface Item {}

  private record Text(String stream, JsonObject parent, ByteArrayOutputStream bytes)
      implements Item {}

  private record Ready(WireMessage message) implements Item {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Item> pending = new ArrayDeque<>();
  private final Map<String, Allowance> allowances = new TreeMap<>();
  private final Consumer<WireMessage> socket;
  private final String session;
  private final Thread sender;

  private JsonObject parent = new JsonObject();
  private int pendingBytes;
  private boolean urgent;
  private boolean closed;
  private long appended;
  private long sent;

  /** Opens an outlet that hands its messages, in order and from one thread, to a socket. */
  public Outlet(String session, Consumer<WireMessage> socket) {
    this.session = session;
    this.socket = socket;
    this.sender = new SteadyThread(this::sendUntilClosed, "retort-outlet");
    sender.start();
  }

  /** Says which request causes what is shown from now on. */
  public void answer(JsonObject newParent) {
    lock.lock();
    try {
      tellWhatIsLeftOut();
      allowances.clear();
      parent = newParent;
    } finally {
      lock.unlock();
    }
  }

  /** Appends printed bytes (UTF-8) to a stream, {@code stdout} or {@code stderr}. */
  public void print(String stream, byte[] bytes, int offset, int length) {
    lock.lock();
    try {
      while (pendingBytes > MOST_PENDING_BYTES && !closed && Thread.currentThread() != sender) {
        urgent = true;
        changed.signalAll();
        changed.awaitUninterruptibly();
      }
      int kept =
          allowances.computeIfAbsent(stream, any -> new Allowance()).take(bytes, offset, length);
      if (!closed && kept > 0) {
        append(stream, bytes, offset, kept);
      }
    } finally {
      lock.unlock();
    }
  }

  private void append(String stream, byte[] bytes, int offset, int length) {
    Text text;
    if (pending.peekLast() instanceof Text last
        && last.stream().equals(stream)
        && last.parent().equals(parent)) {
      text = last;
    } else {
      text = new Text(stream, parent, new ByteArrayOutputStream());
      pending.addLast(text);
      changed.signalAll();
    }
    text.bytes().write(bytes, offset, length);
    pendingBytes += length;
    appended++;
  }

  private void tellWhatIsLeftOut() {
    for (Map.Entry<String, Allowance> each : allowances.entrySet()) {
      byte[] told = each.getValue().told(each.getKey()).getBytes(UTF_8);
      if (told.length > 0) {
        append(each.getKey(), told, 0, told.length);
      }
    }
  }

  /** Publishes a message that answers the current request. */
  public void publish(String type, JsonObject content) {
    lock.lock();
    try {
      publish(type, parent, content);
    } finally {
      lock.unlock();
    }
  }

  /** Publishes a message that answers the given request. */
  public void publish(String type, JsonObject answered, JsonObject content) {
    List<byte[]> topic = List.of(("kernel." + session + "." + type).getBytes(UTF_8));
    lock.lock();
    try {
      if (closed) {
        return;
      }
      pending.addLast(
          new Ready(
              new WireMessage(
                  topic,
                  WireMessage.newHeader(type, session),
                  answered,
                  new JsonObject(),
                  content)));
      urgent = true;
      appended++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until everything that was printed or published before has been sent. */
  public void flush() {
    lock.lock();
    try {
      tellWhatIsLeftOut();
      long goal = appended;
      while (sent < goal && !closed && sender.isAlive()) {
        urgent = true;
        changed.signalAll();
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Sends what is left and ends. */
  @Override
  public void close() {
    flush();
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void sendUntilClosed() {
    List<Item> batch = new ArrayList<>();
    boolean open = true;
    while (open) {
      try {
        open = sendBatch(batch);
      } catch (OutOfMemoryError e) {
        rest(); // a cell has taken all there was: what is in the batch is tried again
      }
    }
  }

  /** Sends what is there; false when closed. What it could not send is left in the batch. */
  private boolean sendBatch(List<Item> batch) {
    long mark;
    lock.lock();
    try {
      if (batch.isEmpty() && !awaitBatch()) {
        return false;
      }
      batch.addAll(pending);
      pending.clear();
      pendingBytes = 0;
      urgent = false;
      mark = appended;
      keepBrokenCharacter(batch);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    while (!batch.isEmpty()) {
      send(batch.get(0));
      batch.remove(0);
    }
    lock.lock();
    try {
      sent = mark;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    return true;
  }

  private static void rest() {
    try {
      Thread.sleep(REST_MILLIS);
    } catch (InterruptedException e) {
      // nobody interrupts the sender on purpose
    }
  }

  /** Waits for something to send, and for text a little longer; false when closed. */
  private boolean awaitBatch() {
    while (pending.isEmpty() && !closed) {
      changed.awaitUninterruptibly();
    }
    long left = GATHER_NANOS;
    while (!urgent && !closed && left > 0) {
      try {
        left = changed.awaitNanos(left);
      } catch (InterruptedException e) {
        left = 0; // nobody interrupts the sender on purpose: send what there is
      }
    }
    return !closed;
  }

  /** Leaves the first bytes of a character whose last bytes are still to come. */
  private void keepBrokenCharacter(List<Item> batch) {
    if (batch.isEmpty() || !(batch.get(batch.size() - 1) instanceof Text last)) {
      return;
    }
    byte[] bytes = last.bytes().toByteArray();
    int whole = wholeCharacters(bytes);
    if (whole == bytes.length || whole == 0) {
      return;
    }
    Text head = new Text(last.stream(), last.parent(), new ByteArrayOutputStream());
    head.bytes().write(bytes, 0, whole);
    Text tail = new Text(last.stream(), last.parent(), new ByteArrayOutputStream());
    tail.bytes().write(bytes, whole, bytes.length - whole);
    batch.set(batch.size() - 1, head);
    pending.addLast(tail);
  }

  /** The length of the longest prefix that ends with a whole UTF-8 character. */
  static int wholeCharacters(byte[] bytes) {
    int start = bytes.length - 1;
    while (start >= 0 && bytes.length - start < 4 && (bytes[start] & 0xC0) == 0x80) {
      start--;
    }
    if (start < 0) {
      return bytes.length;
    }
    int lead = bytes[start] & 0xFF;
    int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    return bytes.length - start < length ? start : bytes.length;
  }

  /** Sends an item; one that cannot be sent is lost, not those that follow. */
  private void send(Item item) {
    try {
      socket.accept(message(item));
    } catch (RuntimeException | StackOverflowError e) {
      System.err.println("kernel: could not publish a message: " + e);
    }
  }

  private WireMessage message(Item item) {
    if (item instanceof Text text) {
      JsonObject content = new JsonObject();
      content.addProperty("name", text.stream());
      content.addProperty("text", text.bytes().toString(UTF_8));
      return new WireMessage(
          List.of(("kernel." + session + ".stream").getBytes(UTF_8)),
          WireMessage.newHeader("stream", session),
          text.parent(),
          new JsonObject(),
          content);
    }
    return ((Ready) item).message();
  }
}
