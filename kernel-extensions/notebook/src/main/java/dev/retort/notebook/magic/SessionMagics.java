package dev.retort.notebook.magic;

import dev.retort.Retort;
import dev.retort.nn.ComputeDevice;
import dev.retort.nn.Engine;
import dev.retort.notebook.Bundle;
import dev.retort.notebook.Doctor;
import dev.retort.notebook.Notebook;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import java.util.List;

/** {@code %rl}, {@code %doctor}, {@code %gpu}, {@code %threads} and {@code %seed}. */
final class SessionMagics {
  private static final Schema RL = new Schema("rl");
  private static final Option<String> MAGIC =
      RL.option("magic", Words.MAGIC, "").says("which magic is explained");
  private static final Schema SEED = new Schema("seed");
  private static final Option<Long> TO_SEED =
      SEED.whole("seed", 0L).says("of magics that say none, from now on");
  private static final Schema THREADS = new Schema("threads");
  private static final Option<Integer> COUNT =
      THREADS
          .whole("count", 1)
          .from(1)
          .in("threads")
          .says("how many one operation of the engine may use");

  private SessionMagics() {}

  static List<RetortMagic> all() {
    return List.of(
        new Spoken(
            Manual.line(
                "rl",
                "",
                "lists the magics, or explains one",
                List.of("%rl", "%rl teacher"),
                List.of("magic"),
                RL),
            (said, notebook) -> help(said)),
        new Spoken(
            Manual.line(
                "doctor",
                "Doctor",
                "examines this machine: Java, engine, memory, files, fonts, a gradient",
                List.of("%doctor"),
                List.of(),
                new Schema("doctor")),
            (said, notebook) ->
                Phrase.of("Doctor.examine()", Doctor.class, open -> Doctor.examine())),
        new Spoken(
            Manual.line(
                "gpu",
                "ComputeDevice",
                "tells on which device students learn, and what to do to use another",
                List.of("%gpu"),
                List.of(),
                new Schema("gpu")),
            (said, notebook) -> Phrase.of("gpu()", ComputeDevice.class, open -> Retort.gpu())),
        new Spoken(
            Manual.line(
                "threads",
                "int",
                "tells or sets how many threads one operation of the engine uses",
                List.of("%threads", "%threads 2"),
                List.of("count"),
                THREADS),
            (said, notebook) -> threads(said)),
        new Spoken(
            Manual.line(
                "seed",
                "long",
                "tells or sets the seed of magics that say none",
                List.of("%seed", "%seed 7"),
                List.of("seed"),
                SEED),
            (said, notebook) -> seed(said)));
  }

  private static Phrase<?> help(Said said) {
    String name = said.get(RL, MAGIC);
    return said.has(MAGIC)
        ? Phrase.of(
            "Magics.help(" + Fluent.quoted(name) + ")", Bundle.class, open -> Magics.help(name))
        : Phrase.of("Magics.help()", Bundle.class, open -> Magics.help());
  }

  private static Phrase<?> threads(Said said) {
    int count = said.get(THREADS, COUNT);
    return said.has(COUNT)
        ? Phrase.of("Engine.threads(" + count + ")", int.class, open -> Engine.threads(count))
        : Phrase.of("Engine.threads()", int.class, open -> Engine.threads());
  }

  private static Phrase<?> seed(Said said) {
    long seed = said.get(SEED, TO_SEED);
    return said.has(TO_SEED)
        ? Phrase.of(
            "Notebook.current().seed(" + Fluent.whole(seed) + ")",
            long.class,
            open -> open.seed(seed))
        : Phrase.of("Notebook.current().seed()", long.class, Notebook::seed);
  }
}
