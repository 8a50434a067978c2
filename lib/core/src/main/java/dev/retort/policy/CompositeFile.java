package dev.retort.policy;

import dev.retort.RetortException;
import dev.retort.option.Type;
import dev.retort.store.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Policies of policies as arrays: those of each, and what is made of them in words. */
final class CompositeFile {
  /** Where it stands what is made of them. */
  static final String MADE = "made";

  private static final String TEMPERED = "tempered";
  private static final String RESIDUAL = "residual";
  private static final String SWITCHING = "switching";
  private static final String JOINT = "joint";
  private static final String AVERAGED = "averaged";
  private static final String CONSTRAINED = "constrained";

  private CompositeFile() {}

  /** Whether all that it consists of is numbers. */
  static boolean isNumbers(Composite policy) {
    return !(policy instanceof OfTask)
        && policy.policies().stream().allMatch(PolicyFile::isNumbers);
  }

  /** Such a policy as arrays. */
  static Tensors tensors(Composite policy) {
    if (policy instanceof OfTask) {
      throw new RetortException(
          "save policy '%s': expected policies without code, got a function that reads the task. Save each of them."
              .formatted(policy.name()));
    }
    Tensors tensors =
        words(policy)
            .describe("kind", "policy")
            .describe("name", policy.name())
            .describe("policies", String.valueOf(policy.policies().size()));
    for (int i = 0; i < policy.policies().size(); i++) {
      tensors.putAll(part(i), PolicyFile.tensors(policy.policies().get(i)));
    }
    return tensors;
  }

  private static Tensors words(Composite policy) {
    Tensors tensors = new Tensors();
    if (policy instanceof Tempered tempered) {
      return tensors
          .describe(MADE, TEMPERED)
          .describe("temperature", String.valueOf(tempered.temperature()));
    }
    if (policy instanceof Switching switching) {
      return tensors.describe(MADE, SWITCHING).describe("steps", String.valueOf(switching.steps()));
    }
    if (policy instanceof Constrained constrained) {
      return tensors
          .describe(MADE, CONSTRAINED)
          .describe("threshold", String.valueOf(constrained.threshold()));
    }
    if (policy instanceof Averaged) {
      return tensors.describe(MADE, AVERAGED);
    }
    if (policy instanceof Joint joint) {
      int i = 0;
      for (String agent : joint.agents().keySet()) {
        tensors.describe("agent" + i++, agent);
      }
      return tensors.describe(MADE, JOINT);
    }
    double scale = policy instanceof ValueSum sum ? sum.scale() : ((Residual) policy).scale();
    return tensors.describe(MADE, RESIDUAL).describe("scale", String.valueOf(scale));
  }

  private static String part(int i) {
    return "policy" + i;
  }

  /** The policy that {@link #tensors} wrote. */
  static Policy read(Tensors tensors) {
    String owner = "open policy";
    String made = tensors.described(MADE);
    long count =
        Type.whole(1, Integer.MAX_VALUE).read(owner, "policies", tensors.described("policies"));
    List<Policy> policies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      policies.add(PolicyFile.of(tensors.part(part(i))));
    }
    Policy first = policies.get(0);
    Policy last = policies.get(policies.size() - 1);
    return switch (made) {
      case TEMPERED -> first.tempered(temperature(owner, tensors));
      case SWITCHING -> first.until(steps(owner, tensors), last);
      case RESIDUAL -> first.plus(last, scale(owner, tensors));
      case JOINT -> joint(policies, tensors);
      case CONSTRAINED -> first.among(last, threshold(owner, tensors));
      case AVERAGED -> new Averaged(tensors.described("name"), policies);
      default ->
          throw new RetortException(
              "%s: expected one that is %s, got '%s'. Take a newer version of Retort."
                  .formatted(
                      owner,
                      String.join(
                          ", ", TEMPERED, SWITCHING, RESIDUAL, JOINT, CONSTRAINED, AVERAGED),
                      tensors.shown(MADE)));
    };
  }

  private static double temperature(String owner, Tensors tensors) {
    return Type.real(0, Double.MAX_VALUE)
        .read(owner, "temperature", tensors.described("temperature"));
  }

  private static double threshold(String owner, Tensors tensors) {
    return Type.real(0, 1).read(owner, "threshold", tensors.described("threshold"));
  }

  /** What older files do not say. */
  private static double scale(String owner, Tensors tensors) {
    return Type.real(0, Double.MAX_VALUE)
        .read(owner, "scale", tensors.metadata().getOrDefault("scale", "1"));
  }

  private static int steps(String owner, Tensors tensors) {
    return Type.whole(1, Integer.MAX_VALUE)
        .read(owner, "steps", tensors.described("steps"))
        .intValue();
  }

  private static Joint joint(List<Policy> policies, Tensors tensors) {
    Map<String, Policy> agents = new LinkedHashMap<>();
    for (int i = 0; i < policies.size(); i++) {
      agents.put(tensors.described("agent" + i), policies.get(i));
    }
    return new Joint(agents);
  }
}
