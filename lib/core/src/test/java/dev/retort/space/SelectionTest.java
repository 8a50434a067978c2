package dev.retort.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.RetortException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelectionTest {
  private static final Group SEEN =
      Group.of("position", Box.of(-1, 1, 2))
          .and("picture", Box.of(0, 9, 1, 2, 2))
          .and("door", new Discrete(3));
  private static final float[] VALUE = {9, 0.1f, 0.2f, 1, 2, 3, 4, 2};

  private static float[] taken(Selection selection) {
    float[] to = new float[selection.sees().size() + 1];
    selection.take(VALUE, 1, to, 1);
    return to;
  }

  @Test
  void partsAreTakenInTheOrderInWhichTheyAreNamedAndOneKeepsItsShape() {
    Selection both = Selection.parts(SEEN, List.of("door", "position"));
    assertThat(both.sees())
        .isEqualTo(Group.of("door", new Discrete(3)).and("position", Box.of(-1, 1, 2)));
    assertThat(taken(both)).containsExactly(0, 2, 0.1f, 0.2f);
    Selection picture = Selection.parts(SEEN, List.of("picture"));
    assertThat(picture.sees()).isEqualTo(Box.of(0, 9, 1, 2, 2));
    assertThat(taken(picture)).containsExactly(0, 1, 2, 3, 4);
    assertThat(both.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14}, 2))
        .containsExactly(7, 1, 2, 14, 8, 9);
  }

  @Test
  void numbersOfAnySpaceAreTakenByTheirPlaces() {
    Selection numbers = Selection.numbers(SEEN, List.of(6, 0));
    assertThat(numbers.sees()).isEqualTo(new Box(List.of(0f, -1f), List.of(2f, 1f), List.of(2)));
    assertThat(taken(numbers)).containsExactly(0, 2, 0.1f);
    assertThat(Selection.all(SEEN).isAll()).isTrue();
    assertThat(taken(Selection.all(SEEN))).containsExactly(0, 0.1f, 0.2f, 1, 2, 3, 4, 2);
  }

  @Test
  void itIsReadFromWhatItPrints() {
    for (Selection each :
        List.of(
            Selection.all(SEEN),
            Selection.parts(SEEN, List.of("door", "position")),
            Selection.numbers(SEEN, List.of(6, 0)))) {
      assertThat(Selection.read(SEEN, each.toString())).isEqualTo(each).hasSameHashCodeAs(each);
    }
    assertThat(Selection.numbers(SEEN, List.of(1)))
        .isNotEqualTo(Selection.numbers(SEEN, List.of(0)));
    assertThatThrownBy(() -> Selection.read(SEEN, "numbers:x"))
        .isInstanceOf(RetortException.class)
        .hasMessage("seeing: expected all, parts:position,goal or numbers:0,1, got 'numbers:x'.");
  }

  @Test
  void whatIsNotThereAndNothingAtAllIsRefusedInWords() {
    refused(
        () -> Selection.parts(SEEN, List.of("postion")),
        "seeing: expected a part of the observations among [position, picture, door], got 'postion'. Did you mean 'position'?");
    refused(
        () -> Selection.parts(SEEN, List.of("door", "door")),
        "seeing: expected each part once, got 'door' twice.");
    refused(
        () -> Selection.parts(SEEN, List.of()),
        "seeing: expected the name of a part at least, got none: who sees nothing learns nothing.");
    refused(
        () -> Selection.parts(Box.of(0, 1, 4), List.of("door")),
        "seeing: expected observations of named parts for 'door', got 4 numbers without names. Say View.numbers(0, 1), which counts them from 0.");
    refused(
        () -> Selection.numbers(SEEN, List.of(7)),
        "seeing: expected places from 0 to 6 in position: 2 numbers, picture: 1×2×2 numbers, door: 3 choices, got 7.");
    refused(
        () -> Selection.numbers(SEEN, List.of(1, 1)),
        "seeing: expected each number once, got the places [1, 1].");
  }

  private static void refused(Runnable selecting, String message) {
    assertThatThrownBy(selecting::run).isInstanceOf(RetortException.class).hasMessage(message);
  }
}
