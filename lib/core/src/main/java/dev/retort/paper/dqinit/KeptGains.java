package dev.retort.paper.dqinit;

import dev.retort.figure.Numbers;
import dev.retort.paper.Registration;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import dev.retort.paper.TuningGrid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The second study of DQInit: which arms keep late what a prior gains them early.
 *
 * <p>The first, {@link ValueInitialization}, found arms that begin as well as the prior's table and
 * end below a learner without any. Here the forms of {@link dev.retort.guidance.DqInit} that were
 * made after it are asked on families of other ranges, all at one small ε. Two of them had been
 * piloted on valleys of the first study's ranges, by other code; nothing had been run on these.
 */
public final class KeptGains implements ReconstructedStudy {
  /** What is fixed before anything is trained. */
  static final Registration FIXED = Registration.of(KeptGains.class, "kept-gains.tsv");

  private static final List<StudyPart> PARTS = parts(KeptSetting.Kind.values());

  private static List<StudyPart> parts(KeptSetting.Kind... kinds) {
    List<StudyPart> parts = new ArrayList<>();
    Arrays.stream(kinds).map(KeptFamily::new).forEach(parts::add);
    parts.add(new BadPrior());
    return List.copyOf(parts);
  }

  @Override
  public String name() {
    return "kept-gains";
  }

  @Override
  public String title() {
    return "DQInit (reconstruction), second study: arms that keep what they gain";
  }

  @Override
  public List<StudyPart> parts() {
    return PARTS;
  }

  @Override
  public Registration registration() {
    return FIXED;
  }

  @Override
  public String decided(Scale scale) {
    StringBuilder text =
        new StringBuilder("DQInit (reconstruction), second study, size %s%n%n".formatted(scale));
    PARTS.forEach(part -> text.append(part.explain(scale)).append("\n"));
    return text.append(
            """

            arms, all at ε %s, and what is tuned in each over three values; where the best is at an edge, the grid goes on outward (widenings allowed: %s)
              %s: part of training over which ε falls from 1, %s
              %s: nothing
              %s: nothing, and it never learns
              %s: Q-learning in the cells of the prior, from its values; rate %s
              %s: act + target + auxiliary, κ of single actions; m = %s
              %s; %s; %s; %s: κ of states, P in no target; the same m
              %s: nothing, it has no κ

            an arm keeps what it gains on a family where all of these hold; intervals are over target tasks
              early returns above both vanilla arms: %s
              early returns not below the table's by more than %s, with its interval
              late returns not below the better vanilla arm's by more than %s, with its interval; void where that arm has not settled
            asked apart, and stricter: late returns above the table's
            beside it, reported: greedy returns of what was learned; valleys with a bad prior
            the default of dqInit becomes the arm that passes on most families; where none passes on two, it stays and its page says when not to use it

            what was known before
              residuals and turns had been tried on valleys of the first study's ranges (twenty tasks, one seed each, 120,000 steps, two layers of 64), and chosen there; nothing had been run on these families
            """
                .formatted(
                    FIXED.words("epsilon"),
                    FIXED.count(TuningGrid.WIDENINGS, scale),
                    KeptArm.FALLING,
                    tuned("vanilla: part"),
                    KeptArm.CONSTANT,
                    KeptArm.TABLE,
                    KeptArm.LEARNING_TABLE,
                    tuned("learning table: rate"),
                    KeptArm.FIRST,
                    tuned("knownness: m"),
                    KeptArm.ACT,
                    KeptArm.TURNS,
                    KeptArm.FADED,
                    KeptArm.RESIDUAL_TURNS,
                    KeptArm.RESIDUAL,
                    FIXED.words("gains"),
                    Numbers.of(FIXED.number("margin")),
                    Numbers.of(FIXED.number("margin"))))
        .toString();
  }

  private static String tuned(String name) {
    return FIXED.words(name, Scale.CPU).replace(" ", ", ");
  }
}
