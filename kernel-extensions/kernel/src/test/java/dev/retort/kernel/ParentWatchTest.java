package dev.retort.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Only a process that can be seen and that started this one is watched. */
class ParentWatchTest {
  @Test
  void anAncestorIsWatchedAndNothingElse() throws Exception {
    ProcessHandle here = ProcessHandle.current();
    Process child = new ProcessBuilder("cat").start(); // waits until its input ends
    try {
      ProcessHandle below = child.toHandle();
      assertThat(ParentWatch.of(String.valueOf(here.pid()), below)).isPresent();
      assertThat(ParentWatch.of(" " + here.parent().orElseThrow().pid() + "\n", below)).isPresent();
      assertThat(ParentWatch.of(String.valueOf(child.pid()), here)).as("a stranger").isEmpty();
    } finally {
      child.destroyForcibly();
    }
    for (String odd : List.of("", " ", "abc", "0", "1", "-7", "4194305", "99999999999999999999")) {
      assertThat(ParentWatch.of(odd, here)).as(odd).isEmpty();
    }
  }
}
