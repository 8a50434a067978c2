package dev.retort.notebook.magic;

import dev.retort.env.Env;
import dev.retort.film.Film;
import dev.retort.notebook.Notebook;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.plan.Rendering;
import dev.retort.policy.Policy;
import java.util.List;

/** {@code %render students --on CartPole --steps 200}: films a policy. */
final class RenderMagic implements RetortMagic {
  private static final Schema OPTIONS = new Schema("render");
  private static final Option<String> POLICY =
      OPTIONS.option("policy", Words.POLICY, "").says("who acts");
  private static final Option<String> ON =
      OPTIONS.option("on", Words.ENVIRONMENT, "").says("where it acts");

  @Override
  public Manual manual() {
    return Manual.line(
            "render",
            "Film",
            "films a policy",
            List.of(
                "%render teacher --on CartPole --steps 200",
                "%render teacher --on CartPole --fps 10 --seed 3"),
            List.of("policy"),
            OPTIONS,
            Rendering.OPTIONS)
        .needing("policy", "on");
  }

  @Override
  public Phrase<?> phrase(Said said, Notebook notebook) {
    Thing<Policy> policy = Thing.policyOf("%render", said.need(OPTIONS, POLICY), notebook);
    Thing<Env> env = Thing.envOf(said.need(OPTIONS, ON), notebook);
    Settings settings = said.of(Rendering.OPTIONS);
    if (!said.has(Rendering.SEED)) {
      settings = settings.with(Rendering.SEED, notebook.seed());
    }
    String java =
        "render(%s).on(%s)%s%s.run()"
            .formatted(
                policy.java(),
                env.java(),
                Fluent.calls(settings, Rendering.SEED),
                Fluent.call("seed", Fluent.literal(settings.get(Rendering.SEED))));
    Rendering plan = new Rendering(settings, policy.value(), env.value());
    return Phrase.of(java, Film.class, shown -> plan.run());
  }
}
