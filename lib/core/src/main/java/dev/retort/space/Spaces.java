package dev.retort.space;

import dev.retort.RetortException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What there is to see and what can be done, and the one rule by which something that was made for
 * other spaces fits them.
 *
 * <p>Kind, shape and number of choices must be the same. Of bounds it depends: what is seen is
 * taken as the number that it is, and nobody scales by bounds, so those of observations may differ;
 * but what is done must lie within the bounds of the actions here.
 *
 * <pre>{@code
 * Spaces here = new Spaces(env.observations(), env.actions());
 * Spaces its = new Spaces(policy.observations(), policy.actions());
 * here.require("film", "a policy", "for " + env.name(), "'" + policy.name() + "'", its, "Film it in its own environment.");
 * }</pre>
 *
 * @param observations what is seen
 * @param actions what is done
 */
public record Spaces(Space observations, Space actions) {
  /**
   * Refuses what does not fit, by the one message: what was expected here, what came instead, and
   * the first difference where both look alike in short.
   *
   * @param verb who refuses, such as {@code evaluate}
   * @param expected what something is there for, such as {@code a teacher}
   * @param place where it is expected, such as {@code for CartPole}, or nothing
   * @param got what came, such as {@code 'expert'}
   * @param its spaces that it was made for
   * @param advice what to do, or nothing
   */
  public void require(
      String verb, String expected, String place, String got, Spaces its, String advice) {
    misfit(its)
        .ifPresent(
            differs -> {
              throw refusal(verb, expected, place, got, differs, advice);
            });
  }

  /** The one message, of any difference between what was expected and what came. */
  public static RetortException refusal(
      String verb, String expected, String place, String got, Difference differs, String advice) {
    String where = place.isEmpty() ? "" : " " + place;
    return new RetortException(
        "%s: expected %s %s%s, got %s %s. %s"
            .formatted(verb, expected, differs.expected(), where, got, differs.got(), advice)
            .strip());
  }

  /** Why what was made for other spaces does not fit these; empty where it does. */
  public Optional<Difference> misfit(Spaces its) {
    boolean boundsAlone = boundless(observations).equals(boundless(its.observations));
    return difference(
        new Spaces(
            boundsAlone ? observations : its.observations,
            isWithin(its.actions, actions) ? actions : its.actions));
  }

  /**
   * How other spaces differ at all: both in short, {@code from 4 numbers to 2 choices}, and with
   * the first thing that differs where the short texts are alike.
   */
  public Optional<Difference> difference(Spaces other) {
    String expected = toString();
    String got = other.toString();
    return Difference.of(observations, other.observations)
        .map(seen -> seen.of("observations"))
        .or(() -> Difference.of(actions, other.actions).map(done -> done.of("actions")))
        .map(
            first ->
                expected.equals(got)
                    ? new Difference(
                        "%s (%s)".formatted(expected, first.expected()),
                        "%s (%s)".formatted(got, first.got()))
                    : new Difference(expected, got));
  }

  /** A space without its bounds. */
  private static Space boundless(Space space) {
    if (space instanceof Box box) {
      return new Box(
          Collections.nCopies(box.size(), Float.NEGATIVE_INFINITY),
          Collections.nCopies(box.size(), Float.POSITIVE_INFINITY),
          box.shape());
    }
    if (space instanceof Group group) {
      Map<String, Space> parts = new LinkedHashMap<>();
      group.parts().forEach((name, part) -> parts.put(name, boundless(part)));
      return new Group(parts);
    }
    return space;
  }

  private static boolean isWithin(Space inner, Space outer) {
    if (inner instanceof Box one && outer instanceof Box other) {
      return one.shape().equals(other.shape())
          && IntStream.range(0, one.size())
              .allMatch(
                  i ->
                      one.low().get(i) >= other.low().get(i)
                          && one.high().get(i) <= other.high().get(i));
    }
    if (inner instanceof Group one && outer instanceof Group other) {
      return List.copyOf(one.parts().keySet()).equals(List.copyOf(other.parts().keySet()))
          && one.parts().keySet().stream()
              .allMatch(name -> isWithin(one.parts().get(name), other.parts().get(name)));
    }
    return inner instanceof Discrete && inner.equals(outer);
  }

  @Override
  public String toString() {
    return "from %s to %s".formatted(observations.summary(), actions.summary());
  }
}
