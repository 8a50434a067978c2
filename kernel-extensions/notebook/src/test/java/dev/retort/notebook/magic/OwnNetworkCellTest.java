package dev.retort.notebook.magic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.Retort;
import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.notebook.Desk;
import dev.retort.policy.NetworkPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The network of docs/extending.md, from the cell that declares it to a file opened again. */
class OwnNetworkCellTest {
  private static final String TEACHER =
      "%teacher PPO CartPole --network highway:32 --steps 512 --seed 1 --quiet";

  private final Desk desk = Desk.open();

  @TempDir Path folder;

  @AfterEach
  void close() {
    desk.close();
  }

  private static String highway() throws Exception {
    String page = Files.readString(Path.of("../../docs/extending.md"));
    int from = page.indexOf("record Highway");
    return page.substring(from, page.indexOf("\n}", from) + 2);
  }

  private NetworkPolicy teacher() {
    return (NetworkPolicy) desk.line(TEACHER);
  }

  @Test
  void aNetworkIsDeclaredUsedRedeclaredSavedAndOpenedAgain() throws Exception {
    assertThatThrownBy(this::teacher)
        .isInstanceOf(UnknownNameException.class)
        .hasMessageStartingWith("unknown network 'highway'")
        .hasMessageContaining("cnn, gru, image, masked-mlp, mlp, tokens, transformer, urma");
    desk.declare(highway());
    desk.evaluate("ppo().network(new Highway(16, 1))"); // in use, it is known by its name
    assertThat(teacher().architecture()).hasToString("Highway[width=32, layers=1]");
    desk.evaluate("register(new Highway(64, 2))");
    NetworkPolicy first = teacher();
    assertThat(first.architecture()).hasToString("Highway[width=32, layers=2]");
    assertThat(teacher().parameters()).isEqualTo(first.parameters());
    assertThat(desk.java(TEACHER)).contains("network(\"highway:32:2\")");
    assertThatThrownBy(() -> desk.line(TEACHER.replace("highway", "higway")))
        .hasMessageStartingWith("unknown network 'higway': did you mean 'highway'?");
    Path file = folder.resolve("highway.safetensors");
    first.save(file);

    desk.declare(highway().replace("RELU", "TANH"));
    desk.evaluate("register(new Highway(64, 2))");
    assertThatThrownBy(() -> Retort.policy(file))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining(
            "expected network 'highway:32:2' as it was when the file was written, but what write(..) does has changed. Declare it as it was, register(..) it,");
    assertThat(teacher().parameters()).isNotEqualTo(first.parameters());

    desk.declare(highway());
    desk.evaluate("register(new Highway(8, 1))");
    NetworkPolicy opened = (NetworkPolicy) Retort.policy(file);
    assertThat(opened.parameters()).isEqualTo(first.parameters());
    assertThat(opened.architecture()).hasToString("Highway[width=32, layers=2]");
  }
}
