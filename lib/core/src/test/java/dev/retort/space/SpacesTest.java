package dev.retort.space;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpacesTest {
  private static final Space CHOICES = new Discrete(2);

  private static boolean fits(Space seen, Space possible, Space expected, Space does) {
    return new Spaces(seen, possible).misfit(new Spaces(expected, does)).isEmpty();
  }

  @Test
  void kindAndShapeOfWhatIsSeenDecideAndItsBoundsDoNot() {
    Space seen = Box.of(-1, 1, 2, 2);
    assertThat(fits(seen, CHOICES, Box.of(-9, 3, 2, 2), CHOICES)).isTrue();
    for (Space other :
        new Space[] {
          Box.of(-1, 1, 4), Box.of(-1, 1, 4, 1), Box.of(-1, 1, 2), Group.of("a", Box.of(-1, 1, 4))
        }) {
      assertThat(fits(seen, CHOICES, other, CHOICES)).as("%s", other).isFalse();
    }
    assertThat(fits(Box.of(0, 3, 1), CHOICES, new Discrete(4), CHOICES)).isFalse();
    assertThat(fits(new Discrete(4), CHOICES, new Discrete(5), CHOICES)).isFalse();
    Group parts = Group.of("a", Box.of(0, 1, 2)).and("b", new Discrete(3));
    assertThat(
            fits(parts, CHOICES, Group.of("a", Box.of(0, 2, 2)).and("b", new Discrete(3)), CHOICES))
        .isTrue();
    assertThat(
            fits(parts, CHOICES, Group.of("b", new Discrete(3)).and("a", Box.of(0, 1, 2)), CHOICES))
        .isFalse();
  }

  @Test
  void whatIsDoneMustLieWithinTheBoundsOfTheActions() {
    Space seen = Box.of(-1, 1, 2);
    Space possible = Box.of(-1, 1, 2);
    assertThat(fits(seen, possible, seen, Box.of(-1, 0.5f, 2))).isTrue();
    assertThat(fits(seen, possible, seen, Box.of(-1, 1.5f, 2))).isFalse();
    assertThat(fits(seen, possible, seen, Box.of(-1, 1, 2, 1))).isFalse();
    assertThat(fits(seen, possible, seen, CHOICES)).isFalse();
    assertThat(fits(seen, CHOICES, seen, new Discrete(3))).isFalse();
    assertThat(new Spaces(seen, possible).misfit(new Spaces(Box.of(-2, 2, 2), Box.of(-1, 1.5f, 2))))
        .hasValueSatisfying(
            differs ->
                assertThat(differs.got())
                    .isEqualTo(
                        "from 2 numbers to 2 numbers (actions of 2 numbers with number 0 in [-1.0, 1.5])"));
  }
}
