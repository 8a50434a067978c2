package dev.retort.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.RetortException;
import dev.retort.distribution.Point;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Group;
import dev.retort.space.Space;
import java.util.List;
import org.junit.jupiter.api.Test;

class ViewTest {
  private static final Group SEEN =
      Group.of("position", Box.of(-9, 9, 2)).and("goal", Box.of(-99, 99, 1));

  /** Two episodes of 3 and 2 steps; row {@code r} shows {@code (r, r / 2, 10 r)}. */
  private static Dataset data() {
    Point teacher = new Point(new Discrete(2));
    Recorder recorder = new Recorder(SEEN, teacher.actions(), Supervision.of(teacher));
    for (int row = 0; row < 5; row++) {
      recorder.step(seen(row), 0, new float[1], 0, row, new float[1], 0);
      if (row == 2 || row == 4) {
        recorder.end(seen(row + 1), 0, End.TASK);
      }
    }
    return recorder.dataset("five");
  }

  private static float[] seen(int row) {
    return new float[] {row, row / 2f, 10 * row};
  }

  private static float[] look(View view, int row) {
    float[] seen = new float[view.sees(SEEN).size()];
    java.util.Arrays.fill(seen, Float.NaN);
    view.look(data(), row, RandomStream.of(0, "view"), seen, 0);
    return seen;
  }

  @Test
  void aViewShowsThePartsOrNumbersThatItNames() {
    assertThat(look(View.parts("goal", "position"), 3)).containsExactly(30, 3, 1.5f);
    assertThat(look(View.numbers(1), 3)).containsExactly(1.5f);
    assertThat(look(View.all(), 3)).containsExactly(3, 1.5f, 30);
    assertThat(View.all().sees(SEEN)).isEqualTo(SEEN);
  }

  @Test
  void aWindowShowsTheRowsBeforeAndMasksThoseBeforeTheEpisodeBegan() {
    View window = View.window(3, View.parts("goal"));
    assertThat(window.sees(SEEN).size()).isEqualTo(6);
    assertThat(look(window, 2)).containsExactly(0, 10, 20, 1, 1, 1);
    assertThat(look(window, 0)).containsExactly(0, 0, 0, 0, 0, 1);
    assertThat(look(window, 3)).containsExactly(0, 0, 30, 0, 0, 1);
    assertThat(look(window, 4)).containsExactly(0, 30, 40, 0, 1, 1);
    assertThat(look(View.window(2), 4)).containsExactly(3, 1.5f, 30, 4, 2, 40, 1, 1);
    assertThat(window.selection(SEEN)).isEmpty();
  }

  @Test
  void aViewOfOnesOwnIsASmallClass() {
    View speed =
        new View() {
          @Override
          public Space sees(Space observations) {
            return Box.of(-9, 9, 1);
          }

          @Override
          public void look(Dataset data, int row, RandomStream random, float[] seen, int at) {
            seen[at] = row == 0 ? 0 : data.obs()[row * 3] - data.obs()[(row - 1) * 3];
          }
        };
    assertThat(look(speed, 3)).containsExactly(1);
    assertThat(look(View.window(2, speed), 1)).containsExactly(0, 1, 1, 1);
    assertThat(View.isText(speed)).isFalse();
    assertThat(View.isText(View.window(2, speed))).isFalse();
  }

  @Test
  void viewsAreReadFromWhatTheyPrint() {
    for (View each :
        List.of(
            View.all(),
            View.parts("goal", "position"),
            View.numbers(2, 0),
            View.window(8),
            View.window(2, View.window(3, View.parts("goal"))))) {
      assertThat(View.type().reader().apply(each.toString())).isEqualTo(each);
      assertThat(View.isText(each)).isTrue();
    }
    assertThat(View.type().read("distill", "seeing", "window:8")).isEqualTo(View.window(8));
    assertThatThrownBy(() -> View.type().read("distill", "seeing", "goal"))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "distill: expected all, parts such as parts:position,goal, numbers:0,1 or window:8 for 'seeing', got 'goal'.");
  }

  @Test
  void aViewThatSeesNothingIsRefused() {
    assertThatThrownBy(View::parts)
        .isInstanceOf(RetortException.class)
        .hasMessage("seeing: expected parts to see, got none: who sees nothing learns nothing.");
    assertThatThrownBy(View::numbers).hasMessageContaining("expected numbers to see, got none");
    assertThatThrownBy(() -> View.window(0)).hasMessageContaining("a window of at least 1 step");
    assertThatThrownBy(() -> View.parts("a,b")).hasMessageContaining("without commas, got 'a,b'");
  }
}
