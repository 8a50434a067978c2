package dev.retort.kernel.client;

import com.google.gson.JsonObject;
import dev.retort.kernel.wire.Channel;
import dev.retort.kernel.wire.ConnectionFile;
import dev.retort.kernel.wire.Envelope;
import dev.retort.kernel.wire.MalformedMessageException;
import dev.retort.kernel.wire.Wire;
import dev.retort.kernel.wire.WireMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/**
 * Starts a kernel and talks to it.
 *
 * <p>Cells are executed by one thread at a time; {@link #interrupt()} may come from any other.
 */
public final class KernelClient implements AutoCloseable {
  private static final int POLL_MILLIS = 100;
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration END_LIMIT = Duration.ofSeconds(5);

  private final String session = UUID.randomUUID().toString();
  private final KernelProcess process;
  private final ZMQ.Context context = ZMQ.context(1);
  private final Wire wire;
  private final ZMQ.Socket shell;
  private final ZMQ.Socket control;
  private final ZMQ.Socket iopub;
  private final CellOutputs.Displays displays = new CellOutputs.Displays();
  private JsonObject info = new JsonObject();

  private KernelClient(KernelProcess process) {
    this.process = process;
    ConnectionFile file = process.connection();
    this.wire = Wire.signedWith(file.key());
    this.iopub = connect(SocketType.SUB, file.address(Channel.IOPUB));
    iopub.setRcvHWM(0);
    iopub.subscribe(ZMQ.SUBSCRIPTION_ALL);
    this.shell = connect(SocketType.DEALER, file.address(Channel.SHELL));
    this.control = connect(SocketType.DEALER, file.address(Channel.CONTROL));
  }

  /** Starts a kernel and waits until it answers. */
  public static KernelClient start(KernelLaunch launch) throws IOException {
    KernelClient client = new KernelClient(KernelProcess.start(launch));
    try {
      client.awaitReady();
      return client;
    } catch (IOException | RuntimeException e) {
      client.close();
      throw e;
    }
  }

