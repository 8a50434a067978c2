package dev.retort.kernel;

import com.google.gson.JsonObject;
import dev.retort.kernel.engine.Failure;
import dev.retort.kernel.engine.MemoryReserve;
import dev.retort.kernel.wire.Channel;
import dev.retort.kernel.wire.ConnectionFile;
import dev.retort.kernel.wire.KernelSockets;
import dev.retort.kernel.wire.Outlet;
import dev.retort.kernel.wire.RequestForm;
import dev.retort.kernel.wire.WireMessage;
import dev.retort.kernel.zmtp.SteadyThread;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;

/**
 * The dispatch of what comes through the sockets of the kernel, with a thread for each channel.
 *
 * <p>The shell thread runs one request after the other. It tells about the kernel at once; requests
 * that need the engine wait until that has started, on a thread of its own. The control thread
 * answers while a cell runs: that is what makes an interrupt possible. Nothing that a request
 * causes ends one of these threads, or the process: it is answered with an error.
 */
final class KernelServer {
  private static final int RECEIVE_MILLIS = 250;
  private static final int DRAIN_MILLIS = 20;
  private static final String REQUEST = "_request";

  private final String session = UUID.randomUUID().toString();
  private final PrintStream log = System.err;
  private final KernelSockets sockets;
  private final Outlet outlet;
  private final Prompt prompt = new Prompt();
  private final RetortKernel kernel;
  private final CellRequests cells;
  private final IntConsumer exit;
  private final CountDownLatch started = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopping;

