package dev.retort.kernel;

import com.google.gson.JsonObject;
import dev.retort.kernel.engine.Failure;
import dev.retort.kernel.engine.MemoryReserve;
import dev.retort.kernel.wire.Channel;
import dev.retort.kernel.wire.ConnectionFile;
import dev.retort.kernel.wire.Outlet;
import dev.retort.kernel.wire.Wire;
import dev.retort.kernel.wire.WireMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/**
 * The five sockets of the kernel, each with a thread of its own, and the dispatch of requests.
 *
 * <p>The shell thread runs one request after the other. It tells about the kernel at once; requests
 * that need the engine wait until that has started, on a thread of its own. The control thread
 * answers while a cell runs: that is what makes an interrupt possible. Sockets are used by their
 * own threads only.
 */
final class KernelServer {
  private static final int RECEIVE_MILLIS = 250;
  private static final int DRAIN_MILLIS = 20;
  private static final int LINGER_MILLIS = 1000;
  private static final int MOST_QUEUED_MESSAGES = 100_000;

  private final String session = UUID.randomUUID().toString();
  private final ConnectionFile file;
  private final ZMQ.Context context = ZMQ.context(1);
  private final Outlet outlet;
  private final Prompt prompt = new Prompt();
  private final RetortKernel kernel;
  private final CellRequests cells;
  private final IntConsumer exit;
  private final CountDownLatch started = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();
  private final List<ZMQ.Socket> sockets = new ArrayList<>();
  private volatile boolean stopping;

  /** Binds the sockets; requests wait until the server is started. */
  KernelServer(ConnectionFile file, IntConsumer exit) {
    this.file = file;
    this.exit = exit;
    Wire wire = Wire.signedWith(file.key());
    ZMQ.Socket iopub = bind(SocketType.PUB, Channel.IOPUB);
    this.outlet = new Outlet(session, message -> wire.send(iopub, message));
    this.kernel = new RetortKernel(outlet);
    this.cells = new CellRequests(kernel, outlet, prompt);
  }

  RetortKernel kernel() {
    return kernel;
  }

  Outlet outlet() {
    return outlet;
  }

  Prompt prompt() {
    return prompt;
  }

  private ZMQ.Socket bind(SocketType type, Channel channel) {
    ZMQ.Socket socket = context.socket(type);
    socket.setLinger(LINGER_MILLIS);
    socket.setSndHWM(MOST_QUEUED_MESSAGES);
    socket.setReceiveTimeOut(RECEIVE_MILLIS);
    try {
      socket.bind(file.address(channel));
    } catch (ZMQException e) {
      throw new IllegalStateException(
          "starting the kernel: cannot bind "
              + file.address(channel)
              + " ("
              + e.getMessage()
              + "). Another program may use the port: start the kernel again.",
          e);
    }
    sockets.add(socket);
    return socket;
  }

  /** Starts to serve. */
  void start() {
    ZMQ.Socket shell = bind(SocketType.ROUTER, Channel.SHELL);
    ZMQ.Socket control = bind(SocketType.ROUTER, Channel.CONTROL);
    ZMQ.Socket stdin = bind(SocketType.ROUTER, Channel.STDIN);
    ZMQ.Socket heartbeat = bind(SocketType.REP, Channel.HEARTBEAT);
    publishStatus("starting", new JsonObject());
    thread("retort-heartbeat", () -> echo(heartbeat));
    thread(
        "retort-stdin",
        () -> prompt.serve(stdin, Wire.signedWith(file.key()), session, () -> stopping));
    thread("retort-control", () -> serveControl(control));
    thread(
        "retort-start",
        () -> {
          kernel.start();
          started.countDown();
        });
    thread("retort-shell", () -> serveShell(shell));
  }

  /** Interrupts the cell that runs or waits, as a signal asks. */
  void interrupt() {
    cells.interrupt();
  }

  /** Waits for the engine, for requests that need it. */
  private void awaitEngine() {
    try {
      started.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the kernel was starting", e);
    }
  }

  private interface Body {
    void run() throws InterruptedException;
  }

