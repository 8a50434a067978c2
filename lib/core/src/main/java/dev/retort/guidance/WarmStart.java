package dev.retort.guidance;

import com.google.gson.JsonParser;
import dev.retort.RetortException;
import dev.retort.distribution.Distribution;
import dev.retort.env.Env;
import dev.retort.env.normalize.Normalization;
import dev.retort.nn.Blueprint;
import dev.retort.nn.Network;
import dev.retort.nn.Output;
import dev.retort.option.Given;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.policy.Fit;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.policy.PolicyFile;
import dev.retort.space.Difference;
import dev.retort.space.Perception;
import dev.retort.space.Spaces;
import dev.retort.store.Tensors;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Training begins with the parameters of networks that solved other tasks, or were distilled from
 * them: seed {@code s} begins with network {@code s} modulo their number.
 *
 * <p>Outputs are taken over by their names, with the layers below them: a value too, where both
 * have one. What acts has to mean the same in both: logits are no action values, though there are
 * as many of them. Where a learner from rollouts normalizes observations, its running statistics go
 * on from those of its source, as if it had seen what they are of.
 *
 * @param settings what is set
 * @param sources networks of the learner's architecture
 */
public record WarmStart(Settings settings, List<NetworkPolicy> sources) implements Guidance {
  // spotless:off
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("warmStart");

  static final Option<Boolean> ZEROED = OPTIONS.flag("zeroed", false).says("whether the last layer of what acts begins at zero");

  /**
   * Whether the last layer of what acts begins at zero: what is learned begins with the features of its source, whatever
   * that means by its only output, and with no opinion, with every choice as likely as any other and continuous actions
   * around 0. So it may stand beside a residual, which adds nothing at first.
   */
  public WarmStart zeroed(boolean on) { return with(settings.with(ZEROED, on)); }
  public boolean zeroed() { return settings.get(ZEROED); }
  // spotless:on

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
  public void require(Learning learning) {
    Blueprint network = learning.network();
    for (NetworkPolicy source : sources) {
      Fit.spaces(learning.env())
          .misfit(Fit.spaces(source))
          .or(() -> meaning(learning, source))
          .or(
              () ->
                  Difference.of(
                      network.architecture().toString(), source.architecture().toString()))
          .or(() -> Difference.of(trunk(network), trunk(network, source.blueprint())))
          .or(
              () ->
                  Difference.of(
                      normalization(learning.adopts()),
                      normalization(normalizes(learning, source))))
          .or(
              () ->
                  Difference.of(outputs(learning, network), outputs(learning, source.blueprint())))
          .or(() -> Difference.of(sight(learning.sees()), sight(source.perception())))
          .ifPresent(
              differs -> {
                throw Spaces.refusal(
                    "warmStart",
                    "networks",
                    "",
                    "'%s'".formatted(source.name()),
                    differs,
                    advice(learning, source));
              });
      if (source.normalization().stream().anyMatch(each -> each.count() == 0)) {
        throw new RetortException(
            "warmStart: expected networks that tell how many observations their normalization is of, got '%s', which was saved before any did. Train it again."
                .formatted(source.name()));
      }
    }
  }

  /** What acts by numbers that mean something else; a lone layer that begins at zero forgets it. */
  private Optional<Difference> meaning(Learning learning, NetworkPolicy source) {
    return zeroed() && (!isByName(learning) || source.blueprint().trunks() == 1)
        ? Optional.empty()
        : Difference.of(
            "of " + learning.distribution().kind(), "of " + source.distribution().kind());
  }

  /** What to do about networks that differ. */
  private String advice(Learning learning, NetworkPolicy source) {
    return learning.isOfValues() && meaning(learning, source).isPresent()
        ? "Numbers of another meaning are no values: distill values into such a network with mse(), begin with its features alone, zeroed(true), or let it be followed, kickstart(policy)."
        : "Train the sources like this, or distill them into such a network.";
  }

  /** Whether parameters are taken over by the names of outputs, or one output for the other. */
  private static boolean isByName(Learning learning) {
    return learning.isOfRollouts() || learning.network().outputs().size() > 1;
  }

  /** Whether layers are shared matters where there are several outputs. */
  private static String trunk(Blueprint network) {
    return "with a trunk that is " + network.trunk().name().toLowerCase(Locale.ROOT);
  }

  private static String trunk(Blueprint network, Blueprint source) {
    boolean alone = source.trunks() == 1 || network.trunks() == 1;
    return trunk(alone ? network : source);
  }

  /** Where one output stands for another, there is no place for more. */
  private static String outputs(Learning learning, Blueprint source) {
    return isByName(learning) || source.outputs().size() == 1
        ? "with one output"
        : "with outputs " + String.join(", ", Output.names(source.outputs()));
  }

  private static String sight(Perception seen) {
    return "that see " + seen;
  }

  /** Where statistics are not adopted, neither the source nor the learner may have any. */
  private static boolean normalizes(Learning learning, NetworkPolicy source) {
    boolean unfit = learning.normalizes() && !learning.adopts() && !learning.isOfRollouts();
    return unfit || source.normalization().isPresent();
  }

  private static String normalization(boolean on) {
    return on ? "with normalized observations" : "without normalized observations";
  }

  @Override
  public boolean isBeginning() {
    return true;
  }

  @Override
  public Companion companion(Learners learners) {
    return new Companion() {
      @Override
      public void begin(Network online) {
        for (int member = 0; member < learners.seeds().size(); member++) {
          NetworkPolicy source = source(learners, member);
          if (isByName(learners.learning())) {
            online.setWhereNamed(
                member, renamed(source.blueprint(), learners.learning()), source.parameters());
          } else {
            online.set(member, source.parameters());
          }
          if (zeroed()) {
            zero(online, member, learners.learning().distribution());
          }
        }
        online.parametersChanged();
      }

      @Override
      public Optional<Normalization> normalization(int member) {
        return source(learners, member).normalization();
      }
    };
  }

  /** Where the only output of a source means something else, it stands for what acts. */
  private Blueprint renamed(Blueprint source, Learning learning) {
    List<Output> acting = linear(learning.distribution().outputs());
    List<Output> own = linear(source.outputs());
    if (!zeroed() || source.trunks() != 1 || acting.get(0).size() != own.get(0).size()) {
      return source;
    }
    return new Blueprint(
        source.architecture(), source.inputShape(), acting.subList(0, 1), source.trunk());
  }

  private static List<Output> linear(List<Output> outputs) {
    return outputs.stream().filter(output -> output.kind() == Output.Kind.LINEAR).toList();
  }

  private static void zero(Network online, int member, Distribution distribution) {
    distribution.outputs().forEach(output -> online.zeroLastLayer(member, output));
  }

  private NetworkPolicy source(Learners learners, int member) {
    return sources.get((int) Math.floorMod(learners.seeds().get(member), (long) sources.size()));
  }

  @Override
  public String toString() {
    return "warmStart from %s networks%s".formatted(sources.size(), zeroed() ? ", zeroed" : "");
  }
}
