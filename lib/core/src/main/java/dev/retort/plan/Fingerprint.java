package dev.retort.plan;

import dev.retort.store.Tensors;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

/**
 * A short name for the content of arrays and what is said about them, so that a spec can say which
 * data it means. What things are called is no part of it: they are the same under another name.
 */
final class Fingerprint {
  private static final int LETTERS = 16;

  private Fingerprint() {}

  static String of(Tensors tensors) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      tensors
          .all()
          .forEach(
              (name, tensor) -> {
                digest.update(name.getBytes(StandardCharsets.UTF_8));
                update(digest, tensor.array());
              });
      new TreeMap<>(tensors.metadata())
          .forEach(
              (key, value) -> {
                if (!isName(key)) {
                  digest.update((key + "=" + value).getBytes(StandardCharsets.UTF_8));
                }
              });
      return HexFormat.of().formatHex(digest.digest()).substring(0, LETTERS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static boolean isName(String key) {
    String last = key.substring(key.lastIndexOf('.') + 1);
    return last.equals("name") || last.equals("names");
  }

  private static void update(MessageDigest digest, Object array) {
    if (array instanceof byte[] bytes) {
      digest.update(bytes);
      return;
    }
    int length = java.lang.reflect.Array.getLength(array);
    ByteBuffer buffer = ByteBuffer.allocate(8 * 1024);
    for (int i = 0; i < length; i++) {
      if (buffer.remaining() < 8) {
        digest.update(buffer.flip());
        buffer.clear();
      }
      if (array instanceof float[] floats) {
        buffer.putFloat(floats[i]);
      } else if (array instanceof double[] doubles) {
        buffer.putDouble(doubles[i]);
      } else if (array instanceof int[] ints) {
        buffer.putInt(ints[i]);
      } else {
        buffer.putLong(((long[]) array)[i]);
      }
    }
    digest.update(buffer.flip());
  }
}
