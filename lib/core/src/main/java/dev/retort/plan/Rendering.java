package dev.retort.plan;

import dev.retort.env.Definition;
import dev.retort.env.Env;
import dev.retort.film.Film;
import dev.retort.film.Take;
import dev.retort.option.Given;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The plan to film a policy, or several side by side.
 *
 * <pre>{@code
 * Film film = render(students).on(env).steps(300).run();
 * film.save(Path.of("cartpole.gif"));
 * render(teacher).and("student", student).on(robots.task(0), robots.task(1)).run();
 * }</pre>
 *
 * @param settings steps, frames a second, seed, and whether actions are drawn
 * @param names what is written above policies, where there are several
 * @param policies who acts
 * @param envs where
 */
public record Rendering(
    Settings settings, List<String> names, List<Policy> policies, List<Env> envs) {
  // spotless:off
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("render");

  public static final Option<Integer> STEPS      = OPTIONS.whole("steps", 200).from(1).in("steps").says("length of the film");
  public static final Option<Integer> FPS        = OPTIONS.whole("fps", 25).from(1).in("frames a second").says("how fast it plays");
  public static final Option<Long>    SEED       = OPTIONS.whole("seed", 0L).says("names all chance");
  public static final Option<Boolean> STOCHASTIC = OPTIONS.flag("stochastic", false).says("draw actions from the policy, in place of the greedy ones");

  /** Length of the film, in steps. */
  public Rendering steps(int steps) { return with(STEPS, steps); }

  /** Frames a second. */
  public Rendering fps(int fps) { return with(FPS, fps); }

  /** Seed, which names all chance. */
  public Rendering seed(long seed) { return with(SEED, seed); }

  /** Draws actions from the policy, in place of the greedy ones. */
  public Rendering stochastic() { return stochastic(true); }

  /** Whether actions are drawn from the policies' own distributions, in place of greedy ones. */
  public Rendering stochastic(boolean on) { return with(STOCHASTIC, on); }
  // spotless:on

  private static final int HEIGHT = 300;

  /** Keeps copies. */
  public Rendering {
    names = List.copyOf(names);
    policies = List.copyOf(policies);
    envs = List.copyOf(envs);
  }

  /** The plan to film one policy in one environment. */
  public Rendering(Settings settings, Policy policy, Env env) {
    this(settings, List.of(policy.name()), List.of(policy), List.of(env));
  }

  /** What {@code render(..)} gives: it still needs an environment. */
  public record Of(List<String> names, List<Policy> policies) {
    /** Keeps copies. */
    public Of {
      names = List.copyOf(names);
      policies = List.copyOf(policies);
    }

    /** One policy. */
    public Of(Policy policy) {
      this(List.of(policy.name()), List.of(policy));
    }

    /** One more beside it, which begins when it does. */
    public Of and(Policy policy) {
      return and(Given.given("render", "a policy", policy).name(), policy);
    }

    /** The same under a name. */
    public Of and(String name, Policy policy) {
      List<String> called = new ArrayList<>(names);
      called.add(Given.given("render", "a name for the policy", name));
      List<Policy> all = new ArrayList<>(policies);
      all.add(Given.given("render", "a policy", policy));
      return new Of(called, all);
    }

    /** Where the policies act; of several environments one below the other. */
    public Rendering on(Env env, Env... more) {
      List<Env> envs = new ArrayList<>(List.of(Definition.given("render", env)));
      Given.given("render", "an environment", (Object) more);
      for (Env each : more) {
        envs.add(Definition.given("render", each));
      }
      return new Rendering(OPTIONS.standard(), names, policies, envs);
    }

    @Override
    public String toString() {
      return Plan.unfinished("render " + String.join(", ", names), ".on(env)");
    }
  }

  private <T> Rendering with(Option<T> option, T value) {
    return new Rendering(settings.with(option, value), names, policies, envs);
  }

  @Override
  public String toString() {
    return Plan.text(
        () ->
            "film %s on %s"
                .formatted(
                    String.join(", ", names),
                    envs.stream().map(Env::title).collect(Collectors.joining(", "))),
        "");
  }

  /** Films. */
  public Film run() {
    Take take =
        new Take(
            settings.get(STEPS), settings.get(FPS), settings.get(SEED), settings.get(STOCHASTIC));
    if (policies.size() > 1 || envs.size() > 1) {
      return Film.of(names, policies, envs, take, HEIGHT);
    }
    Env env = envs.get(0);
    int width = Film.width(env, HEIGHT);
    int height = Film.height(env, width, HEIGHT);
    return Film.of(env, policies.get(0), take, width, height);
  }
}
