package dev.retort.exchange.gymnasium;

import dev.retort.RetortException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * One Python process with copies of one environment; {@code bridge.py} is its other end. It ends by
 * itself when this JVM does, however that ends, since its pipe does.
 */
final class GymChild {
  private static final int HEADER = 5;
  private static final int REPLY = 10;
  private static final int MOST_WORDS = 1 << 26;
  private static final int LAST_LINES = 6;
  private static final String NO_GYMNASIUM = "ModuleNotFoundError: No module named 'gymnasium'";

  private final ReentrantLock lock = new ReentrantLock();
  private final GymName name;
  private final Path words;
  private final Process process;
  private final OutputStream requests;
  private final DataInputStream replies;

  /**
   * What a copy gives.
   *
   * @param observation what is seen, {@code (observations)}
   * @param reward of the last step
   * @param terminated whether the task is over
   * @param truncated whether something else ended the episode
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Reply(float[] observation, double reward, boolean terminated, boolean truncated) {}

  GymChild(GymName name) {
    this.name = name;
    this.words = Python.words();
    this.process = Python.start(name.toString(), words);
    this.requests = process.getOutputStream();
    this.replies = new DataInputStream(new BufferedInputStream(process.getInputStream()));
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends the process, and waits until it is gone. */
  void end() {
    process.destroyForcibly();
    process.onExit().completeOnTimeout(process, 5, TimeUnit.SECONDS).join();
  }

  /** Keeps other threads from asking until {@link #release}. */
  void hold() {
    lock.lock();
  }

  void release() {
    lock.unlock();
  }

  private <T> T held(Supplier<T> question) {
    hold();
    try {
      return question.get();
    } finally {
      release();
    }
  }

  /** Makes the environment; what it says of itself, as JSON. */
  String make() {
    byte[] asked = name.json().getBytes(StandardCharsets.UTF_8);
    ByteBuffer request = request('M', 0, Integer.BYTES + asked.length);
    request.putInt(asked.length).put(asked);
    String place = "as it was made";
    return held(
        () -> {
          send(request, place);
          requireDone(place);
          return text(place);
        });
  }

  /** Begins an episode in a copy, which need not be there yet. */
  Reply reset(int copy, long seed, int observations) {
    return asked(
        request('R', copy, Long.BYTES).putLong(seed), "in reset(seed=" + seed + ")", observations);
  }

  /** Takes a step; {@code place} says which, for messages. */
  Reply step(int copy, float[] action, String place, int observations) {
    ByteBuffer request = request('S', copy, action.length * Float.BYTES);
    for (float number : action) {
      request.putFloat(number);
    }
    return asked(request, place, observations);
  }

  /**
   * Begins an episode and takes the first steps of it.
   *
   * @param actions one behind the other, {@code (steps, size of an action)}
   */
  Reply replay(int copy, long seed, int steps, float[] actions, int observations) {
    ByteBuffer request =
        request('P', copy, Long.BYTES + Integer.BYTES + actions.length * Float.BYTES);
    request.putLong(seed).putInt(steps);
    for (float number : actions) {
      request.putFloat(number);
    }
    return asked(request, "in %s steps again from seed %s".formatted(steps, seed), observations);
  }

  /** Asks for a step of each of several copies, all at once; {@link #reply} gives one by one. */
  void send(List<Integer> copies, List<float[]> actions) {
    int size = Integer.BYTES + actions.get(0).length * Float.BYTES;
    ByteBuffer request = request('B', copies.size(), copies.size() * size);
    for (int i = 0; i < copies.size(); i++) {
      request.putInt(copies.get(i));
      for (float number : actions.get(i)) {
        request.putFloat(number);
      }
    }
    send(request, "in a step");
  }

  private static ByteBuffer request(char what, int copy, int size) {
    return ByteBuffer.allocate(HEADER + size)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) what)
        .putInt(copy);
  }

  private Reply asked(ByteBuffer request, String place, int observations) {
    return held(
        () -> {
          send(request, place);
          return reply(place, observations);
        });
  }

  private void send(ByteBuffer request, String place) {
    byte[] bytes = new byte[request.flip().remaining()];
    request.get(bytes);
    try {
      requests.write(bytes);
      requests.flush();
    } catch (IOException e) {
      throw ended(place, e);
    }
  }

  /** Refuses an answer that says what went wrong. */
  private void requireDone(String place) {
    try {
      if (replies.readByte() == 0) {
        return;
      }
    } catch (IOException e) {
      throw ended(place, e);
    }
    String said = text(place);
    throw new RetortException(
        said.startsWith(NO_GYMNASIUM)
            ? "%s: expected a Python that has Gymnasium, got %s. Install it there (pip install gymnasium), or name another one with -Dretort.python=FILE or RETORT_PYTHON."
                .formatted(name, said)
            : "%s: expected Python to do as asked, got %s %s.".formatted(name, said, place));
  }

  private String text(String place) {
    try {
      int length = little(Integer.BYTES).getInt();
      if (length < 0 || length > MOST_WORDS) {
        throw new EOFException("a text of %s bytes".formatted(length));
      }
      byte[] said = new byte[length];
      replies.readFully(said);
      return new String(said, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw ended(place, e);
    }
  }

  /** The next answer to a step. */
  Reply reply(String place, int observations) {
    requireDone(place);
    try {
      ByteBuffer bytes = little(REPLY + observations * Float.BYTES);
      double reward = bytes.getDouble();
      boolean terminated = bytes.get() != 0;
      boolean truncated = bytes.get() != 0;
      float[] observation = new float[observations];
      bytes.asFloatBuffer().get(observation);
      return new Reply(observation, reward, terminated, truncated);
    } catch (IOException e) {
      throw ended(place, e);
    }
  }

  private ByteBuffer little(int size) throws IOException {
    byte[] bytes = new byte[size];
    replies.readFully(bytes);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** What to say of a process that has ended: how, and what it said last. */
  private RetortException ended(String place, IOException cause) {
    String how = "it ended without a word";
    try {
      process.destroy(); // one that lives has closed its pipe, and is of no use
      how =
          process.waitFor(2, TimeUnit.SECONDS)
              ? "it ended with status " + process.exitValue()
              : "it closed its pipe";
      List<String> lines = Files.readString(words, StandardCharsets.ISO_8859_1).lines().toList();
      if (!lines.isEmpty()) {
        how +=
            ", saying last: "
                + String.join(
                    " | ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
      }
    } catch (IOException e) {
      how += ", and what it said cannot be read (%s)".formatted(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    return new RetortException(
        "%s: expected its Python process %s to answer %s, but %s. Mend what it names, and resume the run."
            .formatted(name, process.pid(), place, how),
        cause);
  }

  @Override
  public String toString() {
    return "%s in process %s".formatted(name, process.pid());
  }
}
