package dev.retort.exchange.tensorboard;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A message of protocol buffers, written field by field: no generated classes are needed. */
final class Message {
  private final ByteString.Output bytes = ByteString.newOutput();
  private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

  /** Writes one field. */
  @FunctionalInterface
  private interface Field {
    void write() throws IOException;
  }

  private Message put(Field field) {
    try {
      field.write();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException("memory that cannot be written", e);
    }
  }

  Message put(int field, long value) {
    return put(() -> out.writeInt64(field, value));
  }

  Message put(int field, double value) {
    return put(() -> out.writeDouble(field, value));
  }

  Message put(int field, float value) {
    return put(() -> out.writeFloat(field, value));
  }

  Message put(int field, boolean value) {
    return put(() -> out.writeBool(field, value));
  }

  Message put(int field, String value) {
    return put(() -> out.writeString(field, value));
  }

  Message put(int field, Message value) {
    return put(() -> out.writeBytes(field, value.bytes()));
  }

  /** A repeated field of doubles, packed. */
  Message put(int field, double[] values) {
    ByteString.Output packed = ByteString.newOutput(values.length * Double.BYTES);
    CodedOutputStream numbers = CodedOutputStream.newInstance(packed);
    return put(
        () -> {
          for (double value : values) {
            numbers.writeDoubleNoTag(value);
          }
          numbers.flush();
          out.writeBytes(field, packed.toByteString());
        });
  }

  ByteString bytes() {
    put(out::flush);
    return bytes.toByteString();
  }
}
