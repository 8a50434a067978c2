package dev.retort.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import dev.retort.kernel.engine.ExplainedException;
import dev.retort.kernel.engine.StopCheck;
import dev.retort.kernel.wire.Channel;
import dev.retort.kernel.wire.KernelSockets;
import dev.retort.kernel.wire.WireMessage;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Standard input of cells: asks the user, in the notebook, for one line after the other.
 *
 * <p>The cell waits; the socket belongs to a thread of its own, which an interrupt of the cell does
 * not touch. What goes wrong is thrown unchecked: a {@code Scanner} swallows an {@code IOException}
 * and says that there is no line.
 */
final class Prompt extends InputStream {
  private static final long LOOK_MILLIS = 250;

  private record Question(WireMessage request, CompletableFuture<String> answer) {}

  private final BlockingQueue<Question> questions = new LinkedBlockingQueue<>();
  private volatile WireMessage asker;
  private byte[] line = new byte[0];
  private int at;

  /** Says on whose behalf questions are asked; null if that client cannot answer any. */
  void askFor(WireMessage request) {
    asker = request;
  }

  /** Asks questions over a socket until told to stop. */
  void serve(KernelSockets sockets, String session, BooleanSupplier stop)
      throws InterruptedException {
    while (!stop.getAsBoolean()) {
      Question question = questions.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      if (question == null) {
        continue;
      }
      JsonObject content = new JsonObject();
      content.addProperty("prompt", "");
      content.addProperty("password", false);
      while (sockets.receive(Channel.STDIN, 0).isPresent()) {
        // an answer to a question that was given up is no answer to the next
      }
      sockets.send(Channel.STDIN, question.request().reply("input_request", session, content));
      while (!question.answer().isDone() && !stop.getAsBoolean()) {
        sockets
            .receive(Channel.STDIN, LOOK_MILLIS)
            .filter(reply -> reply.type().equals("input_reply"))
            .ifPresent(reply -> question.answer().complete(reply.text("value")));
      }
    }
  }

  @Override
  public synchronized int read() {
    if (at >= line.length) {
      ask();
    }
    return line[at++] & 0xFF;
  }

  @Override
  public synchronized int read(byte[] into, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    if (at >= line.length) {
      ask();
    }
    int count = Math.min(length, line.length - at);
    System.arraycopy(line, at, into, offset, count);
    at += count;
    return count;
  }

  @Override
  public synchronized int available() {
    return line.length - at;
  }

  private void ask() {
    WireMessage request = asker;
    if (request == null) {
      throw new ExplainedException(
          "reading standard input: nobody can answer here, this client cannot be asked for a line."
              + " Set the value in the cell instead.");
    }
    Question question = new Question(request, new CompletableFuture<>());
    questions.add(question);
    try {
      line = (answer(question) + "\n").getBytes(UTF_8);
      at = 0;
    } catch (InterruptedException e) {
      InterruptedIOException stopped = new InterruptedIOException("reading standard input");
      stopped.initCause(e);
      throw new UncheckedIOException(stopped);
    } catch (ExecutionException e) {
      throw new IllegalStateException("reading standard input", e);
    } finally {
      question.answer().cancel(false);
    }
  }

  /** Waits for an answer, as long as the cell that asks may go on. */
  private static String answer(Question question) throws InterruptedException, ExecutionException {
    while (true) {
      try {
        return question.answer().get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) { // the user thinks
        StopCheck.check();
      }
    }
  }
}
