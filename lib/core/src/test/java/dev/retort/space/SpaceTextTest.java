package dev.retort.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.InEveryLocale;
import dev.retort.RetortException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@InEveryLocale
class SpaceTextTest {
  private static final float INFINITE = Float.POSITIVE_INFINITY;

  @Test
  void everySpaceIsReadBackFromItsText() {
    for (Space space :
        List.of(
            new Discrete(1),
            new Discrete(4096),
            Box.of(-INFINITE, INFINITE, 3),
            Box.of(0, 10, 3, 19, 19),
            Box.within(4.8f, INFINITE, 0.41887903f, Float.MAX_VALUE),
            new Box(List.of(Float.MIN_VALUE), List.of(1 / 3f), List.of(1)),
            Group.of("eyes", Box.of(0, 1, 2)).and("ears", Group.of("left", new Discrete(2))))) {
      assertThat(SpaceText.read(SpaceText.write(space).toString())).isEqualTo(space);
    }
  }

  @Test
  void boundsThatAreAlikeAreWrittenOnce() {
    assertThat(SpaceText.write(Box.of(0, INFINITE, 2, 2)))
        .hasToString("{\"shape\":[2,2],\"low\":[\"0.0\"],\"high\":[\"Infinity\"]}");
    assertThat(SpaceText.write(new Discrete(3))).hasToString("{\"choices\":3}");
  }

  @Test
  void aGroupPrintsWhatItsPartsAre() {
    Group ears = Group.of("left", new Discrete(2));
    assertThat(Group.of("eyes", Box.of(0, 1, 2)).and("ears", ears))
        .hasToString("Group[eyes: 2 numbers, ears: left: 2 choices]");
  }

  @Test
  void groupsOfAnotherOrderAreOtherSpaces() {
    Group one = Group.of("a", Box.of(0, 1, 2)).and("b", Box.of(0, 1, 2));
    Group other = Group.of("b", Box.of(0, 1, 2)).and("a", Box.of(0, 1, 2));
    assertThat(one).isNotEqualTo(other);
    assertThat(Group.of("a", Box.of(0, 1, 2)).and("b", Box.of(0, 1, 2)))
        .isEqualTo(one)
        .hasSameHashCodeAs(one);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "null",
        "7",
        "{\"choices\":\"two\"}",
        "{\"choices\":[]}",
        "{\"shape\":[2],\"low\":[\"x\"],\"high\":[\"1\"]}",
        "{\"shape\":[65536,65536],\"low\":[\"0\"],\"high\":[\"1\"]}",
        "{\"parts\":7}",
        "{\"shape\":{},\"low\":[\"0\"],\"high\":[\"1\"]}"
      })
  void otherTextIsRefused(String text) {
    assertThatThrownBy(() -> SpaceText.read(text))
        .isInstanceOf(RetortException.class)
        .hasMessage("space: expected a description such as {\"choices\":2}, got '" + text + "'.");
  }
}
