package dev.retort.notebook.magic;

import dev.retort.env.Env;
import dev.retort.notebook.Notebook;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.plan.Solving;
import dev.retort.solve.Solution;
import java.util.List;

/** {@code %solve FrozenLake --discount 0.99}: solves an environment exactly. */
final class SolveMagic implements RetortMagic {
  private static final Schema OPTIONS = new Schema("solve");
  private static final Option<String> ENV =
      OPTIONS.option("on", Words.ENVIRONMENT, "").says("what is solved");

  @Override
  public Manual manual() {
    return Manual.line(
            "solve",
            "Solution",
            "solves a small environment exactly, and shows a map of its values",
            List.of("%solve FrozenLake --discount 0.99", "%solve CliffWalking --discount 1"),
            List.of("on"),
            OPTIONS,
            Solving.OPTIONS)
        .needing("on")
        .switches(Switch.EXPLAIN);
  }

  @Override
  public Phrase<?> phrase(Said said, Notebook notebook) {
    Thing<Env> env = Thing.envOf(said.need(OPTIONS, ENV), notebook);
    Settings settings = said.of(Solving.OPTIONS);
    Solving plan = new Solving(settings, env.value());
    String java = "solve(%s)%s".formatted(env.java(), Fluent.calls(settings));
    return said.has(Switch.EXPLAIN)
        ? Phrase.of(java + ".explain()", String.class, open -> plan.explain())
        : Phrase.of(java + ".run()", Solution.class, open -> plan.run());
  }
}
