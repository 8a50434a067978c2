package dev.retort.store;

import dev.retort.RetortException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Named arrays with their shapes, and a few words about them: what a file of ours holds.
 *
 * <p>Arrays are {@code float[]}, {@code double[]}, {@code int[]}, {@code long[]} or {@code byte[]}.
 * They are kept by reference: whoever puts an array that goes on changing puts a copy.
 */
public final class Tensors {
  private static final int MOST_SHOWN = 20;

  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  /**
   * One array.
   *
   * @param array a {@code float[]}, {@code double[]}, {@code int[]}, {@code long[]} or {@code
   *     byte[]}
   * @param shape outermost first; its product is the array's length
   */
  @SuppressWarnings("ArrayRecordComponent") // a view over an array, compared by nobody
  public record Tensor(Object array, int[] shape) {}

  /** Puts numbers under a name; without a shape they are a vector. */
  public Tensors put(String name, float[] values, int... shape) {
    return put(name, values, values.length, shape);
  }

  /** Puts numbers under a name; without a shape they are a vector. */
  public Tensors put(String name, double[] values, int... shape) {
    return put(name, values, values.length, shape);
  }

  /** Puts numbers under a name; without a shape they are a vector. */
  public Tensors put(String name, int[] values, int... shape) {
    return put(name, values, values.length, shape);
  }

  /** Puts numbers under a name; without a shape they are a vector. */
  public Tensors put(String name, long[] values, int... shape) {
    return put(name, values, values.length, shape);
  }

  /**
   * Puts whole numbers from 0 on under a name, in the narrowest type that holds them all; {@link
   * #wholes} reads them.
   */
  public Tensors putWholes(String name, long[] values, int... shape) {
    long most = Arrays.stream(values).max().orElse(0);
    if (most > Integer.MAX_VALUE) {
      return put(name, values, shape);
    }
    if (most > Byte.MAX_VALUE) {
      return put(name, Arrays.stream(values).mapToInt(Math::toIntExact).toArray(), shape);
    }
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return put(name, bytes, shape);
  }

  /** Puts bytes under a name; without a shape they are a vector. */
  public Tensors put(String name, byte[] values, int... shape) {
    return put(name, values, values.length, shape);
  }

  /** Puts flags under a name, a byte each. */
  public Tensors put(String name, boolean[] values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) (values[i] ? 1 : 0);
    }
    return put(name, bytes);
  }

  /** Puts all arrays and words of {@code others} under {@code prefix + '.' + name}. */
  public Tensors putAll(String prefix, Tensors others) {
    others.tensors.forEach((name, tensor) -> tensors.put(prefix + "." + name, tensor));
    others.metadata.forEach((key, value) -> metadata.put(prefix + "." + key, value));
    return this;
  }

  /** The arrays and words whose names begin with {@code prefix + '.'}, without it. */
  public Tensors part(String prefix) {
    Tensors part = new Tensors();
    tensors.forEach(
        (name, tensor) -> below(prefix, name).ifPresent(own -> part.tensors.put(own, tensor)));
    metadata.forEach(
        (key, value) -> below(prefix, key).ifPresent(own -> part.metadata.put(own, value)));
    return part;
  }

  private static Optional<String> below(String prefix, String name) {
    return name.startsWith(prefix + ".")
        ? Optional.of(name.substring(prefix.length() + 1))
        : Optional.empty();
  }

  /** Says something about the arrays: a spec, a version, an origin. */
  public Tensors describe(String key, String value) {
    metadata.put(key, value);
    return this;
  }

  private Tensors put(String name, Object array, int length, int... shape) {
    int[] actual = shape.length == 0 ? new int[] {length} : shape.clone();
    long size = 1;
    for (int n : actual) {
      size = n < 0 || size > Integer.MAX_VALUE ? -1 : size * n;
    }
    if (size != length) {
      throw new RetortException(
          "tensor '%s': expected %s numbers for shape %s, got %s."
              .formatted(name, size, Arrays.toString(actual), length));
    }
    tensors.put(name, new Tensor(array, actual));
    return this;
  }

  /** All arrays, in the order in which they were put. */
  public Map<String, Tensor> all() {
    return Collections.unmodifiableMap(tensors);
  }

  /** All words about them. */
  public Map<String, String> metadata() {
    return Collections.unmodifiableMap(metadata);
  }

  /** What was said under a key. */
  public String described(String key) {
    String value = metadata.get(key);
    if (value == null) {
      throw new RetortException(
          "tensors: expected metadata '%s', got only %s.".formatted(key, some(metadata.keySet())));
    }
    return value;
  }

  /** Whether there is an array of that name. */
  public boolean has(String name) {
    return tensors.containsKey(name);
  }

  /** The shape of an array. */
  public int[] shape(String name) {
    return tensor(name).shape().clone();
  }

  /** The numbers under a name. */
  public float[] floats(String name) {
    return array(name, float[].class);
  }

  /** The numbers under a name. */
  public double[] doubles(String name) {
    return array(name, double[].class);
  }

  /** The numbers under a name. */
  public int[] ints(String name) {
    return array(name, int[].class);
  }

  /** The numbers under a name. */
  public long[] longs(String name) {
    return array(name, long[].class);
  }

  /** The whole numbers under a name, of whatever width; a copy. */
  public long[] wholes(String name) {
    Object array = tensor(name).array();
    if (array instanceof int[] ints) {
      return Arrays.stream(ints).asLongStream().toArray();
    }
    if (array instanceof byte[] bytes) {
      long[] wide = new long[bytes.length];
      Arrays.setAll(wide, i -> bytes[i]);
      return wide;
    }
    return longs(name).clone();
  }

  /** The bytes under a name. */
  public byte[] bytes(String name) {
    return array(name, byte[].class);
  }

  /** The flags under a name. */
  public boolean[] flags(String name) {
    byte[] bytes = bytes(name);
    boolean[] flags = new boolean[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      flags[i] = bytes[i] != 0;
    }
    return flags;
  }

  private <T> T array(String name, Class<T> type) {
    Object array = tensor(name).array();
    if (!type.isInstance(array)) {
      throw new RetortException(
          "tensor '%s': expected %s, got %s."
              .formatted(name, type.getSimpleName(), array.getClass().getSimpleName()));
    }
    return type.cast(array);
  }

  /** What was said under a key as a message shows it: a hostile one may be as long as the file. */
  public String shown(String key) {
    return HeaderReader.shown(described(key));
  }

  /** Names as a message shows them. */
  private static String some(Set<String> names) {
    String shown =
        names.stream().limit(MOST_SHOWN).map(HeaderReader::shown).collect(Collectors.joining(", "));
    return "[" + shown + (names.size() > MOST_SHOWN ? ", …" : "") + "]";
  }

  /** A single number under a name. */
  public double number(String name) {
    return single(name, doubles(name).length, () -> doubles(name)[0]);
  }

  /** A single whole number under a name. */
  public long whole(String name) {
    return single(name, wholes(name).length, () -> wholes(name)[0]);
  }

  private static <T> T single(String name, int length, Supplier<T> value) {
    if (length != 1) {
      throw new RetortException(
          "tensor '%s': expected a single number, got %s.".formatted(name, length));
    }
    return value.get();
  }

  private Tensor tensor(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new RetortException(
          "tensors: expected '%s', got only %s.".formatted(name, some(tensors.keySet())));
    }
    return tensor;
  }

  @Override
  public String toString() {
    return "tensors %s, described by %s"
        .formatted(String.join(", ", tensors.keySet()), String.join(", ", metadata.keySet()));
  }
}
