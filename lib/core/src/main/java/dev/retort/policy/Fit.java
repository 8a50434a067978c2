package dev.retort.policy;

import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.space.Box;
import dev.retort.space.Difference;
import dev.retort.space.Discrete;
import dev.retort.space.Group;
import dev.retort.space.Space;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whether a policy can act in an environment: what every verb refuses, and what it says.
 *
 * <p>Kind, shape and number of choices must be the same. Of bounds it depends: what is seen is
 * taken as the number that it is, and no policy scales by bounds, so those of observations may
 * differ, which is said; but what a policy does must lie within the bounds of the environment's
 * actions. A policy that does not use all of them does what it did where it was trained.
 */
public final class Fit {
  private Fit() {}

  /**
   * Refuses a policy that sees or does other things than an environment.
   *
   * @param verb who refuses, such as {@code evaluate}
   * @param role what the policy is there for, such as {@code a teacher}
   * @param advice what to do, or nothing
   */
  public static void require(String verb, String role, Policy policy, Env env, String advice) {
    difference(env.observations(), env.actions(), policy.observations(), policy.actions())
        .ifPresent(
            differs -> {
              throw new RetortException(
                  "%s: expected %s %s for %s, got '%s' %s. %s"
                      .formatted(
                          verb,
                          role,
                          differs.expected(),
                          env.name(),
                          policy.name(),
                          differs.got(),
                          advice)
                      .strip());
            });
  }

  /**
   * Refuses a policy with memory, where states are met one by one and not in the order of episodes.
   *
   * @param verb who refuses, such as {@code total variation}
   * @param role what the policy is there for, such as {@code a policy}
   */
  public static void requireMemoryless(String verb, String role, Policy policy) {
    if (policy.memory() > 0) {
      throw new RetortException(
          "%s: expected %s that needs what it sees and nothing else, got '%s', which has a memory. Distill it first."
              .formatted(verb, role, policy.name()));
    }
  }

  /**
   * Why what was made for some spaces does not fit others; empty where it does.
   *
   * @param seen what there is to see
   * @param possible what can be done
   * @param expected what is expected to be seen
   * @param does what is done
   */
  public static Optional<Difference> difference(
      Space seen, Space possible, Space expected, Space does) {
    boolean boundsAlone = boundless(seen).equals(boundless(expected));
    return Difference.of(
        seen, possible, boundsAlone ? seen : expected, isWithin(does, possible) ? possible : does);
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

  /**
   * In which environments a policy is at home, as the end of a line; nothing where none is known.
   */
  static String home(Policy policy) {
    return policy.origin().homes().isEmpty() ? "" : ", made for " + policy.origin().names();
  }

  /**
   * What to say of a policy that acts in an environment: that it was made for another one of the
   * name, and how that differs, or that it knows other bounds.
   */
  public static List<String> cautions(Policy policy, Env env) {
    return policy
        .origin()
        .caution("'%s'".formatted(policy.name()), env)
        .map(List::of)
        .orElseGet(
            () ->
                Stream.of(
                        bounds("sees", policy.observations(), env.observations(), policy),
                        bounds("does", policy.actions(), env.actions(), policy))
                    .flatMap(Optional::stream)
                    .toList());
  }

  private static Optional<String> bounds(String verb, Space its, Space there, Policy policy) {
    return Difference.of(its, there)
        .map(
            differs ->
                "'%s' was made for what %s as %s, here it is %s."
                    .formatted(policy.name(), verb, differs.expected(), differs.got()));
  }
}
