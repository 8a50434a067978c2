package dev.retort.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.RetortException;
import dev.retort.run.Resumable;
import dev.retort.store.TensorFile;
import dev.retort.store.Tensors;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SectionsTest {
  private static final List<Output> OUTPUTS =
      List.of(Output.of("logits", 2), Output.of("value", 1));

  @TempDir Path folder;

  private static Network three() {
    return Network.of(
        Mlp.of(5, 4), List.of(3), OUTPUTS, Trunk.SEPARATE, Initialization.FAN_IN, 1, 2, 3);
  }

  @Test
  void theLayersOfEachMemberLieWhereTheStateSays() {
    try (Network network = three()) {
      Resumable state = new Resumable();
      network.join(state, "actor");
      Path file = folder.resolve("checkpoint.safetensors");
      TensorFile.write(file, new Tensors().putAll("group0", state.save()));
      Tensors saved = TensorFile.read(file);
      Map<String, Sections> all = Sections.of(saved);
      assertThat(all).containsOnlyKeys("group0.actor");
      Sections sections = all.get("group0.actor");
      assertThat(sections.network()).isEqualTo("actor");
      assertThat(sections.members()).isEqualTo(3);
      float[] values = saved.floats("group0.actor");
      for (int member = 0; member < 3; member++) {
        List<Parameter> named = network.blueprint().named(network.member(member));
        assertThat(named).hasSize(12);
        for (int layer = 0; layer < named.size(); layer++) {
          assertThat(sections.layers().get(layer).name()).isEqualTo(named.get(layer).name());
          int from = sections.offset(layer, member);
          int to = from + sections.layers().get(layer).size();
          assertThat(Arrays.copyOfRange(values, from, to)).isEqualTo(named.get(layer).values());
        }
      }
    }
  }

  @Test
  void networksOfAMemberFollowOneAnother() {
    try (Network network = three()) {
      Resumable state = new Resumable();
      network.join(state, "trunk", 3);
      Sections sections = Sections.of(state.save()).get("trunk");
      assertThat(sections.members()).isEqualTo(3);
      assertThat(sections.each()).isEqualTo(3);
    }
  }

  @Test
  void olderFilesHaveOneNetworkAMember() {
    Tensors state = new Tensors().put("actor", new float[6]);
    state.describe("actor.sections", "actor 0 2\nw 3");
    assertThat(Sections.of(state).get("actor").each()).isEqualTo(1);
  }

  @Test
  void wordsChangeNothingOfWhatIsRestored() {
    try (Network network = three();
        Network other = Network.of(network.blueprint(), 3)) {
      Resumable state = new Resumable();
      network.join(state, "actor");
      Resumable restored = new Resumable();
      other.join(restored, "actor");
      restored.restore(new Tensors().put("actor", state.save().floats("actor")));
      assertThat(other.parameters()).isEqualTo(network.parameters());
    }
  }

  @Test
  void whatDoesNotFitItsArrayIsRefused() {
    for (String text :
        List.of(
            "",
            "actor 0",
            "actor 0 x\nw 3",
            "actor 0 1\nw",
            "actor 0 1\nw 3",
            "actor 0 2 0\nw 2",
            "actor 0 2 3\nw 2")) {
      Tensors state = new Tensors().put("actor", new float[4]).describe("actor.sections", text);
      assertThatThrownBy(() -> Sections.of(state))
          .isInstanceOf(RetortException.class)
          .hasMessageStartingWith("read the layers of 'actor': expected a network")
          .hasMessageContaining("4 numbers in all")
          .hasMessageEndingWith("Take another copy of the checkpoint.");
    }
  }
}
