package dev.retort.policy;

import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.space.Difference;
import dev.retort.space.Space;
import dev.retort.space.Spaces;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether a policy can act in an environment: what every verb refuses, and what it says.
 *
 * <p>The rule is that of {@link Spaces}. A policy that does not use all of the bounds of an
 * environment's actions does what it did where it was trained.
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
    spaces(env)
        .require(
            verb,
            role,
            "for " + env.name(),
            "'%s'".formatted(policy.name()),
            spaces(policy),
            advice);
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

  /** What there is to see and to do in an environment. */
  public static Spaces spaces(Env env) {
    return new Spaces(env.observations(), env.actions());
  }

  /** What a policy sees and does. */
  public static Spaces spaces(Policy policy) {
    return new Spaces(policy.observations(), policy.actions());
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
