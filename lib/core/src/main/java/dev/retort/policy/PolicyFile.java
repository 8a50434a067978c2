package dev.retort.policy;

import dev.retort.RetortException;
import dev.retort.env.normalize.Normalization;
import dev.retort.nn.Architecture;
import dev.retort.option.Type;
import dev.retort.space.Space;
import dev.retort.space.SpaceText;
import dev.retort.store.TensorFile;
import dev.retort.store.Tensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Policies as arrays, and so as safetensors files. */
public final class PolicyFile {
  private static final Type<Head> HEAD = Type.choice(Head.class);
  private static final Type<Spread> SPREAD = Type.choice(Spread.class);

  private PolicyFile() {}

  /** A network policy or an ensemble of them as arrays. */
  public static Tensors tensors(Policy policy) {
    if (policy instanceof Ensemble ensemble) {
      return tensors("ensemble", policy.name(), ensemble.members());
    }
    if (policy instanceof NetworkPolicy network) {
      return tensors("policy", policy.name(), List.of(network));
    }
    throw new RetortException(
        "save policy '%s': expected a network or an ensemble of networks, got %s, which is code."
            .formatted(policy.name(), policy.getClass().getSimpleName()));
  }

  /** Independent policies of one kind as arrays; {@link #population} reads them. */
  public static Tensors tensors(List<NetworkPolicy> policies) {
    return tensors("population", policies.get(0).name(), policies);
  }

  /** Whether a policy consists of numbers, and so can be written. */
  public static boolean isNetwork(Policy policy) {
    return policy instanceof NetworkPolicy || policy instanceof Ensemble;
  }

  private static Tensors tensors(String kind, String name, List<NetworkPolicy> members) {
    NetworkPolicy first = members.get(0);
    float[] all = new float[members.size() * first.size()];
    for (int i = 0; i < members.size(); i++) {
      System.arraycopy(members.get(i).parameters(), 0, all, i * first.size(), first.size());
    }
    Tensors tensors =
        new Tensors()
            .describe("kind", kind)
            .describe("name", name)
            .describe("head", HEAD.writer().apply(first.head()))
            .describe("spread", SPREAD.writer().apply(first.spread()))
            .describe("network", first.architecture().toString())
            .describe("observations", SpaceText.write(first.observations()).toString())
            .describe("actions", SpaceText.write(first.actions()).toString())
            .put("parameters", all, members.size(), first.size());
    for (int i = 0; i < members.size(); i++) {
      String part = "normalization" + i;
      members.get(i).normalization().ifPresent(each -> tensors.putAll(part, each.tensors()));
    }
    return tensors;
  }

  /** Reads the policies that {@link #tensors} wrote, whatever they were. */
  public static List<NetworkPolicy> population(Tensors tensors) {
    String name = tensors.described("name");
    Space observations = SpaceText.read(tensors.described("observations"));
    Space actions = SpaceText.read(tensors.described("actions"));
    String owner = "open policy '" + name + "'";
    Head head = HEAD.read(owner, "head", tensors.described("head"));
    Spread spread = SPREAD.read(owner, "spread", tensors.described("spread"));
    Architecture network = Architecture.type().read(owner, "network", tensors.described("network"));
    int[] shape = tensors.shape("parameters");
    float[] all = tensors.floats("parameters");
    if (shape.length != 2 || shape[0] < 1) {
      throw new RetortException(
          "%s: expected parameters of shape (members, parameters), got %s."
              .formatted(owner, Arrays.toString(shape)));
    }
    for (int i = 0; i < all.length; i++) {
      if (!Float.isFinite(all[i])) {
        throw new RetortException(
            "%s: expected finite parameters, got %s (member %d, parameter %d)."
                .formatted(owner, all[i], i / shape[1], i % shape[1]));
      }
    }
    List<NetworkPolicy> members = new ArrayList<>();
    for (int i = 0; i < shape[0]; i++) {
      float[] own = Arrays.copyOfRange(all, i * shape[1], (i + 1) * shape[1]);
      Tensors part = tensors.part("normalization" + i);
      Optional<Normalization> seen =
          part.all().isEmpty() ? Optional.empty() : Optional.of(Normalization.of(part));
      members.add(new NetworkPolicy(name, observations, actions, head, spread, network, own, seen));
    }
    return members;
  }

  /** Reads what {@link #tensors} wrote. */
  public static Policy of(Tensors tensors) {
    List<NetworkPolicy> members = population(tensors);
    String kind = tensors.described("kind");
    return switch (kind) {
      case "policy" -> members.get(0);
      case "ensemble" -> new Ensemble(tensors.described("name"), members);
      default ->
          throw new RetortException(
              "open policy: expected a policy or an ensemble, got a '" + kind + "'.");
    };
  }

  /** Writes a policy. */
  public static void save(Policy policy, Path path) {
    TensorFile.write(path, tensors(policy));
  }

  /** Reads a policy. */
  public static Policy open(Path path) {
    return of(TensorFile.read(path));
  }
}
