package dev.retort.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.Retort;
import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in the folder of datasets is found by its name, or it is told why not. */
class ShelfTest {
  @TempDir Path folder;

  @BeforeEach
  void shelf() throws IOException {
    System.setProperty("retort.datasets", folder.toString());
    for (String thing :
        new String[] {"zoo/Pole-ppo.hub", "zoo/Pole-dqn.hub", "zoo/Pole-expert-v0"}) {
      Files.createDirectories(folder.resolve(thing));
      Files.writeString(folder.resolve(thing).resolve("README.md"), "# A card\n");
    }
    Files.createDirectories(folder.resolve("zoo/without-a-card.hub"));
    Files.writeString(folder.resolve("zoo/no-folder.hub"), "");
  }

  @AfterEach
  void asBefore() {
    System.clearProperty("retort.datasets");
  }

  private static boolean isHub(Path path) {
    return path.toString().endsWith(".hub");
  }

  private static boolean isMinari(Path path) {
    return path.toString().endsWith("-v0");
  }

  @Test
  void whatHasACardAndAFormatHasANameWithoutEndingAndVersion() {
    assertThat(Shelf.names(ShelfTest::isHub)).containsExactly("zoo/Pole-dqn", "zoo/Pole-ppo");
    assertThat(Shelf.names(ShelfTest::isMinari)).containsExactly("zoo/Pole-expert");
    assertThat(Shelf.find("policy", "zoo/Pole-ppo", ShelfTest::isHub))
        .isEqualTo(folder.resolve("zoo/Pole-ppo.hub"));
    assertThat(Shelf.find("policy", "ZOO/pole-PPO", ShelfTest::isHub))
        .isEqualTo(folder.resolve("zoo/Pole-ppo.hub"));
    assertThat(Shelf.find("dataset", "zoo/Pole-expert-v0", ShelfTest::isMinari))
        .isEqualTo(Shelf.find("dataset", "zoo/Pole-expert", ShelfTest::isMinari));
  }

  @Test
  void aWrongNameIsAnsweredWithTheNearestAndAllThatThereAre() {
    assertThatThrownBy(() -> Shelf.find("policy", "zoo/Pole-pto", ShelfTest::isHub))
        .isInstanceOf(UnknownNameException.class)
        .hasMessage(
            "unknown policy 'zoo/Pole-pto': did you mean 'zoo/Pole-ppo'? (choices: zoo/Pole-dqn,"
                + " zoo/Pole-ppo)");
  }

  @Test
  void wordsThatBeginLikeWhatLiesThereAreMeantAsNames() {
    assertThat(Shelf.isName("zoo/Pole-pto")).isTrue();
    assertThat(Shelf.isName("teachers/mine.onnx")).isFalse();
    assertThat(Shelf.isName("teacher")).isFalse();
    assertThat(Shelf.isName(folder.resolve("zoo/Pole-ppo.hub").toString())).isFalse();
  }

  @Test
  void aFileInThePlaceOfANameIsToldHowItIsOpened() {
    String file = folder.resolve("zoo/no-folder.hub").toString();
    assertThatThrownBy(() -> Retort.policy(file))
        .isInstanceOf(RetortException.class)
        .hasMessageEndingWith("got a file. Say policy(Path.of(\"%s\")).".formatted(file));
  }

  @Test
  void whereThereIsNoSuchFolderItIsToldWhatToDo() {
    System.setProperty("retort.datasets", folder.resolve("nowhere").toString());
    assertThat(Shelf.names(ShelfTest::isHub)).isEmpty();
    assertThat(Shelf.isName("zoo/Pole-ppo")).isFalse();
    assertThatThrownBy(() -> Retort.policy("zoo/CartPole-ppo"))
        .hasMessage(
            "policy 'zoo/CartPole-ppo': expected the folder datasets, in which it lies, got no"
                + " folder '%s'. It comes with the repository and not with the jar: say where yours"
                    .formatted(folder.resolve("nowhere"))
                + " is with -Dretort.datasets=FOLDER or RETORT_DATASETS.");
  }

  @Test
  void withoutTheModuleOfFormatsItIsNamed() {
    assertThatThrownBy(() -> Retort.policy("zoo/Pole-ppo"))
        .hasMessageStartingWith("policy 'zoo/Pole-ppo': expected to find it in '" + folder)
        .hasMessageEndingWith(
            "Put dev.retort:retort-exchange, which knows the formats, on the class path.");
  }

  @Test
  void theFolderOfTheRepositoryIsFoundFromAnyFolderOfIt() {
    System.clearProperty("retort.datasets");
    assertThat(Shelf.names(path -> true)).contains("zoo/CartPole-ppo", "zoo/FourRooms-mixed");
  }
}
