package dev.retort.notebook.magic;

import dev.retort.evaluate.Comparison;
import dev.retort.evaluate.Metric;
import dev.retort.notebook.Notebook;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Type;
import dev.retort.plan.Comparing;
import dev.retort.plan.Peers;
import java.util.List;

/** {@code %compare scratch warm --by auc}: compares populations by their learning curves. */
final class CompareMagic implements RetortMagic {
  private static final Schema OPTIONS = new Schema("compare");
  private static final Option<List<String>> CURVES =
      OPTIONS
          .option("curves", Words.CURVES, List.of())
          .says("what is compared; the first is what the others are compared to");
  private static final Option<Metric> BY =
      OPTIONS.option("by", metric(), Metric.areaUnderCurve()).says("by what runs are compared");
  private static final Option<Long> SEED = Words.seed(OPTIONS);

  private static Type<Metric> metric() {
    return new Type<>(
        "auc, final or a threshold such as time-to:475",
        text -> {
          String[] words = text.trim().split("[:\\s]+", -1);
          if (words[0].equals("time-to") && words.length == 2) {
            return Metric.timeTo(Double.parseDouble(words[1]));
          }
          Type.require(text.equals("auc") || text.equals("final"));
          return text.equals("auc") ? Metric.areaUnderCurve() : Metric.finalReturn();
        },
        metric ->
            metric instanceof Metric.TimeTo time
                ? "time-to:" + time.threshold()
                : metric instanceof Metric.FinalReturn ? "final" : "auc",
        List.of("auc", "final", "time-to:475"));
  }

  @Override
  public Manual manual() {
    return Manual.line(
            "compare",
            "Comparison",
            "compares learning curves: bands, and probability of improvement",
            List.of("%compare scratch warm --by auc", "%compare scratch warm --by time-to:475"),
            List.of("curves"),
            OPTIONS)
        .needing("curves")
        .andCell();
  }

  @Override
  public Phrase<?> phrase(Said said, Notebook notebook) {
    List<Thing<Peers>> curves =
        said.needAll(OPTIONS, CURVES).stream()
            .map(word -> Thing.variable("%compare", "Curves", Peers.class, word, notebook))
            .toList();
    Comparing plan = Comparing.of(curves.get(0).java(), curves.get(0).value());
    StringBuilder java = new StringBuilder("compare(" + pair(curves.get(0)) + ")");
    for (Thing<Peers> more : curves.subList(1, curves.size())) {
      plan = plan.and(more.java(), more.value());
      java.append(Fluent.call("and", pair(more)));
    }
    long seed = said.has(SEED) ? said.get(OPTIONS, SEED) : notebook.seed();
    Metric metric = said.get(OPTIONS, BY);
    java.append(Fluent.call("by", Fluent.literal(metric)));
    java.append(Fluent.call("seed", Fluent.whole(seed))).append(".run()");
    Comparing whole = plan.by(metric).seed(seed);
    return Phrase.of(java.toString(), Comparison.class, open -> whole.run());
  }

  private static String pair(Thing<Peers> curves) {
    return Fluent.quoted(curves.java()) + ", " + curves.java();
  }
}
