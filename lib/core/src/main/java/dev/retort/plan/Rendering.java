package dev.retort.plan;

import dev.retort.env.Definition;
import dev.retort.env.Env;
import dev.retort.film.Film;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.policy.Policy;

/**
 * The plan to film a policy.
 *
 * <pre>{@code
 * Film film = render(students).on(env).steps(300).run();
 * film.save(Path.of("cartpole.gif"));
 * }</pre>
 *
 * @param settings steps, frames a second and seed
 * @param policy who acts
 * @param env where
 */
public record Rendering(Settings settings, Policy policy, Env env) {
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("render");

  static final Option<Long> STEPS = OPTIONS.whole("steps", 200, 1, "steps", "how long the film is");
  static final Option<Long> FPS =
      OPTIONS.whole("fps", 25, 1, "frames a second", "how fast it plays");
  static final Option<Long> SEED = OPTIONS.whole("seed", 0, Long.MIN_VALUE, "", "names all chance");

  private static final int HEIGHT = 300;

  /** What {@code render(..)} gives: it still needs an environment. */
  public record Of(Policy policy) {
    /** Where the policy acts. */
    public Rendering on(Env env) {
      return new Rendering(OPTIONS.standard(), policy, Definition.given("render", env));
    }

    @Override
    public String toString() {
      return Plan.unfinished("render " + policy.name(), ".on(env)");
    }
  }

  /** How long the film is. */
  public Rendering steps(long steps) {
    return new Rendering(settings.with(STEPS, steps), policy, env);
  }

  /** How fast it plays. */
  public Rendering fps(long fps) {
    return new Rendering(settings.with(FPS, fps), policy, env);
  }

  /** Names all chance. */
  public Rendering seed(long seed) {
    return new Rendering(settings.with(SEED, seed), policy, env);
  }

  @Override
  public String toString() {
    return "plan: film %s on %s. run() does it.".formatted(policy.name(), env.title());
  }

  /** Films. */
  public Film run() {
    return Film.of(
        env,
        policy,
        settings.whole(STEPS),
        settings.whole(FPS),
        settings.get(SEED),
        Film.width(env, HEIGHT),
        HEIGHT);
  }
}
