package dev.retort.nn;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many threads an operation may use holds on every thread that computes. */
class EngineThreadsTest {
  @AfterEach
  void one() {
    Engine.threads(1);
  }

  @Test
  void aChangeReachesThreadsThatHaveComputedBefore() throws Exception {
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      assertThat(seenBy(other)).isEqualTo(1);
      assertThat(Engine.threads(2)).isEqualTo(2);
      assertThat(Engine.facts()).containsEntry("engineThreads", "2");
      assertThat(seenBy(other)).isEqualTo(2);
      Engine.threads(1);
      assertThat(seenBy(other)).isEqualTo(1);
    } finally {
      other.shutdownNow();
    }
  }

  private static int seenBy(ExecutorService thread) throws Exception {
    Future<Integer> seen =
        thread.submit(
            () -> {
              try (Network network = network()) {
                network.forward(new float[4], 1, Rows.SHARED, new float[2]);
                return JniUtils.getNumThreads();
              }
            });
    return seen.get();
  }

  private static Network network() {
    return Network.of(
        Mlp.of(8),
        List.of(4),
        List.of(Output.of("logits", 2)),
        Trunk.SHARED,
        Initialization.FAN_IN,
        0);
  }
}
