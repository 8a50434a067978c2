package dev.retort.store;

import java.util.Arrays;

/** Files as they were before something was said in them. */
public final class Without {
  private Without() {}

  /** All arrays whose names do not contain a part, and all that is described. */
  public static Tensors of(Tensors tensors, String part) {
    Tensors older = new Tensors();
    tensors.metadata().forEach(older::describe);
    tensors
        .all()
        .forEach(
            (name, tensor) -> {
              if (!name.contains(part)) {
                put(older, name, tensor.array(), tensor.shape());
              }
            });
    if (older.all().size() == tensors.all().size()) {
      throw new AssertionError("no array is named like " + part + ": " + tensors.all().keySet());
    }
    return older;
  }

  private static void put(Tensors to, String name, Object array, int[] shape) {
    if (array instanceof float[] floats) {
      to.put(name, floats, shape);
    } else if (array instanceof double[] doubles) {
      to.put(name, doubles, shape);
    } else if (array instanceof int[] ints) {
      to.put(name, ints, shape);
    } else if (array instanceof long[] longs) {
      to.put(name, longs, shape);
    } else if (array instanceof byte[] bytes) {
      to.put(name, bytes, shape);
    } else if (array instanceof boolean[] flags) {
      to.put(name, flags);
    } else {
      throw new AssertionError(name + " " + Arrays.toString(shape));
    }
  }
}
