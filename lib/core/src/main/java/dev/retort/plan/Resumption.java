package dev.retort.plan;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.env.Identity;
import dev.retort.policy.Policy;
import dev.retort.policy.PolicyFile;
import dev.retort.run.DelegatedJob;
import dev.retort.run.Job;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a stop promises, and what a run that goes on takes over from the one that stopped. */
final class Resumption {
  /** Where inputs say that one of them is code, and could not be written. */
  static final String CODE = "code";

  private static final List<String> ENVIRONMENTS = List.of("environment", "environments");

  private Resumption() {}

  /** How people go on with a run of these environments and policies. */
  static String words(int run, List<Env> envs, Stream<Policy> policies) {
    return words(run, envs, policies, OwnCode.none());
  }

  /** The same of a run that computes by code of the user's own, too. */
  static String words(int run, List<Env> envs, Stream<Policy> policies, OwnCode code) {
    Optional<Policy> rule = policies.filter(policy -> !PolicyFile.isNumbers(policy)).findFirst();
    if (rule.isPresent()) {
      return "it cannot be resumed, since policy '%s' is code: start the plan again"
          .formatted(rule.get().name());
    }
    Optional<String> unknown = unknown(envs, code);
    if (unknown.isPresent()) {
      return "resume(%s) is refused, since %s; resumeAnyway(%s) goes on, after register(..) of it"
          .formatted(run, unknown.get(), run);
    }
    String worlds =
        envs.stream()
            .filter(env -> Identity.of(env).isPresent())
            .map(Resumption::named)
            .distinct()
            .collect(Collectors.joining(" and "));
    String own =
        Stream.concat(
                Stream.of("environment " + worlds).filter(any -> !worlds.isEmpty()),
                code.names().stream())
            .collect(Collectors.joining(" and of its "));
    return "resume it with resume(%s)%s"
        .formatted(run, own.isEmpty() ? "" : ", after register(..) of its " + own);
  }

  /** Why a run of these environments, policies and code of the user's own is always a new one. */
  static Optional<String> undetermined(List<Env> envs, Stream<Policy> policies, OwnCode code) {
    return policies
        .filter(policy -> !PolicyFile.isNumbers(policy))
        .findFirst()
        .map(rule -> "policy '%s' is code, which cannot be compared".formatted(rule.name()))
        .or(() -> unknown(envs, code));
  }

  private static Optional<String> unknown(List<Env> envs, OwnCode code) {
    return envs.stream()
        .map(EnvText::unknown)
        .flatMap(Optional::stream)
        .findFirst()
        .or(code::unknown);
  }

  /** An environment's name, and whether another one has it. */
  private static String named(Env env) {
    Optional<String> other;
    try {
      JsonObject text = EnvText.write(env);
      other = EnvText.difference(text, EnvText.find(text));
    } catch (RetortException e) {
      other = Optional.empty(); // none is known by that name
    }
    return "'%s'%s"
        .formatted(
            env.name(),
            other
                .map(
                    difference ->
                        " (another one is registered by this name: %s)"
                            .formatted(difference.replaceFirst("^but ", "its ")))
                .orElse(""));
  }

  /**
   * A job whose environments and settings have been compared with those of a stored spec: it goes
   * by what was stored, which may have been written before as much was said of them, or by other
   * names.
   */
  static <R> Job<R> of(Job<R> job, JsonObject stored) {
    JsonObject spec = job.spec();
    Stream.concat(Stream.of("settings"), ENVIRONMENTS.stream())
        .filter(key -> spec.has(key) && stored.has(key))
        .forEach(key -> spec.add(key, stored.get(key)));
    Optional.ofNullable(stored.get(Continued.KEY)).ifPresent(from -> spec.add(Continued.KEY, from));
    return new Continued<>(job, spec);
  }

  /** A job that goes on where another run stopped, and so is no run of its plan alone. */
  static <R> Job<R> anyway(Job<R> job, int run, List<String> differences) {
    JsonObject from = new JsonObject();
    from.addProperty("run", run);
    from.addProperty("where", String.join("; ", differences));
    JsonObject spec = job.spec();
    spec.add(Continued.KEY, from);
    return new Continued<>(job, spec);
  }

  /** Every environment of a spec. */
  static Stream<JsonObject> environments(JsonObject spec) {
    return ENVIRONMENTS.stream()
        .map(spec::get)
        .filter(JsonElement.class::isInstance)
        .flatMap(
            each -> each.isJsonArray() ? each.getAsJsonArray().asList().stream() : Stream.of(each))
        .map(JsonElement::getAsJsonObject);
  }

  /** The same job by another spec. */
  private static final class Continued<R> extends DelegatedJob<R> {
    static final String KEY = "continues";

    private final JsonObject spec;

    Continued(Job<R> job, JsonObject spec) {
      super(job);
      this.spec = spec;
    }

    @Override
    public JsonObject spec() {
      return spec.deepCopy();
    }
  }
}
