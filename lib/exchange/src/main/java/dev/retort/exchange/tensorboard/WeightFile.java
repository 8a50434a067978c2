package dev.retort.exchange.tensorboard;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.util.List;

/** The histograms of one member's weights, in the order of their steps. */
final class WeightFile {
  private static final long NONE = -1;

  private final EventFile file;
  private long last = NONE;

  WeightFile(EventFile file) {
    this.file = file;
  }

  /** Keeps what stands there up to a step, and cuts off the rest. */
  void resume(long step) {
    for (byte[] next = file.next(); next.length > 0 && step(next) <= step; next = file.next()) {
      last = step(next);
      file.keep(next);
    }
    file.cut();
  }

  private static long step(byte[] event) {
    try {
      CodedInputStream fields =
          CodedInputStream.newInstance(event, EventFile.TIME, event.length - EventFile.TIME);
      fields.readTag();
      return fields.readInt64();
    } catch (IOException e) {
      return Long.MAX_VALUE; // none of ours: it is cut off
    }
  }

  /** Puts histograms, once a step. */
  void put(long step, List<Message> histograms) {
    if (step <= last) {
      return;
    }
    if (last == NONE) {
      file.put(Event.version());
    }
    file.put(Event.summary(step, histograms));
    last = step;
  }
}