  private ZMQ.Socket connect(SocketType type, String address) {
    ZMQ.Socket socket = context.socket(type);
    socket.setIdentity(session.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    socket.setLinger(200);
    socket.setReceiveTimeOut(POLL_MILLIS);
    socket.connect(address);
    return socket;
  }

  /** Asks until both the shell and the publications are there: subscriptions take a moment. */
  private void awaitReady() throws IOException {
    long limit = System.nanoTime() + START_LIMIT.toNanos();
    boolean heard = false;
    while (info.size() == 0 || !heard) {
      send(shell, "kernel_info_request", new JsonObject());
      Optional<WireMessage> reply = receive(shell);
      if (reply.isPresent() && reply.get().type().equals("kernel_info_reply")) {
        info = reply.get().content();
      }
      while (receive(iopub).isPresent()) {
        heard = true;
      }
      if (!process.isAlive() || System.nanoTime() > limit) {
        throw new IOException(
            "starting a kernel: expected an answer on 127.0.0.1 within "
                + START_LIMIT.toSeconds()
                + " s, got none. "
                + process.state());
      }
    }
  }

  /** What the kernel says about itself: the content of its {@code kernel_info_reply}. */
  public JsonObject info() {
    return info;
  }

  /** The id of the kernel's process. */
  public long pid() {
    return process.pid();
  }

  /** Where the kernel is, and its key. */
  ConnectionFile connection() {
    return process.connection();
  }

  /** The identity of this client's sockets. */
  String session() {
    return session;
  }

  /** What the kernel's process itself printed, outside of any cell. */
  String said() {
    return process.said();
  }

  /** Executes a cell and waits for it to end. */
  public CellResult execute(String code, Duration limit) {
    return execute(code, limit, text -> {}, text -> {});
  }

  /**
   * Executes a cell, and interrupts it when it takes longer than it may.
   *
   * @param printed hears printed text as it comes
   * @param shown hears the plain text of each display, and of what takes its place
   */
  public CellResult execute(
      String code, Duration limit, Consumer<String> printed, Consumer<String> shown) {
    return await(submit(code), limit, printed, shown);
  }

  /** Sends a cell and returns the id to wait for. */
  String submit(String code) {
    JsonObject content = new JsonObject();
    content.addProperty("code", code);
    content.addProperty("silent", false);
    content.addProperty("store_history", true);
    content.add("user_expressions", new JsonObject());
    content.addProperty("allow_stdin", false);
    content.addProperty("stop_on_error", true);
    return send(shell, "execute_request", content);
  }

  /** Waits for a cell to end. */
  CellResult await(String id, Duration limit) {
    return await(id, limit, text -> {}, text -> {});
  }

  private CellResult await(
      String id, Duration limit, Consumer<String> printed, Consumer<String> shown) {
    CellOutputs outputs = new CellOutputs(displays);
    long deadline = System.nanoTime() + limit.toNanos();
    boolean late = false;
    boolean idle = false;
    JsonObject reply = null;
    while (!idle || reply == null) {
      Optional<WireMessage> message = receive(iopub);
      if (message.isPresent()) {
        idle |= take(message.get(), id, outputs, printed, shown);
      }
      if (idle || message.isEmpty()) {
        reply = reply == null ? reply(id).orElse(null) : reply;
      }
      if (message.isEmpty() && !process.isAlive()) {
        return new CellResult(CellStatus.KERNEL_GONE, 0, outputs.json(), new JsonObject());
      }
      if (!late && System.nanoTime() > deadline) {
        late = true;
        interrupt();
      } else if (late && System.nanoTime() > deadline + 2 * END_LIMIT.toNanos()) {
        process.kill();
      }
    }
    CellStatus status =
        switch (reply.get("status").getAsString()) {
          case "ok" -> CellStatus.OK;
          case "aborted" -> CellStatus.ABORTED;
          default -> CellStatus.ERROR;
        };
    int count = reply.has("execution_count") ? reply.get("execution_count").getAsInt() : 0;
    return new CellResult(late ? CellStatus.TIMED_OUT : status, count, outputs.json(), reply);
  }

  /** Takes a publication; true if it says that the request has been dealt with. */
  private static boolean take(
      WireMessage message,
      String id,
      CellOutputs outputs,
      Consumer<String> printed,
      Consumer<String> shown) {
    boolean update = message.type().equals("update_display_data");
    if (!update && !message.parentId().equals(id)) {
      return false;
    }
    if (message.type().equals("status")) {
      return message.text("execution_state").equals("idle");
    }
    if (!outputs.accept(message)) {
      return false;
    }
    if (message.type().equals("stream")) {
      printed.accept(message.text("text"));
    } else if (message.content().get("data") instanceof JsonObject data && data.has("text/plain")) {
      shown.accept(data.get("text/plain").getAsString());
    }
    return false;
  }

  private Optional<JsonObject> reply(String id) {
    Optional<WireMessage> message = receive(shell);
    while (message.isPresent() && !message.get().parentId().equals(id)) {
      message = receive(shell);
    }
    return message.map(WireMessage::content);
  }

  /** Asks the kernel anything on its shell channel and returns the content of the reply. */
  public JsonObject ask(String type, JsonObject content, Duration limit) {
    String id = send(shell, type, content);
    long deadline = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < deadline && process.isAlive()) {
      Optional<JsonObject> reply = reply(id);
      if (reply.isPresent()) {
        return reply.get();
      }
    }
    throw new IllegalStateException(
        type + ": expected a reply within " + limit.toMillis() + " ms, got none.");
  }

  /** Interrupts the running cell and returns when the kernel has heard. */
  public void interrupt() {
    synchronized (control) {
      send(control, "interrupt_request", new JsonObject());
      Optional<WireMessage> unused = receive(control);
    }
  }

  /** Takes one message from a socket; empty if none comes in time, or it is not one for us. */
  private Optional<WireMessage> receive(ZMQ.Socket socket) {
    List<byte[]> frames = new ArrayList<>();
    do {
      byte[] frame = socket.recv();
      if (frame == null) {
        return Optional.empty();
      }
      frames.add(frame);
    } while (socket.hasReceiveMore());
    try {
      Optional<Envelope> envelope = wire.open(frames);
      return envelope.isPresent() ? Optional.of(envelope.get().read()) : Optional.empty();
    } catch (MalformedMessageException e) {
      return Optional.empty();
    }
  }

  private String send(ZMQ.Socket socket, String type, JsonObject content) {
    WireMessage message = WireMessage.of(type, session, content);
    List<byte[]> frames = wire.frames(message);
    for (byte[] frame : frames.subList(0, frames.size() - 1)) {
      socket.sendMore(frame);
    }
    socket.send(frames.get(frames.size() - 1));
    return message.id();
  }

  /** Shuts the kernel down, kindly if it answers and by force if it does not. */
  @Override
  public void close() {
    if (process.isAlive()) {
      synchronized (control) {
        JsonObject content = new JsonObject();
        content.addProperty("restart", false);
        send(control, "shutdown_request", content);
      }
    }
    process.end(END_LIMIT);
    shell.close();
    control.close();
    iopub.close();
    context.term();
  }
}