  /**
   * Binds the sockets; requests wait until the server is started.
   *
   * <p>What is to be said about strangers goes to standard error as it is now, not to a cell.
   */
  KernelServer(ConnectionFile file, IntConsumer exit) throws IOException {
    this.exit = exit;
    this.sockets = new KernelSockets(file, log::println);
    this.outlet = new Outlet(session, sockets::publish);
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

  /** Starts to serve. */
  void start() {
    publishStatus("starting", new JsonObject());
    Deque<WireMessage> waiting = new ArrayDeque<>();
    serving("retort-stdin", () -> prompt.serve(sockets, session, () -> stopping));
    serving("retort-control", () -> serveNext(Channel.CONTROL, new ArrayDeque<>()));
    thread(
        "retort-start",
        () -> {
          kernel.start();
          started.countDown();
        });
    serving("retort-shell", () -> serveNext(Channel.SHELL, waiting));
  }

  /** Interrupts the cell that runs or waits, as a signal asks. */
  void interrupt() {
    cells.interrupt();
  }

  /** Waits for the engine, for requests that need it. */
  private void awaitEngine() throws InterruptedException {
    started.await();
  }

  private interface Body {
    void run() throws InterruptedException;
  }

  private void thread(String name, Body body) {
    Thread thread =
        new SteadyThread(
            () -> {
              try {
                body.run();
              } catch (InterruptedException | RuntimeException | Error e) {
                if (!stopping) {
                  System.err.println("kernel: thread " + name + " ended with " + e);
                  exit.accept(1);
                }
              }
            },
            name);
    threads.add(thread);
    thread.start();
  }

  /** Does something again and again; what it throws does not end it. */
  private void serving(String name, Body body) {
    thread(
        name,
        () -> {
          while (!stopping) {
            try {
              body.run();
            } catch (RuntimeException | Error e) {
              log.println("kernel: thread " + name + " met " + e + ". The kernel goes on.");
            }
          }
        });
  }

  private void serveNext(Channel channel, Deque<WireMessage> waiting) throws InterruptedException {
    Optional<WireMessage> next =
        waiting.isEmpty()
            ? sockets.receive(channel, RECEIVE_MILLIS)
            : Optional.of(waiting.removeFirst());
    if (next.isPresent()) {
      serve(channel, next.get(), waiting);
    }
  }

  private void serve(Channel channel, WireMessage request, Deque<WireMessage> waiting)
      throws InterruptedException {
    Optional<String> fault = RequestForm.fault(request);
    boolean runs =
        fault.isEmpty() && channel == Channel.SHELL && request.type().equals("execute_request");
    if (runs) {
      cells.take(request);
    }
    publishStatus("busy", request.header());
    List<WireMessage> aborted = new ArrayList<>();
    OptionalInt ends = OptionalInt.empty();
    try {
      if (fault.isPresent()) {
        reply(channel, request, Replies.error("MalformedRequest", fault.get()));
      } else if (runs) {
        awaitEngine();
        CellRequests.Result result = cells.execute(request);
        if (result.aborts()) {
          drain(waiting);
          waiting.removeIf(next -> next.type().equals("execute_request") && aborted.add(next));
        }
        outlet.flush();
        reply(channel, request, result.content());
        ends = result.exit();
      } else {
        content(request).ifPresent(content -> reply(channel, request, content));
        if (request.type().equals("shutdown_request")) {
          ends = OptionalInt.of(0);
        }
      }
    } catch (RuntimeException | Error e) {
      MemoryReserve.release();
      Failure failure = Failure.ofKernel(request.type(), e);
      log.println("kernel: " + failure.message() + ". The kernel goes on.");
      reply(channel, request, Replies.error(failure.name(), failure.message()));
    } finally {
      publishStatus("idle", request.header());
    }
    for (WireMessage next : aborted) {
      publishStatus("busy", next.header());
      reply(channel, next, Replies.aborted());
      publishStatus("idle", next.header());
    }
    ends.ifPresent(exit);
  }

  /** Replies to a request; what is no request, such as a comm, gets no reply. */
  private void reply(Channel channel, WireMessage request, JsonObject content) {
    if (request.type().endsWith(REQUEST)) {
      String stem = request.type().substring(0, request.type().length() - REQUEST.length());
      sockets.send(channel, request.reply(stem + "_reply", session, content));
    }
  }

  /** Takes the requests that are already here, so that an error can abort them. */
  private void drain(Deque<WireMessage> waiting) throws InterruptedException {
    Optional<WireMessage> next = sockets.receive(Channel.SHELL, DRAIN_MILLIS);
    while (next.isPresent()) {
      waiting.addLast(next.get());
      next = sockets.receive(Channel.SHELL, DRAIN_MILLIS);
    }
  }

  /** The content of the reply to everything but cells; empty if there is none. */
  private Optional<JsonObject> content(WireMessage request) throws InterruptedException {
    return switch (request.type()) {
      case "kernel_info_request" -> Optional.of(Replies.kernelInfo(kernel));
      case "complete_request" -> {
        awaitEngine();
        yield Optional.of(Replies.complete(kernel, request));
      }
      case "inspect_request" -> {
        awaitEngine();
        yield Optional.of(Replies.inspect(kernel, request));
      }
      case "is_complete_request" -> {
        awaitEngine();
        yield Optional.of(Replies.isComplete(kernel, request));
      }
      case "history_request" -> Optional.of(cells.history().reply(request));
      case "comm_info_request" -> {
        JsonObject content = Replies.ok();
        content.add("comms", new JsonObject());
        yield Optional.of(content);
      }
      case "interrupt_request" -> {
        cells.interrupt(request);
        yield Optional.of(Replies.ok());
      }
      case "shutdown_request" -> {
        JsonObject content = Replies.ok();
        content.addProperty("restart", request.flag("restart", false));
        yield Optional.of(content);
      }
      case "comm_open" -> {
        JsonObject close = new JsonObject();
        close.addProperty("comm_id", request.text("comm_id"));
        close.add("data", new JsonObject());
        outlet.publish("comm_close", request.header(), close);
        yield Optional.empty();
      }
      default -> Optional.empty();
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
    WithinTime.run("extensions", 2000, () -> kernel.onShutdown(false));
    outlet.close();
    stopping = true;
    for (Thread thread : threads) {
      if (thread != Thread.currentThread()) {
        WithinTime.join(thread, 2 * RECEIVE_MILLIS);
      }
    }
    sockets.close();
  }
}
