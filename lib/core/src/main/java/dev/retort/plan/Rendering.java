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
  // spotless:off
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("render");

  public static final Option<Integer> STEPS = OPTIONS.whole("steps", 200).from(1).in("steps").says("length of the film");
  public static final Option<Integer> FPS   = OPTIONS.whole("fps", 25).from(1).in("frames a second").says("how fast it plays");
  public static final Option<Long>    SEED  = OPTIONS.whole("seed", 0L).says("names all chance");

  /** Length of the film, in steps. */
  public Rendering steps(int steps) { return with(STEPS, steps); }

  /** Frames a second. */
  public Rendering fps(int fps) { return with(FPS, fps); }

  /** Seed, which names all chance. */
  public Rendering seed(long seed) { return with(SEED, seed); }
  // spotless:on

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

  private <T> Rendering with(Option<T> option, T value) {
    return new Rendering(settings.with(option, value), policy, env);
  }

  @Override
  public String toString() {
    return Plan.text(() -> "film %s on %s".formatted(policy.name(), env.title()), "");
  }

  /** Films. */
  public Film run() {
    int width = Film.width(env, HEIGHT);
    return Film.of(
        env,
        policy,
        settings.get(STEPS),
        settings.get(FPS),
        settings.get(SEED),
        width,
        Film.height(env, width, HEIGHT));
  }
}
