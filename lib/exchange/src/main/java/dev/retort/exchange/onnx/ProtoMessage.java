package dev.retort.exchange.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A message of protocol buffers while it is written, field by field, by the numbers that its
 * definition gives them.
 */
final class ProtoMessage {
  private final ByteString.Output bytes = ByteString.newOutput();
  private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

  @FunctionalInterface
  private interface Writing {
    void to(CodedOutputStream out) throws IOException;
  }

  private ProtoMessage write(Writing writing) {
    try {
      writing.to(out);
      return this;
    } catch (IOException e) {
      throw new IllegalStateException("memory that refuses bytes", e);
    }
  }

  /** A whole number. */
  ProtoMessage whole(int field, long value) {
    return write(to -> to.writeInt64(field, value));
  }

  /** A number in single precision. */
  ProtoMessage number(int field, float value) {
    return write(to -> to.writeFloat(field, value));
  }

  /** A text. */
  ProtoMessage text(int field, String value) {
    return write(to -> to.writeString(field, value));
  }

  /** A message within. */
  ProtoMessage message(int field, ProtoMessage within) {
    return write(to -> to.writeBytes(field, within.bytes()));
  }

  /** Numbers as their bytes, the lowest first. */
  ProtoMessage raw(int field, float[] values) {
    ByteBuffer buffer =
        ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(values);
    return write(to -> to.writeByteArray(field, buffer.array()));
  }

  /** Whole numbers as their bytes, the lowest first. */
  ProtoMessage raw(int field, long[] values) {
    ByteBuffer buffer =
        ByteBuffer.allocate(Long.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asLongBuffer().put(values);
    return write(to -> to.writeByteArray(field, buffer.array()));
  }

  /** All that was written. */
  ByteString bytes() {
    write(CodedOutputStream::flush);
    return bytes.toByteString();
  }
}
