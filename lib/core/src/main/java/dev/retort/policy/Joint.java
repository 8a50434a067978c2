package dev.retort.policy;

import dev.retort.RetortException;
import dev.retort.distribution.Density;
import dev.retort.distribution.Distribution;
import dev.retort.distribution.Point;
import dev.retort.distribution.Product;
import dev.retort.space.Group;
import dev.retort.space.Space;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Several agents as one policy: each sees the part of a group of observations that has its name,
 * and does the part of a group of actions that has it.
 *
 * <pre>{@code
 * Policy both = Joint.of("left", striker).and("right", keeper);
 * }</pre>
 *
 * <p>What is drawn is drawn of each independently; where one of them gives no density, such as
 * action values, all do what they prefer.
 *
 * @param agents the policy of each agent, by its name, in the order of the groups
 */
public record Joint(Map<String, Policy> agents) implements Composite {
  /** Keeps the order of the agents. */
  public Joint {
    if (agents.isEmpty()) {
      throw new RetortException("joint: expected at least one agent, got none.");
    }
    agents = Collections.unmodifiableMap(new LinkedHashMap<>(agents));
    List<Policy> policies = List.copyOf(agents.values());
    Composite.requireAlike("joint", policies);
    if (policies.get(0).isAlwaysDrawn() && !areDensities(policies)) {
      throw new RetortException(
          "joint: expected policies that prefer actions, got '%s', which draws them."
              .formatted(policies.get(0).name()));
    }
  }

  /** One agent. */
  public static Joint of(String agent, Policy policy) {
    return new Joint(Map.of(agent, policy));
  }

  /** The same with one agent more. */
  public Joint and(String agent, Policy policy) {
    Map<String, Policy> more = new LinkedHashMap<>(agents);
    if (more.put(agent, policy) != null) {
      throw new RetortException("joint: expected a new agent, got '" + agent + "' twice.");
    }
    return new Joint(more);
  }

  private static boolean areDensities(List<Policy> policies) {
    return policies.stream().allMatch(policy -> policy.distribution() instanceof Density);
  }

  /** Each agent at the temperature; of action values too, though all together have none. */
  @Override
  public Joint tempered(double temperature) {
    Map<String, Policy> all = new LinkedHashMap<>();
    agents.forEach((agent, policy) -> all.put(agent, policy.tempered(temperature)));
    return new Joint(all);
  }

  @Override
  public List<Policy> policies() {
    return List.copyOf(agents.values());
  }

  @Override
  public String name() {
    return agents.entrySet().stream()
        .map(agent -> agent.getKey() + ": " + agent.getValue().name())
        .collect(Collectors.joining(", "));
  }

  @Override
  public Group observations() {
    return group(Policy::observations);
  }

  @Override
  public Group actions() {
    return group(Policy::actions);
  }

  private Group group(Function<Policy, Space> part) {
    Map<String, Space> parts = new LinkedHashMap<>();
    agents.forEach((agent, policy) -> parts.put(agent, part.apply(policy)));
    return new Group(parts);
  }

  @Override
  public Distribution distribution() {
    if (!areDensities(policies())) {
      return new Point(actions());
    }
    Map<String, Density> parts = new LinkedHashMap<>();
    agents.forEach((agent, policy) -> parts.put(agent, (Density) policy.distribution()));
    return new Product(actions(), parts);
  }

  @Override
  public Recurrent forward(int batch) {
    List<Subpolicy> all = Subpolicy.sideBySide(this, batch);
    List<Distribution> each = policies().stream().map(Policy::distribution).toList();
    boolean isDrawn = areDensities(policies());
    int width = distribution().size();
    return new Recurrent() {
      @Override
      public void apply(float[] observations, float[] memory, int count, float[] outputs) {
        int at = 0;
        for (int agent = 0; agent < all.size(); agent++) {
          Distribution own = each.get(agent);
          all.get(agent).apply(observations, memory, count, row -> true);
          float[] z = all.get(agent).outputs();
          for (int row = 0; row < count; row++) {
            if (isDrawn) {
              System.arraycopy(z, row * own.size(), outputs, row * width + at, own.size());
            } else {
              own.mode(z, row * own.size(), outputs, row * width + at);
            }
          }
          at += isDrawn ? own.size() : own.actions().size();
        }
      }

      @Override
      public void close() {
        Subpolicy.close(all);
      }
    };
  }

  @Override
  public String toString() {
    return name();
  }
}
