package dev.retort.teach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.store.Tensors;

/** Compares what learners save. */
final class Resumed {
  private Resumed() {}

  /** All arrays are there in both, with the same bits. */
  static void same(Tensors one, Tensors other) {
    assertThat(one.all().keySet()).isEqualTo(other.all().keySet());
    one.all()
        .forEach(
            (name, tensor) ->
                assertThat(tensor.array()).as(name).isEqualTo(other.all().get(name).array()));
  }
}
