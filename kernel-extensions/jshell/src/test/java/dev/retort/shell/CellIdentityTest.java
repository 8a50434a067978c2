package dev.retort.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.env.Env;
import dev.retort.env.Identity;
import dev.retort.kernel.engine.JavaEngine;
import dev.retort.kernel.engine.MagicNames;
import dev.retort.plan.Training;
import dev.retort.run.Runs;
import dev.retort.teach.QLearning;
import java.nio.file.Path;
import jdk.jshell.JShell;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cell of the kernel that is run again unchanged gives the same environment. */
public class CellIdentityTest {
  private static final String IMPORTS =
      "import dev.retort.env.*; import dev.retort.space.*; import dev.retort.random.*;";
  private static final String CORRIDOR =
      """
      new Env() {
        public Space observations() { return Box.of(0, 8, 1); }
        public Space actions() { return new Discrete(2); }
        public int horizon() { return 50; }
        public int stateSize() { return 1; }
        public void reset(double[] s, RandomStream r) { s[0] = 0; }
        public double step(double[] s, float[] a, RandomStream r) {
          for (int i = 0; i < 1; i++) { s[0] = Math.max(0, s[0] + (a[0] == 1 ? 1 : -1)); }
          return terminated(s) ? reward(s[0]) : 0;
        }
        public boolean terminated(double[] s) { return s[0] >= goal; }
        public void observe(double[] s, float[] o) { o[0] = (float) s[0]; }
      }
      """;
  private static final JavaEngine ENGINE = JavaEngine.start(MagicNames.NONE);

  /** Where a shell leaves an environment. */
  @SuppressWarnings("NonFinalStaticField")
  public static Env given;

  @TempDir Path folder;

  @BeforeEach
  void runsOfItsOwn() {
    System.setProperty("retort.runs", folder.toString());
  }

  @AfterEach
  void asBefore() {
    System.clearProperty("retort.runs");
  }

  @AfterAll
  static void close() {
    ENGINE.close();
  }

  private static Env corridor(String reward) {
    ENGINE.eval(IMPORTS);
    ENGINE.eval("double goal = 8;");
    ENGINE.eval("double reward(double x) { return %s; }".formatted(reward));
    return (Env) ENGINE.eval(CORRIDOR);
  }

  private static void train(Env env) {
    assertThat(new Training(new QLearning().steps(200), env, 0).seeds(1).once().policies())
        .hasSize(1);
  }

  @Test
  void onceFindsTheRunOfAnUnchangedCellAndNotThatOfAChangedReward() {
    train(corridor("1"));
    train(corridor("1"));
    assertThat(Runs.all()).hasSize(1);
    assertThat(Runs.all().get(0).title()).isEqualTo("Q-learning on Env, seed 0");
    train(corridor("2"));
    assertThat(Runs.all()).hasSize(2);
    train(corridor("1"));
    assertThat(Runs.all()).hasSize(2);
  }

  @Test
  void whatTheKernelWeavesInDoesNotCount() {
    Identity woven = Identity.of(corridor("x * 2")).orElseThrow();
    try (JShell plain =
        JShell.builder()
            .executionEngine("local")
            .compilerOptions("-classpath", System.getProperty("java.class.path"))
            .build()) {
      plain.eval("import dev.retort.env.*;");
      plain.eval("import dev.retort.space.*;");
      plain.eval("import dev.retort.random.*;");
      plain.eval("int before = 1;");
      plain.eval("double reward(double x) { return x * 2; }");
      plain.eval("double goal = 8;");
      plain.eval("dev.retort.shell.CellIdentityTest.given = " + CORRIDOR + ";");
      assertThat(Identity.of(given)).contains(woven);
    }
  }
}