  private void thread(String name, Body body) {
    Thread thread =
        new Thread(
            () -> {
              try {
                body.run();
              } catch (Exception | Error e) {
                if (!stopping) {
                  System.err.println("kernel: thread " + name + " ended with " + e);
                  exit.accept(1);
                }
              }
            },
            name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private void echo(ZMQ.Socket heartbeat) {
    while (!stopping) {
      byte[] beat = heartbeat.recv();
      if (beat != null) {
        heartbeat.send(beat);
      }
    }
  }

  private void serveControl(ZMQ.Socket socket) {
    Wire wire = Wire.signedWith(file.key());
    while (!stopping) {
      wire.receive(socket).ifPresent(request -> answer(wire, socket, request));
    }
  }

  private void serveShell(ZMQ.Socket socket) {
    Wire wire = Wire.signedWith(file.key());
    Deque<WireMessage> waiting = new ArrayDeque<>();
    while (!stopping) {
      WireMessage request =
          waiting.isEmpty() ? wire.receive(socket).orElse(null) : waiting.removeFirst();
      if (request == null) {
        continue;
      }
      if (request.type().equals("execute_request")) {
        execute(wire, socket, request, waiting);
      } else {
        answer(wire, socket, request);
      }
    }
  }

  private void execute(
      Wire wire, ZMQ.Socket socket, WireMessage request, Deque<WireMessage> waiting) {
    cells.take(request);
    publishStatus("busy", request.header());
    awaitEngine();
    CellRequests.Result result = cells.execute(request);
    List<WireMessage> aborted = new ArrayList<>();
    if (result.aborts()) {
      drain(wire, socket, waiting);
      waiting.removeIf(next -> next.type().equals("execute_request") && aborted.add(next));
    }
    outlet.flush();
    wire.send(socket, request.reply("execute_reply", session, result.content()));
    publishStatus("idle", request.header());
    for (WireMessage next : aborted) {
      publishStatus("busy", next.header());
      wire.send(socket, next.reply("execute_reply", session, Replies.aborted()));
      publishStatus("idle", next.header());
    }
    result.exit().ifPresent(exit);
  }

  /** Takes the requests that are already here, so that an error can abort them. */
  private static void drain(Wire wire, ZMQ.Socket socket, Deque<WireMessage> waiting) {
    socket.setReceiveTimeOut(DRAIN_MILLIS);
    Optional<WireMessage> next = wire.receive(socket);
    while (next.isPresent()) {
      waiting.addLast(next.get());
      next = wire.receive(socket);
    }
    socket.setReceiveTimeOut(RECEIVE_MILLIS);
  }

  /** Answers everything but cells. */
  private void answer(Wire wire, ZMQ.Socket socket, WireMessage request) {
    publishStatus("busy", request.header());
    try {
      JsonObject content = content(request);
      if (content != null) {
        String type = request.type().replace("_request", "_reply");
        wire.send(socket, request.reply(type, session, content));
      }
    } catch (RuntimeException | Error e) {
      MemoryReserve.release();
      JsonObject error = Replies.error(Failure.ofKernel(request.type(), e));
      error.addProperty("status", "error");
      String type = request.type().replace("_request", "_reply");
      wire.send(socket, request.reply(type, session, error));
    }
    publishStatus("idle", request.header());
    if (request.type().equals("shutdown_request")) {
      exit.accept(0);
    }
  }

  private JsonObject content(WireMessage request) {
    return switch (request.type()) {
      case "kernel_info_request" -> Replies.kernelInfo(kernel);
      case "complete_request" -> {
        awaitEngine();
        yield Replies.complete(kernel, request);
      }
      case "inspect_request" -> {
        awaitEngine();
        yield Replies.inspect(kernel, request);
      }
      case "is_complete_request" -> {
        awaitEngine();
        yield Replies.isComplete(kernel, request);
      }
      case "history_request" -> cells.history().reply(request);
      case "comm_info_request" -> {
        JsonObject content = Replies.ok();
        content.add("comms", new JsonObject());
        yield content;
      }
      case "interrupt_request" -> {
        cells.interrupt(request);
        yield Replies.ok();
      }
      case "shutdown_request" -> {
        JsonObject content = Replies.ok();
        content.addProperty("restart", request.flag("restart", false));
        yield content;
      }
      case "comm_open" -> {
        JsonObject close = new JsonObject();
        close.addProperty("comm_id", request.text("comm_id"));
        close.add("data", new JsonObject());
        outlet.publish("comm_close", request.header(), close);
        yield null;
      }
      default -> null;
    };
  }

  private void publishStatus(String state, JsonObject parent) {
    JsonObject content = new JsonObject();
    content.addProperty("execution_state", state);
    outlet.publish("status", parent, content);
  }

  /** Ends the running cell, the extensions and the sockets, each within bounded time. */
  void close() {
    kernel.interrupt();
    Bounded.run("extensions", 2000, () -> kernel.onShutdown(false));
    outlet.close();
    stopping = true;
    for (Thread thread : threads) {
      if (thread != Thread.currentThread()) {
        Bounded.join(thread, 2 * RECEIVE_MILLIS);
      }
    }
    Bounded.run(
        "sockets",
        LINGER_MILLIS + 500,
        () -> {
          sockets.forEach(ZMQ.Socket::close);
          context.term();
        });
  }
}
