package dev.retort.exchange.tensorboard;

import com.google.protobuf.CodedInputStream;
import dev.retort.run.Finite;
import dev.retort.store.Tensors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The histograms of a run's weights, in the order of their steps. */
final class WeightFile {
  /** The names of arrays that are weights, whatever they are a part of. */
  private static final List<String> WEIGHTS = List.of("parameters", "weights");

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

  /** Puts a histogram for each member of each network, once a step. */
  void put(long step, Tensors state) {
    List<Message> histograms = new ArrayList<>();
    for (Map.Entry<String, Tensors.Tensor> each : state.all().entrySet()) {
      String name = each.getKey();
      if (each.getValue().array() instanceof float[] values
          && WEIGHTS.contains(name.substring(name.lastIndexOf('.') + 1))) {
        int[] shape = each.getValue().shape();
        int members = shape.length > 1 ? shape[0] : 1;
        for (int member = 0; member < members; member++) {
          int size = values.length / members;
          int from = member * size;
          if (size > 0 && Finite.first(values, from, from + size) < 0) {
            histograms.add(
                Event.histogram(
                    name + (members > 1 ? "/member-" + member : ""),
                    Histogram.of(values, from, from + size)));
          }
        }
      }
    }
    if (step > last && !histograms.isEmpty()) {
      if (last == NONE) {
        file.put(Event.version());
      }
      file.put(Event.summary(step, histograms));
      last = step;
    }
  }
}
