package dev.retort.guidance;

import com.google.gson.JsonParser;
import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.nn.Architecture;
import dev.retort.nn.Network;
import dev.retort.nn.Output;
import dev.retort.option.Given;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.policy.Fit;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.policy.PolicyFile;
import dev.retort.space.Difference;
import dev.retort.store.Tensors;
import java.util.List;

/**
 * Training begins with the parameters of networks that solved other tasks, or were distilled from
 * them: seed {@code s} begins with network {@code s} modulo their number.
 *
 * @param settings none as yet
 * @param sources networks of the learner's architecture
 */
public record WarmStart(Settings settings, List<NetworkPolicy> sources) implements Guidance {
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("warmStart");

  /** Keeps a copy of the list. */
  public WarmStart {
    sources = List.copyOf(sources);
    if (sources.isEmpty()) {
      throw new RetortException("warmStart: expected at least one network, got none.");
    }
  }

  /** From trained policies, which have to be networks. */
  public static WarmStart of(List<? extends Policy> policies) {
    for (Policy policy : policies) {
      Given.given("warmStart", "networks", policy);
      if (!(policy instanceof NetworkPolicy)) {
        throw new RetortException(
            "warmStart: expected networks, got '%s', which is none. Distill it into one."
                .formatted(policy.name()));
      }
    }
    return new WarmStart(
        OPTIONS.standard(), policies.stream().map(NetworkPolicy.class::cast).toList());
  }

  static WarmStart of(String settings, Tensors knowledge) {
    return of(PolicyFile.population(knowledge))
        .with(Settings.of(OPTIONS, JsonParser.parseString(settings).getAsJsonObject()));
  }

  @Override
  public WarmStart with(Settings other) {
    return new WarmStart(other, sources);
  }

  @Override
  public String name() {
    return "warm start";
  }

  @Override
  public List<String> cautions(Env env) {
    return sources.stream().flatMap(each -> Fit.cautions(each, env).stream()).distinct().toList();
  }

  @Override
  public Tensors knowledge() {
    return PolicyFile.tensors(sources);
  }

  @Override
  public void require(Env env, double discount, Architecture network) {
    for (NetworkPolicy source : sources) {
      Fit.difference(env.observations(), env.actions(), source.observations(), source.actions())
          .or(() -> Difference.of(network.toString(), source.architecture().toString()))
          .or(() -> Difference.of("without normalisation", normalization(source)))
          .or(() -> Difference.of("with one output", outputs(source)))
          .ifPresent(
              differs -> {
                throw new RetortException(
                    "warmStart: expected networks %s, got '%s' %s. Train the sources like this, or distill them into such a network."
                        .formatted(differs.expected(), source.name(), differs.got()));
              });
    }
  }

  private static String outputs(NetworkPolicy source) {
    List<Output> outputs = source.blueprint().outputs();
    return outputs.size() == 1
        ? "with one output"
        : "with outputs " + String.join(", ", Output.names(outputs));
  }

  private static String normalization(NetworkPolicy source) {
    return source.normalization().isPresent() ? "with normalisation" : "without normalisation";
  }

  @Override
  public Guide guide(Learners learners) {
    return new Guide() {
      @Override
      public void begin(Network online) {
        for (int member = 0; member < learners.seeds().size(); member++) {
          int source = (int) Math.floorMod(learners.seeds().get(member), (long) sources.size());
          online.set(member, sources.get(source).parameters());
        }
        online.parametersChanged();
      }
    };
  }

  @Override
  public String toString() {
    return "warmStart from %s networks".formatted(sources.size());
  }
}
