package dev.retort.run;

import dev.retort.store.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The logs of one run; what they throw is noted and changes nothing. */
final class RunLogs {
  private record Named(String name, RunLog log) {}

  private final List<LogFormat> formats;
  private final BiConsumer<String, Throwable> trouble;
  private final List<Named> logs = new ArrayList<>();

  /**
   * Logs that are not open yet.
   *
   * @param formats those that were asked for
   * @param trouble takes a log's name and what it throws
   */
  RunLogs(List<LogFormat> formats, BiConsumer<String, Throwable> trouble) {
    this.formats = formats;
    this.trouble = trouble;
  }

  void open(RunFolder folder, long step, Curve curve, Optional<Tensors> state) {
    for (LogFormat format : formats) {
      guard(
          format.name(),
          () -> logs.add(new Named(format.name(), format.open(folder, step, curve, state))));
    }
  }

  void save(long step, Curve curve, Tensors state) {
    each(log -> log.save(step, curve, state));
  }

  void end(RunState state, Curve curve) {
    each(log -> log.end(state, curve));
  }

  private void each(Consumer<RunLog> deed) {
    logs.forEach(named -> guard(named.name(), () -> deed.accept(named.log())));
  }

  private void guard(String name, Runnable deed) {
    try {
      deed.run();
    } catch (RuntimeException | LinkageError e) {
      trouble.accept("log '" + name + "'", e);
    }
  }
}
